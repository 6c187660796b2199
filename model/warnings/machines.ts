import { unknownMachine } from "../catalog/aws-machines";
import { poolMachines } from "../catalog/machines";
import type { MadeCluster } from "../schema/cluster";

/** Machines that AWS didn't have when the list was made: one that is newer is no error. */
export function machineWarnings(cluster: MadeCluster): readonly string[] {
  if (cluster.cloud !== "aws" || cluster.retired) return [];
  return Object.entries(cluster.pools).flatMap(([pool, spec]) =>
    poolMachines("aws", spec).flatMap((machine) => {
      const what = unknownMachine(machine);
      return what === undefined ? [] : [`clusters.${cluster.name}.pools.${pool}.machines: ${what}`];
    }),
  );
}
