import { serverAddress, serverEntries } from "../../../../model/derived/servers";
import { type Data, fleetWith, over, problemsWith } from "../../support";

const sshPublicKey = "ssh-ed25519 AAAA somebody";
const db: Data = { role: "postgres", sshPublicKey, disk: { sizeGiB: 64 } };
const files: Data = { role: "nfs", sshPublicKey, disk: { sizeGiB: 64 } };
const secrets = { addons: { externalSecrets: { enabled: true } } };
const withServers = (servers: Data, more: Data = {}) => problemsWith({ clusters: { aks: { servers, ...more } } });
const withDb = (more: Data) => withServers({ db: over(db, more) });

/** Another generation of the sound fleet's AKS cluster. */
const next = (servers: Data, more: Data = {}) => ({
  clusters: { next: { cloud: "azure", region: "uksouth", network: { cidr: "10.4.0.0/16" }, servers, ...more } },
});
const generations = (old: Data, own: Data, more: Data = {}) =>
  problemsWith(over({ clusters: { aks: { servers: { db: over(db, old) } } } }, next({ db: over(db, own) }, more)));
const from = (restoreFrom: Data) => ({ disk: { restoreFrom } });
const fenced = { fenced: true };

test("a sound server has no problem, an address of its own in the upper half of the subnet, and entries for applications", () => {
  const fleet = fleetWith({ clusters: { aks: { servers: { db, files }, ...secrets } } });
  const cluster = fleet.clusters.find(({ name }) => name === "aks")!;
  if (cluster.cloud !== "azure") throw new Error("aks is no AKS cluster");
  // 10.2.48.0/20 is for data, its upper half 10.2.56.0/21 the servers' subnet
  const address = serverAddress(cluster, "db", cluster.servers.db!);
  expect(address).toMatch(/^10\.2\.6[0-3]\.\d+$/);
  expect(serverEntries("acme", cluster)).toEqual([
    {
      name: "acme-server-aks-db-app",
      server: "db",
      database: "app",
      host: address,
      password: "acme-login-db-app",
      passwordVersion: 1,
    },
  ]);
});

test("the storage class nfs leads to the cluster's own server, unless the file names another", () => {
  const nfsOf = (addons: Data) =>
    fleetWith({ clusters: { aks: { servers: { files }, addons } } }).clusters[1]?.addons.storage.nfs;
  expect(nfsOf({})).toEqual({ server: expect.stringMatching(/^10\.2\./), share: "/data/export" });
  const other = { server: "nfs.example.com", share: "/x" };
  expect(nfsOf({ storage: { nfs: other } })).toEqual(other);
});

test.each(["server", "fleet", "subscriptionId"])("a snapshot is named by its id alone, without %s", (field) => {
  const snapshot =
    "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/g/providers/Microsoft.Compute/snapshots/db";
  const beside = field === "subscriptionId" ? "00000000-0000-0000-0000-000000000001" : "db";
  expect(withDb({ disk: { restoreFrom: { snapshot } } })).toEqual([]);
  expect(withDb({ disk: { restoreFrom: { snapshot, [field]: beside } } })).toContain(
    `clusters.aks.servers.db.disk.restoreFrom.${field}: goes with \`cluster\`, and a snapshot is named by its id: remove it`,
  );
});

