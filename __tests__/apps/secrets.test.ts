import { type Block, resources } from "../support/synth";
import { appsOutput, problemsText, valuesIn } from "./fleet";

const VAULT =
  "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/v/providers/Microsoft.KeyVault/vaults/f-secrets";
const image = { repository: "ghcr.io/team/shop", tag: "1.2.3" };
const chart = { chart: "web", repository: "https://charts.example.com", version: "1.0.0" };
const DATABASES = {
  tweets: {
    engine: "mongo",
    cloud: "azure",
    region: "westus",
    replicas: ["canadacentral"],
    secretsRegion: "westus",
    clusters: ["toronto"],
  },
  orders: {
    engine: "postgres",
    cloud: "aws",
    region: "sa-east-1",
    databases: ["orders", "invoices"],
    network: { cidr: "10.250.0.0/24" },
    clusters: ["saopaulo"],
  },
};
const ready = (databases: object = DATABASES) => ({
  databases,
  defaults: { addons: { externalSecrets: { enabled: true, keyVaultId: VAULT } } },
});

const problems = (apps: object, more: object = ready()) => problemsText(apps, more);

interface KubernetesObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: { readonly secretStoreRef: object; readonly dataFrom: readonly object[]; readonly provider: object };
}
const objectsOf = (stack: Parameters<typeof valuesIn>[0], release: string) =>
  valuesIn(stack, release).objects as readonly KubernetesObject[];

