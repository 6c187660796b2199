import { appSecrets } from "../../derived/app-secrets";
import { placeholdersIn } from "../../derived/app-values";
import { databaseOfUse, databasesOn } from "../../derived/databases";
import { appsOn, namespaceOf, placementOf } from "../../derived/placement";
import { serverDatabases, serverEntries } from "../../derived/servers";
import type { Problem, Rule } from "../../problems/problem";
import { didYouMean } from "../../problems/wording";
import type { App, Use } from "../../schema/apps";
import type { Cluster } from "../../schema/cluster";
import type { Fleet } from "../../schema/fleet";
import { loginProblems } from "./use-logins";

/** Key Vault's limit, the smallest of the three (backing.md §8). */
const ENTRY_NAME_MAX = 127;

/** What applications use is there, is in reach of each of their clusters, and comes to them once. */
export const appSecretsRule: Rule = (fleet) => [
  ...Object.entries(fleet.apps).flatMap(([name, app]) =>
    [
      ...Object.entries(app.uses).flatMap(([key, use]) =>
        [...useProblems(fleet, name, app, use), ...(isNamed(use) ? chartUseProblems(fleet, app, key) : [])].map((problem) => ({
          ...problem,
          path: ["uses", key, ...problem.path],
        })),
      ),
      ...entryProblems(fleet, app),
      ...environmentProblems(app),
    ].map((problem) => ({ ...problem, path: ["apps", name, ...problem.path] })),
  ),
  ...fleet.clusters.flatMap((cluster) => namespaceProblems(fleet, cluster)),
];

const clustersOf = (fleet: Fleet, app: App): readonly Cluster[] => {
  const placed = placementOf(fleet, app);
  return fleet.clusters.filter(({ name }) => placed.includes(name));
};

const isNamed = ({ database, server }: Use): boolean => (database === undefined) !== (server === undefined);

function useProblems(fleet: Fleet, name: string, app: App, use: Use): Problem[] {
  const { database, server } = use;
  if (!isNamed(use)) return [{ path: [], message: "names either a `database` of the fleet, or a `server` of its clusters" }];
  const found = server === undefined ? databaseProblems(fleet, app, use, database!) : serverProblems(fleet, app, use, server);
  if (found.length > 0) return found;
  return loginProblems(fleet, name, app, use);
}

function databaseProblems(fleet: Fleet, app: App, use: Use, key: string): Problem[] {
  const database = fleet.databases[key];
  if (!database)
    return [
      {
        path: ["database"],
        message: `no database is called '${key}'${didYouMean(key, Object.keys(fleet.databases), "databases")}`,
      },
    ];
  const which = [...nameProblems(use, key, databasesOn(key, database)), ...engineProblems(app, key, database.engine)];
  if (which.length > 0) return which;
  const outside = clustersOf(fleet, app).filter(({ name }) => !database.clusters.includes(name));
  if (outside.length === 0) return [];
  const names = outside.map(({ name }) => name).join(", ");
  return [
    {
      path: ["database"],
      message: `the application runs on ${names}, from where '${key}' can't be reached: list ${outside.length === 1 ? "it" : "them"} under databases.${key}.clusters, or place the application elsewhere`,
    },
  ];
}

/** Rocket.Chat and Meteor want change streams and text indexes, which Cosmos DB lacks (MicrosoftDocs/azure-docs#52077). */
const NOT_ON_COSMOS = /^(rocket\.?chat|meteor)$/;

function engineProblems({ chart, image }: App, key: string, engine: string): Problem[] {
  const called = [chart, image?.repository].map((path) => path?.split("/").at(-1) ?? "");
  if (engine !== "mongo" || !called.some((one) => NOT_ON_COSMOS.test(one))) return [];
  return [
    {
      path: ["database"],
      message: `'${key}' is Cosmos DB, which has neither the change streams nor the text indexes that it needs: run MongoDB beside it, as an application of its own`,
    },
  ];
}

