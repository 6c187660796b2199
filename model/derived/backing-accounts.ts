import { isMap } from "../reading/merge";
import type { BackingCloud } from "../schema/backing";
import type { Cluster } from "../schema/cluster";

interface Service extends Readonly<Partial<Record<BackingCloud, object | undefined>>> {
  readonly cloud: string;
}

/**
 * The account of a backing service where the file leaves it to the defaults: that of `defaults`, or the one that all
 * clusters of its cloud share. Where none can be found it stays open, and a rule says so.
 * @param runner whether Azure's is of use only with the principal that runs Terraform: for who writes secrets
 */
export function withBackingAccount<T extends Service>(
  service: T,
  clusters: readonly Cluster[],
  defaults: unknown,
  { runner }: { readonly runner: boolean },
): T {
  const { cloud } = service;
  if (cloud !== "aws" && cloud !== "azure" && cloud !== "google") return service;
  if (service[cloud] !== undefined) return service;
  const fields = { ...FIELDS[cloud], ...(cloud === "azure" && runner && { needed: [...FIELDS.azure.needed, "runner"] }) };
  const found = fromDefaults(cloud, fields, defaults) ?? shared(cloud, fields, clusters);
  return found ? { ...service, [cloud]: found } : service;
}

interface Fields {
  readonly needed: readonly string[];
  readonly optional: readonly string[];
}

const FIELDS: Readonly<Record<BackingCloud, Fields>> = {
  aws: { needed: ["accountId"], optional: ["assumeRoleArn"] },
  azure: { needed: ["subscriptionId", "tenantId"], optional: [] },
  google: { needed: ["projectId"], optional: ["impersonateServiceAccount"] },
};

type Account = Readonly<Record<string, string>>;

function picked({ needed, optional }: Fields, block: Readonly<Record<string, unknown>>): Account | undefined {
  const texts = Object.fromEntries(
    [...needed, ...optional].flatMap((name) => (typeof block[name] === "string" ? [[name, block[name]]] : [])),
  );
  return needed.every((name) => name in texts) ? texts : undefined;
}

function fromDefaults(cloud: BackingCloud, fields: Fields, defaults: unknown): Account | undefined {
  const block = isMap(defaults) ? defaults[cloud] : undefined;
  return isMap(block) ? picked(fields, block) : undefined;
}

function shared(cloud: BackingCloud, fields: Fields, clusters: readonly Cluster[]): Account | undefined {
  const accounts = clusters.flatMap((cluster) => {
    const block = cluster.cloud === cloud ? (cluster as unknown as Readonly<Record<string, unknown>>)[cloud] : undefined;
    return isMap(block) ? [picked(fields, block)] : [];
  });
  return new Set(accounts.map((account) => JSON.stringify(account))).size === 1 ? accounts[0] : undefined;
}