describe("what an application uses", () => {
  const streamer = { image, clusters: ["toronto"], uses: { tweets: { database: "tweets", as: "MONGODB_URI" } } };
  const reader = {
    ...chart,
    clusters: ["toronto"],
    namespace: "front",
    uses: { tweets: { database: "tweets", read: "local" } },
    values: { existingSecret: "{secret:tweets}" },
  };
  const shop = {
    image,
    clusters: ["saopaulo"],
    uses: {
      orders: { database: "orders", name: "orders", as: { PGHOST: "host", PGPASSWORD: "password" } },
      invoices: { database: "orders", name: "invoices", mount: "/etc/invoices" },
    },
    secrets: ["shop", "mailer"],
    values: { secretEnv: { SMTP_PASSWORD: { secret: "mailer", key: "password" } } },
  };
  const output = appsOutput({ streamer, reader, shop }, ready());
  const toronto = output.stacks["f-toronto-apps"]!;
  const saopaulo = output.stacks["f-saopaulo-apps"]!;

  test("comes as the environment and the files that it asks for, by the name of the Secret alone", () => {
    expect(valuesIn(toronto, "streamer").secretEnv).toEqual({ MONGODB_URI: { secret: "streamer-tweets-100", key: "uri" } });
    expect(valuesIn(saopaulo, "shop")).toMatchObject({
      secretEnv: {
        PGHOST: { secret: "shop-orders-100", key: "host" },
        PGPASSWORD: { secret: "shop-orders-100", key: "password" },
        SMTP_PASSWORD: { secret: "mailer", key: "password" },
      },
      secretFiles: { "/etc/invoices": "shop-invoices-100" },
      secrets: ["shop"],
    });
  });

  test("is told to a chart by a word in its values", () => {
    expect(valuesIn(toronto, "reader")).toEqual({ existingSecret: "reader-tweets-101" });
  });

  test("leads to the primary, or for what only reads to the nearest server", () => {
    const read = (release: string) =>
      objectsOf(toronto, release)
        .filter(({ kind }) => kind === "ExternalSecret")
        .map(({ spec: { secretStoreRef, dataFrom } }) => ({ secretStoreRef, dataFrom }));
    const store = { secretStoreRef: { kind: "SecretStore", name: "database-tweets" } };
    expect(read("streamer-secrets")).toEqual([{ ...store, dataFrom: [{ extract: { key: "f-db-tweets-tweets" } }] }]);
    expect(read("reader-secrets")).toEqual([
      { ...store, dataFrom: [{ extract: { key: "f-db-tweets-tweets-read-canadacentral" } }] },
    ]);
  });

  test("is there before the application, which waits until the store has answered", () => {
    const after = Object.fromEntries(
      Object.values(resources(saopaulo, "helm_release")).map((release: Block) => [
        release.name,
        (release.depends_on as string[]).map((one) => one.replace(/_[0-9A-F]{8}$/, "")),
      ]),
    );
    expect(after).toEqual({
      "shop-secrets": ["data.kubernetes_namespace_v1.apps_namespace-shop"],
      shop: ["data.kubernetes_namespace_v1.apps_namespace-shop", "helm_release.apps_shop-secrets"],
    });
    const job = objectsOf(saopaulo, "shop-secrets").filter(({ kind }) => kind !== "ExternalSecret");
    expect(job.map(({ kind, metadata }) => `${kind} ${metadata.namespace}`)).toEqual([
      "ServiceAccount shop",
      "Role shop",
      "RoleBinding shop",
      "Job shop",
    ]);
    expect(JSON.stringify(job)).toContain(
      '"externalsecret/shop-orders-100","externalsecret/shop-invoices-100","externalsecret/shop"',
    );
  });

  test("has another name after a rotation and after a promotion, so that pods start anew with it", () => {
    const name = (changed: object) =>
      valuesIn(appsOutput({ reader }, ready({ tweets: { ...DATABASES.tweets, ...changed } })).stacks["f-toronto-apps"]!, "reader")
        .existingSecret;
    expect(name({ passwordVersion: 2 })).toBe("reader-tweets-201");
    expect(name({ primary: "canadacentral" })).toBe("reader-tweets-111");
  });

  test("is read by an identity of the namespace's own, which may read that and nothing else", () => {
    const azure = Object.values(resources(output.stacks["f-toronto-priming"]!, "azurerm_role_assignment")).map(
      ({ scope, role_definition_name: role }) => `${role}: ${String(scope).split("/").slice(-2).join("/")}`,
    );
    expect(azure.filter((one) => one.includes("-db-")).sort()).toEqual([
      "Key Vault Secrets User: secrets/f-db-tweets-tweets",
      "Key Vault Secrets User: secrets/f-db-tweets-tweets-read-canadacentral",
    ]);
    const federated = Object.values(resources(output.stacks["f-toronto-priming"]!, "azurerm_federated_identity_credential"));
    expect(federated.map(({ subject }) => subject)).toEqual(
      expect.arrayContaining(["system:serviceaccount:front:entries", "system:serviceaccount:streamer:entries"]),
    );
    const policies = Object.values(resources(output.stacks["f-saopaulo-priming"]!, "aws_iam_role_policy"))
      .map(({ policy }) => JSON.parse(String(policy)) as { Statement: { Effect: string; Resource: string[] }[] })
      .filter(({ Statement }) => JSON.stringify(Statement).includes("secret:f-shop-"));
    expect(policies.map(({ Statement }) => Statement.map(({ Effect, Resource }) => [Effect, Resource]))).toEqual([
      [
        [
          "Allow",
          [
            "arn:aws:secretsmanager:sa-east-1:111122223333:secret:f-db-orders-invoices-??????",
            "arn:aws:secretsmanager:sa-east-1:111122223333:secret:f-db-orders-orders-??????",
            "arn:aws:secretsmanager:sa-east-1:111122223333:secret:f-mailer-??????",
            "arn:aws:secretsmanager:sa-east-1:111122223333:secret:f-shop-??????",
          ],
        ],
      ],
    ]);
  });
});

