import * as aws from "../../../model/limits/aws";
import * as azure from "../../../model/limits/azure";
import { DATABASE_NAME, sizeSpelling } from "../../../model/limits/databases";
import * as google from "../../../model/limits/google";
import * as kubernetes from "../../../model/limits/kubernetes";
import { PUSHERS, REGISTRY_NAMES, wantsLogin } from "../../../model/limits/registries";
import * as servers from "../../../model/limits/servers";

const UUID = "0a1b2c3d-0000-4000-8000-0a1b2c3d4e5f";
const GROUP = `/subscriptions/${UUID}/resourceGroups/net/providers`;
const member = "group:platform@example.com";

type Spelling = readonly [what: string, problem: (text: string) => unknown, sound: readonly string[], wrong: readonly string[]];

const is =
  ({ pattern }: { readonly pattern: RegExp }) =>
  (text: string): unknown =>
    pattern.test(text) ? undefined : "wrong";

/** What a text must look like, with texts at the borders. */
const SPELLINGS: readonly Spelling[] = [
  ["an EKS cluster's name", aws.clusterNameProblem, ["a", "9", "a".repeat(100)], ["", "-a", "a_b", "a".repeat(101)]],
  ["an AWS account", aws.accountProblem, ["111122223333"], ["11112222333", "1111222233334"]],
  [
    "a role or user",
    aws.principalProblem,
    [
      "arn:aws:iam::111122223333:role/team/ops",
      "arn:aws-us-gov:iam::111122223333:user/o",
      `arn:aws:iam::111122223333:role/${"a".repeat(64)}`,
    ],
    [
      `arn:aws:iam::111122223333:role/${"a".repeat(65)}`,
      "arn:aws:iam::111122223333:group/ops",
      "arn:aws:sts::111122223333:assumed-role/ops/me",
      "arn:aws:iam::111122223333:role/AWSReservedSSO_Admins_0a1b2c3d",
    ],
  ],
  [
    "a KMS key",
    (key) => aws.keyProblem(key, "eu-west-1"),
    [`arn:aws:kms:eu-west-1:111122223333:key/${UUID}`],
    [`arn:aws:kms:eu-west-2:111122223333:key/${UUID}`, "arn:aws:kms:eu-west-1:111122223333:alias/a"],
  ],
  [
    "a policy",
    aws.policyProblem,
    ["arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::111122223333:policy/team/boundary"],
    ["arn:aws:iam::111122223333:role/boundary"],
  ],
  ["an Elastic IP", (id) => aws.egressProblem([id], 1), ["eipalloc-0a1b"], ["eip-0a1b", "eipalloc-", "eipalloc-0A"]],
  [
    "an AKS cluster's name",
    azure.clusterNameProblem,
    ["a", "a-b", "a".repeat(54)],
    ["", "a--b", "A", "9a", "a-", "a".repeat(55)],
  ],
  [
    "a private zone of AKS",
    (zone) => azure.privateZoneProblem(zone, "uksouth"),
    [
      `${GROUP}/Microsoft.Network/privateDnsZones/privatelink.uksouth.azmk8s.io`,
      `${GROUP}/Microsoft.Network/privateDnsZones/team.privatelink.uksouth.azmk8s.io`,
    ],
    [
      `${GROUP}/Microsoft.Network/privateDnsZones/privatelink.ukwest.azmk8s.io`,
      `${GROUP}/Microsoft.Network/privateDnsZones/a.b.privatelink.uksouth.azmk8s.io`,
      `${GROUP}/Microsoft.Network/privateDnsZones/privatelink.uksouth-azmk8s.io`,
    ],
  ],
  [
    "a workspace",
    azure.workspaceProblem,
    [`${GROUP}/Microsoft.OperationalInsights/workspaces/all`],
    [`${GROUP}/Microsoft.Network/workspaces/all`],
  ],
  [
    "a public IP of Azure",
    azure.egressProblem,
    [`${GROUP}/Microsoft.Network/publicIPAddresses/out`],
    [`${GROUP}/Microsoft.Network/publicIPPrefixes/out`],
  ],
  ["a GKE cluster's name", google.clusterNameProblem, ["a", "a-b", "a".repeat(40)], ["", "a-", "9", "A", "a".repeat(41)]],
  [
    "a key of Cloud KMS",
    (key) => google.keyProblem(key, "europe-west3"),
    ["projects/p/locations/europe-west3/keyRings/r/cryptoKeys/k"],
    ["projects/p/locations/global/keyRings/r/cryptoKeys/k", "projects/p/locations/europe-west3/keyRings/r"],
  ],
  [
    "an IAM member",
    google.memberProblem,
    [member, "principalSet://iam.googleapis.com/projects/1/x"],
    ["ops@example.com", "domain:example.com"],
  ],
  [
    "an address of Google Cloud",
    (id) => google.egressProblem(id, "europe-west3"),
    [
      "projects/p/regions/europe-west3/addresses/out",
      "https://www.googleapis.com/compute/v1/projects/p/regions/europe-west3/addresses/out",
    ],
    ["projects/p/regions/europe-west1/addresses/out", "projects/p/global/addresses/out"],
  ],
  ["a version of Kubernetes", kubernetes.versionSpellingProblem, ["1.36"], ["1.36.1", "1.9", "v1.36", "2.36"]],
  ["a pool's name", kubernetes.poolNameProblem, ["a", "a-b", "a".repeat(30)], ["", "a-", "a--b", "9", "a".repeat(31)]],
  [
    "a label's key",
    kubernetes.keyProblem,
    ["a", "team.example.com/a", "a".repeat(63), `${"a".repeat(253)}/a`],
    ["", "-a", "a-", "a".repeat(64), `${"a".repeat(254)}/a`, "Team/a", "k8s.io/a", "node.kubernetes.io/a", "eks.amazonaws.com/a"],
  ],
  ["a label's value", kubernetes.valueProblem, ["a", "A.b_c-9", "a".repeat(63)], ["-a", "a".repeat(64)]],
  [
    "a server's size",
    servers.serverSizeProblem,
    ["Standard_D2s_v5", "Standard_E4-2ds_v5", "Standard_B2ms"],
    ["Standard_D2_v5", "D2s_v5"],
  ],
  [
    "a snapshot of Azure",
    servers.snapshotIdProblem,
    [`${GROUP}/Microsoft.Compute/snapshots/monday`],
    [`${GROUP}/Microsoft.Compute/disks/monday`],
  ],
  ["a registry of Azure", is(REGISTRY_NAMES.azure), ["images", "a".repeat(50)], ["imag", "Images", "a".repeat(51)]],
  ["a registry of AWS", is(REGISTRY_NAMES.aws), ["images", "team/images.web"], ["images/", "-images", "images--web"]],
  [
    "a registry of Google Cloud",
    is(REGISTRY_NAMES.google),
    ["i", "images-web", "a".repeat(63)],
    ["9", "images-", "a".repeat(64)],
  ],
  ["who pushes to ECR", is(PUSHERS.aws), ["arn:aws:iam::111122223333:role/ci/images"], ["arn:aws:iam::111122223333:user/images"]],
  ["who pushes to ACR", is(PUSHERS.azure), [UUID, UUID.toUpperCase()], [UUID.slice(1)]],
  [
    "who pushes to Artifact Registry",
    is(PUSHERS.google),
    [member, "serviceAccount:ci@p.iam.gserviceaccount.com"],
    ["user:a@example.com"],
  ],
  [
    "an upstream with a login",
    (host) => (wantsLogin(host) ? undefined : "none"),
    ["ghcr.io", "acme.azurecr.io"],
    ["quay.io", "ghcrxio"],
  ],
  ["a database's name", is({ pattern: DATABASE_NAME }), ["a", "a".repeat(31)], ["9", "a_b", "a".repeat(32)]],
  [
    "a size of MySQL on Azure",
    is(sizeSpelling({ cloud: "azure", engine: "mysql" })),
    ["GP_Standard_D2ds_v4"],
    ["GP_Standard_D3ds_v4"],
  ],
  [
    "a size of PostgreSQL on Azure",
    is(sizeSpelling({ cloud: "azure", engine: "postgres" })),
    ["MO_Standard_E4ds_v5"],
    ["B_Standard_D2s_v5"],
  ],
  [
    "a throughput of Cosmos DB",
    is(sizeSpelling({ cloud: "azure", engine: "mongo" })),
    ["1000", "999000"],
    ["1500", "0000", "1000000"],
  ],
  ["a size on AWS", is(sizeSpelling({ cloud: "aws", engine: "mysql" })), ["db.m7g.large"], ["m7g.large"]],
  [
    "a size on Google Cloud",
    is(sizeSpelling({ cloud: "google", engine: "mysql" })),
    ["db-custom-2-7680", "db-perf-optimized-N-2"],
    ["custom-2-7680"],
  ],
];