/** A use means one database. */
function nameProblems(use: Use, key: string, on: readonly string[]): Problem[] {
  if (databaseOfUse(use, on) !== undefined) return [];
  if (use.name === undefined)
    return [{ path: [], message: `'${key}' has ${on.length} databases: say which by \`name\`: ${on.join(", ")}` }];
  return [
    {
      path: ["name"],
      message: `'${use.name}' is no database on '${key}'${didYouMean(use.name, on, "databases there")}`,
    },
  ];
}

/** A server is of one cluster, and reached from there alone. */
function serverProblems(fleet: Fleet, app: App, use: Use, key: string): Problem[] {
  const clusters = clustersOf(fleet, app);
  const without = clusters.filter(({ servers }) => servers[key] === undefined);
  const at = (message: string): Problem[] => [{ path: ["server"], message }];
  if (without.length > 0) {
    const there = [...new Set(fleet.clusters.flatMap(({ servers }) => Object.keys(servers)))];
    const names = without.map(({ name }) => name).join(", ");
    return at(
      there.includes(key)
        ? `the application runs on ${names} too, where no server is called '${key}', and a server is reached from its own cluster alone: place the application by \`clusters\``
        : `no server is called '${key}' on ${names}${didYouMean(key, there, "servers")}`,
    );
  }
  const files = clusters.find(({ servers }) => servers[key]?.role === "nfs");
  if (files) return at(`'${key}' serves files on ${files.name}, which come by storage class \`nfs\`: take a volume`);
  if (use.read === "local") return [{ path: ["read"], message: "a server has no replicas: leave it out" }];
  const closed = clusters.find(({ addons }) => !addons.externalSecrets.enabled);
  if (closed)
    return at(
      `on ${closed.name} external-secrets is missing, which brings the login: write \`addons: { externalSecrets: { enabled: true } }\` there`,
    );
  return clusters.flatMap(({ servers }) => nameProblems(use, key, serverDatabases(servers[key]!))).slice(0, 1);
}

/** A chart has its own places for secrets, and only the fleet file knows them. */
function chartUseProblems(fleet: Fleet, app: App, key: string): Problem[] {
  const { as, mount } = app.uses[key]!;
  if (app.chart === undefined) {
    if (as !== undefined || mount !== undefined || mentions(fleet, app, key)) return [];
    return [{ path: [], message: "it is nowhere in the application: say `as`, the variable that gets the uri, or `mount`" }];
  }
  const given = Object.entries({ as, mount }).filter(([, value]) => value !== undefined);
  if (given.length > 0)
    return given.map(([field]) => ({
      path: [field],
      message: `a chart has its own place for it: write {secret:${key}}, the name of the Secret, under \`values\``,
    }));
  if (mentions(fleet, app, key)) return [];
  return [
    { path: [], message: `nothing in \`values\` says {secret:${key}}, the name of its Secret, so the chart doesn't use it` },
  ];
}

/** Whether the values say the placeholder of a use. */
const mentions = (fleet: Fleet, app: App, key: string): boolean =>
  [app.values, ...clustersOf(fleet, app).map(({ name }) => app.perCluster[name]?.values)].some((values) =>
    placeholdersIn(JSON.stringify(values ?? {})).includes(`secret:${key}`),
  );

/** An entry that the application names is in a store that its cluster reads. */
function entryProblems(fleet: Fleet, app: App): Problem[] {
  return app.secrets.flatMap((secret, index): Problem[] => {
    const path = ["secrets", index];
    if (app.secrets.indexOf(secret) < index) return [{ path, message: `'${secret}' is there twice` }];
    const why = clustersOf(fleet, app).flatMap((cluster) => {
      const message = storeProblem(fleet, cluster, secret);
      return message === undefined ? [] : [`on ${cluster.name} ${message}`];
    });
    return why.slice(0, 1).map((message) => ({ path, message }));
  });
}

