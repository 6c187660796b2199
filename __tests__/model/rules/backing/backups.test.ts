import { restoreWarnings } from "../../../../model/warnings/backups";
import { type Data, fleetWith, over, problemsWith } from "../../support";

const keyVaultId =
  "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/acme/providers/Microsoft.KeyVault/vaults/acme";
const stores = { west: { cloud: "aws", region: "eu-west-1" } };
const on = (backup: Data = {}, more: Data = {}) => ({
  backups: stores,
  clusters: { eks: { addons: { externalSecrets: { enabled: true }, backup: { enabled: true, ...backup } } } },
  ...more,
});

test("a cluster takes the only store of its cloud, in the account of the defaults", () => {
  expect(fleetWith(on()).backups.west?.aws).toEqual({ accountId: "111122223333" });
});

test.each(["0 3 * * *", "*/15 0-6,22 1 jan-mar mon,THU", "5/10 ? ? * 0"])("the schedule %s is one", (schedule) => {
  expect(problemsWith(on({ schedule }))).toEqual([]);
});

test("a restore of a cluster that isn't in the file is let through with a warning", () => {
  expect(restoreWarnings(fleetWith(on({ restore: { cluster: "old", backup: "b" } })))).toEqual([
    expect.stringMatching(/^clusters.eks.addons.backup.restore.cluster: no cluster is called 'old' now\. If one was,/),
  ]);
  expect(restoreWarnings(fleetWith(on()))).toEqual([]);
});