test.each(SPELLINGS)("%s is taken as it is spelt, and not with something before or behind it", (_, problem, sound, wrong) => {
  expect(sound.filter((text) => problem(text) !== undefined)).toEqual([]);
  const around = sound.flatMap((text) => [` ${text}`, `${text}/ `, `${text} `]);
  expect([...wrong, ...around].filter((text) => problem(text) === undefined)).toEqual([]);
});

test("the cluster's own private zone and none at all are words, and an ARN of another partition is told from one's own", () => {
  expect(["System", "None"].map((zone) => azure.privateZoneProblem(zone, "uksouth"))).toEqual([undefined, undefined]);
  const partition = (arn: string, region: string) => aws.partitionProblem(arn, region) === undefined;
  expect(partition("arn:aws:iam::1:role/a", "eu-west-1")).toBe(true);
  expect(partition("arn:aws-cn:iam::1:role/a", "cn-north-1")).toBe(true);
  expect(partition("arn:aws-us-gov:iam::1:role/a", "us-gov-west-1")).toBe(true);
  expect(partition("arn:aws:iam::1:role/a", "cn-north-1")).toBe(false);
  expect(partition("arn:aws:iam::1:role/a", "us-gov-west-1")).toBe(false);
  expect(partition("arn:aws-cn:iam::1:role/a", "eu-west-1")).toBe(false);
  expect(partition("no ARN, arn:aws-cn:x", "eu-west-1")).toBe(true);
});