test("the stores of a namespace are made in priming, where the identities are, and outlive the applications", () => {
  const output = appsOutput({ shop: { image, secrets: ["shop"], clusters: ["sydney", "saopaulo"] } }, ready({}));
  const stores = (cluster: string) =>
    objectsOf(output.stacks[`f-${cluster}-priming`]!, "app-secret-stores").map(
      ({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`,
    );
  expect(stores("sydney")).toEqual(["ServiceAccount shop/entries", "SecretStore shop/secrets"]);
  expect(Object.values(resources(output.stacks["f-sydney-priming"]!, "google_secret_manager_secret_iam_member"))).toEqual([
    expect.objectContaining({ secret_id: "f-shop", role: "roles/secretmanager.secretAccessor" }),
  ]);
  expect(Object.keys(output.stacks["f-toronto-priming"]!.resource!.helm_release!).join()).not.toContain("app-secret-stores");
});

describe("pods start anew when a value behind one of an application's `secrets` has changed:", () => {
  const releaseOf = (apps: object, more: object = {}) => {
    const priming = appsOutput(apps, { ...ready(), ...more }).stacks["f-toronto-priming"]!;
    const found = Object.values(resources(priming, "helm_release")).find(({ name }) => name === "reloader");
    return found && { after: found.depends_on as string[], ...(JSON.parse((found.values as string[])[0]!) as Watching) };
  };
  interface Watching {
    readonly reloader: {
      readonly watchGlobally: boolean;
      readonly namespaces: readonly string[];
      readonly autoReloadAll: boolean;
    };
  }
  const on = { clusters: ["toronto"] };
  const off = { ...ready().defaults.addons, reloader: { enabled: false } };

  test("Reloader looks into the namespaces of such applications and no others, and comes after them", () => {
    const apps = {
      shop: { image, ...on, secrets: ["shop"] },
      mail: { ...chart, ...on, namespace: "office", secrets: ["mail"] },
      plain: { image, ...on },
      elsewhere: { image, clusters: ["sydney"], secrets: ["elsewhere"] },
    };
    const { reloader, after } = releaseOf(apps)!;
    expect(reloader).toMatchObject({ watchGlobally: false, namespaces: ["reloader", "office", "shop"], autoReloadAll: true });
    expect(after.join()).toMatch(/namespace-office_.*namespace-shop_|namespace-shop_.*namespace-office_/);
    expect(after.join()).not.toMatch(/namespace-plain_/);
  });

  test("it is nowhere where only databases are used, whose Secrets have another name then, and where it is switched off", () => {
    const uses = { tweets: { database: "tweets", as: "URI" } };
    expect(releaseOf({ shop: { image, ...on, uses } })).toBeUndefined();
    expect(releaseOf({ shop: { image, ...on, secrets: ["shop"] } }, { defaults: { addons: off } })).toBeUndefined();
  });
});

test("an EKS cluster in another account than the zone trusts its tokens for the sake of secrets alone", () => {
  const dns = { zone: "k8s.example.com", aws: { accountId: "999988887777" } };
  const trusts = (secrets: readonly string[]) =>
    Object.keys(
      appsOutput({ shop: { image, secrets, clusters: ["saopaulo"] } }, { ...ready({}), dns }).stacks["f-saopaulo-cluster"]!
        .output!,
    ).includes("own_oidc_provider_arn");
  expect(trusts(["shop"])).toBe(true);
  expect(trusts([])).toBe(false);
});

const uses = (use: object) => ({ uses: { db: use } });
const plain = { image, clusters: ["toronto"] };
const there = { image, clusters: ["saopaulo"] };
const tweets = uses({ database: "tweets", as: "URI" });
test.each([
  [
    { a: { ...plain, ...uses({ database: "tweet", as: "URI" }) } },
    "apps.a.uses.db.database: no database is called 'tweet'; did you mean 'tweets'?",
  ],
  [
    { a: { image, ...uses({ database: "tweets", as: "URI" }) } },
    "runs on sydney, saopaulo, from where 'tweets' can't be reached",
  ],
  [
    { a: { image, clusters: ["saopaulo"], ...uses({ database: "orders", as: "URI" }) } },
    "'orders' has 2 databases: say which by `name`: orders, invoices",
  ],
  [
    { a: { image, clusters: ["saopaulo"], ...uses({ database: "orders", name: "x", as: "URI" }) } },
    "apps.a.uses.db.name: 'x' is no database on 'orders'",
  ],
  [{ a: { ...plain, ...uses({ database: "tweets" }) } }, "apps.a.uses.db: it is nowhere in the application: say `as`"],
  [{ a: { ...chart, clusters: ["toronto"], ...uses({ database: "tweets" }) } }, "nothing in `values` says {secret:db}"],
  [
    { a: { ...chart, clusters: ["toronto"], ...uses({ database: "tweets", as: "URI" }) } },
    "apps.a.uses.db.as: a chart has its own place for it: write {secret:db}",
  ],
  [{ a: { ...chart, clusters: ["toronto"], values: { b: "{secret:tweets}" } } }, "'{secret:tweets}' stands for nothing"],
  [
    { a: { ...plain, ...uses({ database: "tweets", as: "URI" }), values: { env: { URI: "x" } } } },
    "apps.a.uses.db.as: 'URI' comes from values.env already",
  ],
  [
    { a: { ...plain, uses: { x: { database: "tweets", as: "URI" }, y: { database: "tweets", as: { URI: "host" } } } } },
    "apps.a.uses.y.as: 'URI' comes from uses.x already",
  ],
  [{ a: { ...plain, secrets: ["db-tweets-tweets"] } }, "entries that begin so are logins of databases"],
  [
    { a: { ...plain, uses: { db: { database: "tweets", as: {} } } } },
    "apps.a.uses.db.as: a map is not valid: no variable stands there",
  ],
  [
    { a: { ...plain, uses: { db: { database: "tweets", as: ["URI"] } } } },
    "apps.a.uses.db.as: a list of 1 is not valid: the name of an environment variable, which gets the uri: MONGODB_URI; or a map",
  ],
  [{ a: { ...plain, secrets: ["x", "x"] } }, "apps.a.secrets[1]: 'x' is there twice"],
  [
    { a: { ...plain, namespace: "n", secrets: ["x"] }, b: { ...plain, namespace: "n", secrets: ["x"] } },
    "apps.b.secrets[0]: application 'a' has the Secret 'x' in namespace 'n' already",
  ],
  [
    { a: { ...plain, namespace: "databases", secrets: ["x"] } },
    "it runs in namespace 'databases', where the administrators' entries are read",
  ],
  [
    { a: { ...plain, namespace: "n", secrets: ["x"] }, entries: { ...plain, namespace: "n" } },
    "the service account 'entries' of namespace 'n' reads the secrets of 'a'",
  ],
  [
    { a: { ...plain, namespace: "n", secrets: ["x"] }, "a-secrets": { ...plain, namespace: "n" } },
    "apps.a-secrets: application 'a' in the same namespace has a release of that name",
  ],
  [
    {
      a: { ...chart, clusters: ["toronto"], namespace: "n", values: { port: 8080 }, smoke: {} },
      "a-smoke": { ...plain, namespace: "n" },
    },
    "apps.a-smoke: application 'a' in the same namespace has a release of that name",
  ],
  [
    { a: { image: { repository: "registry.example.com/rocket.chat", tag: "7.0.0" }, clusters: ["toronto"], ...tweets } },
    "apps.a.uses.db.database: 'tweets' is Cosmos DB, which has neither the change streams nor the text indexes",
  ],
  [{ a: { ...chart, chart: "meteor", clusters: ["toronto"], ...tweets } }, "'tweets' is Cosmos DB"],
  [{ a: { ...plain, uses: { db: {} } } }, "apps.a.uses.db: names either a `database` of the fleet, or a `server`"],
  [
    { a: { ...plain, uses: { db: { database: "tweets", server: "x", as: "URI" } } } },
    "apps.a.uses.db: names either a `database` of the fleet, or a `server`",
  ],
  [
    { a: { image, clusters: ["sydney"], ...tweets } },
    "the application runs on sydney, from where 'tweets' can't be reached: list it under databases.tweets.clusters",
  ],
  [
    { a: { ...plain, ...uses({ database: "tweets", mount: "/etc/x" }), values: { secretFiles: { "/etc/x": "x" } } } },
    "apps.a.uses.db.mount: '/etc/x' comes from values.secretFiles already",
  ],
  [
    { a: { ...plain, ...tweets, perCluster: { toronto: { values: { secretEnv: { URI: { secret: "x", key: "y" } } } } } } },
    "apps.a.uses.db.as: 'URI' comes from values.secretEnv already",
  ],
])("%j is refused where it is wrong", (apps, message) => {
  expect(problems(apps)).toContain(message);
});

test.each<[string, object]>([
  ["the same name in two namespaces", { a: { ...plain, secrets: ["x"] }, b: { ...plain, secrets: ["x"] } }],
  [
    "the same name on two clusters",
    { a: { ...plain, namespace: "n", secrets: ["x"] }, b: { ...there, namespace: "n", secrets: ["x"] } },
  ],
  ["a release's name in another namespace", { a: { ...plain, secrets: ["x"] }, "a-secrets": plain }],
  ["a release's name of one without secrets", { a: { ...plain, namespace: "n" }, "a-secrets": { ...plain, namespace: "n" } }],
  ["a chart's test's name in another namespace", { a: { ...chart, clusters: ["toronto"], smoke: {} }, "a-smoke": plain }],
  [
    "an image's test's, which has no release",
    { a: { ...plain, namespace: "n", values: { port: 8080 }, smoke: {} }, "a-smoke": { ...plain, namespace: "n" } },
  ],
  ["the readers' namespace, for who reads nothing", { a: { ...plain, namespace: "databases" } }],
  ["the readers' name in another namespace", { a: { ...plain, secrets: ["x"] }, entries: plain }],
  ["the readers' name where nobody reads", { a: { ...plain, namespace: "n" }, entries: { ...plain, namespace: "n" } }],
  [
    "another image of MongoDB's",
    { a: { image: { ...image, repository: "ghcr.io/team/rocket.chat-exporter" }, clusters: ["toronto"], ...tweets } },
  ],
  [
    "a chart that says what it uses on the cluster",
    {
      a: {
        ...chart,
        clusters: ["toronto"],
        ...uses({ database: "tweets" }),
        perCluster: { toronto: { values: { s: "{secret:db}" } } },
      },
    },
  ],
])("%s is taken", (_, apps) => {
  expect(problems(apps)).toBe("");
});

test("an entry's name is as long as Key Vault takes", () => {
  const named = (prefix: number) => ({
    defaults: { addons: { externalSecrets: { enabled: true, keyVaultId: VAULT, prefix: "p".repeat(prefix) } } },
  });
  const apps = { a: { ...plain, secrets: ["x".repeat(80)] } };
  expect(problems(apps, named(46))).toBe("");
  expect(problems(apps, named(47))).toContain("and Key Vault takes 127 characters");
});

test("secrets need external-secrets and, on AKS, a key vault", () => {
  const apps = { a: { ...plain, secrets: ["x"] } };
  expect(problems(apps, {})).toContain("apps.a.secrets[0]: on toronto external-secrets is missing");
  expect(problems(apps, { defaults: { addons: { externalSecrets: { enabled: true } } } })).toContain(
    "on toronto external-secrets has no key vault",
  );
});

test("whoever reads the cluster's own entries doesn't read those of databases, which have readers of their own", () => {
  const priming = (databases: object) =>
    JSON.stringify(
      appsOutput({ shop: { image, secrets: ["shop"], clusters: ["saopaulo"] } }, ready(databases)).stacks["f-saopaulo-priming"],
    );
  expect(priming(DATABASES)).toContain("f-db-*");
  expect(priming({})).not.toContain("f-db-*");
});
