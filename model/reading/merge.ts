import { awsCluster, azureCluster, existingCluster, googleCluster } from "../schema/cluster";

type Data = Readonly<Record<string, unknown>>;

/** The fields that a cluster of each cloud has, and so the defaults that it takes. */
const FIELDS: ReadonlyMap<unknown, readonly string[]> = new Map([
  ["aws", Object.keys(awsCluster.shape)],
  ["azure", Object.keys(azureCluster.shape)],
  ["google", Object.keys(googleCluster.shape)],
  ["existing", Object.keys(existingCluster.shape)],
]);

/** Below these keys null is a value that Helm and Terraform give a meaning, not a removal. */
export const RAW = new Set(["overrides", "values"]);

export const isMap = (value: unknown): value is Data => typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * A file's data with defaults merged under each cluster: maps by key, lists replaced, null removes. A cluster takes
 * only the defaults that its cloud has fields for. What isn't a map is left for the schema to refuse.
 */
export function mergeDefaults(data: Data, defaults: unknown): Data {
  const { clusters } = data;
  if (!isMap(clusters)) return data;
  const merged = Object.entries(clusters).map(([name, cluster]) => [
    name,
    isMap(cluster) ? mergeCluster(cluster, defaults) : cluster,
  ]);
  return { ...data, clusters: Object.fromEntries(merged) };
}

/** A cluster with the defaults merged under it that its cloud has fields for. */
export function mergeCluster(cluster: Data, defaults: unknown): unknown {
  const fields = FIELDS.get(cluster.cloud) ?? [];
  const base = isMap(defaults) ? Object.fromEntries(Object.entries(defaults).filter(([field]) => fields.includes(field))) : {};
  return withoutNulls(merge(base, cluster));
}

/** A map over another: maps by key, all else replaced. */
export function merge(base: Data, over: Data): Data {
  const merged = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(over)) {
    const under = merged.get(key);
    merged.set(key, isMap(under) && isMap(value) ? merge(under, value) : value);
  }
  return Object.fromEntries(merged);
}

/** A copy without the entries of maps that are null. */
export function withoutNulls(value: unknown): unknown {
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null)
      .map(([key, inner]) => [key, RAW.has(key) ? inner : withoutNulls(inner)]),
  );
}
