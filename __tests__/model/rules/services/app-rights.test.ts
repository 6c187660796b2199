import { chart, image, problems } from "../../../apps/fleet";

const SCOPE = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/shop";
const aws = { buckets: { "shop-media": "read" } };
const azure = [{ role: "Storage Blob Data Reader", scope: SCOPE }];
const google = { buckets: { "shop-media": "read" } };
const LABEL = { "azure.workload.identity/use": "true" };
const said = (app: object, more: object = {}) => problems({ a: { rights: { aws, azure, google }, ...app }, ...more });

test("rights in all three clouds are sound where it runs in all three", () => {
  expect(said({ image })).toEqual([]);
  expect(said({ ...chart, values: { account: "{identity}", labels: LABEL } })).toEqual([]);
});

test.each<[object, string]>([
  [{ rights: {} }, "apps.a.rights: no right stands there: write what it may do"],
  [{ rights: { azure: [] } }, "apps.a.rights.azure: "],
  [
    { rights: { google: { buckets: {}, roles: [] } } },
    "apps.a.rights.google: no right stands there: write `buckets` or `roles`, or",
  ],
  [
    { rights: { aws: { buckets: {}, queues: {}, policies: [] } } },
    "apps.a.rights.aws: no right stands there: write `buckets`, `queues` or",
  ],
  [{ rights: { azure }, clusters: ["sydney"] }, "apps.a.rights.azure: it runs on no cluster in cloud 'azure': take it out"],
  [{ rights: { google }, clusters: ["toronto"] }, "apps.a.rights.google: it runs on no cluster in cloud 'google'"],
  [
    { values: { serviceAccountAnnotations: { a: "b" } } },
    "apps.a.values.serviceAccountAnnotations: it runs as the account that has its `rights`",
  ],
  [
    { perCluster: { toronto: { values: { serviceAccountAnnotations: { a: "b" } } } } },
    "apps.a.perCluster.toronto.values.serviceAccountAnnotations: it runs as the account",
  ],
])("an image with %j has this one problem", (app, start) => {
  expect(said({ image, ...app })).toEqual([expect.stringContaining(start)]);
});

test("one right of a cloud is enough of it", () => {
  expect(said({ image, rights: { google: { buckets: {}, roles: ["roles/viewer"] } } })).toEqual([]);
  expect(said({ image, rights: { google: { buckets: { m: "read" }, roles: [] } } })).not.toContainEqual(
    expect.stringContaining("no right stands there"),
  );
});

describe("a chart", () => {
  const label = "apps.a.rights.azure: AKS gives an identity to pods with the label azure.workload.identity/use";

  test("is told the account's name anywhere, on one cluster too", () => {
    expect(said({ ...chart, values: { labels: LABEL } })).toEqual([
      expect.stringContaining("apps.a.rights: nothing in `values` says {identity}"),
    ]);
    const own = { values: { labels: LABEL }, perCluster: { sydney: { values: { account: "{identity}" } } } };
    expect(said({ ...chart, ...own })).toEqual([]);
  });

  test("has the label on AKS alone, where it has rights there", () => {
    const values = { account: "{identity}" };
    expect(said({ ...chart, values })).toEqual([expect.stringContaining(label)]);
    expect(said({ ...chart, values, rights: { aws } })).toEqual([]);
    expect(said({ ...chart, values, perCluster: { toronto: { values: { labels: LABEL } } } })).toEqual([]);
    expect(said({ ...chart, values, perCluster: { sydney: { values: { labels: LABEL } } } })).toEqual([
      expect.stringContaining(label),
    ]);
  });
});

test("the account's name is no application's in the same namespace", () => {
  const other = (namespace: string) => said({ image, namespace: "n" }, { "a-identity": { image, namespace } });
  expect(other("m")).toEqual([]);
  expect(other("n")).toEqual([expect.stringMatching(/^apps\.a\.rights: 'a-identity' is an application in the same namespace/)]);
});
