import { nearest } from "../catalog/distance";
import { findRegion } from "../catalog/regions";
import type { App, Use } from "../schema/apps";
import type { Cluster } from "../schema/cluster";
import type { Database } from "../schema/databases";
import type { Fleet } from "../schema/fleet";
import type { ServiceValues } from "../schema/service";
import { releaseName } from "./app-colours";
import { backupStoreOf } from "./backups";
import {
  type DatabaseEntry,
  databaseEntries,
  databaseOfUse,
  databaseServers,
  databasesOf,
  databasesOn,
  primaryOf,
} from "./databases";
import { identityEntry, identityFields } from "./identity-logins";
import { locationOf } from "./location";
import { shortHash } from "./names";
import { appsOn, namespaceOf } from "./placement";
import { pullSecret, wayToPull } from "./pulls";
import { passwordVersions, serverEntries } from "./servers";

/** Where an entry is: in a database's store, in the vault of the cluster's servers, or in the store of the cluster's own cloud. */
export type EntryStore =
  | { readonly of: "database"; readonly key: string }
  | { readonly of: "servers" }
  | { readonly of: "cloud" };

/** A Secret that an application gets in its namespace, from an entry of a cloud's secret store. */
export interface AppSecret {
  /** Where the fleet file asks for it. */
  readonly field: readonly ["uses", string] | readonly ["secrets", number] | readonly ["image", "registry"];
  /** Name of the Secret. */
  readonly secret: string;
  readonly entry: string;
  readonly store: EntryStore;
  /** Host whose login it is, which the kubelet pulls with. @default - the fields of the entry, for the application itself */
  readonly host?: string;
  /** Fields besides those of the entry; {{ .host }} and the like are filled in from these. @default - none */
  readonly fields?: Readonly<Record<string, string>>;
}

/** The secrets of an application on a cluster: of the databases that it uses, and those that it names itself. */
export function appSecrets(fleet: Fleet, cluster: Cluster, name: string, app: App, colour?: string): readonly AppSecret[] {
  const used = Object.keys(app.uses).flatMap((key): AppSecret[] => {
    const secret = useSecret(fleet, cluster, releaseName(name, colour), app, key);
    const use = app.uses[key]!;
    const login = loginOf(fleet, cluster, use);
    if (!login || secret === undefined) return [];
    const fields = fieldsOf(fleet, cluster, name, use);
    return [{ field: ["uses", key], secret, entry: login.entry, store: login.store, ...(fields && { fields }) }];
  });
  const prefix = cluster.addons.externalSecrets.prefix ?? fleet.name;
  const own = app.secrets.map(
    (secret, index): AppSecret => ({
      field: ["secrets", index],
      secret: ownSecret(name, secret, colour),
      entry: `${prefix}-${secret}`,
      store: { of: "cloud" },
    }),
  );
  return [...used, ...own, ...registrySecret(fleet, cluster, releaseName(name, colour), app, prefix)];
}

/** The login of a registry that is somebody else's, where it has one. */
function registrySecret(fleet: Fleet, cluster: Cluster, release: string, app: App, prefix: string): readonly AppSecret[] {
  const registry = fleet.registries[app.image?.registry ?? ""];
  const secret = pullSecret(fleet, cluster, release, app);
  if (registry?.secret === undefined || secret === undefined || wayToPull(cluster, registry) !== "secret") return [];
  const [host] = (registry.host ?? "").split("/");
  return [{ field: ["image", "registry"], secret, entry: `${prefix}-${registry.secret}`, store: { of: "cloud" }, host: host! }];
}

/** Name of the Secret of an entry: the entry's own. Two colours in one namespace can't have the same one. */
const ownSecret = (name: string, secret: string, colour: string | undefined): string =>
  colour === undefined ? secret : `${releaseName(name, colour)}-${secret}`;

/**
 * Name of the Secret of a use. Another one for other passwords or another server, so that no pod starts with what was
 * before, and those that run are started anew.
 */
export function useSecret(fleet: Fleet, cluster: Cluster, release: string, app: App, key: string): string | undefined {
  const use = app.uses[key];
  const login = use && loginOf(fleet, cluster, use);
  return login && `${release}-${key}-${login.version}`;
}

/** The login that a use gets. */
interface Login {
  readonly entry: string;
  readonly store: EntryStore;
  /** Another text for other passwords and another server. */
  readonly version: string;
}

/** The login of a use; undefined where it can't be told, which the rules refuse. */
const loginOf = (fleet: Fleet, cluster: Cluster, use: Use): Login | undefined =>
  use.server === undefined ? databaseLogin(fleet, cluster, use) : serverLoginOf(fleet, cluster, use, use.server);

/** Places have one digit: there are at most four servers. */
function databaseLogin(fleet: Fleet, cluster: Cluster, use: Use): Login | undefined {
  const key = use.database ?? "";
  const database = fleet.databases[key];
  const entry = database && databaseEntryOf(fleet, cluster, use, key, database);
  if (!entry) return undefined;
  const primary = primaryOf(databaseServers(database));
  const identity = use.login === "identity";
  return {
    entry: identity ? identityEntry(entry) : entry.name,
    store: { of: "database", key },
    version: `${database.passwordVersion}${primary.place}${entry.at.place}${identity ? "-identity" : ""}`,
  };
}

