import { type Data, fleetWith, problemsWith } from "../../support";

const s3 = (more: Data): Data => ({ state: { backend: "s3", bucket: "acme-state", region: "eu-west-1", ...more } });
const gcs = (more: Data): Data => ({ state: { backend: "gcs", bucket: "acme-state", ...more } });
const azurerm = (more: Data): Data => ({
  state: {
    backend: "azurerm",
    subscriptionId: "00000000-0000-0000-0000-00000000000A",
    resourceGroup: "g",
    storageAccount: "acmestate",
    container: "state",
    ...more,
  },
});
const http = (more: Data): Data => ({ state: { backend: "http", address: "https://state.example.com/{stack}", ...more } });

const spelling = (field: string, value: string, words: string) => `state.${field}: '${value}' can't be the ${field}: ${words}`;
const S3 = "3 to 63 lower-case letters, digits, dots and hyphens";
const GCS = "3 or more lower-case letters, digits, dots, hyphens and underscores";
const ACCOUNT = "3 to 24 lower-case letters and digits";
const CONTAINER = "3 to 63 lower-case letters, digits and single hyphens";
const a = (count: number) => "a".repeat(count);

test.each<[string, string, (more: Data) => Data, string, readonly string[]]>([
  ["S3's bucket", "bucket", s3, S3, ["ab", a(64), "-abc", "abc-", "Acme", "a_b_c", "abc/x"]],
  ["Cloud Storage's bucket", "bucket", gcs, GCS, ["ab", a(223), "_abc", "abc_", "Acme", "abc/x"]],
  ["Azure's storage account", "storageAccount", azurerm, ACCOUNT, ["ab", a(25), "Abcd", "abcD", "a-b-c"]],
  ["Azure's container", "container", azurerm, CONTAINER, ["ab", a(64), "-abc", "abc-", "a--b", "Abc"]],
  [
    "Azure's subscription",
    "subscriptionId",
    azurerm,
    "a UUID",
    ["acme", "x00000000-0000-0000-0000-000000000001", "00000000-0000-0000-0000-0000000000012"],
  ],
])("%s is spelt as its service wants it", (_what, field, of, words, wrong) => {
  for (const value of wrong) expect(problemsWith(of({ [field]: value }))).toEqual([spelling(field, value, words)]);
});

const LOGIN =
  "the URL has a user or password in it, which would stand in every stack: remove them and set TF_HTTP_USERNAME and TF_HTTP_PASSWORD";

test.each<[string, Data, string]>([
  ["a user in the address", http({ address: "https://me@state.example.com/{stack}" }), `state.address: ${LOGIN}`],
  ["a user in the lock's address", http({ lockAddress: "https://me@state.example.com/{stack}" }), `state.lockAddress: ${LOGIN}`],
  ["a password in the lock's address", http({ lockAddress: "https://:x@s.example.com/{stack}" }), `state.lockAddress: ${LOGIN}`],
  ["a lock's address that is no URL", http({ lockAddress: "{stack}/lock" }), "state.lockAddress: '{stack}/lock' is no URL"],
  ["an address that is no URL", http({ address: "http//{stack}" }), "state.address: 'http//{stack}' is no URL"],
  ["a user in an S3 service's URL", s3({ endpoint: "https://me@s3.example.com" }), `state.endpoint: ${LOGIN}`],
  ["an S3 service's URL that is none", s3({ endpoint: "http//s3" }), "state.endpoint: 'http//s3' is no URL"],
  [
    "a prefix of S3 that runs into the key",
    s3({ prefix: "fleets" }),
    "state.prefix: 'fleets' would run into the stack's id: end it with '/'",
  ],
  [
    "a slash alone as prefix",
    azurerm({ prefix: "/" }),
    "state.prefix: '/' would make keys with empty parts: no slash at the start, no two in a row",
  ],
  [
    "two slashes at a prefix's end",
    azurerm({ prefix: "fleets//" }),
    "state.prefix: 'fleets//' would make keys with empty parts: no slash at the start, no two in a row",
  ],
])("%s is refused", (_what, changes, problem) => {
  expect(problemsWith(changes)).toEqual([problem]);
});

test.each<[string, Data]>([
  ["the shortest bucket of S3, with a dot", s3({ bucket: "a.b", prefix: "fleets/prod/" })],
  ["the longest bucket of S3", s3({ bucket: a(63) })],
  ["the longest bucket of Cloud Storage", gcs({ bucket: a(222), prefix: "x/" })],
  ["the shortest bucket of Cloud Storage", gcs({ bucket: "a_b" })],
  ["the shortest names of Azure", azurerm({ storageAccount: "abc", container: "abc" })],
  ["the longest names of Azure", azurerm({ storageAccount: a(24), container: a(63) })],
  ["a container with hyphens", azurerm({ container: "a-b-c" })],
  ["a state server with its lock elsewhere", http({ lockAddress: "https://lock.example.com/{stack}" })],
  ["another S3 service, in no region of AWS", s3({ endpoint: "https://s3.example.com", region: "here" })],
  ["a database", { state: { backend: "pg" } }],
  ["HCP Terraform", { state: { backend: "hcp", organization: "acme" } }],
])("state in %s is taken", (_what, changes) => {
  expect(() => fleetWith(changes)).not.toThrow();
});

test("destroyed stacks are this fleet's by the start of their ids, each at its place", () => {
  const problem = (id: string) => `'${id}' is no stack of this fleet: their ids start with 'acme-'`;
  expect(problemsWith({ destroyedStacks: ["acme-old-cluster", "old-acme-", "acme"] })).toEqual([
    `destroyedStacks[1]: ${problem("old-acme-")}`,
    `destroyedStacks[2]: ${problem("acme")}`,
  ]);
});
