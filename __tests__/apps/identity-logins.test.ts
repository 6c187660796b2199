import { resources } from "../support/synth";
import { appsOutput, problemsText, valuesIn } from "./fleet";

const image = { repository: "ghcr.io/team/shop", tag: "1.2.3" };
const DATABASES = {
  orders: {
    engine: "postgres",
    cloud: "aws",
    region: "sa-east-1",
    replicas: ["us-east-1"],
    secretsRegion: "us-east-1",
    size: "medium",
    databases: ["orders", "invoices"],
    network: { cidr: "10.250.0.0/24" },
    clusters: ["saopaulo"],
  },
  blog: { engine: "mysql", cloud: "azure", region: "canadacentral", clusters: ["toronto"] },
};
const more = { databases: DATABASES, defaults: { addons: { externalSecrets: { enabled: true } } } };
const shop = (use: object, cluster = "saopaulo") => ({
  shop: {
    image,
    namespace: "store",
    clusters: [cluster],
    uses: { db: { database: "orders", name: "orders", as: "URI", ...use } },
  },
});

describe("an application that logs in to a database on AWS by its identity", () => {
  const { stacks } = appsOutput(shop({ login: "identity" }), more);
  const [data, priming] = [stacks["f-data-orders"]!, stacks["f-saopaulo-priming"]!];

  test("finds servers that take tokens, and entries that lead to them without a password", () => {
    const servers = Object.values(resources(data, "aws_db_instance"));
    expect(servers.map(({ iam_database_authentication_enabled: tokens }) => tokens)).toEqual([true, true]);
    const identities = Object.values(resources(data, "aws_secretsmanager_secret"))
      .map(({ name }) => String(name))
      .filter((name) => name.endsWith("-identity"));
    expect(identities.sort()).toEqual(["f-db-orders-orders-identity", "f-db-orders-orders-read-us-east-1-identity"]);
    const values = Object.entries(resources(data, "aws_secretsmanager_secret_version")).filter(([id]) =>
      id.includes("-identity"),
    );
    expect(values).toHaveLength(2);
    for (const [, { secret_string_wo: value }] of values) {
      expect(String(value)).toContain("orders_iam");
      expect(String(value)).not.toMatch(/ephemeral|password/);
    }
  });

  test("may connect as its own user of these very servers, and as nobody else", () => {
    const policies = Object.values(resources(priming, "aws_iam_role_policy")).map(({ policy }) => String(policy));
    const own = policies.filter((policy) => policy.includes("rds-db:connect"));
    expect(own).toHaveLength(1);
    const { Statement } = JSON.parse(own[0]!) as { Statement: { Action: string[]; Resource: string[] }[] };
    const user = (region: string) =>
      `arn:aws:rds-db:${region}:111122223333:dbuser:\${data.terraform_remote_state.database-orders.outputs.resource_id_${region.replaceAll("-", "_")}}/orders_iam`;
    expect(Statement).toEqual([
      expect.objectContaining({ Action: ["rds-db:connect"], Resource: [user("sa-east-1"), user("us-east-1")] }),
    ]);
    expect(Object.values(resources(priming, "aws_eks_pod_identity_association"))).toContainEqual(
      expect.objectContaining({ namespace: "store", service_account: "shop-identity" }),
    );
    expect(Object.keys(data.output as object)).toEqual(
      expect.arrayContaining(["resource_id_sa_east_1", "resource_id_us_east_1"]),
    );
  });

  test("reads that entry and no password, and runs as itself", () => {
    const policies = Object.values(resources(priming, "aws_iam_role_policy")).map(({ policy }) => String(policy));
    expect(policies.filter((policy) => policy.includes("f-db-orders-orders-identity")).join()).not.toContain(
      "f-db-orders-orders-?",
    );
    const values = valuesIn(stacks["f-saopaulo-apps"]!, "shop");
    expect(values.serviceAccount).toBe("shop-identity");
    expect(values.secretEnv).toEqual({ URI: { secret: "shop-db-100-identity", key: "uri" } });
  });

  test("gets its user from the job that makes logins", () => {
    const { objects } = valuesIn(priming, "database-logins") as { objects: { kind: string; spec: unknown }[] };
    const job = JSON.stringify(objects.find(({ kind }) => kind === "Job"));
    expect(job).toContain('{"name":"IDENTITIES","value":"orders"}');
    expect(job).toContain("GRANT rds_iam TO");
  });
});

test("nothing of it is there where everybody has a password", () => {
  const { stacks } = appsOutput(shop({}), more);
  expect(JSON.stringify([stacks["f-data-orders"], stacks["f-saopaulo-priming"], stacks["f-saopaulo-apps"]])).not.toMatch(
    /iam_database_authentication|rds-db|-identity|IDENTITIES|resource_id_/,
  );
});

test.each<[string, object, RegExp]>([
  [
    "another cloud's database",
    shop({ database: "blog", name: undefined, login: "identity" }, "toronto"),
    /uses\.db\.login: 'identity' is for MySQL and PostgreSQL on AWS and Google Cloud and for PostgreSQL on Azure, and 'blog' is MySQL on Azure: leave it out/,
  ],
  [
    "a password that isn't there",
    shop({ login: "identity", as: { PGHOST: "host", PGPASSWORD: "password" } }),
    /uses\.db\.as\.PGPASSWORD: would get `password`, and with `login: identity` there is none/,
  ],
  [
    "a region for a password",
    shop({ as: { PGHOST: "host", REGION: "region" } }),
    /uses\.db\.as\.REGION: would get `region`, and only some entries of `login: identity` have it/,
  ],
  [
    "a chart that isn't told the account",
    {
      shop: {
        chart: "web",
        repository: "https://charts.example.com",
        version: "1.0.0",
        clusters: ["saopaulo"],
        values: { secret: "{secret:db}" },
        uses: { db: { database: "orders", name: "orders", login: "identity" } },
      },
    },
    /apps\.shop\.uses: nothing in `values` says \{identity\}/,
  ],
])("%s is refused", (_, apps, message) => {
  expect(problemsText(apps, more)).toMatch(message);
});
