import { EksCluster as AwsEksCluster } from "@cdktf/provider-aws/lib/eks-cluster";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { EksNetwork } from "./network";
import type { EksRole } from "./roles";
import { type EksSettings, named } from "./settings";

export interface ControlPlaneInput {
  readonly network: EksNetwork;
  readonly role: EksRole;
  readonly secretsKeyArn: string;
  /** Group of the logs. @default - no logs */
  readonly logGroup?: ITerraformDependable;
}

export function eksControlPlane(scope: Construct, settings: EksSettings, input: ControlPlaneInput): AwsEksCluster {
  const { api, provider } = settings;
  const isPublic = api.access === "public";
  const cluster = new AwsEksCluster(scope, "cluster", {
    provider,
    name: settings.name,
    roleArn: input.role.arn,
    version: settings.kubernetes,
    bootstrapSelfManagedAddons: false,
    deletionProtection: settings.deletionProtection,
    enabledClusterLogTypes: [...settings.logTypes],
    // Nobody is an administrator by having made the cluster: who is, is written down.
    accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
    encryptionConfig: { provider: { keyArn: input.secretsKeyArn }, resources: ["secrets"] },
    kubernetesNetworkConfig: { ipFamily: "ipv4", serviceIpv4Cidr: settings.network.services },
    upgradePolicy: { supportType: settings.supportType },
    zonalShiftConfig: { enabled: true },
    vpcConfig: {
      subnetIds: controlPlaneSubnets(settings, input.network),
      endpointPrivateAccess: true,
      endpointPublicAccess: isPublic,
      publicAccessCidrs: isPublic ? [...api.allowFrom] : undefined,
    },
    tags: named(settings, settings.name),
    timeouts: { create: "45m", update: "60m", delete: "45m" },
    lifecycle: { preventDestroy: settings.deletionProtection },
    // Without the policies EKS can't take its interfaces and groups out of the VPC when the cluster goes.
    dependsOn: [...input.role.policies, ...(input.logGroup ? [input.logGroup] : [])],
  });
  if (!isPublic) admitToPrivateApi(new Construct(scope, "api"), settings, cluster);
  return cluster;
}

/** EKS never lets a cluster leave the zones that it began with, nor enter others: a fourth zone is for nodes only. */
function controlPlaneSubnets(settings: EksSettings, { privateSubnets }: EksNetwork): string[] {
  const ids = [...privateSubnets.values()];
  return settings.network.existing ? ids : ids.slice(0, 3);
}

/** EKS lets only the nodes reach the private address; the operator in the VPC or in a peered one comes from elsewhere. */
function admitToPrivateApi(scope: Construct, settings: EksSettings, cluster: AwsEksCluster): void {
  for (const cidr of new Set([settings.network.cidr, ...settings.api.allowFrom]))
    new VpcSecurityGroupIngressRule(scope, `from-${cidr.replace(/[./]/g, "-")}`, {
      provider: settings.provider,
      securityGroupId: cluster.vpcConfig.clusterSecurityGroupId,
      description: "Kubernetes API",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrIpv4: cidr,
      tags: settings.tags,
    });
}
