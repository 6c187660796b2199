import { type Data, problemsWith } from "../../support";
import { BLOG_SERVER, defaults, shop, stock } from "./fixtures";

const blog = { engine: "mysql", cloud: "azure", region: "eastus", databases: ["ghost"], clusters: ["aks"] };
const saying = (database: Data, more: Data = {}) => problemsWith({ defaults, databases: { x: { ...database, ...more } } });
const replicated = { ...shop, replicas: ["eu-central-1"], secretsRegion: "eu-central-1" };

test.each<[string, Data, string[]]>([
  ["a sound one of AWS", shop, []],
  ["a sound one of Google", stock, []],
  ["a sound replica", replicated, []],
  ["replicas on Google, whose secrets have no region", { ...stock, replicas: ["europe-west1"] }, []],
  [
    "a region of secrets on Google",
    { ...stock, secretsRegion: "europe-west3" },
    ["secretsRegion: Secret Manager has no region: remove it"],
  ],
  [
    "a region of secrets that isn't there",
    { ...shop, secretsRegion: "eu-west-9" },
    ["secretsRegion: 'eu-west-9' is no AWS region; did you mean 'eu-west-1'?"],
  ],
  [
    "a second server in the first region, after a promotion",
    { ...replicated, replicas: ["eu-central-1", "eu-west-1"], primary: "eu-central-1" },
    [],
  ],
  [
    "a second server in the region of the primary",
    { ...replicated, replicas: ["eu-central-1", "eu-central-1"] },
    ["replicas[1]: 'eu-central-1' has a server already: a replica is in a region of its own"],
  ],
  [
    "a primary that is the second in its region",
    { ...replicated, replicas: ["eu-central-1", "eu-west-1"], primary: "eu-west-1-2", removed: ["eu-west-1", "eu-central-1"] },
    [],
  ],
  [
    "the primary removed",
    { ...replicated, replicas: ["eu-central-1", "eu-west-1"], primary: "eu-central-1", removed: ["eu-central-1"] },
    ["removed[0]: 'eu-central-1' is no server that a promotion has left behind: eu-west-1"],
  ],
  ["a name twice", { ...shop, databases: ["a", "b", "a"] }, ["databases[2]: 'a' is there twice"]],
  [
    "a name of 32 characters",
    { ...shop, databases: ["a".repeat(32)] },
    [`databases[0]: '${"a".repeat(32)}' can't be a database: at most 31 lower-case letters and digits, starting with a letter`],
  ],
  [
    "the zones of a replica",
    { ...replicated, replicas: ["us-east-2", "us-west-1"] },
    [
      "replicas[1]: the zones of 'us-west-1' differ from account to account, so its subnets can't be placed here: take another region",
    ],
  ],
  [
    "a replica of a region that isn't there",
    { ...replicated, replicas: ["eu-west-9"] },
    ["replicas[0]: 'eu-west-9' is no AWS region; did you mean 'eu-west-1'?"],
  ],
  [
    "a size that is no size, and a disk",
    { ...stock, size: "x", storageGiB: 20 },
    [
      "size: 'x' is no size of postgres on google: small, medium, large, or one such as db-custom-2-7680",
      "storageGiB: 20: Cloud SQL grows by itself from the smallest disk, and a size in the file would replace the server once it has grown: remove it",
    ],
  ],
  [
    "a disk of documents",
    { ...blog, engine: "mongo", storageGiB: 32 },
    [
      "storageGiB: 32: Cosmos DB grows by itself from the smallest disk, and a size in the file would replace the server once it has grown: remove it",
    ],
  ],
  ["a disk of any size on AWS", { ...shop, storageGiB: 50 }, []],
  ["a disk of any size for MySQL on Azure", { ...blog, storageGiB: 50 }, []],
  ["documents with a standby", { ...blog, engine: "mongo", highAvailability: true }, []],
  [
    "documents elsewhere",
    { ...blog, engine: "mongo", backups: { otherRegion: true } },
    ["backups.otherRegion: is for MySQL and PostgreSQL on Azure: elsewhere take a replica"],
  ],
  ["copies of backups on Azure", { ...blog, backups: { otherRegion: true } }, []],
  [
    "documents on Google",
    { ...stock, engine: "mongo" },
    [
      "engine: 'mongo' is made on Azure alone: on Google Cloud take MongoDB Atlas by hand, and give its login to applications as a secret",
    ],
  ],
  [
    "something left of documents",
    {
      ...blog,
      engine: "mongo",
      replicas: ["westeurope"],
      secretsRegion: "westeurope",
      primary: "westeurope",
      removed: ["eastus"],
    },
    ["removed[0]: of Cosmos DB nothing is left behind: regions are only put in another order"],
  ],
])("%s says what it must", (_, database, expected) => {
  expect(saying(database)).toEqual(expected.map((one) => `databases.x.${one}`));
});

