import { FleetError, pathText } from "../../model/problems/fleet-error";
import type { Fleet } from "../../model/schema/fleet";
import { fleetWarnings } from "../../model/warnings";
import { type Data, fleetWith, over } from "../model/support";

/** What must be refused or warned of about one field of services and applications, or why it needs no word any more. */
export type Case =
  /** A rule on one file says so. @see docs/rules.md */
  | { readonly what: string; readonly rule: string; readonly of: Data }
  /** The field's own shape doesn't allow it. */
  | { readonly what: string; readonly shape: RegExp; readonly of: Data }
  /** A warning about one file. */
  | { readonly what: string; readonly warns: RegExp; readonly of: Data }
  /** A rule on changes says so, and one of __tests__/changes/pairs has it. @see docs/changes.md */
  | { readonly what: string; readonly change: string }
  /** It can't happen: why, and the suite that would notice if it could. */
  | { readonly what: string; readonly gone: string; readonly suite: string };

const secrets = { addons: { externalSecrets: { enabled: true } } };
const keyVaultId =
  "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/acme/providers/Microsoft.KeyVault/vaults/acme";
const acr = { cloud: "azure", region: "uksouth" };
const ecr = { cloud: "aws", region: "eu-west-1", repositories: ["shop"] };
const gar = { cloud: "google", region: "europe" };
const mysql = { engine: "mysql", cloud: "azure", region: "uksouth", clusters: ["aks"] };
const rds = { engine: "postgres", cloud: "aws", region: "eu-west-1", network: { cidr: "10.250.0.0/24" }, clusters: ["eks"] };
const back = (time: string) => ({
  server: "/subscriptions/s/resourceGroups/old/providers/Microsoft.DBforMySQL/flexibleServers/old",
  time,
});
const app = { image: { repository: "ghcr.io/acme/shop", tag: "1" }, clusters: ["eks"], values: { port: 8080 } };
const machine = { role: "postgres", sshPublicKey: "ssh-ed25519 AAAA x", disk: { sizeGiB: 64 } };
const existing = {
  cloud: "existing",
  region: "eu-west-1",
  network: undefined,
  existing: { endpoint: "https://k.example.com", exec: { command: "x" }, ingress: { ips: ["198.51.100.4"] } },
};

const registry = (settings: Data, more: Data = {}): Data => ({ registries: { images: settings }, ...more });
const database = (settings: Data): Data => ({ defaults: secrets, databases: { shop: settings } });
const apps = (settings: Data, more: Data = {}): Data => over({ apps: { shop: over(app, settings) } }, more);
const server = (settings: Data): Data => ({ clusters: { aks: { servers: { db: over(machine, settings) } } } });
/** A generation beside the sound fleet's AKS cluster, whose server is fenced. */
const next = (own: Data, old: Data = {}, cluster: Data = {}): Data => ({
  clusters: {
    aks: { servers: { db: over({ ...machine, fenced: true }, old) } },
    next: {
      cloud: "azure",
      region: "uksouth",
      network: { cidr: "10.4.0.0/16" },
      servers: { db: over(over(machine, { disk: { restoreFrom: { cluster: "aks" } } }), own) },
      ...cluster,
    },
  },
});
const backup = (settings: Data): Data => ({
  backups: { store: { cloud: "aws", region: "eu-west-1" } },
  clusters: { eks: { addons: { externalSecrets: { enabled: true }, backup: { enabled: true, ...settings } } } },
});

