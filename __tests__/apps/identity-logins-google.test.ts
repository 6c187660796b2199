import { resources } from "../support/synth";
import { appsOutput, problemsText, valuesIn } from "./fleet";

const database = (engine: string, cidr: string, more: object = {}) => ({
  engine,
  cloud: "google",
  region: "australia-southeast1",
  size: "medium",
  network: { cidr },
  clusters: ["sydney"],
  ...more,
});
const DATABASES = {
  orders: database("postgres", "10.250.0.0/24", {
    replicas: ["australia-southeast2"],
    databases: ["orders", "invoices"],
  }),
  forum: database("mysql", "10.250.1.0/24"),
  // by which AKS' external-secrets has a store
  blog: { engine: "mysql", cloud: "azure", region: "canadacentral", clusters: ["toronto"] },
};
const more = { databases: DATABASES, defaults: { addons: { externalSecrets: { enabled: true } } } };
const image = { repository: "ghcr.io/team/shop", tag: "1.2.3" };
const app = (uses: object, rest: object = {}) => ({ image, namespace: "store", clusters: ["sydney"], uses, ...rest });
const identity = (use: object) => ({ login: "identity", ...use });
const APPS = {
  shop: app({ db: identity({ database: "orders", name: "orders", as: { PGUSER: "username", PGOPTIONS: "options" } }) }),
  board: app({ db: identity({ database: "forum", as: "URI" }) }),
};
const ACCOUNT = "f-sydney-app-shop";
const USER = `${ACCOUNT}@shop-platform.iam`;

interface Condition {
  readonly expression: string;
}
interface Objects {
  readonly objects: readonly {
    readonly kind: string;
    readonly metadata: { readonly name: string };
    readonly spec: { readonly target: { readonly template?: unknown } };
  }[];
}

describe("an application that logs in to a database on Google Cloud by its identity", () => {
  const { stacks } = appsOutput(APPS, more);
  const [orders, forum, priming, apps] = [
    stacks["f-data-orders"]!,
    stacks["f-data-forum"]!,
    stacks["f-sydney-priming"]!,
    stacks["f-sydney-apps"]!,
  ];
  const instances = Object.values(resources(orders, "google_sql_database_instance")).map(({ name }) => String(name));

  test("finds servers that take tokens, replicas too, and entries that lead to them without a password", () => {
    const flags = (stack: typeof orders) =>
      Object.values(resources(stack, "google_sql_database_instance")).map(
        ({ settings }) => (settings as { database_flags: unknown }).database_flags,
      );
    expect(flags(orders)).toEqual(Array(2).fill([{ name: "cloudsql.iam_authentication", value: "on" }]));
    expect(flags(forum)).toEqual([[{ name: "cloudsql_iam_authentication", value: "on" }]]);
    const entries = Object.values(resources(orders, "google_secret_manager_secret")).map(({ secret_id: id }) => String(id));
    expect(entries.filter((id) => id.endsWith("-identity")).sort()).toEqual([
      "f-db-orders-orders-identity",
      "f-db-orders-orders-read-australia-southeast2-identity",
    ]);
    const values = Object.entries(resources(orders, "google_secret_manager_secret_version")).filter(([id]) =>
      id.includes("-identity"),
    );
    expect(values).toHaveLength(2);
    for (const [, { secret_data_wo: value }] of values) expect(String(value)).not.toMatch(/ephemeral|password/);
  });

  test("is a user of the primary by its own name, whom replication brings to the replica", () => {
    const users = Object.values(resources(priming, "google_sql_user"));
    expect(users).toHaveLength(2);
    const [primary] = instances.filter((name) => !name.includes("southeast2"));
    expect(users).toContainEqual(
      expect.objectContaining({
        instance: primary,
        type: "CLOUD_IAM_SERVICE_ACCOUNT",
        name: expect.stringMatching(/^\$\{trimsuffix\(google_service_account\.\S+\.email, "\.gserviceaccount\.com"\)\}$/),
        // a server with a replica may be one that answers nobody by then
        deletion_policy: "ABANDON",
      }),
    );
    // MySQL's is made from the whole address, and called by its beginning
    expect(users).toContainEqual(
      expect.objectContaining({ name: expect.stringMatching(/^\$\{google_service_account\.\S+\.email\}$/) }),
    );
    for (const user of users) expect(Object.keys(user)).not.toContain("host");
    expect(users.filter(({ deletion_policy: policy }) => policy === undefined)).toHaveLength(1);
    const accounts = Object.values(resources(priming, "google_service_account")).map(({ account_id: id }) => id);
    expect(accounts).toContain(ACCOUNT);
  });

  test("may log in to these very instances, and to no others of the project", () => {
    const grants = Object.values(resources(priming, "google_project_iam_member")).filter(
      ({ role }) => role === "roles/cloudsql.instanceUser",
    );
    expect(grants).toHaveLength(2);
    const expressions = grants.map(({ condition }) => (condition as unknown as Condition).expression);
    const named = (names: readonly string[]) =>
      `resource.type == "sqladmin.googleapis.com/Instance" && (${names.map((name) => `resource.name == "projects/shop-platform/instances/${name}"`).join(" || ")})`;
    expect(expressions).toContain(named(instances));
    const other = Object.values(resources(forum, "google_sql_database_instance")).map(({ name }) => String(name));
    expect(expressions).toContain(named(other));
    const roles = Object.values(resources(priming, "google_project_iam_member")).map(({ role }) => String(role));
    expect(roles.filter((role) => role.includes("cloudsql") && role !== "roles/cloudsql.instanceUser")).toEqual([]);
  });

  test("reads that entry and no password, and is told who it is beside it", () => {
    const read = Object.values(resources(priming, "google_secret_manager_secret_iam_member"));
    const own = read.filter(({ member }) => !String(member).includes("databases")).map(({ secret_id: id }) => String(id));
    expect(own).toEqual(expect.arrayContaining(["f-db-orders-orders-identity", "f-db-forum-forum-identity"]));
    const { objects } = valuesIn(apps, "shop-secrets") as unknown as Objects;
    const secret = objects.find(({ kind }) => kind === "ExternalSecret")!;
    expect(secret.spec.target.template).toEqual({
      engineVersion: "v2",
      mergePolicy: "Merge",
      data: {
        username: USER,
        options: "-c role=orders_iam",
        uri: `postgresql://${ACCOUNT}%40shop-platform.iam@{{ .host }}:{{ .port }}/{{ .database }}?sslmode=require&options=-c%20role%3Dorders_iam`,
      },
    });
    expect(JSON.stringify(secret)).toContain("f-db-orders-orders-identity");
    const board = (valuesIn(apps, "board-secrets") as unknown as Objects).objects.find(({ kind }) => kind === "ExternalSecret")!;
    expect(JSON.stringify(board.spec.target.template)).toContain(
      '"uri":"mysql://f-sydney-app-board@{{ .host }}:{{ .port }}/{{ .database }}"',
    );
    expect(valuesIn(apps, "shop")).toMatchObject({
      serviceAccount: "shop-identity",
      secretEnv: {
        PGUSER: { secret: "shop-db-100-identity", key: "username" },
        PGOPTIONS: { secret: "shop-db-100-identity", key: "options" },
      },
    });
  });

  test("gets its rights from the job that tries the logins, once the users are there", () => {
    const { objects } = valuesIn(priming, "database-logins") as unknown as Objects;
    const jobs = objects.filter(({ kind }) => kind === "Job").map((job) => JSON.stringify(job));
    expect(jobs.filter((job) => job.includes(`{"name":"MEMBERS","value":"orders=${USER}"}`))).toHaveLength(1);
    expect(jobs.filter((job) => job.includes('{"name":"MEMBERS","value":"forum=f-sydney-app-board"}'))).toHaveLength(1);
    const release = Object.values(resources(priming, "helm_release")).find(({ name }) => name === "database-logins")!;
    const users = Object.keys(resources(priming, "google_sql_user")).map((id) => `google_sql_user.${id}`);
    expect(release.depends_on).toEqual(expect.arrayContaining(users));
  });
});

