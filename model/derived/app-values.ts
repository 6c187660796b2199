import { isMap, merge, withoutNulls } from "../reading/merge";
import type { App } from "../schema/apps";
import type { Cluster } from "../schema/cluster";
import type { Fleet } from "../schema/fleet";
import { coloursOf, releaseName } from "./app-colours";
import { clusterHost, hostsOf } from "./app-hosts";
import { identityOf } from "./app-rights";
import { useSecret } from "./app-secrets";
import { needsIdentity } from "./identity-logins";

type Values = Readonly<Record<string, unknown>>;

/** What stands in braces and is filled in: a word. `{{ … }}` is a chart's own, `${…}` a shell's, `%{…}` a log format's, `\{` a brace that stays. */
const PLACEHOLDER = /(?<![{$%\\])\{([a-z]+|secret:[a-z0-9-]+)\}(?!\})/g;
const ESCAPED = /\\\{/g;

const PLACEHOLDERS = ["cluster", "region", "cloud", "host", "hosts"] as const;
const HOSTS = "{hosts}";

/** Values of an application on a cluster: what differs there laid over what is common, placeholders filled in. */
export function appValues(
  fleet: Fleet,
  cluster: Cluster,
  name: string,
  app: App,
  colour: string | undefined = coloursOf(app)[0],
): Values {
  const merged = merge(app.values, app.perCluster[cluster.name]?.values ?? {});
  // to a chart of somebody else's null means what Helm says
  const values = app.chart === undefined ? (withoutNulls(merged) as Values) : merged;
  const words: Readonly<Record<string, string>> = {
    cluster: cluster.name,
    region: cluster.region ?? "",
    cloud: cluster.cloud,
    host: clusterHost(fleet, cluster.name, name),
    hosts: hostsOf(fleet, cluster.name, name).join(","),
    ...(colour !== undefined && { colour }),
    ...(needsIdentity(app) && { identity: identityOf(name) }),
    ...Object.fromEntries(
      Object.keys(app.uses).map((key) => [`secret:${key}`, useSecret(fleet, cluster, releaseName(name, colour), app, key) ?? ""]),
    ),
  };
  return filled(values, words, hostsOf(fleet, cluster.name, name)) as Values;
}

/** The words that an application's values may have in braces. */
export const placeholdersOf = ({ uses, rights, colours }: Pick<App, "uses" | "rights" | "colours">): readonly string[] => [
  ...PLACEHOLDERS,
  ...(colours ? ["colour"] : []),
  ...(needsIdentity({ rights, uses }) ? ["identity"] : []),
  ...Object.keys(uses).map((key) => `secret:${key}`),
];

/** The words in braces in a text. */
export const placeholdersIn = (text: string): readonly string[] => [...text.matchAll(PLACEHOLDER)].map(([, word]) => word!);

function filled(value: unknown, words: Readonly<Record<string, string>>, hosts: readonly string[]): unknown {
  if (typeof value === "string") return withWords(value, words);
  if (Array.isArray(value)) return value.flatMap((item) => forHosts(item, hosts).map((one) => filled(one, words, hosts)));
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, inner === HOSTS ? [...hosts] : filled(inner, words, hosts)]),
  );
}

/** An item of a list that is `{hosts}`, or a map with such a field, is one item for each host. */
function forHosts(item: unknown, hosts: readonly string[]): readonly unknown[] {
  if (item === HOSTS) return hosts;
  if (!isMap(item) || !Object.values(item).includes(HOSTS)) return [item];
  return hosts.map((host) =>
    Object.fromEntries(Object.entries(item).map(([key, value]) => [key, value === HOSTS ? host : value])),
  );
}

const withWords = (text: string, words: Readonly<Record<string, string>>): string =>
  text.replace(PLACEHOLDER, (all, word: string) => words[word] ?? all).replace(ESCAPED, "{");
