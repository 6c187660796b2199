/**
 * What needs no provider binding: fleet files, routing, synthesized folders. The clouds have entries of their own
 * (`meridian/aws`, `/azure`, `/google`), as have `/dns`, `/priming`, `/fleet` and `/jest`.
 */

export type {
  AwsFoundation,
  AzureFoundation,
  ClusterAuth,
  ClusterFace,
  GoogleFoundation,
  IngressAddress,
  IngressService,
} from "./constructs/clusters/face";
export type { ZoneRef } from "./constructs/dns/zone";
export * from "./entries/routing";
export { FleetError, loadFleet, parseFleet } from "./model/reading/load";
export type { Cluster, MadeCluster } from "./model/schema/cluster";
export type { Fleet } from "./model/schema/fleet";
export { readStacks, type Stack } from "./output/folder";
export { inOrder, inWaves } from "./output/order";
export { outputsOf, resourcesOf, variablesOf } from "./output/stack";
export { backendOf, stateReadersOf } from "./output/state";
