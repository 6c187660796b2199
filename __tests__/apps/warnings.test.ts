import { appHostWarnings, releaseWarnings, singleWriterWarnings } from "../../model/warnings/apps";
import { databaseWarnings } from "../../model/warnings/databases";
import { fleetOf } from "../support/fleet";
import { appsText, problemsText } from "./fleet";

const fleetWith = (apps: object, more: object = {}) => fleetOf(appsText(apps, more));
const ghost = (more: object = {}) => ({
  image: { repository: "docker.io/library/ghost", tag: "6.53.0" },
  clusters: ["sydney", "saopaulo"],
  values: { port: 2368, replicas: 1 },
  ...more,
});
const name = (policy: string) => ({ names: { blog: { policy, app: "blog", members: ["sydney", "saopaulo"] } } });

test("software that runs once for each site is warned of where names lead to several of it", () => {
  const warned = (app: object, policy: string) => singleWriterWarnings(fleetWith({ blog: app }, name(policy)));
  expect(warned(ghost(), "latency")).toEqual([
    expect.stringContaining(
      "apps.blog: it runs once for each site, and here on sydney and saopaulo with names that lead to all of them (blog)",
    ),
  ]);
  expect(warned(ghost(), "failover")).toEqual([]);
  expect(warned(ghost({ perCluster: { saopaulo: { values: { replicas: 0 } } } }), "latency")).toEqual([]);
  expect(warned({ ...ghost(), image: { repository: "ghcr.io/team/shop", tag: "1" } }, "latency")).toEqual([]);
});

test("a release that may take longer than a pipeline's job is warned of, unless it is left as it is", () => {
  const warned = (more: object) => releaseWarnings(fleetWith({ blog: ghost(more) }));
  expect(warned({ timeoutSeconds: 900 })).toEqual([
    "apps.blog.timeoutSeconds: a release that fails and is taken back may last up to four times 900 s; give its pipeline 65 minutes, or write failed: keep",
  ]);
  expect(warned({ timeoutSeconds: 600 })).toEqual([]);
  expect(warned({ timeoutSeconds: 900, failed: "keep" })).toEqual([]);
});

test("a chart whose values don't say a public name that leads to it is warned of, and none that makes its own routes", () => {
  const chart = { chart: "web", repository: "https://charts.example.com", version: "1.0.0", clusters: ["sydney", "saopaulo"] };
  const warned = (app: object) => appHostWarnings(fleetWith({ blog: app }, name("failover")));
  expect(warned({ ...chart, values: { hosts: ["blog.k8s.example.com"] } })).toEqual([
    "apps.blog: public names lead to it, and its values don't say these hosts: blog.sydney.k8s.example.com, blog.saopaulo.k8s.example.com. Where its chart takes hosts, write {hosts} (docs/apps.md)",
  ]);
  expect(warned({ ...chart, values: { hosts: "{hosts}" } })).toEqual([]);
  expect(warned(ghost())).toEqual([]);
  expect(appHostWarnings(fleetWith({ blog: chart }))).toEqual([]);
});

const externalSecrets = { defaults: { addons: { externalSecrets: { enabled: true } } } };
const database = (more: object) => ({
  ...externalSecrets,
  databases: { posts: { engine: "mysql", cloud: "azure", region: "canadacentral", clusters: ["toronto"], ...more } },
});

test("MySQL 8.0 on Azure is warned of, since it costs more", () => {
  const warned = (more: object) => databaseWarnings(fleetWith({}, database(more)), new Date("2026-11-01"));
  expect(warned({ version: "8.0" })).toEqual([expect.stringContaining("databases.posts.version: Azure bills extended support")]);
  expect(warned({})).toEqual([]);
});

test("Cosmos DB's keys, the only secrets in a state, are told with the state that they are in", () => {
  const warned = databaseWarnings(fleetWith({}, database({ engine: "mongo" })), new Date("2026-11-01"));
  expect(warned).toEqual([
    expect.stringMatching(/^databases\.posts: Cosmos DB's own keys, .* are in the state of f-data-posts and in no other/),
  ]);
});

test.each(["docker.io/library/rocket.chat", "registry.example.com/team/rocketchat"])(
  "%s is refused on Cosmos DB",
  (repository) => {
    const chat = {
      image: { repository, tag: "8.0.0" },
      clusters: ["toronto"],
      uses: { db: { database: "posts", as: "MONGO_URL" } },
    };
    expect(problemsText({ chat }, database({ engine: "mongo" }))).toContain(
      "apps.chat.uses.db.database: 'posts' is Cosmos DB, which has neither the change streams nor the text indexes that it needs",
    );
    expect(
      problemsText({ chat: { ...chat, image: { repository: "ghcr.io/team/shop", tag: "1" } } }, database({ engine: "mongo" })),
    ).toBe("");
  },
);

test("a snapshot called latest is refused", () => {
  const shop = { engine: "mysql", cloud: "aws", region: "sa-east-1", network: { cidr: "10.250.0.0/24" } };
  const refused = (snapshot: string) => problemsText({}, { databases: { shop: { ...shop, restoreFrom: { snapshot } } } });
  expect(refused("latest")).toContain("databases.shop.restoreFrom.snapshot: 'latest' is another one tomorrow");
  expect(refused("shop-2026-11-20")).toBe("");
});
