import { DataAwsEksAddonVersion } from "@cdktf/provider-aws/lib/data-aws-eks-addon-version";
import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { podIdentityRole } from "./roles";
import type { EksSettings } from "./settings";

/** An add-on that EKS installs and keeps. */
interface AddOn {
  /** Its name in EKS. */
  readonly name: string;
  /** Settings, checked by nobody before EKS's own API. @default - none */
  readonly configuration?: object;
  /** Service account that works with AWS, and the policy that it needs there. @default - it needs nothing of AWS */
  readonly identity?: { readonly role: string; readonly serviceAccount: string; readonly policy: string };
}

const POD_IDENTITY: AddOn = { name: "eks-pod-identity-agent" };
const KUBE_PROXY: AddOn = { name: "kube-proxy" };

/**
 * Prefixes let a node hold as many pods as `maxPods` says rather than as many as it has secondary addresses. Network
 * policies are off otherwise, and would be accepted without any effect (EKS user guide, "Limit Pod traffic").
 */
const VPC_CNI: AddOn = {
  name: "vpc-cni",
  configuration: { enableNetworkPolicy: "true", env: { ENABLE_PREFIX_DELEGATION: "true", WARM_PREFIX_TARGET: "1" } },
  identity: { role: "vpc-cni", serviceAccount: "aws-node", policy: "AmazonEKS_CNI_Policy" },
};

const COREDNS: AddOn = { name: "coredns" };

/** Sees what the kubelet doesn't, such as a broken disk or card, so that EKS's node repair acts on it (EKS user guide, "Node auto repair"). */
const NODE_MONITORING: AddOn = { name: "eks-node-monitoring-agent" };

/** Without it a VolumeSnapshot is accepted and nothing ever happens. AKS and GKE have one of their own. */
const SNAPSHOT_CONTROLLER: AddOn = { name: "snapshot-controller" };

/** The driver makes the volumes of claims, so it must know the tags: in their order, lest another one be an update. */
const ebsCsi = ({ tags }: EksSettings): AddOn => ({
  name: "aws-ebs-csi-driver",
  configuration: { controller: { extraVolumeTags: Object.fromEntries(Object.entries(tags).sort()) } },
  identity: { role: "ebs-csi", serviceAccount: "ebs-csi-controller-sa", policy: "service-role/AmazonEBSCSIDriverPolicy" },
});

/**
 * What a node needs to become ready: the network above all. The agent is first, since aws-node gets its credentials from
 * it and starts over and over without.
 */
export function addOnsBeforeNodes(scope: Construct, settings: EksSettings, clusterName: string): ITerraformDependable[] {
  const agent = addOn(scope, settings, clusterName, POD_IDENTITY, []);
  return [agent, addOn(scope, settings, clusterName, KUBE_PROXY, []), addOn(scope, settings, clusterName, VPC_CNI, [agent])];
}

/** What needs nodes to become healthy: EKS would wait twenty minutes for them and give up. */
export function addOnsAfterNodes(
  scope: Construct,
  settings: EksSettings,
  clusterName: string,
  nodes: readonly ITerraformDependable[],
): void {
  addOn(scope, settings, clusterName, COREDNS, nodes);
  addOn(scope, settings, clusterName, ebsCsi(settings), nodes);
  addOn(scope, settings, clusterName, NODE_MONITORING, nodes);
  addOn(scope, settings, clusterName, SNAPSHOT_CONTROLLER, nodes);
}

function addOn(
  scope: Construct,
  settings: EksSettings,
  clusterName: string,
  { name, configuration, identity }: AddOn,
  after: readonly ITerraformDependable[],
): EksAddon {
  const { provider } = settings;
  const version = settings.addonVersions[name] ?? defaultVersion(scope, settings, name);
  const role = identity && podIdentityRole(scope, settings, identity);
  return new EksAddon(scope, name, {
    provider,
    clusterName,
    addonName: name,
    addonVersion: version,
    configurationValues: configuration && JSON.stringify(configuration),
    resolveConflictsOnCreate: "OVERWRITE",
    resolveConflictsOnUpdate: "OVERWRITE",
    podIdentityAssociation: role && [{ roleArn: role.arn, serviceAccount: identity.serviceAccount }],
    tags: settings.tags,
    dependsOn: after.length > 0 || role ? [...after, ...(role?.policies ?? [])] : undefined,
  });
}

/**
 * EKS's default version, which moves less than its newest; AWS chooses it at each plan. It is that of the nodes: add-ons
 * go up after the control plane, and back before it.
 */
function defaultVersion(scope: Construct, { provider, kubernetes, pools }: EksSettings, name: string): string {
  const nodes = Object.values(pools).map((pool) => pool.kubernetes ?? kubernetes);
  const data = new DataAwsEksAddonVersion(scope, `${name}-version`, {
    provider,
    addonName: name,
    // The text, not the cluster's attribute: that would be unknown whenever anything of the cluster changes, and every
    // add-on would plan an update.
    kubernetesVersion: nodes.sort(byMinor)[0] ?? kubernetes,
    mostRecent: false,
  });
  return data.version;
}

const byMinor = (one: string, other: string): number => Number(one.split(".")[1]) - Number(other.split(".")[1]);
