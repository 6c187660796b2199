import { databaseServers, wayRange } from "../../../../model/derived/databases";
import { type Data, fleetWith, problemsWith as problemsIn } from "../../support";
import { BLOG_SERVER, shop, stock } from "./fixtures";

const blog = { engine: "mysql", cloud: "azure", region: "eastus", databases: ["ghost"], clusters: ["aks"] };
const secrets = { addons: { externalSecrets: { enabled: true } } };
const problemsWith = (changes: Data) => problemsIn({ ...changes, defaults: { ...secrets, ...(changes.defaults as object) } });
const withBlog = (more: object) => problemsWith({ databases: { blog: { ...blog, ...more } } });
const withShop = (more: object) => problemsWith({ databases: { shop: { ...shop, ...more } } });

test("a sound database has no problem, and gets the account of the defaults", () => {
  const { databases } = fleetWith({ defaults: secrets, databases: { blog, shop }, clusters: { gke: undefined } });
  expect(databases.blog?.azure).toEqual({
    subscriptionId: "00000000-0000-0000-0000-000000000001",
    tenantId: "00000000-0000-0000-0000-000000000002",
    runner: "00000000-0000-0000-0000-000000000004",
  });
  expect(databases.shop?.aws).toEqual({ accountId: "111122223333" });
});

test("documents go back to the account that they were in", () => {
  const server = BLOG_SERVER.replace("DBforMySQL/flexibleServers", "DocumentDB/databaseAccounts");
  const said = withBlog({ engine: "mongo", version: undefined, restoreFrom: { server, time: "2026-11-20T03:00:00Z" } });
  expect(said.filter((problem) => problem.includes("restoreFrom"))).toEqual([]);
});

test("on Google a cluster that is gone leaves its place, so that those after it keep their addresses", () => {
  const rangeOf = (clusters: readonly string[]) => {
    const fleet = fleetWith({ defaults: secrets, databases: { stock: { ...stock, clusters } }, clusters: { aks: undefined } });
    const database = fleet.databases.stock!;
    return wayRange(database, databaseServers(database)[0]!, "gke");
  };
  expect(rangeOf(["-", "gke"])).not.toBe(rangeOf(["gke"]));
  const other = { gke2: { cloud: "google", region: "europe-west3", network: { cidr: "10.4.0.0/16" } } };
  const both = fleetWith({
    defaults: secrets,
    databases: { stock: { ...stock, clusters: ["gke2", "gke"] } },
    clusters: { aks: undefined, ...other },
  }).databases.stock!;
  expect(wayRange(both, databaseServers(both)[0]!, "gke")).toBe(rangeOf(["-", "gke"]));
});