test.each<[string, Data, RegExp]>([
  [
    "a region that isn't there",
    on({}, { backups: { west: { cloud: "aws", region: "eu-west-9" } } }),
    /^backups.west.region: 'eu-west-9' is no AWS region/,
  ],
  [
    "another cloud's store",
    on({ store: "far" }, { backups: { ...stores, far: { cloud: "google", region: "europe-west1" } } }),
    /backup.store: 'far' is on google, and this cluster on aws: Velero reaches another cloud's store only with a key/,
  ],
  ["a store that isn't there", on({ store: "wset" }), /backup.store: no store is called 'wset'; there are: west/],
  ["no store at all", on({}, { backups: {} }), /addons.backup: needs a store: write one with `cloud: aws` under `backups`/],
  [
    "two stores and no word",
    on({}, { backups: { ...stores, east: { cloud: "aws", region: "eu-west-1" } } }),
    /needs `store:`, since there are several on aws: west, east/,
  ],
  [
    "another account's store",
    on({}, { backups: { west: { ...stores.west, aws: { accountId: "444455556666" } } } }),
    /is in account 111122223333 and its store in 444455556666/,
  ],
  [
    "no external-secrets",
    over(on(), { clusters: { eks: { addons: { externalSecrets: { enabled: false } } } } }),
    /needs external-secrets, which brings the password/,
  ],
  [
    "Kubernetes' own namespaces",
    on({ namespaces: ["shop", "kube-system"] }),
    /namespaces\[1\]: 'kube-system' is Kubernetes' own/,
  ],
  ["an add-on's namespace", on({ namespaces: ["monitoring"] }), /namespaces\[0\]: 'monitoring' is an add-on's own/],
  [
    "a restore by an add-on that is off",
    on({ enabled: false, restore: { cluster: "old", backup: "b" } }),
    /backup.restore: Velero restores, and it is off here, so that nothing would be: write `enabled: true` beside it/,
  ],
  ["a restore of itself", on({ restore: { cluster: "eks", backup: "b" } }), /restore.cluster: 'eks' is this cluster/],
  [
    "a restore from another cloud",
    on({ restore: { cluster: "aks", backup: "b" } }),
    /restore.cluster: 'aks' is on azure, and this one on aws: a store is read in its own cloud alone/,
  ],
  [
    "a restore from another store",
    over(on({ store: "west", restore: { cluster: "old", backup: "b" } }), {
      backups: { east: { cloud: "aws", region: "us-east-1" } },
      clusters: {
        old: {
          cloud: "aws",
          region: "eu-west-1",
          network: { cidr: "10.8.0.0/16" },
          addons: { externalSecrets: { enabled: true }, backup: { enabled: true, store: "east" } },
        },
      },
    }),
    /restore.cluster: the backups of 'old' are in store 'east', and this cluster uses 'west': .* Write `store: east`/,
  ],
  [
    "a restore from another fleet",
    on({ restore: { fleet: "prod", cluster: "old", backup: "b" } }),
    /restore.fleet: there is no field 'fleet' here: a backup is read from the cluster's own store, .*\(docs\/backups.md/,
  ],
  [
    "add-ons' namespaces restored",
    on({ restore: { cluster: "old", backup: "b", namespaces: ["shop", "monitoring"] } }),
    /restore.namespaces\[1\]: 'monitoring' is an add-on's own/,
  ],
  ["a namespace twice", on({ namespaces: ["shop", "shop"] }), /backup.namespaces\[1\]: 'shop' is there twice/],
  ["an hour that never comes", on({ schedule: "0 24 * * *" }), /schedule: '24' is no hour of a schedule: 0 to 23/],
  ["a step of nothing", on({ schedule: "*/0 3 * * *" }), /schedule: '\*\/0' is no minute of a schedule/],
  ["a day that is no day", on({ schedule: "0 3 * * fryday" }), /schedule: 'fryday' is no day of the week of a schedule/],
  ["a schedule that is none", on({ schedule: "daily" }), /schedule: .*five fields of cron/],
  ["deleted for a week", on({}, { backups: { west: { ...stores.west, deletedDays: 7 } } }), /backups.west.deletedDays/],
])("%s is refused", (_, changes, message) => {
  expect(problemsWith(changes)).toEqual([expect.stringMatching(message)]);
  expect(problemsWith(changes)).toMatchSnapshot();
});

test("a cluster that exists has no store that is known", () => {
  const existing = {
    cloud: "existing",
    region: "eu-west-1",
    network: undefined,
    existing: { endpoint: "https://k.example.com", exec: { command: "x" }, ingress: { ips: ["198.51.100.4"] } },
    addons: { backup: { enabled: true } },
  };
  expect(problemsWith({ backups: stores, clusters: { eks: existing } })).toEqual([
    expect.stringMatching(
      /clusters.eks.addons.backup.enabled: which cloud's store a cluster that exists can use is not known here/,
    ),
  ]);
});

const old = (backup: Data, more: Data = {}) => ({
  old: {
    cloud: "aws",
    region: "eu-west-1",
    network: { cidr: "10.8.0.0/16" },
    addons: { externalSecrets: { enabled: true }, backup },
    ...more,
  },
});
const east = { cloud: "aws", region: "us-east-1" };

test("a restore from a cluster of the same store, or of one that makes no backups now, is let through", () => {
  const restore = { cluster: "old", backup: "b" };
  expect(problemsWith(over(on({ restore }), { clusters: old({ enabled: true }) }))).toEqual([]);
  expect(problemsWith(over(on({ restore }), { clusters: old({ enabled: false }) }))).toEqual([]);
});

test("a cluster whose own store is unknown hears of that alone, not of the other's", () => {
  const changes = over(on({ restore: { cluster: "old", backup: "b" } }), {
    backups: { east },
    clusters: old({ enabled: true, store: "east" }),
  });
  expect(problemsWith(changes)).toEqual([expect.stringMatching(/^clusters.eks.addons.backup: needs `store:`/)]);
});

test("a store is named among several, and is in the account, subscription or project that is the cluster's own", () => {
  expect(problemsWith(on({ store: "west" }, { backups: { ...stores, east } }))).toEqual([]);
  const enabled = { addons: { externalSecrets: { enabled: true, keyVaultId }, backup: { enabled: true } } };
  const said = (cluster: string, store: Data) => problemsWith({ backups: { west: store }, clusters: { [cluster]: enabled } });
  const azure = { cloud: "azure", region: "uksouth" };
  const google = { cloud: "google", region: "europe-west3" };
  expect(said("aks", azure)).toEqual([]);
  expect(said("gke", google)).toEqual([]);
  const accounts = {
    subscriptionId: "00000000-0000-0000-0000-000000000009",
    tenantId: "00000000-0000-0000-0000-000000000002",
    runner: "00000000-0000-0000-0000-000000000004",
  };
  expect(said("aks", { ...azure, azure: accounts }).at(-1)).toMatch(
    /^clusters.aks.addons.backup: is in subscription 00000000-0000-0000-0000-000000000001 and its store in 00000000-0000-0000-0000-000000000009:/,
  );
  expect(said("gke", { ...google, google: { projectId: "acme-other" } })).toEqual([
    expect.stringMatching(/^clusters.gke.addons.backup: is in project acme-platform and its store in acme-other: rights/),
  ]);
  expect(
    problemsWith(on({ store: "west" }, { backups: { west: { ...stores.west, aws: { accountId: "444455556666" } } } })),
  ).toEqual([expect.stringMatching(/^clusters.eks.addons.backup.store: is in account 111122223333/)]);
});

test("a name that has kube- within is the file's, and a restored namespace may be one that is backed up", () => {
  const restore = { cluster: "gone", backup: "b", namespaces: ["shop"] };
  expect(problemsWith(on({ namespaces: ["my-kube-tools", "shop"], restore }))).toEqual([]);
});

test("a restore from a cluster that something else made is of no store that is known", () => {
  const from = {
    cloud: "existing",
    region: "eu-west-1",
    existing: { endpoint: "https://k.example.com", exec: { command: "x" }, ingress: { ips: ["198.51.100.4"] } },
  };
  const said = problemsWith(over(on({ restore: { cluster: "old", backup: "b" } }), { clusters: { old: from } }));
  expect(said).toContainEqual(
    expect.stringMatching(/restore.cluster: 'old' is a cluster that something else made, and this one on aws: a store/),
  );
});
