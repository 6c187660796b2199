import { type Data, problemsWith } from "../../support";

const acr = { cloud: "azure", region: "uksouth" };
const ecr = { cloud: "aws", region: "eu-west-1", repositories: ["shop"] };
const gar = { cloud: "google", region: "europe" };
const there = { cloud: "external", host: "ghcr.io/x" };
const notHere = "is for registries that are made here: remove it";
const already = "is for registries that are made here, and this one is there already: remove it";
const arn = (region: string, account: string) =>
  `arn:aws:secretsmanager:${region}:${account}:secret:ecr-pullthroughcache/hub-a1b2c3`;
const hub = (secretArn?: string) => ({ caches: { hub: { from: "registry-1.docker.io", secretArn } } });
const badLogin = (text: string) => [
  `caches.hub.secretArn: '${text}': the secret must be in the registry's region and account, eu-west-1 and 111122223333`,
];

test.each<[string, Data, string[]]>([
  [
    "replicas and pushers of a registry that is there",
    { ...there, replicas: ["eastus"], push: ["x"] },
    [`push: ${already}`, `replicas: ${already}`],
  ],
  ["a name of a registry that is there", { ...there, name: "x" }, [`name: ${already}`]],
  [
    "a repository twice of a registry that is there",
    { ...there, repositories: ["a", "b", "a"] },
    ["repositories[2]: 'a' is there twice"],
  ],
  ["a repository twice", { ...ecr, repositories: ["a", "a"] }, ["repositories[1]: 'a' is there twice"]],
  [
    "settings of a registry that is there",
    { ...there, immutableTags: false, scan: false, keep: { newest: 3 } },
    [`immutableTags: ${notHere}`, `keep.newest: ${notHere}`, `scan: ${notHere}`],
  ],
  ["settings on AWS", { ...ecr, immutableTags: true, scan: true, keep: { newest: 3 } }, []],
  ["settings on Google", { ...gar, immutableTags: false, scan: true, keep: { newest: 3 } }, []],
  ["immutable tags alone on Google", { ...gar, immutableTags: true }, []],
  [
    "a number of images beside tags that are said to be immutable on Google",
    { ...gar, immutableTags: true, keep: { newest: 3 } },
    [
      "keep.newest: with immutable tags Artifact Registry deletes no image that has one: write `immutableTags: false`, or remove this",
    ],
  ],
  [
    "replication on Azure",
    { ...acr, replicas: ["eastus"], replication: "external" },
    ["replication: is for ECR with `replicas`: remove it"],
  ],
  ["replication of a registry with replicas", { ...ecr, replicas: ["eu-central-1"], replication: "external" }, []],
  ["caches on Google", { ...gar, caches: { quay: { from: "quay.io" } } }, ["caches: is for ECR: remove it"]],
  ["caches in the place of repositories", { ...ecr, repositories: [], caches: { quay: { from: "quay.io" } } }, []],
  ["a prefix of two characters", { ...ecr, caches: { qy: { from: "quay.io" } } }, []],
  ["a prefix of one character", { ...ecr, caches: { q: { from: "quay.io" } } }, ["caches.q: 'q' has 1 characters: 2 to 30"]],
  ["a prefix of 30 characters", { ...ecr, caches: { ["q".repeat(30)]: { from: "quay.io" } } }, []],
  [
    "a prefix of 31 characters",
    { ...ecr, caches: { ["q".repeat(31)]: { from: "quay.io" } } },
    [`caches.${"q".repeat(31)}: '${"q".repeat(31)}' has 31 characters: 2 to 30`],
  ],
  [
    "a prefix that a repository has below its first part",
    { ...ecr, repositories: ["team/quay"], caches: { quay: { from: "quay.io" } } },
    [],
  ],
  [
    "a prefix that the second repository starts with",
    { ...ecr, repositories: ["shop", "quay/x"], caches: { quay: { from: "quay.io" } } },
    ["caches.quay: 'quay' is what a repository's name starts with: take another prefix"],
  ],
  [
    "a login for what wants none",
    { ...ecr, caches: { quay: { from: "quay.io", secretArn: arn("eu-west-1", "111122223333") } } },
    ["caches.quay.secretArn: quay.io wants no login: remove it"],
  ],
  ["a cache's login in its account and region", { ...ecr, ...hub(arn("eu-west-1", "111122223333")) }, []],
  [
    "a cache's login in another account",
    { ...ecr, ...hub(arn("eu-west-1", "444455556666")) },
    badLogin(arn("eu-west-1", "444455556666")),
  ],
  [
    "a cache's login in another region",
    { ...ecr, ...hub(arn("us-east-1", "111122223333")) },
    badLogin(arn("us-east-1", "111122223333")),
  ],
  ["no region on Google", { cloud: "google" }, ["region: is missing: where it is, a region or us, europe, asia"]],
  ["no region on AWS", { ...ecr, region: undefined }, ["region: is missing: where its first copy is"]],
  ["a region of Google", { ...gar, region: "europe-west3" }, []],
  [
    "a replica that isn't there, after one that is",
    { ...acr, replicas: ["eastus", "uksoth"] },
    ["replicas[1]: 'uksoth' is no Azure region; did you mean 'uksouth'?"],
  ],
  [
    "one pusher of Google twice",
    { ...gar, push: ["group:a@example.com", "group:b@example.com", "group:a@example.com"] },
    ["push[2]: 'group:a@example.com' is there twice"],
  ],
  ["a role that pushes to ECR", { ...ecr, push: ["arn:aws:iam::111122223333:role/ci"] }, []],
  ["pushers of Google in letters of two sizes", { ...gar, push: ["group:a@example.com", "group:A@example.com"] }, []],
  ["a login of a registry that is there", { ...there, secret: "my-db-x" }, []],
  [
    "a login of a database for what needs none",
    { ...acr, secret: "db-x" },
    ["secret: 'db-x': entries that begin so are logins of databases: call it otherwise"],
  ],
  ["several clusters that pull", { ...acr, pull: ["aks", "cloud:google", "eks"] }, []],
  [
    "a second cluster that isn't there",
    { ...acr, pull: ["aks", "zzz"] },
    ["pull[1]: no cluster is 'zzz'; clusters: eks, aks, gke"],
  ],
])("%s: what is said", (_, registry, expected) => {
  expect(problemsWith({ registries: { r: registry } }).sort()).toEqual(expected.map((one) => `registries.r.${one}`));
});

