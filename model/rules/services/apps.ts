import { ADD_ON_NAMESPACES } from "../../add-ons/load-balancer-guard";
import { circlesOf } from "../../derived/app-order";
import { placeholdersIn, placeholdersOf } from "../../derived/app-values";
import { databaseServers, primaryOf } from "../../derived/databases";
import { hasTagVariable, namespaceOf, placementOf, selects } from "../../derived/placement";
import { madeByService } from "../../limits/kubernetes";
import type { Path } from "../../problems/paths";
import type { Problem, Rule } from "../../problems/problem";
import { didYouMean } from "../../problems/wording";
import { isMap } from "../../reading/merge";
import type { App } from "../../schema/apps";
import { CLOUDS } from "../../schema/common";
import type { Fleet } from "../../schema/fleet";

/** A namespace as Kubernetes spells it (RFC 1123). */
const NAMESPACE = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** Applications go to clusters that are there, into namespaces that can be, after one another without a circle. */
export const apps: Rule = (fleet) => [
  ...Object.entries(fleet.apps).flatMap(([name, app]) =>
    [
      ...placementProblems(fleet, app),
      ...namespaceProblems(fleet, name, app),
      ...orderProblems(fleet, name, app),
      ...smokeProblems(fleet, app),
      ...placeholderProblems(fleet, app),
    ].map((problem) => ({ ...problem, path: ["apps", name, ...problem.path] })),
  ),
  ...circleProblems(fleet),
  ...unusedNamespaces(fleet),
];

function placementProblems(fleet: Fleet, app: App): Problem[] {
  const names = fleet.clusters.map(({ name }) => name);
  const inUse = fleet.clusters.filter(({ retired }) => !retired).map(({ name }) => name);
  const entries = (app.clusters ?? []).flatMap((entry, index): Problem[] => {
    if (fleet.clusters.some((cluster) => selects(fleet, entry, cluster))) return [];
    const path = ["clusters", index];
    const [kind, value = ""] = entry.split(/:(.*)/s);
    if (kind === "cloud") {
      const known = (CLOUDS as readonly string[]).includes(value);
      return [
        { path, message: known ? `no cluster is in cloud '${value}'` : `'${value}' is no cloud${didYouMean(value, CLOUDS)}` },
      ];
    }
    if (kind === "label")
      return [{ path, message: `no cluster has the label '${value}'; labels stand under clusters.<name>.labels` }];
    if (kind === "database") return [{ path, message: writtenNowhere(fleet, value) }];
    return [{ path, message: `no cluster is called '${entry}'${didYouMean(entry, inUse, "clusters")}` }];
  });
  const placed = placementOf(fleet, app);
  const elsewhere = Object.keys(app.perCluster).flatMap((cluster): Problem[] => {
    const path = ["perCluster", cluster];
    if (!names.includes(cluster))
      return [{ path, atKey: true, message: `no cluster is called '${cluster}'${didYouMean(cluster, names, "clusters")}` }];
    if (!placed.includes(cluster))
      return [{ path, atKey: true, message: `it doesn't run on '${cluster}', only on ${placed.join(", ")}` }];
    const { values } = app.perCluster[cluster]!;
    return Object.keys(values).length > 0
      ? []
      : [{ path, atKey: true, message: `nothing differs on '${cluster}': write it under \`values\`, or take '${cluster}' out` }];
  });
  return [...entries, ...elsewhere];
}

function writtenNowhere(fleet: Fleet, name: string): string {
  const database = fleet.databases[name];
  if (!database) return `no database is called '${name}'${didYouMean(name, Object.keys(fleet.databases), "databases")}`;
  const { region } = primaryOf(databaseServers(database));
  return `database '${name}' is written in ${region}, and no cluster is there; name the clusters`;
}

function namespaceProblems(fleet: Fleet, name: string, app: App): Problem[] {
  const namespace = namespaceOf(name, app);
  const own = app.namespace === undefined;
  const at = { path: own ? [] : ["namespace"], ...(own && { atKey: true }) };
  const instead = own ? "give the application a `namespace`" : "take another namespace";
  // of a name that isn't spelt as such names are that is said already
  if (!NAMESPACE.test(namespace))
    return own ? [] : [{ ...at, message: `'${namespace}' is no namespace: at most 63 lower-case letters, digits and hyphens` }];
  if (/^kube-/.test(namespace)) return [{ ...at, message: `'${namespace}' is Kubernetes' own: ${instead}` }];
  const exists = fleet.namespaces[namespace]?.existing === true;
  if (namespace === "default" && !exists)
    return [
      {
        ...at,
        message: `every cluster has 'default' already: ${instead}, or write \`namespaces: { default: { existing: true } }\``,
      },
    ];
  const here = placementOf(fleet, app);
  for (const cluster of fleet.clusters) {
    const service = here.includes(cluster.name) ? madeByService(namespace, cluster.cloud) : undefined;
    if (service) return [{ ...at, message: `${service} makes '${namespace}' for itself, on ${cluster.name} too: ${instead}` }];
  }
  const made = fleet.clusters.some((cluster) => here.includes(cluster.name) && (cluster.cloud !== "existing" || !exists));
  const taken: readonly string[] = [...ADD_ON_NAMESPACES, "priming"];
  return taken.includes(namespace) && made
    ? [
        {
          ...at,
          message: `'${namespace}' is what Meridian's own add-ons run in, closed to others and destroyed with them: ${instead}`,
        },
      ]
    : [];
}

