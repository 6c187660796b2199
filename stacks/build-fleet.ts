import type { App } from "cdktf";
import { stateFactory } from "../constructs/state";
import { StackProblems } from "../model/fleet-error";
import { appsOn } from "../model/placement";
import type { Fleet } from "../model/schema/fleet";
import { AppsStack } from "./apps-stack";
import { buildNames } from "./build-names";
import { ClusterStack } from "./cluster-stack";
import type { StackContext } from "./fleet-stack";
import { GlobalStack } from "./global-stack";
import { PrimingStack } from "./priming-stack";

/**
 * Builds every stack of a fleet, each after the ones that it reads. Retired clusters keep theirs until they leave the file.
 * @throws StackProblems
 */
export function buildFleet(app: App, fleet: Fleet): void {
  const context: StackContext = { fleet, state: stateFactory(fleet.state), stacks: new Map(), problems: [] };
  if (GlobalStack.needed(fleet)) new GlobalStack(app, context);
  for (const cluster of fleet.clusters) new ClusterStack(app, cluster, context);
  for (const cluster of fleet.clusters) new PrimingStack(app, cluster, context);
  for (const cluster of fleet.clusters)
    if (Object.keys(appsOn(fleet, cluster.name)).length > 0) new AppsStack(app, cluster, context);
  buildNames(app, context);
  if (context.problems.length > 0) throw new StackProblems(context.problems);
}