test("a taint has an effect, and on AKS a value", () => {
  const taint = { key: "gpu", value: "true", effect: "NoSchedule" as const };
  for (const effect of ["NoSchedule", "PreferNoSchedule", "NoExecute"] as const)
    expect(kubernetes.taintProblem({ ...taint, effect }, "azure")).toBeUndefined();
  expect(kubernetes.taintProblem({ key: "gpu", effect: "NoSchedule" }, "aws")).toBeUndefined();
  expect(kubernetes.taintProblem({ key: "gpu", effect: "NoSchedule" }, "azure")).toMatch(
    /^AKS wants a value for the taint 'gpu'/,
  );
  expect(kubernetes.taintProblem({ ...taint, effect: "Never" as "NoExecute" }, "aws")).toMatch(/^'Never' is no effect/);
  expect(kubernetes.taintProblem({ ...taint, value: "-" }, "aws")).toMatch(/^'-' is no value/);
  expect(kubernetes.taintProblem({ ...taint, key: "-" }, "aws")).toMatch(/^'-' is no key/);
});

test("a weekly window begins at an hour of the day and is as long as the service wants", () => {
  const window = (startHour: number, durationHours: number) => kubernetes.windowProblem({ startHour, durationHours }, 4)?.[0];
  expect([window(0, 4), window(23, 24)]).toEqual([undefined, undefined]);
  expect([window(-1, 4), window(24, 4), window(1.5, 4)]).toEqual(["startHour", "startHour", "startHour"]);
  expect([window(0, 3), window(0, 25), window(0, 4.5)]).toEqual(["durationHours", "durationHours", "durationHours"]);
});

test("450 snapshots of a disk are the most", () => {
  expect(servers.snapshotsProblem({ everyHours: 4, days: 75 })).toBeUndefined();
  expect(servers.snapshotsProblem({ everyHours: 4, days: 76 })).toMatch(
    /^every 4 hours for 76 days are 456 snapshots, .* at most 450/,
  );
});
