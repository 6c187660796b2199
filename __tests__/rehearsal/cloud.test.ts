import { unprotected } from "../../output/unprotected";
import type { Attempt } from "../../rehearsal/cloud/attempt";
import { type Cloud, createCloud } from "../../rehearsal/cloud/model";
import { refusal, warning } from "../../rehearsal/cloud/refusals";
import type { ValueObject } from "../../rehearsal/protocol/values";
import { withoutProject } from "../../rehearsal/provider/configuration";

const attempt = (cloud: Cloud, more: Partial<Attempt> & Pick<Attempt, "type" | "attributes">): Attempt => ({
  kind: "create",
  stack: "f-one",
  account: "here",
  config: more.attributes,
  cloud,
  ...more,
});

function cloudWith(
  ...resources: readonly (readonly [stack: string, account: string, type: string, attributes: ValueObject])[]
): Cloud {
  const cloud = createCloud();
  for (const [stack, account, type, attributes] of resources) cloud.put({ stack, account, type, attributes });
  return cloud;
}

test("a role's name is taken in its own account alone, whichever stack made it", () => {
  const cloud = cloudWith(["f-a-cluster", "111122223333", "aws_iam_role", { id: "nodes", name: "nodes" }]);
  const made = (account: string) =>
    refusal(attempt(cloud, { type: "aws_iam_role", attributes: { name: "nodes" }, stack: "f-b-cluster", account }));
  expect(made("111122223333")).toMatch("EntityAlreadyExists");
  expect(made("444455556666")).toBeUndefined();
});

test("AKS makes a cluster whose own pool has its version, and lets the pool of one that is there follow later", () => {
  const attributes = { kubernetes_version: "1.36", default_node_pool: [{ orchestrator_version: "1.35" }] };
  const asked = (kind: Attempt["kind"]) =>
    refusal(attempt(createCloud(), { kind, type: "azurerm_kubernetes_cluster", attributes }));
  expect(asked("create")).toMatch("must be the same");
  expect(asked("update")).toBeUndefined();
});

test("a right below a lock can't be taken away, one above it can", () => {
  const account = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/a";
  const cloud = cloudWith(["f-backup-a", "s", "azurerm_management_lock", { id: `${account}/locks/b`, scope: account }]);
  const gone = (scope: string) =>
    refusal(attempt(cloud, { kind: "delete", type: "azurerm_role_assignment", attributes: { id: "r", scope } }));
  expect(gone(`${account}/blobServices/default/containers/c`)).toMatch("is below a lock, made by stack f-backup-a");
  expect(gone(account)).toMatch("ScopeLocked");
  expect(gone("/subscriptions/s/resourceGroups/g")).toBeUndefined();
  expect(gone(`${account}2`)).toBeUndefined();
});

describe("namespaces", () => {
  const namespace = (id: string): ValueObject => ({ id, metadata: [{ name: id }] });
  const made = (cloud: Cloud, id: string, more: Partial<Attempt> = {}) =>
    refusal(attempt(cloud, { type: "kubernetes_namespace_v1", attributes: namespace(id), ...more }));

  test.each(["default", "kube-system", "kube-public", "kube-node-lease"])("%s is in every cluster and can't be made", (name) => {
    expect(made(createCloud(), name)).toMatch(`Namespace "${name}" is in every cluster from the start`);
  });

  test("what a cloud makes in its own clusters is there, and in no other cloud's", () => {
    const cloud = cloudWith(
      ["f-a-cluster", "p", "google_container_cluster", { id: "a", endpoint: "10.0.0.1" }],
      ["f-b-cluster", "s", "azurerm_kubernetes_cluster", { id: "b", kube_config: [{ host: "https://b.azmk8s.io:443" }] }],
    );
    const gke = { account: "https://10.0.0.1 CA" };
    const aks = { account: "https://b.azmk8s.io:443 CA" };
    expect(made(cloud, "gmp-system", gke)).toMatch(`Namespace "gmp-system" is GKE's`);
    expect(made(cloud, "gmp-system", aks)).toBeUndefined();
    expect(made(cloud, "gatekeeper-system", aks)).toMatch(`Namespace "gatekeeper-system" is AKS's`);
    expect(made(cloud, "gatekeeper-system", gke)).toBeUndefined();
  });

  test("one that another stack made in the same cluster is refused, in another cluster it isn't", () => {
    const cloud = cloudWith(["f-a-priming", "https://a", "kubernetes_namespace_v1", namespace("traefik")]);
    expect(made(cloud, "traefik", { stack: "f-a-apps", account: "https://a" })).toMatch(
      "exists already, made by stack f-a-priming",
    );
    expect(made(cloud, "traefik", { stack: "f-b-priming", account: "https://b" })).toBeUndefined();
  });

  test("the unversioned type makes the same objects as the versioned one", () => {
    const cloud = cloudWith(["f-a-apps", "https://a", "kubernetes_namespace", namespace("shop")]);
    expect(made(cloud, "shop", { account: "https://a" })).toMatch("exists already");
  });

  test("one that a release made is there too", () => {
    const release = { id: "shop", name: "shop", namespace: "shop", create_namespace: true };
    const cloud = cloudWith(["f-a-apps", "https://a", "helm_release", release]);
    expect(made(cloud, "shop", { account: "https://a" })).toMatch("release shop of stack f-a-apps made it");
  });

  test("one stack that works in two clusters knows them apart when one is deleted", () => {
    const cloud = cloudWith(
      ["shared", "https://a", "kubernetes_namespace_v1", namespace("shop")],
      ["shared", "https://b", "kubernetes_namespace_v1", namespace("shop")],
    );
    cloud.remove({ stack: "shared", account: "https://a", type: "kubernetes_namespace_v1", attributes: namespace("shop") });
    expect(made(cloud, "shop", { account: "https://a" })).toBeUndefined();
    expect(made(cloud, "shop", { account: "https://b" })).toMatch("exists already");
  });
});