test("after a promotion the user is the new primary's, and what is left behind lets nobody in", () => {
  const promoted = { ...DATABASES.orders, primary: "australia-southeast2" };
  const { stacks } = appsOutput(APPS, { ...more, databases: { ...DATABASES, orders: promoted } });
  const users = Object.values(resources(stacks["f-sydney-priming"]!, "google_sql_user")).map(({ instance }) => String(instance));
  expect(users.filter((instance) => instance.includes("orders"))).toEqual([expect.stringContaining("southeast2")]);
  const grants = JSON.stringify(resources(stacks["f-sydney-priming"]!, "google_project_iam_member"));
  const fenced = Object.values(resources(stacks["f-data-orders"]!, "google_sql_database_instance")).find(
    ({ name }) => !String(name).includes("southeast2"),
  )!;
  expect(grants).not.toContain(String(fenced.name));
});

test("two applications on one database are two users of one role", () => {
  const { stacks } = appsOutput({ ...APPS, till: APPS.shop }, more);
  const { objects } = valuesIn(stacks["f-sydney-priming"]!, "database-logins") as unknown as Objects;
  expect(JSON.stringify(objects)).toContain(`"value":"orders=${USER} orders=f-sydney-app-till@shop-platform.iam"`);
});

test("nothing of it is there where everybody has a password", () => {
  const { stacks } = appsOutput({ shop: app({ db: { database: "orders", name: "orders", as: "URI" } }) }, more);
  expect(JSON.stringify([stacks["f-data-orders"], stacks["f-sydney-priming"], stacks["f-sydney-apps"]])).not.toMatch(
    /iam_authentication|instanceUser|CLOUD_IAM|-identity|MEMBERS|mergePolicy/,
  );
});

test.each<[string, object, RegExp]>([
  [
    "a region that is AWS's alone",
    { shop: app({ db: identity({ database: "orders", name: "orders", as: { PGHOST: "host", REGION: "region" } }) }) },
    /uses\.db\.as\.REGION: would get `region`, and an entry of postgres on google has none/,
  ],
  [
    "options of MySQL",
    { shop: app({ db: identity({ database: "forum", as: { HOST: "host", MORE: "options" } }) }) },
    /uses\.db\.as\.MORE: would get `options`, and an entry of mysql on google has none/,
  ],
  [
    "options for a password",
    { shop: app({ db: { database: "orders", name: "orders", as: { PGHOST: "host", PGOPTIONS: "options" } } }) },
    /uses\.db\.as\.PGOPTIONS: would get `options`, and only some entries of `login: identity` have it/,
  ],
])("%s is refused", (_, apps, message) => {
  expect(problemsText(apps, more)).toMatch(message);
});
