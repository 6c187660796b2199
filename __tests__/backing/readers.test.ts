import type { Fleet } from "../../model/schema/fleet";
import { committedFleet, synthFleet } from "../support/fleet";
import { type Block, resources, type StackJson } from "../support/synth";

const fleet: Fleet = committedFleet("fleets/data.yaml");
const { stacks } = synthFleet(fleet);
const priming = (cluster: string): StackJson => stacks[`data-${cluster}-priming`]!;
const values = (stack: StackJson, type: string): Block[] => Object.values(resources(stack, type));

interface Policy {
  readonly Statement: readonly {
    readonly Effect: string;
    readonly Action: string | string[];
    readonly Resource: string | string[];
  }[];
}

/** What a policy of IAM lets somebody read, after what it denies. */
function readable({ Statement }: Policy, secret: string): boolean {
  const covers = (pattern: string) =>
    new RegExp(
      `^${pattern
        .replace(/[.+^${}()|[\]\\]/g, "\\$&")
        .replaceAll("*", ".*")
        .replaceAll("?", ".")}$`,
    ).test(secret);
  const says = (effect: string) =>
    Statement.some(({ Effect, Action, Resource }) => {
      const reads = [Action].flat().some((action) => action === "secretsmanager:*" || action === "secretsmanager:GetSecretValue");
      return Effect === effect && reads && [Resource].flat().some(covers);
    });
  return says("Allow") && !says("Deny");
}

const arn = (region: string, name: string) => `arn:aws:secretsmanager:${region}:111122223333:secret:${name}-AbC123`;
const policiesOf = (cluster: string) =>
  values(priming(cluster), "aws_iam_role_policy").map(({ policy }) => JSON.parse(String(policy)) as Policy);
const policyOf = (cluster: string, marks: (policy: Policy) => boolean) => policiesOf(cluster).find(marks)!;

describe("on AWS", () => {
  const exact = policyOf("ireland", (policy) => JSON.stringify(policy).includes("data-db-shop-admin"));
  const addOns = policyOf("ireland", ({ Statement }) => Statement.some(({ Effect }) => Effect === "Deny"));

  test("the job that makes logins reads the entries of its cluster's databases and nothing else", () => {
    expect(readable(exact, arn("eu-central-1", "data-db-shop-admin"))).toBe(true);
    expect(readable(exact, arn("eu-central-1", "data-db-shop-shop"))).toBe(true);
    for (const other of [
      "data-db-shop-shop-password",
      "data-db-blog-ghost",
      "data-grafana",
      "data-db-shop-shop-read-eu-central-1",
    ])
      expect([other, readable(exact, arn("eu-central-1", other))]).toEqual([other, false]);
    expect(readable(exact, arn("us-east-1", "data-db-shop-shop"))).toBe(false);
  });

  test("add-ons read the fleet's secrets, and no database's", () => {
    expect(readable(addOns, arn("eu-west-1", "data-grafana"))).toBe(true);
    for (const entry of ["data-db-wiki-wiki", "data-db-wiki-admin", "data-db-shop-shop"])
      expect([entry, readable(addOns, arn("eu-west-1", entry))]).toEqual([entry, false]);
  });
});

test("on Azure each right is on one entry of one vault, and only of databases that the cluster may connect to", () => {
  const scopes = (cluster: string) =>
    values(priming(cluster), "azurerm_role_assignment").map(({ scope, role_definition_name: role }) => {
      expect(role).toBe("Key Vault Secrets User");
      return String(scope).replace(/^.*\/vaults\/[^/]+\//, "");
    });
  // the application `orders` runs in east alone, and uses a machine's database there and the entry of `tweets`
  expect(scopes("east").sort()).toEqual([
    "secrets/data-db-blog-admin",
    "secrets/data-db-blog-ghost",
    "secrets/data-db-tweets-tweets",
    "secrets/data-server-east-postgres-shop",
  ]);
  expect(scopes("west").sort()).toEqual([
    "secrets/data-db-blog-admin",
    "secrets/data-db-blog-ghost",
    "secrets/data-db-orders-admin",
    "secrets/data-db-orders-invoices",
    // of an application that logs in by what it is: no password is in it
    "secrets/data-db-orders-invoices-identity",
    "secrets/data-db-orders-orders",
  ]);
});

test("on Google Cloud each right is on one secret, and add-ons are kept from those of databases", () => {
  const members = values(priming("belgium"), "google_secret_manager_secret_iam_member");
  expect(members.map(({ secret_id: id, role }) => `${id} ${role}`).sort()).toEqual([
    "data-db-forum-forum roles/secretmanager.secretAccessor",
    "data-db-forum-forum-identity roles/secretmanager.secretAccessor",
    "data-db-stock-stock roles/secretmanager.secretAccessor",
    "data-db-stock-stock-identity roles/secretmanager.secretAccessor",
  ]);
  const conditions = values(priming("belgium"), "google_project_iam_member").flatMap(({ condition, role }) =>
    condition && role !== "roles/cloudsql.instanceUser" ? [JSON.stringify(condition)] : [],
  );
  expect(conditions).toHaveLength(1);
  expect(conditions[0]).toContain(
    'startsWith(\\"data-\\") && !resource.name.extract(\\"/secrets/{rest}\\").startsWith(\\"data-db-\\")',
  );
});

describe("inside of a cluster", () => {
  /** Values of a release. */
  const given = (cluster: string, release: string): Record<string, unknown> => {
    const found = values(priming(cluster), "helm_release").find(({ name }) => name === release);
    if (!found) throw new Error(`${cluster} has no release ${release}`);
    return JSON.parse((found.values as string[])[0]!) as Record<string, unknown>;
  };
  const objects = (cluster: string, release: string) =>
    given(cluster, release).objects as { kind: string; metadata: { name: string }; spec: Record<string, unknown> }[];

  test("the store of add-ons serves their namespaces alone", () => {
    const [store] = objects("ireland", "external-secrets-store");
    expect(store?.spec.conditions).toEqual([
      { namespaces: ["priming", "external-secrets", "metrics-server", "cluster-autoscaler"] },
    ]);
  });

  test("who may edit a namespace does not get external-secrets' objects with it", () => {
    expect(given("ireland", "external-secrets").rbac).toEqual({ aggregateToEdit: false });
  });

  test("an AKS cluster whose vaults are all databases' has no store for add-ons", () => {
    expect(values(priming("west"), "helm_release").map(({ name }) => name)).not.toContain("external-secrets-store");
  });

  test("every entry gets another Secret for another password, so that no pod starts with the old one", () => {
    const [secret] = objects("east", "database-logins").filter(({ kind }) => kind === "ExternalSecret");
    expect(secret?.metadata.name).toBe("data-db-blog-admin-10");
    expect(secret?.spec.secretStoreRef).toEqual({ kind: "SecretStore", name: "blog" });
  });
});