describe("ranges of a live subnet in Google Cloud", () => {
  const subnet = (ranges: Readonly<Record<string, string>>): ValueObject => ({
    id: "nodes",
    name: "nodes",
    secondary_ip_range: Object.entries(ranges).map(([range_name, ip_cidr_range]) => ({ range_name, ip_cidr_range })),
  });
  const update = (cloud: Cloud, before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>) =>
    refusal(
      attempt(cloud, { type: "google_compute_subnetwork", kind: "update", prior: subnet(before), attributes: subnet(after) }),
    );

  test.each([
    ["another range for pods", { pods: "10.8.0.0/14" }, { pods: "10.12.0.0/14" }, "is 10.8.0.0/14 and can't become 10.12.0.0/14"],
    ["another range for services", { s: "10.0.0.0/20" }, { s: "10.0.16.0/20" }, "is never modified"],
    ["a renamed range", { pods: "10.8.0.0/14" }, { more: "10.8.0.0/14" }, "can't be added and removed in one request"],
  ])("%s is refused", (_what, before, after, words) => {
    expect(update(createCloud(), before, after)).toMatch(words);
  });

  test("one that a cluster uses can't go; a further one can come", () => {
    const cluster = { id: "one", name: "one", ip_allocation_policy: [{ cluster_secondary_range_name: "pods" }] };
    const cloud = cloudWith(["f-one", "here", "google_container_cluster", cluster]);
    expect(update(cloud, { pods: "10.8.0.0/14", more: "10.0.0.0/20" }, { more: "10.0.0.0/20" })).toMatch("in use by cluster one");
    expect(update(cloud, { pods: "10.8.0.0/14" }, { pods: "10.8.0.0/14", more: "10.0.0.0/20" })).toBeUndefined();
  });
});

