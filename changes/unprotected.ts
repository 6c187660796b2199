import type { Fleet } from "../model/schema/fleet";

/**
 * The fleet with every deletion protection off. Applying it changes no cloud resource but the clouds' own protection
 * flags; only then does Terraform plan to destroy anything.
 */
export function withoutDeletionProtection(fleet: Fleet): Fleet {
  return {
    ...fleet,
    dns: { ...fleet.dns, deletionProtection: false },
    databases: Object.fromEntries(
      Object.entries(fleet.databases).map(([name, database]) => [name, { ...database, deletionProtection: false }]),
    ),
    backups: Object.fromEntries(
      Object.entries(fleet.backups).map(([name, store]) => [name, { ...store, deletionProtection: false }]),
    ),
    registries: Object.fromEntries(
      Object.entries(fleet.registries).map(([name, registry]) => [name, { ...registry, deletionProtection: false }]),
    ),
    clusters: fleet.clusters.map((cluster) =>
      cluster.cloud === "existing" ? cluster : { ...cluster, deletionProtection: false },
    ),
  };
}
