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
      subnetIds: controlPlaneSubnets(input.network),
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

/**
 * Those of the first two zones, however many there are. EKS refuses an update of these subnets that leaves a zone or
 * enters another, so they must stay as they are when a zone is appended, be it the third or the fourth. Two are what EKS
 * needs: it puts two to four network interfaces into them, in two zones; its own API servers and etcd run in AWS's
 * account whatever is given here, and nodes in other zones reach those interfaces through the VPC. Of an existing
 * network it is the first two ids, as no zone is known: what is appended changes nothing there either.
 */
function controlPlaneSubnets({ privateSubnets }: EksNetwork): string[] {
  return [...privateSubnets.values()].slice(0, 2);
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