test.each<[string, () => string[], RegExp]>([
  [
    "mongo outside of Azure",
    () => withShop({ engine: "mongo" }),
    /engine: 'mongo' is made on Azure alone: on AWS make DocumentDB/,
  ],
  [
    "a version that left support",
    () => withBlog({ version: "5.7" }),
    /version: '5.7' is no version of mysql that azure has: 8.0, 8.4/,
  ],
  ["a region whose zones nobody can name", () => withShop({ region: "us-west-1" }), /region: the zones of 'us-west-1' differ/],
  ["another cloud's region", () => withBlog({ region: "us-east-1" }), /region: 'us-east-1' is no Azure region/],
  ["a size that azurerm refuses", () => withBlog({ size: "GP_Standard_D2ds_v5" }), /size: .* is no size of mysql on azure/],
  [
    "a way back in time without the time",
    () => withBlog({ restoreFrom: { server: BLOG_SERVER } }),
    /restoreFrom: on azure name the `server` to go back to and a `time`/,
  ],
  [
    "a standby of a burstable machine",
    () => withBlog({ highAvailability: true }),
    /highAvailability: needs a size that isn't burstable/,
  ],
  [
    "a replica of a burstable machine",
    () => withBlog({ replicas: ["westeurope"], secretsRegion: "westeurope" }),
    /replicas: a replica needs a size that isn't burstable/,
  ],
  [
    "replicas without a word about where the logins are",
    () => withBlog({ size: "medium", replicas: ["westeurope"] }),
    /secretsRegion: is missing: with replicas say where/,
  ],
  [
    "the home region among the replicas",
    () => withBlog({ size: "medium", replicas: ["eastus"], secretsRegion: "eastus" }),
    /replicas\[0\]: 'eastus' has a server already/,
  ],
  ["a primary that is no server", () => withBlog({ primary: "westus" }), /primary: 'westus' is none of the servers: eastus/],
  [
    "to remove a server that serves",
    () => withBlog({ removed: ["eastus"] }),
    /removed\[0\]: 'eastus' is no server that a promotion has left behind/,
  ],
  ["a database name with a hyphen", () => withBlog({ databases: ["my-blog"] }), /'my-blog' can't be a database/],
  ["a name that a server keeps", () => withBlog({ databases: ["mysql"] }), /'mysql' is a name that some server keeps/],
  [
    "a disk on Google",
    () =>
      problemsWith({ databases: { x: { ...shop, cloud: "google", region: "europe-west3", clusters: ["gke"], storageGiB: 50 } } }),
    /storageGiB: 50: Cloud SQL grows by itself/,
  ],
  [
    "a disk that PostgreSQL on Azure hasn't",
    () => withBlog({ engine: "postgres", storageGiB: 50 }),
    /50 is no size of a disk: 32, 64/,
  ],
  [
    "backups elsewhere on AWS",
    () => withShop({ backups: { otherRegion: true } }),
    /otherRegion: is for MySQL and PostgreSQL on Azure/,
  ],
  [
    "another kind of server for documents",
    () => withBlog({ engine: "mongo", restoreFrom: { server: BLOG_SERVER, time: "2026-11-20T03:00:00Z" } }),
    /restoreFrom.server: '.*flexibleServers\/blog' is no resource id of a server of mongo/,
  ],
  [
    "a zone of private names outside of Azure",
    () =>
      withShop({
        privateDnsZoneId:
          "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/hub/providers/Microsoft.Network/privateDnsZones/privatelink.mysql.database.azure.com",
      }),
    /^databases.shop.privateDnsZoneId: is for Azure: remove it$/m,
  ],
  ["a snapshot on Azure", () => withBlog({ restoreFrom: { snapshot: "s" } }), /restoreFrom.snapshot: is for AWS/],
  ["a cluster that isn't there", () => withBlog({ clusters: ["aksx"] }), /clusters\[0\]: no cluster is called 'aksx'/],
  [
    "a cluster without external-secrets",
    () => problemsIn({ databases: { blog } }),
    /clusters\[0\]: 'aks' has no external-secrets, by which the logins are made/,
  ],
  ["a cluster of another cloud", () => withBlog({ clusters: ["eks"] }), /'eks' is on aws, and the database is on azure/],
  ["no range on AWS", () => withShop({ network: undefined }), /network: is missing: the range of the networks/],
  ["a range on Azure", () => withBlog({ network: { cidr: "10.250.0.0/24" } }), /on Azure clusters give the addresses/],
  ["a small range", () => withShop({ network: { cidr: "10.250.0.0/25" } }), /'10.250.0.0\/25' is too small: \/20 to \/24/],
  [
    "a range of a cluster",
    () => withShop({ network: { cidr: "10.1.4.0/24" } }),
    /10.1.4.0\/24 overlaps 10.1.0.0\/16 of cluster 'eks'/,
  ],
  [
    "a range of another database",
    () => problemsWith({ databases: { shop, other: { ...shop, network: { cidr: "10.250.0.0/23" } } } }),
    /databases.other.network.cidr: 10.250.0.0\/23 overlaps 10.250.0.0\/24 of database 'shop'/,
  ],
  [
    "a key that makes a cluster's stack id",
    () => problemsWith({ databases: { "x-cluster": blog } }),
    /'x-cluster' ends with '-cluster'/,
  ],
  [
    "a snapshot of another region",
    () => withShop({ restoreFrom: { snapshot: "arn:aws:rds:us-east-1:111122223333:snapshot:shop" } }),
    /restoreFrom.snapshot: '.*' is in us-east-1, and a server is made from a snapshot of its own region: copy it to eu-west-1 first/,
  ],
  [
    "a snapshot that can't be called so",
    () => withShop({ restoreFrom: { snapshot: "last night" } }),
    /restoreFrom.snapshot: 'last night' is no name of a snapshot/,
  ],
  [
    "an instance with its project",
    () =>
      problemsWith({
        databases: { x: { ...stock, restoreFrom: { server: "acme:europe-west3:x", time: "2026-11-20T03:00:00Z" } } },
      }),
    /restoreFrom.server: 'acme:europe-west3:x' is no name of an instance/,
  ],
  [
    "a zone of another service",
    () =>
      withBlog({
        privateDnsZoneId:
          "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/privateDnsZones/privatelink.postgres.database.azure.com",
      }),
    /privateDnsZoneId: 'privatelink.postgres.database.azure.com' is a zone of another service: mysql answers in privatelink.mysql/,
  ],
  [
    "entries of two databases under one name",
    () =>
      problemsWith({
        databases: {
          a: { ...shop, databases: ["b"] },
          "a-b": { ...shop, network: { cidr: "10.250.4.0/24" }, databases: ["password"] },
        },
      }),
    /databases.a-b: 'acme-db-a-b-password' would be an entry of 'a' too/,
  ],
  ["a place kept on AWS", () => withShop({ clusters: ["-", "eks"] }), /clusters\[0\]: "-" keeps a place on Google Cloud/],
  [
    "a cluster that is gone, before another, on Google",
    () => problemsWith({ databases: { x: { ...stock, clusters: ["old", "gke"] } } }),
    /clusters\[0\]: no cluster is called 'old'; .*; of a cluster that is gone leave "-" in its place, so that those after it keep/,
  ],
  ["another cloud's account", () => withBlog({ aws: { accountId: "111122223333" } }), /databases.blog.aws: is for `cloud: aws`/],
  [
    "no account anywhere",
    () =>
      problemsWith({
        defaults: { azure: undefined },
        clusters: { aks: undefined },
        databases: { blog: { ...blog, clusters: [] } },
      }),
    /databases.blog.azure: is missing, and neither `defaults.azure`/,
  ],
])("%s is refused", (_, problems, message) => {
  expect(problems().join("\n")).toMatch(message);
  expect(problems()).toMatchSnapshot();
});
