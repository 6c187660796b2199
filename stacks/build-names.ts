import type { App } from "cdktf";
import { stackIds } from "../model/stack-ids";
import { routingTrees } from "../routing/tree";
import type { StackContext } from "./fleet-stack";
import { Route53Stack } from "./route53-stack";
import { TrafficManagerStack } from "./traffic-manager-stack";

/** Builds a stack for each engine that a public name uses, after the global stack, the clusters' and the applications'. */
export function buildNames(app: App, context: StackContext): void {
  const trees = routingTrees(context.fleet);
  const route53 = trees.filter(({ engine }) => engine === "route53");
  const trafficManager = trees.filter(({ engine }) => engine === "traffic-manager");
  if (route53.length > 0) new Route53Stack(app, route53, context);
  if (trafficManager.length > 0) new TrafficManagerStack(app, trafficManager, context);
  // an existing zone has no stack of its own
  const global = context.stacks.get(stackIds.global(context.fleet.name));
  for (const id of [stackIds.route53(context.fleet.name), stackIds.trafficManager(context.fleet.name)])
    if (global) context.stacks.get(id)?.after(global.node.id);
}