const time = "2026-11-20T03:00:00Z";
test.each<[string, Data, Data, string[]]>([
  ["a snapshot by its name", shop, { snapshot: "rds:shop-2026" }, []],
  ["a snapshot by its ARN", shop, { snapshot: "arn:aws:rds:eu-west-1:111122223333:snapshot:shop" }, []],
  [
    "the latest snapshot",
    shop,
    { snapshot: "latest" },
    [".snapshot: 'latest' is another one tomorrow, and the server is made from it once: name the snapshot"],
  ],
  [
    "two hyphens in a name",
    shop,
    { snapshot: "a--b" },
    [".snapshot: 'a--b' is no name of a snapshot: letters, digits and single hyphens, or its ARN"],
  ],
  ["nothing on AWS", shop, {}, [": on AWS name the `snapshot` of an instance"]],
  ["a server beside the snapshot", shop, { snapshot: "s", server: "x" }, [": on AWS only `snapshot` is read"]],
  ["a time beside the snapshot", shop, { snapshot: "s", time }, [": on AWS only `snapshot` is read"]],
  [
    "a day that no calendar has",
    stock,
    { server: "x", time: "2026-02-30T03:00:00Z" },
    [".time: '2026-02-30T03:00:00Z' is in no calendar: a moment in UTC such as 2026-11-20T03:00:00Z"],
  ],
  [
    "an hour that no day has",
    stock,
    { server: "x", time: "2026-02-20T25:00:00Z" },
    [".time: '2026-02-20T25:00:00Z' is in no calendar: a moment in UTC such as 2026-11-20T03:00:00Z"],
  ],
  ["a moment with a part of a second", stock, { server: "x", time: "2026-02-20T03:00:00.5Z" }, []],
  ["a time without a server", stock, { time }, [": on google name the `server` to go back to and a `time`"]],
  ["a server of MySQL", blog, { server: BLOG_SERVER, time }, []],
  [
    "a server of PostgreSQL in other letters",
    { ...blog, engine: "postgres" },
    { server: BLOG_SERVER.replace("DBforMySQL", "dbforpostgresql"), time },
    [],
  ],
  [
    "something below a server",
    blog,
    { server: `${BLOG_SERVER}/databases/x`, time },
    [`.server: '${BLOG_SERVER}/databases/x' is no resource id of a server of mysql`],
  ],
  [
    "something before a server",
    blog,
    { server: `x${BLOG_SERVER}`, time },
    [`.server: 'x${BLOG_SERVER}' is no resource id of a server of mysql`],
  ],
])("%s to restore from says what it must", (_, database, restoreFrom, expected) => {
  expect(saying(database, { restoreFrom })).toEqual(expected.map((one) => `databases.x.restoreFrom${one}`));
});

test("entries of one name are two databases' own in the stores of two clouds", () => {
  const apart = (cloud: Data) =>
    problemsWith({ defaults, databases: { a: { ...shop, databases: ["b"] }, "a-b": { ...cloud, databases: ["password"] } } });
  expect(apart(stock).join()).not.toContain("would be an entry");
  expect(apart({ ...blog, clusters: [] }).join()).not.toContain("would be an entry");
  const vaults = problemsWith({
    defaults,
    databases: { a: { ...blog, databases: ["b"] }, "a-b": { ...blog, databases: ["password"] } },
  });
  expect(vaults).toEqual([]);
});

test("a fourth replica is refused by the field's own shape, and three are taken", () => {
  const replicas = ["eu-central-1", "us-east-1", "us-east-2"];
  const of = (regions: string[]) => saying({ ...shop, secretsRegion: "eu-central-1" }, { replicas: regions });
  expect(of(replicas)).toEqual([]);
  expect(of([...replicas, "eu-north-1"])).toEqual([expect.stringMatching(/^databases.x.replicas: .*at most 3/)]);
});