/** The fields of registries, databases, servers, backups and applications, and what each must refuse. */
export const ROWS: Readonly<Record<string, readonly Case[]>> = {
  "registries: region, name, location": [{ what: "a change", change: "resource-replaced" }],
  "registries: replicas": [
    { what: "the home region", rule: "registries", of: registry({ ...acr, replicas: ["uksouth"] }) },
    { what: "on Google", rule: "registries", of: registry({ ...gar, replicas: ["europe-west3"] }) },
    {
      what: "a region of AWS that isn't opted in",
      warns: /is off in a new AWS account/,
      of: registry({ ...ecr, replicas: ["eu-south-2"] }),
    },
    {
      what: "subnets too small for the endpoints of all replicas",
      gone: "a cluster's subnet for endpoints is a /25 or larger; the one for pushes is somebody else's and says /27 in the reference",
      suite: "backing/registries.test.ts",
    },
  ],
  "registries: replication of ECR": [
    { what: "a second fleet in the account", change: "replication-owned" },
    {
      what: "a second registry of the fleet in the account",
      rule: "registry-names",
      of: {
        registries: { one: { ...ecr, name: "a", replicas: ["us-east-1"] }, two: { ...ecr, name: "b", replicas: ["us-east-1"] } },
      },
    },
    {
      what: "more than ten rules",
      gone: "there is one rule, with a filter for what starts with the registry's name",
      suite: "backing/registries.test.ts",
    },
    {
      what: "more than 25 destinations",
      shape: /replicas: .* at most 25/,
      of: registry({ ...ecr, replicas: Array.from({ length: 26 }, (_, place) => `eu-west-${place}`) }),
    },
  ],
  "registries: access private": [
    { what: "below Premium", gone: "a registry on Azure is Premium always", suite: "backing/registries.test.ts" },
    { what: "no network that pushes", rule: "private-registries", of: registry({ ...acr, access: "private" }) },
    {
      what: "clusters of other clouds",
      rule: "private-registries",
      of: registry({
        ...acr,
        access: "private",
        pull: ["eks"],
        ci: { subnetId: "/subscriptions/s/resourceGroups/n/providers/Microsoft.Network/virtualNetworks/ci/subnets/run" },
      }),
    },
  ],
  "registries: pull across clouds": [
    {
      what: "no external-secrets",
      rule: "pulls",
      of: {
        registries: { images: acr },
        apps: { shop: { ...app, image: { registry: "images", repository: "shop", tag: "1" } } },
      },
    },
    {
      what: "no issuer",
      gone: "every cluster that is made here has one, and one that exists pulls by whatever it has itself",
      suite: "stacks/existing.test.ts",
    },
    {
      what: "more than 20 namespaces of one identity",
      gone: "each namespace has an identity of its own",
      suite: "backing/registry-tokens.test.ts",
    },
  ],
  "applications: image": [
    { what: "tag latest", rule: "app-charts", of: apps({ image: { tag: "latest" } }) },
    { what: "a tag and a variable", gone: "both are the one field `tag`", suite: "model/reference.test.ts" },
    {
      what: "a digest and a variable",
      rule: "app-charts",
      of: apps({ image: { tag: "variable", digest: `sha256:${"a".repeat(64)}` } }),
    },
    {
      what: "a repository that isn't there",
      rule: "images",
      of: {
        registries: { images: ecr },
        apps: { shop: { ...app, image: { registry: "images", repository: "shpo", tag: "1" } } },
      },
    },
    {
      what: "a path that the chart doesn't know",
      rule: "app-charts",
      of: apps({ image: { at: "deployment.image" } }),
    },
    {
      what: "a cluster that may not pull",
      rule: "images",
      of: {
        registries: { images: { ...ecr, pull: ["aks"] } },
        apps: { shop: { ...app, image: { registry: "images", repository: "shop", tag: "1" } } },
      },
    },
  ],
  "databases: engine and cloud": [
    { what: "mongo on AWS", rule: "databases", of: database({ ...rds, engine: "mongo" }) },
    {
      what: "Rocket.Chat on Cosmos DB",
      rule: "app-secrets",
      of: over(database({ ...mysql, engine: "mongo" }), {
        apps: {
          chat: {
            chart: "rocketchat",
            repository: "https://x.example.com",
            version: "1.2.3",
            clusters: ["aks"],
            uses: { db: { database: "shop" } },
            values: { a: "{secret:db}" },
          },
        },
      }),
    },
    { what: "MariaDB", shape: /engine: 'mariadb' is not allowed; allowed: mysql/, of: database({ ...mysql, engine: "mariadb" }) },
    { what: "MySQL 5.7", rule: "databases", of: database({ ...mysql, version: "5.7" }) },
    {
      what: "MySQL 8.0, which is billed more",
      warns: /extended support for MySQL 8.0/,
      of: database({ ...mysql, version: "8.0" }),
    },
  ],
  "databases: storageGiB": [{ what: "smaller than before", change: "database-smaller" }],
  "databases: region, name, otherRegion, login, charset": [
    { what: "another region", change: "database-moved" },
    { what: "another name", change: "stack-dropped" },
    { what: "copies in the other region later", change: "resource-replaced" },
    { what: "another login or charset", gone: "the file has a field for neither", suite: "model/reference.test.ts" },
  ],
  "databases: highAvailability": [
    { what: "of a burstable machine", rule: "databases", of: database({ ...mysql, highAvailability: true }) },
    { what: "of MySQL later", change: "database-standby" },
  ],
  "databases: replicas": [
    {
      what: "with passwords that AWS rotates",
      gone: "AWS makes no password here: all are Meridian's",
      suite: "backing/databases.test.ts",
    },
    { what: "Cosmos DB's bounded staleness", gone: "the consistency is Session always", suite: "backing/databases.test.ts" },
    { what: "a region of Cosmos DB more and one less", change: "database-regions" },
  ],
  "databases: clusters": [
    { what: "of another cloud", rule: "database-ways", of: database({ ...mysql, clusters: ["eks"] }) },
    {
      what: "retired",
      gone: "a retired cluster keeps its way until its stacks are destroyed; once it is out of the file its name is refused",
      suite: "changes/generations.test.ts",
    },
    { what: "gone", rule: "database-ways", of: database({ ...mysql, clusters: ["old"] }) },
    {
      what: "two in one network",
      gone: "a network is attached once, by the database's stack",
      suite: "backing/networks.test.ts",
    },
  ],
  "databases: restoreFrom": [
    { what: "another one later", change: "database-made-once" },
    { what: "the latest snapshot", rule: "databases", of: database({ ...rds, restoreFrom: { snapshot: "rds:latest" } }) },
    { what: "a moment that is none", rule: "databases", of: database({ ...mysql, restoreFrom: back("2026-02-30T03:00:00Z") }) },
    {
      what: "a moment that is still ahead",
      warns: /restoreFrom\.time: 2026-11-01T00:00:01Z is still ahead/,
      of: database({ ...mysql, restoreFrom: back("2026-11-01T00:00:01Z") }),
    },
  ],
  "databases: passwordVersion": [
    { what: "lower than before", change: "database-passwords" },
    {
      what: "a Terraform before 1.11",
      gone: "the stacks that make passwords say so in required_version",
      suite: "backing/databases.test.ts",
    },
  ],
  "removal of a protected database, registry or store": [
    { what: "its stack", change: "stack-dropped" },
    { what: "a part of it", change: "protected-dropped" },
  ],
  "servers: disk.restoreFrom": [
    { what: "of another region", rule: "server-sources", of: next({}, {}, { region: "ukwest" }) },
    { what: "of a cluster that nobody knows", change: "server-source-unknown" },
    { what: "another one later", change: "server-source" },
    { what: "onto a smaller disk", rule: "server-sources", of: next({}, { disk: { sizeGiB: 128 } }) },
    {
      what: "onto a disk that is formatted",
      gone: "a disk with anything on it is never formatted",
      suite: "backing/server-disk.test.ts",
    },
  ],
  "servers: version": [
    { what: "another than the source's", rule: "server-sources", of: next({ version: "16" }) },
    { what: "another later", change: "server-version" },
  ],
  "servers: address": [
    { what: "outside of the subnet", rule: "servers", of: server({ address: "10.9.0.9" }) },
    { what: "one of the first four", rule: "servers", of: server({ address: "10.2.56.3" }) },
    { what: "the last", rule: "servers", of: server({ address: "10.2.63.255" }) },
    {
      what: "another's",
      rule: "servers",
      of: {
        clusters: { aks: { servers: { a: { ...machine, address: "10.2.57.1" }, b: { ...machine, address: "10.2.57.1" } } } },
      },
    },
  ],
  "servers on other clouds": [
    { what: "AWS", rule: "servers", of: { clusters: { eks: { servers: { db: machine } } } } },
    { what: "Google Cloud", rule: "servers", of: { clusters: { gke: { servers: { db: machine } } } } },
    { what: "a cluster that exists", rule: "servers", of: { clusters: { eks: { ...existing, servers: { db: machine } } } } },
  ],
  "addons: backup": [
    { what: "two clusters in one folder", gone: "the folder is the cluster's name", suite: "backing/backups.test.ts" },
    { what: "a restore from itself", rule: "backups", of: backup({ restore: { cluster: "eks", backup: "b" } }) },
    { what: "snapshots that die with AKS", gone: "data is moved into the store always", suite: "backing/backups.test.ts" },
    { what: "namespaces of add-ons", rule: "backups", of: backup({ namespaces: ["monitoring"] }) },
    {
      what: "backups kept longer than the store keeps objects",
      gone: "a store's rules take away old versions alone, never what Velero still has",
      suite: "backing/backups.test.ts",
    },
  ],
  "applications: secrets, uses": [
    { what: "no external-secrets", rule: "app-secrets", of: apps({ secrets: ["shop"] }) },
    {
      what: "an entry's name that is too long",
      rule: "app-secrets",
      of: apps(
        { secrets: ["a".repeat(63)] },
        { clusters: { eks: { addons: { externalSecrets: { enabled: true, prefix: "b".repeat(64) } } } } },
      ),
    },
    { what: "an entry's name with _", shape: /secrets\[0\]: 'a_b' is not valid/, of: apps({ secrets: ["a_b"] }) },
    {
      what: "one Secret of two applications in a namespace",
      rule: "app-secrets",
      of: {
        clusters: { eks: secrets },
        apps: { a: { ...app, namespace: "x", secrets: ["s"] }, b: { ...app, namespace: "x", secrets: ["s"] } },
      },
    },
  ],
  "applications: values": [
    { what: "a secret by its value", rule: "plain-secrets", of: apps({ values: { env: { DB_PASSWORD: "hunter2hunter2" } } }) },
    { what: "set_wo", gone: "no release has it: secrets reach pods by Kubernetes Secrets", suite: "priming/add-ons.test.ts" },
  ],
  "applications: single writers": [
    {
      what: "Ghost on two clusters at once",
      warns: /it runs once for each site/,
      of: {
        apps: { blog: { ...app, image: { repository: "ghcr.io/x/ghost", tag: "1" }, clusters: ["eks", "aks"] } },
        names: { blog: { policy: "latency", app: "blog" } },
      },
    },
  ],
  "applications: colours": [
    {
      what: "no ingress controller",
      rule: "app-colours",
      of: apps(
        { image: { tag: "variable" }, colours: { blue: 1, green: 0 } },
        { clusters: { eks: { addons: { ingress: { controller: "none" } } } } },
      ),
    },
    { what: "weights of nothing", rule: "app-colours", of: apps({ image: { tag: "variable" }, colours: { blue: 0, green: 0 } }) },
    {
      what: "a name that another has",
      rule: "app-colours",
      of: apps({ image: { tag: "variable" }, colours: { blue: 1, green: 0 } }, { apps: { "shop-blue": app } }),
    },
    {
      what: "one volume under both",
      rule: "app-colours",
      of: apps({
        image: { tag: "variable" },
        colours: { blue: 1, green: 0 },
        values: { replicas: 1, volume: { path: "/data", size: "8Gi" } },
      }),
    },
  ],
  "applications: timeoutSeconds": [
    { what: "over ten minutes", warns: /may last up to four times 900 s/, of: apps({ timeoutSeconds: 900 }) },
  ],
  "applications: smoke": [
    {
      what: "no ingress controller",
      rule: "apps",
      of: apps({ smoke: {} }, { clusters: { eks: { addons: { ingress: { controller: "none" } } } } }),
    },
    { what: "nobody who answers", rule: "app-charts", of: apps({ smoke: {}, values: { port: undefined } }) },
    {
      what: "a path that Terraform would fill in",
      gone: "texts of the file are escaped, here too",
      suite: "fleets/text.test.ts",
    },
  ],
};

/** What is said of the sound fleet with changes: `rule path: message`, and its warnings. */
export function saidOf(changes: Data): { readonly problems: readonly string[]; readonly warnings: readonly string[] } {
  let fleet: Fleet;
  try {
    fleet = fleetWith(over({ defaults: { addons: { externalSecrets: { keyVaultId } } } }, changes));
  } catch (error) {
    if (!(error instanceof FleetError)) throw error;
    const problems = error.problems.map(({ rule = "shape", path, message }) => `${rule} ${pathText(path)}: ${message}`);
    return { problems, warnings: [] };
  }
  return { problems: [], warnings: fleetWarnings(fleet, new Date("2026-11-01")) };
}