/** Who the application is, where it logs in as a user of its own. */
function fieldsOf(fleet: Fleet, cluster: Cluster, app: string, use: Use): AppSecret["fields"] {
  const database = use.login === "identity" ? fleet.databases[use.database ?? ""] : undefined;
  const name = database && databaseOfUse(use, databasesOn(use.database!, database));
  return name === undefined ? undefined : identityFields(fleet.name, cluster.name, app, database!, name);
}

/** The login of the cluster's own server, which another generation has under a name of its own. */
function serverLoginOf(fleet: Fleet, cluster: Cluster, use: Use, server: string): Login | undefined {
  const own = serverEntries(fleet.name, cluster).filter((entry) => entry.server === server);
  const name = databaseOfUse(
    use,
    own.map(({ database }) => database),
  );
  const entry = own.find(({ database }) => database === name);
  if (!entry) return undefined;
  const beside = fleet.clusters.filter(({ cloud, region }) => cloud === cluster.cloud && region === cluster.region);
  const versions = passwordVersions(beside.flatMap((one) => serverEntries(fleet.name, one)));
  return {
    entry: entry.name,
    store: { of: "servers" },
    version: `${versions.get(entry.password)}-${shortHash(entry.host)}`,
  };
}

/** The entry of a database that a use reads. */
function databaseEntryOf(fleet: Fleet, cluster: Cluster, use: Use, key: string, database: Database): DatabaseEntry | undefined {
  const name = databaseOfUse(use, databasesOn(key, database));
  const entries = databaseEntries(fleet.name, key, database).filter((entry) => entry.database === name);
  const primary = entries.find(({ at }) => at.role === "primary");
  const from = locationOf(cluster);
  if (use.read === "primary" || !from || !primary) return primary;
  const places = [primary, ...entries.filter((entry) => entry !== primary)].flatMap((entry) => {
    const region = findRegion(database.cloud, entry.at.region);
    return region ? [{ entry, latitude: region.latitude, longitude: region.longitude }] : [];
  });
  return places.length > 0 ? nearest(from, places).entry : primary;
}

/** Whether pods of a cluster read entries of a cloud's store by identities of their own: it then trusts the cluster's tokens. */
export function readsEntries(fleet: Fleet, cluster: string): boolean {
  const apps = Object.values(appsOn(fleet, cluster));
  const pulls = ({ image }: App) => fleet.registries[image?.registry ?? ""]?.secret !== undefined;
  const found = fleet.clusters.find(({ name }) => name === cluster);
  if (found && backupStoreOf(fleet, found)) return true;
  const uses = ({ uses: used }: App) => Object.values(used).some(({ server }) => server !== undefined);
  return databasesOf(fleet, cluster).length > 0 || apps.some((app) => app.secrets.length > 0 || pulls(app) || uses(app));
}

/**
 * The namespaces of a cluster in which a Secret may change under its name: those of applications that name entries. The
 * Secret of a database has another name then.
 */
export function restartedNamespaces(fleet: Fleet, cluster: string): readonly string[] {
  const named = Object.entries(appsOn(fleet, cluster)).filter(([, { secrets }]) => secrets.length > 0);
  return [...new Set(named.map(([name, app]) => namespaceOf(name, app)))].sort();
}

/** The fleet with Reloader on where there is something to restart and the file doesn't say whether. */
export function withReloader(fleet: Fleet): Fleet {
  const clusters = fleet.clusters.map((cluster): Cluster => {
    const { reloader } = cluster.addons;
    const enabled = reloader.enabled ?? restartedNamespaces(fleet, cluster.name).length > 0;
    return { ...cluster, addons: { ...cluster.addons, reloader: { ...reloader, enabled } } };
  });
  return { ...fleet, clusters };
}

/** What the project's own chart is given of an application's secrets. */
export function serviceSecrets(
  fleet: Fleet,
  cluster: Cluster,
  name: string,
  app: App,
  values: ServiceValues,
  colour?: string,
): Pick<ServiceValues, "secretEnv" | "secretFiles" | "secrets"> {
  const named = (secret: string) => (app.secrets.includes(secret) ? ownSecret(name, secret, colour) : secret);
  const secretEnv = Object.fromEntries(
    Object.entries(values.secretEnv).map(([variable, from]) => [variable, { ...from, secret: named(from.secret) }]),
  );
  const secretFiles = Object.fromEntries(Object.entries(values.secretFiles).map(([path, secret]) => [path, named(secret)]));
  for (const [key, { as, mount }] of Object.entries(app.uses)) {
    const secret = useSecret(fleet, cluster, releaseName(name, colour), app, key);
    if (secret === undefined) continue;
    for (const [variable, field] of Object.entries(typeof as === "string" ? { [as]: "uri" } : (as ?? {})))
      secretEnv[variable] = { secret, key: field };
    if (mount !== undefined) secretFiles[mount] = secret;
  }
  const chosen = [...Object.values(values.secretEnv).map(({ secret }) => secret), ...Object.values(values.secretFiles)];
  const whole = app.secrets.filter((secret) => !chosen.includes(secret));
  return { secretEnv, secretFiles, secrets: [...new Set([...values.secrets, ...whole])].map(named) };
}