function storeProblem(fleet: Fleet, cluster: Cluster, secret: string): string | undefined {
  const { externalSecrets } = cluster.addons;
  if (cluster.cloud === "existing") return "there is no secret store that is known here: place the application elsewhere";
  if (!externalSecrets.enabled)
    return "external-secrets is missing, which brings it: write `addons: { externalSecrets: { enabled: true } }` there";
  if (cluster.cloud === "azure" && externalSecrets.keyVaultId === undefined)
    return "external-secrets has no key vault: write its resource id as `addons.externalSecrets.keyVaultId`";
  const entry = `${externalSecrets.prefix ?? fleet.name}-${secret}`;
  const login = fleet.clusters
    .flatMap((one) => serverEntries(fleet.name, one))
    .find(({ name, password }) => name === entry || password === entry);
  if (login)
    return `its entry would be '${entry}', a login of server '${login.server}': use it by \`uses: { db: { server: ${login.server} } }\``;
  if (entry.startsWith(`${fleet.name}-db-`))
    return `its entry would be '${entry}', and entries that begin so are logins of databases: use the database by \`uses\``;
  if (entry.length > ENTRY_NAME_MAX) return `its entry would be '${entry}', and Key Vault takes ${ENTRY_NAME_MAX} characters`;
  return undefined;
}

/** Two sources of one variable or one folder: which would count isn't seen. */
function environmentProblems(app: App): Problem[] {
  if (app.chart !== undefined) return [];
  const taken = new Map<string, string>();
  const layers = [app.values, ...Object.values(app.perCluster).map(({ values }) => values)];
  for (const values of layers)
    for (const field of ["env", "secretEnv", "secretFiles"])
      for (const name of Object.keys((values[field] ?? {}) as object)) taken.set(name, `values.${field}`);
  return Object.entries(app.uses).flatMap(([key, { as, mount }]): Problem[] => {
    const names = [...(typeof as === "string" ? [as] : Object.keys(as ?? {})), ...(mount === undefined ? [] : [mount])];
    return names.flatMap((name): Problem[] => {
      const before = taken.get(name);
      taken.set(name, `uses.${key}`);
      if (before === undefined) return [];
      return [{ path: ["uses", key, name === mount ? "mount" : "as"], message: `'${name}' comes from ${before} already` }];
    });
  });
}

/** In one namespace everything has a name of its own. */
function namespaceProblems(fleet: Fleet, cluster: Cluster): Problem[] {
  const secrets = new Map<string, string>();
  const releases = new Map<string, string>();
  const apps = Object.entries(appsOn(fleet, cluster.name));
  for (const [name, app] of apps) releases.set(`${namespaceOf(name, app)} ${name}`, name);
  return apps.flatMap(([name, app]): Problem[] => {
    const namespace = namespaceOf(name, app);
    const found = appSecrets(fleet, cluster, name, app);
    const twice = found.flatMap(({ secret, field }): Problem[] => {
      const other = secrets.get(`${namespace} ${secret}`);
      secrets.set(`${namespace} ${secret}`, name);
      if (other === undefined || other === name) return [];
      const message = `application '${other}' has the Secret '${secret}' in namespace '${namespace}' already: give one of them a namespace of its own`;
      return [{ path: ["apps", name, ...field], message }];
    });
    const made = [
      ...(found.length > 0 ? [`${name}-secrets`] : []),
      ...(app.smoke && app.chart !== undefined ? [`${name}-smoke`] : []),
    ];
    const clashes = made.flatMap((release): Problem[] => {
      const other = releases.get(`${namespace} ${release}`);
      if (other === undefined) return [];
      const message = `application '${name}' in the same namespace has a release of that name: call this one otherwise, or give it a namespace of its own`;
      return [{ path: ["apps", other], atKey: true, message }];
    });
    const reader = found.length > 0 ? readerProblems(fleet, name, namespace) : [];
    return [...twice, ...clashes, ...reader];
  });
}

/** Names that are taken where secrets are read. */
function readerProblems(fleet: Fleet, name: string, namespace: string): Problem[] {
  if (namespace === "databases")
    return [
      {
        path: ["apps", name],
        message: "it runs in namespace 'databases', where the administrators' entries are read: give it another `namespace`",
      },
    ];
  const entries = fleet.apps.entries;
  if (entries === undefined || namespaceOf("entries", entries) !== namespace) return [];
  return [
    {
      path: ["apps", "entries"],
      atKey: true,
      message: `the service account 'entries' of namespace '${namespace}' reads the secrets of '${name}': call this application otherwise`,
    },
  ];
}
