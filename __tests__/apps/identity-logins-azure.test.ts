import { resources } from "../support/synth";
import { appsOutput, problemsText, valuesIn } from "./fleet";

const database = (engine: string, more: object = {}) => ({
  engine,
  cloud: "azure",
  region: "canadacentral",
  size: "medium",
  clusters: ["toronto"],
  ...more,
});
const DATABASES = {
  orders: database("postgres", { replicas: ["canadaeast"], secretsRegion: "canadaeast", databases: ["orders", "invoices"] }),
  blog: database("mysql"),
};
const more = { databases: DATABASES, defaults: { addons: { externalSecrets: { enabled: true } } } };
const image = { repository: "ghcr.io/team/shop", tag: "1.2.3" };
const use = (rest: object = {}) => ({ database: "orders", name: "orders", login: "identity", as: "URI", ...rest });
const app = (uses: object, rest: object = {}) => ({ image, namespace: "store", clusters: ["toronto"], uses, ...rest });
const APPS = { shop: app({ db: use() }) };
const TENANT = "00000000-0000-0000-0000-000000000001";

interface Objects {
  readonly objects: readonly {
    readonly kind: string;
    readonly metadata: { readonly name: string };
    readonly spec: Readonly<Record<string, unknown>>;
  }[];
}
interface Job {
  readonly template: {
    readonly spec: {
      readonly serviceAccountName?: string;
      readonly automountServiceAccountToken: boolean;
      readonly initContainers?: readonly { readonly image: string; readonly env: readonly unknown[] }[];
      readonly containers: readonly { readonly env: readonly { readonly name: string; readonly value: string }[] }[];
      readonly volumes: readonly unknown[];
    };
  };
}
const jobOf = (priming: Parameters<typeof valuesIn>[0]) => {
  const { objects } = valuesIn(priming, "database-logins") as unknown as Objects;
  return objects.find(({ kind, metadata }) => kind === "Job" && metadata.name === "logins-orders")!.spec as unknown as Job;
};

describe("an application that logs in to PostgreSQL on Azure by its identity", () => {
  const { stacks } = appsOutput(APPS, more);
  const [data, priming, apps] = [stacks["f-data-orders"]!, stacks["f-toronto-priming"]!, stacks["f-toronto-apps"]!];
  const identities = Object.entries(resources(priming, "azurerm_user_assigned_identity"));
  const identity = (name: string) => identities.find(([, { name: called }]) => called === name)![0];

  test("finds a server that takes tokens besides passwords, and entries without a password", () => {
    const servers = Object.values(resources(data, "azurerm_postgresql_flexible_server"));
    const taken = { active_directory_auth_enabled: true, password_auth_enabled: true, tenant_id: TENANT };
    expect(servers.map(({ authentication }) => authentication)).toEqual(expect.arrayContaining([taken, undefined]));
    const entries = Object.values(resources(data, "azurerm_key_vault_secret")).filter(({ name }) =>
      String(name).endsWith("-identity"),
    );
    expect(entries.map(({ name }) => name).sort()).toEqual([
      "f-db-orders-orders-identity",
      "f-db-orders-orders-read-canadaeast-identity",
    ]);
    for (const { value_wo: value } of entries) expect(String(value)).not.toMatch(/ephemeral|password/);
  });

  test("is said to be who it is by an administrator that is the job's own, and no application's", () => {
    const administrators = Object.values(resources(priming, "azurerm_postgresql_flexible_server_active_directory_administrator"));
    const own = identity("f-toronto-logins-orders");
    const primary = Object.values(resources(data, "azurerm_postgresql_flexible_server")).find(
      ({ create_mode: mode }) => mode === "Default",
    )!;
    expect(administrators).toEqual([
      expect.objectContaining({
        object_id: `\${azurerm_user_assigned_identity.${own}.principal_id}`,
        principal_name: "f-toronto-logins-orders",
        principal_type: "ServicePrincipal",
        server_name: primary.name,
        tenant_id: TENANT,
      }),
    ]);
    const subjects = Object.values(resources(priming, "azurerm_federated_identity_credential")).map(
      ({ parent_id: of, subject }) => [of, subject],
    );
    expect(subjects.filter(([of]) => of === `\${azurerm_user_assigned_identity.${own}.id}`)).toEqual([
      [expect.anything(), "system:serviceaccount:databases:logins-orders"],
    ]);
    // neither has a right in Azure: what it may is in the server
    const rights = Object.values(resources(priming, "azurerm_role_assignment")).map(({ principal_id: of }) => String(of));
    for (const name of [own, identity("f-toronto-app-shop")]) expect(rights.filter((of) => of.includes(`${name}.`))).toEqual([]);
  });

  test("gets its role from the job, which asks for its token by itself", () => {
    const job = jobOf(priming);
    const { initContainers, containers, volumes, serviceAccountName, automountServiceAccountToken } = job.template.spec;
    expect({ serviceAccountName, automountServiceAccountToken }).toEqual({
      serviceAccountName: "logins-orders",
      automountServiceAccountToken: false,
    });
    expect(initContainers).toHaveLength(1);
    expect(JSON.stringify(initContainers![0]!.env)).toContain(`https://login.microsoftonline.com/${TENANT}/oauth2/v2.0/token`);
    const shop = identity("f-toronto-app-shop");
    expect(containers[0]!.env).toEqual(
      expect.arrayContaining([
        { name: "MEMBERS", value: `orders=f-toronto-app-shop=\${azurerm_user_assigned_identity.${shop}.principal_id}` },
        { name: "ENTRA", value: "f-toronto-logins-orders" },
      ]),
    );
    expect(JSON.stringify(volumes)).toContain('"audience":"api://AzureADTokenExchange"');
    const blog = (valuesIn(priming, "database-logins") as unknown as Objects).objects.find(
      ({ kind, metadata }) => kind === "Job" && metadata.name === "logins-blog",
    )!;
    expect(JSON.stringify(blog)).not.toMatch(/ENTRA|serviceAccountName|login\.microsoftonline/);
    const release = Object.values(resources(priming, "helm_release")).find(({ name }) => name === "database-logins")!;
    const administrators = Object.keys(
      resources(priming, "azurerm_postgresql_flexible_server_active_directory_administrator"),
    ).map((id) => `azurerm_postgresql_flexible_server_active_directory_administrator.${id}`);
    expect(release.depends_on).toEqual(expect.arrayContaining(administrators));
  });

  test("reads no password, is told who it is, and runs as itself", () => {
    const { objects } = valuesIn(apps, "shop-secrets") as unknown as Objects;
    const secret = JSON.stringify(objects.find(({ kind }) => kind === "ExternalSecret"));
    expect(secret).toContain('"key":"f-db-orders-orders-identity"');
    expect(secret).toContain('"uri":"postgresql://f-toronto-app-shop@{{ .host }}:{{ .port }}/{{ .database }}?sslmode=require"');
    expect(valuesIn(apps, "shop")).toMatchObject({
      serviceAccount: "shop-identity",
      podLabels: { "azure.workload.identity/use": "true" },
    });
    const scopes = Object.values(resources(priming, "azurerm_role_assignment")).map(({ scope }) => String(scope));
    expect(scopes.filter((scope) => scope.endsWith("/secrets/f-db-orders-orders-identity"))).toHaveLength(1);
  });
});

