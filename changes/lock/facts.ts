import { databaseServers, databasesOn, primaryOf, versionOf } from "../../model/derived/databases";
import { identityDatabases } from "../../model/derived/identity-logins";
import { engineOf } from "../../model/derived/members";
import { stackIds } from "../../model/derived/names";
import { databaseWays } from "../../model/derived/shared-networks";
import type { BackupStore } from "../../model/schema/backups";
import type { Database } from "../../model/schema/databases";
import type { Fleet } from "../../model/schema/fleet";
import type { NameSpec } from "../../model/schema/routing";
import type { Stack } from "../../output/folder";
import { KNOWLEDGE } from "../../output/replaces/learned";
import { resourcesOf } from "../../output/stack";
import { clusterFacts } from "./cluster-facts";
import { type Facts, FORMAT, flat, type Lock } from "./lock";
import { registryFacts } from "./registry-facts";
import { stackFacts } from "./stack-facts";

/** A stack as it was just written. */
export type WrittenStack = Pick<Stack, "id" | "config">;

/**
 * What a fleet's next synths must know of this one.
 * @param meridian version of Meridian
 */
export function lockOf(fleet: Fleet, stacks: readonly WrittenStack[], meridian: string): Lock {
  const configs = new Map(stacks.map(({ id, config }) => [id, config]));
  const records = recordsOf(stacks);
  return {
    format: FORMAT,
    fleet: fleet.name,
    meridian,
    zone: zoneFacts(fleet),
    state: flat(fleet.state),
    clusters: Object.fromEntries(
      fleet.clusters.map((cluster) => [
        cluster.name,
        clusterFacts(fleet, cluster, configs.get(stackIds.priming(fleet.name, cluster.name))),
      ]),
    ),
    names: Object.fromEntries(
      Object.entries(fleet.names).map(([key, spec]) => [key, nameFacts(fleet, spec, recordOf(fleet, key, records))]),
    ),
    ...registryFacts(fleet),
    ...(Object.keys(fleet.databases).length > 0 && {
      databases: Object.fromEntries(
        Object.entries(fleet.databases).map(([key, database]) => [key, databaseFacts(fleet, key, database)]),
      ),
    }),
    ...(Object.keys(fleet.backups).length > 0 && {
      backups: Object.fromEntries(Object.entries(fleet.backups).map(([key, store]) => [key, backupFacts(store)])),
    }),
    stacks: Object.fromEntries(stacks.map(({ id, config }) => [id, stackFacts(id, config)])),
    knows: KNOWLEDGE,
  };
}

/** The Entra tenant of an account of Azure. */
const tenantOf = (cloud: string, azure: { readonly tenantId: string } | undefined): Facts =>
  cloud === "azure" && azure ? { tenant: azure.tenantId } : {};

function backupFacts({ cloud, region, aws, azure, google }: BackupStore): Facts {
  const account = { aws: aws?.accountId, azure: azure?.subscriptionId, google: google?.projectId }[cloud];
  return { ...(account !== undefined && { account }), ...tenantOf(cloud, azure), cloud, region };
}

/** All that ever was a server of it counts, also what a promotion has left behind. */
function databaseFacts(fleet: Fleet, key: string, database: Database): Facts {
  const ways = databaseWays(fleet, database);
  const servers = databaseServers({ ...database, removed: [] });
  const account = {
    aws: database.aws?.accountId,
    azure: database.azure?.subscriptionId,
    google: database.google?.projectId,
  }[database.cloud];
  const tokens = database.cloud === "azure" && identityDatabases(fleet, key).length > 0;
  const promoted = database.cloud === "google" && primaryOf(servers).place > 0;
  return {
    ...(account !== undefined && { account }),
    ...tenantOf(database.cloud, database.azure),
    cloud: database.cloud,
    // what the promoted server is taken to have
    ...(promoted && { databases: [...databasesOn(key, database)] }),
    engine: database.engine,
    from: sourceOf(database),
    highAvailability: database.highAvailability,
    passwordVersion: database.passwordVersion,
    primary: primaryOf(servers).key,
    region: database.region,
    servers: servers.map(({ key }) => key),
    ...(database.storageGiB !== undefined && { storageGiB: database.storageGiB }),
    // what azurerm never takes from a server again
    ...(tokens && { tokens }),
    version: versionOf(database),
    ...(ways.length > 0 && { ways: [...ways].sort() }),
  };
}

/** What the first server of a database is made from. */
function sourceOf({ restoreFrom }: Database): string {
  if (!restoreFrom) return "nothing";
  const { snapshot, server, time } = restoreFrom;
  return [snapshot, server, time].filter((part) => part !== undefined).join(" ");
}

function zoneFacts({ dns }: Fleet): Facts {
  const account = dns.engine === "route53" ? dns.aws?.accountId : dns.azure?.subscriptionId;
  return {
    name: dns.zone,
    engine: dns.engine,
    existing: dns.existing,
    ...(account !== undefined && { account }),
    ...tenantOf(dns.engine, dns.azure),
    ...(dns.acceleratedRecovery && { given: ["acceleratedRecovery"] }),
    ...(dns.engine === "azure" && dns.azure?.resourceGroup !== undefined && { resourceGroup: dns.azure.resourceGroup }),
  };
}

function nameFacts(fleet: Fleet, spec: NameSpec, record: string): Facts {
  const engine = engineOf(fleet, spec);
  const { protocol, port, path, host } = spec.probe;
  return {
    engine,
    policy: spec.policy,
    record,
    probe: [protocol, port, path, host ?? (spec.app === undefined ? "ingress" : `app ${spec.app}`)]
      .filter((part) => part !== undefined)
      .join(" "),
  };
}

const AZURE_RECORDS: Readonly<Record<string, string>> = {
  azurerm_dns_a_record: "A",
  azurerm_dns_aaaa_record: "AAAA",
  azurerm_dns_cname_record: "CNAME",
};

/** The types of all records by engine and name: of Route53 the whole one, of Azure the one within its zone. */
function recordsOf(stacks: readonly WrittenStack[]): ReadonlyMap<string, ReadonlySet<string>> {
  const records = new Map<string, Set<string>>();
  for (const { config } of stacks)
    for (const { type, block } of resourcesOf(config)) {
      const azure = AZURE_RECORDS[type];
      const record = type === "aws_route53_record" ? String(block.type) : azure;
      if (record === undefined) continue;
      const key = `${azure ? "azure" : "route53"} ${block.name}`;
      records.set(key, (records.get(key) ?? new Set()).add(record));
    }
  return records;
}

/** The type of the record at a public name: another type can't be made beside it. */
function recordOf({ dns }: Fleet, key: string, records: ReadonlyMap<string, ReadonlySet<string>>): string {
  const fqdn = key === "@" ? dns.zone : `${key}.${dns.zone}`;
  const types = [`route53 ${fqdn}`, `azure ${key}`].flatMap((name) => [...(records.get(name) ?? [])]);
  return [...new Set(types)].sort().join(", ");
}

/**
 * The lock of a synth without deletion protection: what was protected stays on the list, so that the next synth with
 * protection is compared with it.
 */
export function unprotectedLock(lock: Lock, before: Lock | undefined, made: Readonly<Record<string, readonly string[]>>): Lock {
  const stacks = Object.entries(lock.stacks).map(([id, stack]) => {
    const still = (before?.stacks[id]?.protected ?? []).filter((address) => made[id]?.includes(address));
    return [id, { ...stack, protected: [...new Set([...stack.protected, ...still])].sort() }] as const;
  });
  return { ...lock, unprotected: true, stacks: Object.fromEntries(stacks) };
}