describe("counts and lengths of what answers names", () => {
  const zone: ValueObject = { id: "Z1", zone_id: "Z1", name: "example.com" };
  const record = (name: string, more: ValueObject = {}): ValueObject => ({
    id: `Z1_${name}`,
    zone_id: "Z1",
    type: "A",
    name,
    ...more,
  });

  test("a record's name of more than 253 characters, or a part of more than 63, is refused", () => {
    const cloud = cloudWith(["f-global", "here", "aws_route53_zone", zone]);
    const ask = (name: string) => refusal(attempt(cloud, { type: "aws_route53_record", attributes: record(name) }));
    expect(ask(`${"_rest._failover.".repeat(15)}shop.example.com`)).toMatch("256 characters, and DNS takes 253");
    // relative to the zone: the zone counts too
    expect(ask(`${"a.".repeat(121)}a`)).toMatch("255 characters");
    expect(ask(`${"a".repeat(64)}.example.com`)).toMatch("64 characters between dots");
    expect(ask(`${"_rest._failover.".repeat(14)}shop.example.com`)).toBeUndefined();
  });

  test("the 101st weighted record of a name is refused, and the 31st of geoproximity", () => {
    const weighted = (index: number) =>
      record("app.example.com", { id: `${index}`, set_identifier: `${index}`, weighted_routing_policy: [{ weight: 1 }] });
    const near = (index: number) =>
      record("near.example.com", {
        id: `near-${index}`,
        set_identifier: `${index}`,
        geoproximity_routing_policy: [{ bias: index }],
      });
    const cloud = cloudWith(
      ...Array.from({ length: 100 }, (_, index) => ["f", "here", "aws_route53_record", weighted(index)] as const),
      ...Array.from({ length: 30 }, (_, index) => ["f", "here", "aws_route53_record", near(index)] as const),
    );
    expect(refusal(attempt(cloud, { type: "aws_route53_record", attributes: weighted(100) }))).toMatch("would have 101 records");
    expect(refusal(attempt(cloud, { type: "aws_route53_record", attributes: near(30) }))).toMatch("would have 31 records");
  });

  test("policies of a role that are too long together are refused, white space not counted", () => {
    const policy = (id: string, size: number): ValueObject => ({
      id,
      role: "dns",
      policy: `${" ".repeat(9_000)}${"x".repeat(size)}`,
    });
    const cloud = cloudWith(["f", "here", "aws_iam_role_policy", policy("a", 6_000)]);
    const ask = (size: number) => refusal(attempt(cloud, { type: "aws_iam_role_policy", attributes: policy("b", size) }));
    expect(ask(4_240)).toBeUndefined();
    expect(ask(4_241)).toMatch("would have 10241 characters; there may be 10240");
    const managed = { id: "p", name: "p", policy: "x".repeat(6_145) };
    expect(refusal(attempt(cloud, { type: "aws_iam_policy", attributes: managed }))).toMatch("has 6145 characters");
  });

  test("the 201st health check of an account is warned of, once", () => {
    const checks = (count: number) =>
      cloudWith(
        ...Array.from({ length: count }, (_, index) => ["f", "here", "aws_route53_health_check", { id: `${index}` }] as const),
      );
    const ask = (count: number) =>
      warning(attempt(checks(count), { type: "aws_route53_health_check", attributes: { id: "new" } }));
    expect(ask(199)).toBeUndefined();
    expect(ask(200)).toMatch("health check 201 of the account, which has 200");
    expect(ask(201)).toBeUndefined();
  });

  test("the 201st endpoint of a Traffic Manager profile, and an eleventh level, are refused", () => {
    const endpoint = (id: string, profile: string, target: string): ValueObject => ({
      id,
      name: id,
      profile_id: profile,
      target_resource_id: target,
    });
    const type = "azurerm_traffic_manager_nested_endpoint";
    const full = cloudWith(
      ...Array.from({ length: 200 }, (_, index) => ["f", "here", type, endpoint(`${index}`, "p", `t${index}`)] as const),
    );
    expect(refusal(attempt(full, { type, attributes: endpoint("new", "p", "t") }))).toMatch("would have 201 endpoints");
    const deep = (levels: number) =>
      cloudWith(
        ...Array.from({ length: levels - 1 }, (_, i) => ["f", "here", type, endpoint(`e${i}`, `p${i}`, `p${i + 1}`)] as const),
      );
    expect(refusal(attempt(deep(10), { type, attributes: endpoint("top", "p", "p0") }))).toMatch("nested 11 deep");
    expect(refusal(attempt(deep(9), { type, attributes: endpoint("top", "p", "p0") }))).toBeUndefined();
  });
});

test("a resource of Google needs a project of its own or the provider's", () => {
  const asked = (written: ValueObject, provider: ValueObject) =>
    withoutProject("google_compute_network", written, provider).length;
  expect(asked({ name: "n", project: null }, { project: null })).toBe(1);
  expect(asked({ name: "n", project: "acme" }, { project: null })).toBe(0);
  expect(asked({ name: "n", project: null }, { project: "acme" })).toBe(0);
  expect(withoutProject("google_kms_crypto_key", { name: "k" }, {})).toEqual([]);
});

test("a folder is unprotected like a fleet: switches off, prevent_destroy gone, nothing else", () => {
  const config = {
    terraform: { backend: { local: { path: "x" } } },
    resource: {
      aws_lb: { a: { enable_deletion_protection: true, lifecycle: { prevent_destroy: true, create_before_destroy: true } } },
      google_sql_database_instance: { b: { deletion_protection: true, settings: [{ deletion_protection_enabled: true }] } },
      aws_eip: { c: { lifecycle: { prevent_destroy: true } } },
    },
  };
  expect(unprotected(config)).toEqual({
    terraform: config.terraform,
    resource: {
      aws_lb: { a: { enable_deletion_protection: false, lifecycle: { create_before_destroy: true } } },
      google_sql_database_instance: { b: { deletion_protection: false, settings: [{ deletion_protection_enabled: false }] } },
      aws_eip: { c: { lifecycle: {} } },
    },
  });
});