test("a promotion gives the new primary an administrator of its own, and leaves that of the fenced server alone", () => {
  const orders = { ...DATABASES.orders, primary: "canadaeast" };
  const { stacks } = appsOutput(APPS, { ...more, databases: { ...DATABASES, orders } });
  const taken = Object.values(resources(stacks["f-data-orders"]!, "azurerm_postgresql_flexible_server")).map(
    ({ location, authentication }) => [location, authentication !== undefined],
  );
  expect(taken).toContainEqual(["canadaeast", true]);
  const administrators = Object.values(
    resources(stacks["f-toronto-priming"]!, "azurerm_postgresql_flexible_server_active_directory_administrator"),
  ).map(({ server_name: name, principal_name: called, lifecycle }) => [
    String(name).includes("canadaeast"),
    called,
    (lifecycle as { ignore_changes: unknown } | undefined)?.ignore_changes,
  ]);
  expect(administrators).toHaveLength(2);
  expect(administrators).toEqual(
    expect.arrayContaining([
      [true, "f-toronto-logins-orders-1", undefined],
      [false, "f-toronto-logins-orders", "all"],
    ]),
  );
});

test("an application that has rights besides has one identity for both", () => {
  const rights = { azure: [{ role: "Reader", scope: `/subscriptions/${TENANT}/resourceGroups/shop` }] };
  const { stacks } = appsOutput({ shop: app({ db: use() }, { rights }) }, more);
  const names = Object.values(resources(stacks["f-toronto-priming"]!, "azurerm_user_assigned_identity")).map(({ name }) => name);
  expect(names.filter((name) => String(name).includes("shop"))).toEqual(["f-toronto-app-shop"]);
});

test("nothing of it is there where everybody has a password", () => {
  const { stacks } = appsOutput({ shop: app({ db: use({ login: "password" }) }) }, more);
  expect(JSON.stringify([stacks["f-data-orders"], stacks["f-toronto-priming"], stacks["f-toronto-apps"]])).not.toMatch(
    /active_directory|-identity|ENTRA|MEMBERS|microsoftonline|mergePolicy|workload\.identity\/use/,
  );
});

test.each<[string, object, RegExp]>([
  [
    "MySQL, whose server looks up names in the directory",
    { shop: app({ db: use({ database: "blog", name: undefined }) }) },
    /uses\.db\.login: 'identity' is for MySQL and PostgreSQL on AWS and Google Cloud and for PostgreSQL on Azure, and 'blog' is MySQL on Azure: leave it out/,
  ],
  [
    "a replica",
    { shop: app({ db: use({ read: "local" }) }) },
    /uses\.db\.login: .* and 'orders' is read where it is nearest, from replicas on Azure too/,
  ],
  [
    "a chart whose pods lack the label",
    {
      shop: {
        chart: "web",
        repository: "https://charts.example.com",
        version: "1.0.0",
        clusters: ["toronto"],
        values: { account: "{identity}", secret: "{secret:db}" },
        uses: { db: use({ as: undefined }) },
      },
    },
    /apps\.shop\.uses: AKS gives an identity to pods with the label azure\.workload\.identity\/use/,
  ],
])("%s is refused", (_, apps, message) => {
  expect(problemsText(apps, more)).toMatch(message);
});
