import type { App } from "cdktf";
import { stateFactory } from "../constructs/state";
import type { Fleet } from "../model/schema/fleet";
import { ClusterStack } from "./cluster-stack";
import type { StackContext } from "./fleet-stack";
import { GlobalStack } from "./global-stack";

/** Builds every stack of a fleet, each after the ones that it reads. Retired clusters keep theirs until they leave the file. */
export function buildFleet(app: App, fleet: Fleet): void {
  const context: StackContext = { fleet, state: stateFactory(fleet.state), stacks: new Map() };
  if (!fleet.dns.existing) new GlobalStack(app, context);
  for (const cluster of fleet.clusters) new ClusterStack(app, cluster, context);
}
