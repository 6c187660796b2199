import { type Data, fleetWith, over, problemsWith } from "../support";

const stores = { west: { cloud: "aws", region: "eu-west-1" } };
const on = (backup: Data = {}, more: Data = {}) => ({
  backups: stores,
  clusters: { eks: { addons: { externalSecrets: { enabled: true }, backup: { enabled: true, ...backup } } } },
  ...more,
});

test("a cluster takes the only store of its cloud, in the account of the defaults", () => {
  expect(fleetWith(on()).backups.west?.aws).toEqual({ accountId: "111122223333" });
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
  ["a restore of itself", on({ restore: { cluster: "eks", backup: "b" } }), /restore.cluster: 'eks' is this cluster/],
  ["a schedule that is none", on({ schedule: "daily" }), /schedule: .*five fields of cron/],
  ["deleted for a week", on({}, { backups: { west: { ...stores.west, deletedDays: 7 } } }), /backups.west.deletedDays/],
])("%s is refused", (_, changes, message) => {
  expect(problemsWith(changes)).toEqual([expect.stringMatching(message)]);
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
