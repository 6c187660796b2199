import { type Data, problemsWith } from "../../support";

const ecr = { cloud: "aws", region: "eu-west-1", repositories: ["shop"] };
const gar = { cloud: "google", region: "europe" };
const acr = { cloud: "azure", region: "uksouth" };
const there = { cloud: "external", host: "ghcr.io/x" };
const two = (one: Data, more: Data) => problemsWith({ registries: { one, more } });
const elsewhere = { aws: { accountId: "444455556666" } };
const named = (name: string) => [
  `registries.more.name: '${name}' is the name of registry 'one' already: give one of them another \`name\``,
];

test.each<[string, Data, Data, string[]]>([
  ["one name on Azure, which is one in the world", acr, { ...acr, region: "eastus" }, named("team1")],
  ["one name in two clouds", ecr, acr, []],
  ["one name in a region of one account", ecr, ecr, named("team1")],
  ["one name in two accounts", ecr, { ...ecr, ...elsewhere }, []],
  ["one name in two regions", ecr, { ...ecr, region: "us-east-1" }, []],
  [
    "one name in a region that is the other's replica",
    { ...ecr, replicas: ["us-east-1"] },
    { ...ecr, region: "us-east-1" },
    named("team1"),
  ],
  ["one name in a project and place", gar, gar, named("team1")],
  ["one name in two places of a project", gar, { ...gar, region: "us" }, []],
  ["one name in two projects", gar, { ...gar, google: { projectId: "acme-other" } }, []],
])("%s", (_, one, more, expected) => {
  expect(two({ ...one, name: "team1" }, { ...more, name: "team1" })).toEqual(expected);
});

test("repositories of two registries meet only by their whole path", () => {
  expect(two({ ...ecr, name: "n", repositories: ["x/y", "z"] }, { ...ecr, name: "n/x", repositories: ["z"] })).toEqual([]);
  expect(two({ ...ecr, name: "n", repositories: ["z", "x/y"] }, { ...ecr, name: "n/x", repositories: ["w", "y"] })).toEqual([
    "registries.more.name: repository 'n/x/y' is registry 'one's already: give one of them another `name`",
  ]);
});

test("registries that are there already have any name", () => {
  expect(two(there, there)).toEqual([]);
});

test.each<[string, Data, Data, boolean]>([
  ["of one account and region", ecr, ecr, true],
  ["of two accounts", ecr, { ...ecr, ...elsewhere }, false],
  ["of two regions", ecr, { ...ecr, region: "us-east-1" }, false],
  ["of which something else copies one", ecr, { ...ecr, replication: "external" }, false],
  ["of which something else copies the first", { ...ecr, replication: "external" }, ecr, false],
  ["on Azure", acr, acr, false],
])("two registries %s own one replication, or not", (_, one, more, refused) => {
  expect(
    two(
      { ...one, replicas: [one === acr ? "eastus" : "eu-central-1"] },
      { ...more, replicas: [more === acr ? "eastus" : "eu-north-1"] },
    ),
  ).toEqual(
    refused
      ? [expect.stringMatching(/^registries.more.replicas: registry 'one' is copied from the same account and region/)]
      : [],
  );
  expect(
    two(one === acr ? one : { ...one, replication: undefined }, { ...more, replicas: [more === acr ? "eastus" : "eu-north-1"] }),
  ).toEqual([]);
});

test("a name that can't be one is told where it is said, or at the registry whose key makes it", () => {
  expect(problemsWith({ registries: { x: { ...gar, name: "a_b" } } })).toEqual([
    "registries.x.name: 'a_b' can't be its name on google: at most 63 lower-case letters, digits and hyphens",
  ]);
  expect(problemsWith({ registries: { x: { ...ecr, name: "a//b" } } })).toEqual([
    "registries.x.name: 'a//b' can't be its name on aws: lower-case letters, digits and single separators",
  ]);
});
