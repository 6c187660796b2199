import { type Data, problemsWith } from "../../support";

const rds = { engine: "postgres", cloud: "aws", region: "eu-west-1", network: { cidr: "10.250.0.0/24" } };
const mysql = { engine: "mysql", cloud: "azure", region: "uksouth" };
const acr = { cloud: "azure", region: "uksouth" };
const store = { cloud: "azure", region: "uksouth" };

test.each<[string, Data, string]>([
  [
    "databases",
    { x: mysql },
    "azure: is missing, and neither `defaults.azure` nor the clusters say one account: write subscriptionId, tenantId and runner there",
  ],
  [
    "registries",
    { x: acr },
    "azure: is missing, and neither `defaults.azure` nor the clusters say one account: write subscriptionId and tenantId there",
  ],
  [
    "backups",
    { x: store },
    "azure: is missing, and neither `defaults.azure` nor the clusters say one account: write subscriptionId, tenantId and runner there",
  ],
])("%s say what of the account they need", (block, services, message) => {
  expect(problemsWith({ defaults: { azure: undefined }, clusters: { aks: undefined }, [block]: services })).toEqual([
    `${block}.x.${message}`,
  ]);
});

test("a database on AWS needs the account alone", () => {
  expect(problemsWith({ defaults: { aws: undefined }, clusters: { eks: undefined }, databases: { x: rds } })).toContain(
    "databases.x.aws: is missing, and neither `defaults.aws` nor the clusters say one account: write accountId there",
  );
});

test("another cloud's account is refused beside a registry that is there already too", () => {
  const google = { projectId: "acme-other" };
  expect(problemsWith({ registries: { x: { cloud: "external", host: "ghcr.io/x", google } } })).toEqual([
    "registries.x.google: is for `cloud: google`, and this one has `cloud: external`: remove it",
  ]);
  expect(problemsWith({ backups: { x: { ...store, google, aws: { accountId: "111122223333" } } } }).sort()).toEqual([
    "backups.x.aws: is for `cloud: aws`, and this one has `cloud: azure`: remove it",
    "backups.x.google: is for `cloud: google`, and this one has `cloud: azure`: remove it",
  ]);
});

test.each(["cluster", "priming", "apps"])("a key that ends with -%s would be a cluster's stack, in each block", (end) => {
  const key = `x-${end}`;
  const said = (block: string) =>
    `${block}.${key}: '${key}' ends with '-${end}', as the stacks of clusters do: take another name`;
  expect(problemsWith({ registries: { [key]: acr } })).toEqual([said("registries")]);
  expect(problemsWith({ databases: { [key]: mysql } })).toContain(said("databases"));
  expect(problemsWith({ backups: { [key]: store } })).toEqual([said("backups")]);
  expect(problemsWith({ registries: { [end]: acr, [`${key}-x`]: acr } })).toEqual([]);
});