test.each<[string, () => string[], RegExp]>([
  [
    "servers on AWS",
    () => problemsWith({ clusters: { eks: { servers: { db } } } }),
    /^clusters.eks.servers: are made on Azure alone so far: on AWS take `databases`/,
  ],
  [
    "servers on Google Cloud",
    () => problemsWith({ clusters: { gke: { servers: { db } } } }),
    /^clusters.gke.servers: are made on Azure alone so far: on Google Cloud/,
  ],
  [
    "servers of a network that exists",
    () =>
      withServers(
        { db },
        {
          network: {
            pods: "10.6.0.0/16",
            services: "10.7.0.0/20",
            existing: {
              subnetId: "/subscriptions/0/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/net/subnets/nodes",
            },
          },
        },
      ),
    /servers: are made in a network that is made with its cluster/,
  ],
  [
    "a machine without premium disks",
    () => withDb({ size: "Standard_D2_v5" }),
    /servers.db.size: 'Standard_D2_v5' is no size that takes premium disks/,
  ],
  [
    "more snapshots than a disk has",
    () => withDb({ backup: { everyHours: 1, days: 30 } }),
    /backup.days: every 1 hours for 30 days are 720 snapshots/,
  ],
  ["a version that isn't installed", () => withDb({ version: "9" }), /version: '9' is no major version of PostgreSQL/],
  ["databases of files", () => withServers({ files: { ...files, databases: ["a"] } }), /databases: is for `role: postgres`/],
  ["a reserved name", () => withDb({ databases: ["postgres"] }), /databases\[0\]: 'postgres' is a name that some server keeps/],
  ["a name with a hyphen", () => withDb({ databases: ["a-b"] }), /databases\[0\]: 'a-b' can't be a database/],
  [
    "an address outside of the subnet",
    () => withDb({ address: "10.2.0.9" }),
    /address: '10.2.0.9' is no address of 10.2.56.0\/21/,
  ],
  ["one of Azure's addresses", () => withDb({ address: "10.2.56.3" }), /address: '10.2.56.3' is one of those that Azure keeps/],
  ["the last address", () => withDb({ address: "10.2.63.255" }), /the first four and the last/],
  [
    "one address twice",
    () => withServers({ db: { ...db, address: "10.2.57.1" }, files: { ...files, address: "10.2.57.1" } }),
    /servers.files.address: 10.2.57.1 is the address of 'db' too/,
  ],
  ["two servers of files", () => withServers({ files, more: files }), /servers.more.role: 'files' serves files already/],
  ["a disk from nothing", () => withDb(from({})), /restoreFrom: names either a `snapshot` or a `cluster`/],
  ["a snapshot by its name", () => withDb(from({ snapshot: "latest" })), /snapshot: 'latest' is no resource id of a snapshot/],
  ["a disk from itself", () => withDb(from({ cluster: "aks" })), /cluster: 'aks' is this cluster/],
  [
    "a server that isn't there",
    () => generations(fenced, from({ cluster: "aks", server: "dv" })),
    /next.servers.db.disk.restoreFrom.server: 'aks' has no server 'dv'; did you mean 'db'/,
  ],
  [
    "a generation of another region",
    () => generations(fenced, from({ cluster: "aks" }), { region: "ukwest" }),
    /cluster: 'aks' is in uksouth, and a disk is made from a snapshot of its own region/,
  ],
  [
    "another major version",
    () => generations({ version: "16", ...fenced }, from({ cluster: "aks" })),
    /next.servers.db.version: 17 doesn't read the data of 'aks.db', which is of 16/,
  ],
  [
    "a smaller disk",
    () => generations({ disk: { sizeGiB: 128 }, ...fenced }, from({ cluster: "aks" })),
    /sizeGiB: 64 is less than the 128 of 'aks.db'/,
  ],
  [
    "two that serve one data",
    () => generations({}, from({ cluster: "aks" })),
    /restoreFrom: 'aks.db' still serves.*clusters.aks.servers.db/,
  ],
  [
    "production's data as it is",
    () => withDb(from({ fleet: "prod", cluster: "live" })),
    /sanitize: is missing: data of fleet 'prod' is served only after a script of yours/,
  ],
  [
    "an empty script over production's data",
    () => withDb({ ...from({ fleet: "prod", cluster: "live" }), sanitize: " " }),
    /sanitize: .* nothing stands there/,
  ],
  [
    "a password in the script",
    () => withDb({ ...from({ fleet: "prod", cluster: "live" }), sanitize: `psql -c "ALTER ROLE shop PASSWORD 'a1b2c3d4'"` }),
    /sanitize: .*PASSWORD/,
  ],
  ["nothing to sanitize", () => withDb({ sanitize: "true" }), /sanitize: goes over restored data, and this disk is made empty/],
  ["strangers with one password", () => generations({}, {}), /next.servers.db: would have the passwords of 'aks.db'/],
  [
    "two subscriptions in one region",
    () => generations(fenced, from({ cluster: "aks" }), { azure: { subscriptionId: "00000000-0000-0000-0000-000000000009" } }),
    /next.servers: share a vault with those of 'aks' in uksouth, whose azure.subscriptionId is another/,
  ],
])("%s is refused", (_, problems, message) => {
  expect(problems()).toEqual([expect.stringMatching(message)]);
  expect(problems()).toMatchSnapshot();
});

test("a generation is made from the other's fenced server, from one that has left the file, and the way back is the other fence", () => {
  const fleet = (old: Data, own: Data) =>
    fleetWith(over({ clusters: { aks: { servers: { db: over(db, old) } } } }, next({ db: over(db, own) })));
  expect(() => fleet(fenced, from({ cluster: "aks" }))).not.toThrow();
  expect(() => fleet({}, { ...from({ cluster: "aks" }), ...fenced })).not.toThrow();
  expect(() => fleet({ login: "a" }, { login: "b" })).not.toThrow();
  expect(() => fleetWith(next({ db: over(db, from({ cluster: "gone" })) }))).not.toThrow();
});

test.each<[string, Data, readonly string[]]>([
  ["databases twice", { db: { ...db, databases: ["a", "b", "a"] } }, ["db.databases[2]: 'a' is there twice"]],
  [
    "what only PostgreSQL has",
    { files: { ...files, version: "17", login: "a", passwordVersion: 2 } },
    ["login", "passwordVersion", "version"].map(
      (field) => `files.${field}: is for \`role: postgres\`, and this one serves files: remove it`,
    ),
  ],
  ["the first version of a password, which is everyone's", { files: { ...files, passwordVersion: 1 } }, []],
  ["the first address that isn't Azure's", { db: { ...db, address: "10.2.56.4" } }, []],
  ["the last address that isn't Azure's", { db: { ...db, address: "10.2.63.254" } }, []],
  [
    "an address that is none",
    { db: { ...db, address: "10.2.57.999" } },
    ["db.address: '10.2.57.999' is no address of 10.2.56.0/21, the cluster's subnet for data"],
  ],
  ["as many snapshots as a disk has", { db: over(db, { backup: { everyHours: 8, days: 150 } }) }, []],
])("%s: what is said of servers", (_, servers, expected) => {
  expect(withServers(servers).sort()).toEqual(expected.map((one) => `clusters.aks.servers.${one}`));
});

test("an address that another server takes by its key is told where it can be mended", () => {
  const fleet = fleetWith({ clusters: { aks: { servers: { files } } } });
  const cluster = fleet.clusters.find(({ name }) => name === "aks")!;
  if (cluster.cloud !== "azure") throw new Error("aks is no AKS cluster");
  const address = serverAddress(cluster, "files", cluster.servers.files!);
  expect(withServers({ db: { ...db, address }, files })).toEqual([
    `clusters.aks.servers.files: ${address} is the address of 'db' too: write \`address:\` with another one of 10.2.56.0/21`,
  ]);
  expect(withServers({ files, db: { ...db, address } })).toEqual([
    `clusters.aks.servers.db.address: ${address} is the address of 'files' too: take another one of 10.2.56.0/21`,
  ]);
});

test("a cluster that exists, or has no range, has no servers", () => {
  const old = {
    cloud: "existing",
    region: "eu-west-1",
    existing: { endpoint: "https://k.example.com", exec: { command: "x" }, ingress: { ips: ["198.51.100.4"] } },
    servers: { db },
  };
  expect(problemsWith({ clusters: { old } })).toContainEqual(
    expect.stringMatching(/^clusters.old.servers: are made with a cluster, and this one exists: make machines by your own/),
  );
  expect(withServers({ db }, { network: { cidr: undefined } })).toContain(
    "clusters.aks.servers: need network.cidr, of which a part is theirs: give it one",
  );
});
