import { Construct } from "constructs";
import type { AwsFoundation, ClusterAuth, ClusterFace } from "../face";
import { eksAccess } from "./access";
import { addOnsAfterNodes, addOnsBeforeNodes } from "./add-ons";
import { checkEksCluster } from "./checks";
import { eksControlPlane } from "./control-plane";
import { eksEncryption, eksLogGroup } from "./encryption";
import { vpcFlowLogs } from "./flow-logs";
import { eksIngress } from "./ingress";
import { type EksNetwork, eksNetwork } from "./network";
import { eksNodePools } from "./node-pools";
import type { EksClusterProps } from "./props";
import { eksRoles } from "./roles";
import { type EksSettings, eksSettings } from "./settings";

/**
 * An EKS cluster with its network, key, roles, nodes, managed add-ons and a static ingress address.
 *
 * Who uses it alone makes the AWS provider in their own stack. What EKS installs is in it: network, kube-proxy, cluster
 * DNS, pod identity and EBS volumes; everything else on the cluster is priming's.
 */
export class EksCluster extends Construct {
  readonly face: ClusterFace;
  readonly foundation: AwsFoundation;
  /** For what else is put into the network. */
  readonly network: EksNetwork;
  /** Name of the role of every node. */
  readonly nodeRole: string;

  /** @throws where AWS would refuse the props in the middle of an apply, with every reason */
  constructor(scope: Construct, id: string, props: EksClusterProps) {
    super(scope, id);
    const settings = eksSettings(props);
    checkEksCluster(settings);

    const network = eksNetwork(this, settings);
    this.network = network;
    vpcFlowLogs(this, settings, network.vpcId);
    const encryption = eksEncryption(this, settings);
    const roles = eksRoles(this, settings, encryption.secretsKeyArn);
    this.nodeRole = roles.node.name;
    const cluster = eksControlPlane(this, settings, {
      network,
      role: roles.cluster,
      secretsKeyArn: encryption.secretsKeyArn,
      logGroup: eksLogGroup(this, settings, encryption),
    });
    eksAccess(this, settings, cluster.name);

    const addOns = new Construct(this, "add-ons");
    const pools = eksNodePools(this, settings, {
      clusterName: cluster.name,
      nodeRoleArn: roles.node.arn,
      subnets: network.privateSubnets,
      after: [...roles.node.policies, ...network.privateRoutes, ...addOnsBeforeNodes(addOns, settings, cluster.name)],
    });
    addOnsAfterNodes(
      addOns,
      settings,
      cluster.name,
      pools.map((pool) => pool.resource),
    );

    const clusterSecurityGroupId = cluster.vpcConfig.clusterSecurityGroupId;
    this.face = {
      name: settings.clusterKey,
      endpoint: cluster.endpoint,
      certificateAuthority: cluster.certificateAuthority.get(0).data,
      auth: tokenCommand(settings),
      oidcIssuer: cluster.identity.get(0).oidc.get(0).issuer,
      ingress: eksIngress(this, settings, { network, clusterSecurityGroupId, pools }),
    };
    this.foundation = {
      clusterName: cluster.name,
      vpcId: network.vpcId,
      vpcCidr: settings.network.cidr,
      privateSubnetIds: [...network.privateSubnets.values()],
      clusterSecurityGroupId,
    };
  }
}

/**
 * The AWS CLI's token for the cluster, as whoever the operator is: that must be the runner. Only where Terraform assumes
 * the very role that is the runner does the CLI assume it too. The output format is said, since the plugin reads JSON
 * whatever the operator's profile prefers.
 */
function tokenCommand({ name, region, runner, assumeRoleArn }: EksSettings): ClusterAuth {
  const args = ["eks", "get-token", "--cluster-name", name, "--region", region, "--output", "json"];
  return { command: "aws", args: assumeRoleArn === runner ? [...args, "--role-arn", runner] : args };
}
