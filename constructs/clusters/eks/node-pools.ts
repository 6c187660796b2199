import { AutoscalingGroupTagA } from "@cdktf/provider-aws/lib/autoscaling-group-tag";
import { EksNodeGroup } from "@cdktf/provider-aws/lib/eks-node-group";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { shorten, shortHash } from "../../../model/derived/names";
import { acceleratorOf } from "../../../model/limits/aws";
import type { ClusterPool } from "../settings";
import { nodeTemplate } from "./node-template";
import type { EksSettings } from "./settings";

export interface NodePoolsInput {
  readonly clusterName: string;
  readonly nodeRoleArn: string;
  /** Subnets of the nodes, by zone. */
  readonly subnets: ReadonlyMap<string, string>;
  /** What nodes need to start, and to drain: policies, routes, network add-ons. */
  readonly after: readonly ITerraformDependable[];
}

/** A pool, and the group of machines behind it that load balancers are attached to. */
export interface NodePool {
  readonly name: string;
  readonly resource: EksNodeGroup;
  readonly autoscalingGroupName: string;
}

/** Longest prefix of a node group's name: the provider adds 26 characters (aws 6.25.0). */
const PREFIX_MAX = 37;

/** EKS's spelling of Kubernetes' effects. */
const EFFECTS = { NoSchedule: "NO_SCHEDULE", PreferNoSchedule: "PREFER_NO_SCHEDULE", NoExecute: "NO_EXECUTE" } as const;

const ARCHITECTURES = { amd64: "x86_64", arm64: "ARM_64" } as const;

/** EKS's image for the machines of a pool: on the standard one an accelerator would have no drivers (EKS API reference, AMITypes). */
function amiType({ machines, architecture }: ClusterPool): string {
  const accelerator = acceleratorOf(machines[0]);
  return `AL2023_${ARCHITECTURES[architecture]}_${accelerator === undefined ? "STANDARD" : accelerator.toUpperCase()}`;
}

export function eksNodePools(scope: Construct, settings: EksSettings, input: NodePoolsInput): NodePool[] {
  return Object.entries(settings.pools).map(([name, pool]) =>
    nodePool(new Construct(scope, `pool-${name}`), settings, input, name, pool),
  );
}

function nodePool(scope: Construct, settings: EksSettings, input: NodePoolsInput, name: string, pool: ClusterPool): NodePool {
  const { provider } = settings;
  const template = nodeTemplate(scope, settings, name, pool);
  const group = new EksNodeGroup(scope, "nodes", {
    provider,
    clusterName: input.clusterName,
    // A prefix, since a pool that is replaced lives beside its successor for a while.
    nodeGroupNamePrefix: `${shorten(name, PREFIX_MAX - 1)}-`,
    nodeRoleArn: input.nodeRoleArn,
    subnetIds: subnetsOf(pool, input.subnets),
    // Without it nodes stay on their version when the control plane moves on.
    version: pool.kubernetes ?? settings.kubernetes,
    releaseVersion: pool.image,
    amiType: amiType(pool),
    capacityType: pool.spot ? "SPOT" : "ON_DEMAND",
    instanceTypes: [...pool.machines],
    labels: { ...pool.labels },
    taint: pool.taints.map(({ key, value, effect }) => ({ key, value: value || undefined, effect: EFFECTS[effect] })),
    launchTemplate: { id: template.id, version: template.latestVersion },
    scalingConfig: { minSize: pool.min, maxSize: pool.max, desiredSize: pool.min },
    updateConfig: { maxUnavailablePercentage: 33 },
    nodeRepairConfig: { enabled: true },
    tags: settings.tags,
    lifecycle: {
      createBeforeDestroy: true,
      // The autoscaler's from the first day on.
      ignoreChanges: ["scaling_config[0].desired_size"],
    },
    dependsOn: [...input.after],
  });
  const autoscalingGroupName = group.resources.get(0).autoscalingGroups.get(0).name;
  if (pool.min === 0) scaleFromZeroTags(scope, settings, autoscalingGroupName, pool);
  return { name, resource: group, autoscalingGroupName };
}

function subnetsOf(pool: ClusterPool, subnets: ReadonlyMap<string, string>): string[] {
  return pool.zones ? pool.zones.map((zone) => subnets.get(zone)!) : [...subnets.values()];
}

/** From a group without nodes the autoscaler can't see what a node would be like, but from the group's tags. */
function scaleFromZeroTags(scope: Construct, settings: EksSettings, autoscalingGroupName: string, pool: ClusterPool): void {
  const hints = new Map<string, string>();
  for (const [key, value] of Object.entries(pool.labels)) hints.set(`label/${key}`, value);
  // Of two taints with one key a tag can show one; the autoscaler asks EKS for the rest.
  for (const { key, value, effect } of pool.taints)
    if (!hints.has(`taint/${key}`)) hints.set(`taint/${key}`, `${value ?? ""}:${effect}`);
  for (const [hint, value] of hints)
    new AutoscalingGroupTagA(scope, idOf(hint), {
      provider: settings.provider,
      autoscalingGroupName,
      tag: { key: `k8s.io/cluster-autoscaler/node-template/${hint}`, value, propagateAtLaunch: false },
      lifecycle: { createBeforeDestroy: true },
    });
}

/** The hint itself as far as an id can say it. */
function idOf(hint: string): string {
  const id = hint.replace("/", "-").replace(/[^A-Za-z0-9-]+/g, "-");
  return id === hint.replace("/", "-") ? id : `${id}-${shortHash(hint)}`;
}
