import type { App } from "cdktf";
import { literalDeep } from "../constructs/cdktf/escape";
import type { OwnAddOns } from "../constructs/priming/own-add-on";
import { stateFactory } from "../constructs/state";
import { stackIds } from "../model/derived/names";
import { serverRegions } from "../model/derived/servers";
import { StackProblems } from "../model/problems/fleet-error";
import { ofRule } from "../model/problems/problem";
import type { Cluster } from "../model/schema/cluster";
import type { Fleet } from "../model/schema/fleet";
import { routingProblems } from "../routing/limits";
import { routingTrees } from "../routing/tree";
import { AppsStack } from "./apps-stack";
import { BackupStack } from "./backup-stack";
import { ClusterStack } from "./cluster-stack";
import { DataStack } from "./data-stack";
import type { FleetStack, StackContext } from "./fleet-stack";
import { GlobalStack } from "./global-stack";
import { MOVES, moveAddresses } from "./parts/moves";
import { missingStacks, takeOver } from "./parts/take-over";
import { PrimingStack } from "./priming-stack";
import { PullStack } from "./pull-stack";
import { RegistryStack } from "./registry-stack";
import { Route53Stack } from "./route53-stack";
import { ServersStack } from "./servers-stack";
import { TrafficManagerStack } from "./traffic-manager-stack";

/** Told of stacks to which nothing is added any more: all that were built since the last time. */
export type OnBuilt = (stacks: readonly FleetStack[]) => void;

/**
 * Builds every stack of a fleet, each after the ones that it reads. Retired clusters keep theirs until they leave the file.
 * @param addOns add-ons that are not Meridian's, on every cluster. @default - none
 * @param onBuilt may drop what is below the stacks: the others know only its id and its face. @default - all are kept
 * @throws StackProblems
 */
export function buildFleet(app: App, fleet: Fleet, addOns?: OwnAddOns, onBuilt: OnBuilt = () => undefined): void {
  const state = stateFactory(fleet.state, literalDeep);
  const context: StackContext = { fleet, text: literalDeep(fleet), state, stacks: new Map(), addOns, problems: [] };
  const built = new Set<FleetStack>();
  /** Ends the stacks that came to be since the last time. */
  const end = (): void => {
    const stacks = [...context.stacks.values()].filter((stack) => !built.has(stack));
    for (const stack of stacks) {
      built.add(stack);
      moveAddresses(stack, MOVES);
      context.problems.push(...ofRule("imports", takeOver(stack)));
    }
    if (stacks.length > 0) onBuilt(stacks);
  };
  if (GlobalStack.needed(fleet)) new GlobalStack(app, context);
  for (const [key, registry] of Object.entries(fleet.registries))
    if (RegistryStack.needed(registry)) new RegistryStack(app, key, registry, context);
  for (const [key, database] of Object.entries(fleet.databases)) new DataStack(app, key, database, context);
  for (const [key, store] of Object.entries(fleet.backups)) new BackupStack(app, key, store, context);
  for (const [region, clusters] of serverRegions(fleet)) new ServersStack(app, region, clusters, context);
  const each = (clusters: readonly Cluster[], build: (cluster: Cluster) => void): void => {
    for (const cluster of clusters) {
      build(cluster);
      end();
    }
  };
  each(generations(fleet), (cluster) => new ClusterStack(app, cluster, context));
  each(fleet.clusters, (cluster) => PullStack.build(app, cluster, context));
  each(fleet.clusters, (cluster) => new PrimingStack(app, cluster, context));
  each(fleet.clusters, (cluster) => AppsStack.build(app, cluster, context));
  buildNames(app, context);
  end();
  context.problems.push(...ofRule("imports", missingStacks(context)));
  if (context.problems.length > 0) throw new StackProblems(context.problems);
}

/** The clusters, each after those whose servers its own are made from, otherwise in the order of the file. */
function generations({ clusters }: Fleet): readonly Cluster[] {
  const built = new Set<Cluster>();
  const build = (cluster: Cluster, below: readonly Cluster[]): void => {
    if (built.has(cluster) || below.includes(cluster)) return;
    for (const { disk } of Object.values(cluster.servers)) {
      const from = clusters.find(({ name }) => name === disk.restoreFrom?.cluster);
      if (from) build(from, [...below, cluster]);
    }
    built.add(cluster);
  };
  for (const cluster of clusters) build(cluster, []);
  return [...built];
}

/** Builds a stack for each engine that a public name uses, after the global stack, the clusters' and the applications'. */
export function buildNames(app: App, context: StackContext): void {
  const trees = routingTrees(context.fleet);
  context.problems.push(...ofRule("routing-limits", routingProblems(trees)));
  const route53 = trees.filter(({ engine }) => engine === "route53");
  const trafficManager = trees.filter(({ engine }) => engine === "traffic-manager");
  if (route53.length > 0) new Route53Stack(app, route53, context);
  if (trafficManager.length > 0) new TrafficManagerStack(app, trafficManager, context);
  // an existing zone has no stack of its own
  const global = context.stacks.get(stackIds.global(context.fleet.name));
  for (const id of [stackIds.route53(context.fleet.name), stackIds.trafficManager(context.fleet.name)])
    if (global) context.stacks.get(id)?.after(global.node.id);
}
