import { chart, image, problemsText } from "./fleet";
import { ready, VAULT } from "./secrets-fleet";

const problems = (apps: object, more: object = ready()) => problemsText(apps, more);

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