function orderProblems(fleet: Fleet, name: string, app: App): Problem[] {
  return app.after.flatMap((before, index): Problem[] => {
    const path = ["after", index];
    const other = fleet.apps[before];
    if (!other)
      return [
        { path, message: `no application is called '${before}'${didYouMean(before, Object.keys(fleet.apps), "applications")}` },
      ];
    const alone = placementOf(fleet, app).filter((cluster) => !placementOf(fleet, other).includes(cluster));
    if (alone.length > 0)
      return [
        {
          path,
          message: `'${before}' doesn't run on ${alone.join(", ")}, where '${name}' does; place both alike, or take it out`,
        },
      ];
    if (hasTagVariable(other) && !hasTagVariable(app))
      return [
        {
          path,
          message: `'${before}' has a tag variable and so a stack of its own, which is applied after the one that '${name}' is in; give '${name}' \`tag: variable\` too, or turn the order round`,
        },
      ];
    return [];
  });
}

/** Names of a circle that are written out. */
const SHOWN = 10;

function circleProblems(fleet: Fleet): readonly Problem[] {
  return [...circlesOf(fleet.apps)].map(([name, circle]) => {
    const shown = circle.length > SHOWN + 1 ? [...circle.slice(0, SHOWN), "…", name] : circle;
    return { path: ["apps", name, "after"], message: `comes after itself: ${shown.join(" after ")}` };
  });
}

function smokeProblems(fleet: Fleet, app: App): Problem[] {
  if (!app.smoke) return [];
  const [word] = placeholdersIn(app.smoke.path);
  if (word !== undefined)
    return [{ path: ["smoke", "path"], message: `'{${word}}' is filled in under \`values\` alone: write the path itself` }];
  const placed = placementOf(fleet, app);
  const without = fleet.clusters.filter(
    ({ name: cluster, addons }) => placed.includes(cluster) && addons.ingress.controller === "none",
  );
  if (without.length === 0) return [];
  const message = `it is asked through the ingress controller, and ${without.map((cluster) => cluster.name).join(", ")} ${without.length === 1 ? "has" : "have"} none`;
  return [{ path: ["smoke"], message }];
}

function placeholderProblems(fleet: Fleet, app: App): Problem[] {
  const nowhere = placementOf(fleet, app).filter((cluster) =>
    fleet.clusters.some(({ name, region }) => name === cluster && region === undefined),
  );
  const places = [
    { path: ["values"], values: app.values },
    ...Object.entries(app.perCluster).map(([cluster, { values }]) => ({ path: ["perCluster", cluster, "values"], values })),
  ];
  return places.flatMap(({ path, values }) =>
    texts(values, path).flatMap(({ path: at, text }): Problem[] => {
      const [words, known] = [placeholdersIn(text), placeholdersOf(app)];
      const unknown = words.filter((word) => !known.includes(word));
      const problems = unknown.map((word) => ({
        path: at,
        message: `'{${word}}' stands for nothing; what is filled in: ${known.map((one) => `{${one}}`).join(", ")}; write \\{${word}} for the text itself`,
      }));
      if (!words.includes("region") || nowhere.length === 0) return problems;
      return [
        ...problems,
        {
          path: at,
          message: `'{region}': cluster ${nowhere.join(", ")} has no region; give it one, or another value under perCluster`,
        },
      ];
    }),
  );
}

/** Every text in some values, with its place. */
function texts(value: unknown, path: Path): readonly { readonly path: Path; readonly text: string }[] {
  if (typeof value === "string") return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((item, index) => texts(item, [...path, index]));
  if (!isMap(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => texts(inner, [...path, key]));
}

function unusedNamespaces(fleet: Fleet): Problem[] {
  const used = Object.entries(fleet.apps).map(([name, app]) => namespaceOf(name, app));
  return Object.keys(fleet.namespaces)
    .filter((name) => !used.includes(name))
    .map((name) => ({
      path: ["namespaces", name],
      atKey: true,
      message: `no application runs in namespace '${name}', so it would not be made${didYouMean(name, [...new Set(used)], "namespaces in use")}`,
    }));
}