test.each(["eu", "EUR4", "usa", "nam12", "apac", "global"])(
  "%s is a continent by another name on Google, and no region elsewhere",
  (region) => {
    expect(problemsWith({ registries: { r: { ...gar, region } } })).toEqual([
      `registries.r.region: '${region}' is no place of Artifact Registry: a region such as europe-west3, or one of us, europe, asia`,
    ]);
    expect(problemsWith({ registries: { r: { ...acr, region } } })).toEqual([
      expect.stringContaining(`registries.r.region: '${region}' is no Azure region`),
    ]);
  },
);

test.each(["us", "europe", "asia"])("%s is a place of Google alone", (region) => {
  expect(problemsWith({ registries: { r: { ...gar, region } } })).toEqual([]);
  expect(problemsWith({ registries: { r: { ...ecr, region } } })).toEqual([expect.stringContaining("is no AWS region")]);
});

test.each(["xeu", "eux", "europe-west99", "nam", "xglobal", "globally"])(
  "%s is a region that isn't there on Google",
  (region) => {
    const said = problemsWith({ registries: { r: { ...gar, region } } });
    expect(said).toEqual([expect.stringContaining(`registries.r.region: '${region}' is no`)]);
    expect(said[0]?.includes("no place of Artifact Registry")).toBe(region === "nam");
  },
);

test("a registry on Azure gives rights to clusters of its own tenant", () => {
  const tenantId = "00000000-0000-0000-0000-000000000009";
  const registry = { ...acr, azure: { subscriptionId: "00000000-0000-0000-0000-000000000001", tenantId } };
  expect(problemsWith({ registries: { r: { ...registry, pull: ["eks", "aks"] } } })).toEqual([
    "registries.r.pull[1]: 'aks' is in another tenant than the registry, which gives rights to identities of its own alone",
  ]);
  expect(problemsWith({ registries: { r: { ...registry, pull: ["eks"] } } })).toEqual([]);
  expect(problemsWith({ registries: { r: { ...gar, pull: ["aks"] } } })).toEqual([]);
});
