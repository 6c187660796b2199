import { isMap } from "../reading/merge";
import type { BackingAccounts, BackingCloud } from "../schema/backing";
import type { Cluster } from "../schema/cluster";

/**
 * The account of a backing service where the file leaves it to the defaults: that of `defaults`, or the one that all
 * clusters of its cloud share. Where none can be found it stays open, and a rule says so.
 */
export function withBackingAccount<T extends BackingAccounts & { readonly cloud: BackingCloud | string }>(
  service: T,
  clusters: readonly Cluster[],
  defaults: unknown,
): T {
  const { cloud } = service;
  if (cloud !== "aws" && cloud !== "azure" && cloud !== "google") return service;
  if (service[cloud] !== undefined) return service;
  const found = fromDefaults(cloud, defaults) ?? shared(cloud, clusters);
  return found ? { ...service, [cloud]: found } : service;
}

const FIELDS = {
  aws: { needed: ["accountId"], optional: ["assumeRoleArn"] },
  azure: { needed: ["subscriptionId", "tenantId", "runner"], optional: [] },
  google: { needed: ["projectId"], optional: ["impersonateServiceAccount"] },
} as const;

type Account = Readonly<Record<string, string>>;

function picked(cloud: BackingCloud, block: Readonly<Record<string, unknown>>): Account | undefined {
  const { needed, optional } = FIELDS[cloud];
  const texts = Object.fromEntries(
    [...needed, ...optional].flatMap((name) => (typeof block[name] === "string" ? [[name, block[name]]] : [])),
  );
  return needed.every((name) => name in texts) ? texts : undefined;
}

function fromDefaults(cloud: BackingCloud, defaults: unknown): Account | undefined {
  const block = isMap(defaults) ? defaults[cloud] : undefined;
  return isMap(block) ? picked(cloud, block) : undefined;
}

function shared(cloud: BackingCloud, clusters: readonly Cluster[]): Account | undefined {
  const accounts = clusters.flatMap((cluster) => {
    const block = cluster.cloud === cloud ? (cluster as unknown as Readonly<Record<string, unknown>>)[cloud] : undefined;
    return isMap(block) ? [picked(cloud, block)] : [];
  });
  return new Set(accounts.map((account) => JSON.stringify(account))).size === 1 ? accounts[0] : undefined;
}
