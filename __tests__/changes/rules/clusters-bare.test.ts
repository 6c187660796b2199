import type { ClusterFacts } from "../../../changes/lock/lock";
import { identity, tenant } from "../../../changes/rules/identity";
import { flowLogs, googleKey, logs, secretsKey } from "../../../changes/rules/keys-and-logs";
import { kubernetes, poolsAtOnce, poolVersions } from "../../../changes/rules/kubernetes";
import { awsRange, azureRanges, googleRanges, poolZonesRemoved, zonesRemoved } from "../../../changes/rules/network";
import { egressMoves, neverTaken } from "../../../changes/rules/never-taken";
import { poolsRemoved, poolsRotated } from "../../../changes/rules/pools";
import type { ChangeRule } from "../../../changes/rules/rule";
import { heard, words } from "./bare";

type Some = Partial<ClusterFacts>;
const sides = (cloud: string, was: Some, is: Some) =>
  [{ clusters: { c: { cloud, ...was } } }, { clusters: { c: { cloud, ...is } } }] as const;
const range = (cidr: string) => ({ ranges: { cidr, nodes: cidr, pods: cidr } });
const pool = (facts: Record<string, string | number | boolean | string[]>) => ({ pools: { main: facts } });

test.each<[string, ChangeRule, string, Some, Some, readonly string[]]>([
  ["a key of EKS that wasn't noted", secretsKey, "aws", {}, { secretsKey: "k" }, []],
  ["a key of EKS that is noted no more", secretsKey, "aws", { secretsKey: "k" }, {}, []],
  ["the same key of EKS", secretsKey, "aws", { secretsKey: "k" }, { secretsKey: "k" }, []],
  ["a key of GKE that wasn't noted", googleKey, "google", {}, { secretsKey: "k" }, []],
  ["a key of GKE that is noted no more", googleKey, "google", { secretsKey: "k" }, {}, []],
  ["the same key of GKE", googleKey, "google", { secretsKey: "k" }, { secretsKey: "k" }, []],
  [
    "another key of GKE",
    googleKey,
    "google",
    { secretsKey: "k" },
    { secretsKey: "l" },
    ["warning gke-key clusters.c.google.secretsKey"],
  ],
  ["logs that weren't noted", logs, "aws", {}, { logs: "made" }, []],
  ["logs that are noted no more", logs, "aws", { logs: "made" }, {}, []],
  ["the same logs", logs, "aws", { logs: "made" }, { logs: "made" }, []],
  ["logs that stay from now on", logs, "aws", { logs: "made" }, { logs: "kept" }, ["note logs-kept clusters.c.aws.keepLogs"]],
  ["the first logs of EKS", logs, "aws", { logs: "none" }, { logs: "made" }, ["note logs-moved clusters.c.aws.logTypes"]],
  ["no more logs of EKS", logs, "aws", { logs: "kept" }, { logs: "none" }, ["note logs-moved clusters.c.aws.logTypes"]],
  [
    "no more logs of AKS",
    logs,
    "azure",
    { logs: "made" },
    { logs: "none" },
    ["refused logs-destroyed clusters.c.azure.logCategories"],
  ],
  [
    "logs of AKS that go elsewhere",
    logs,
    "azure",
    { logs: "w" },
    { logs: "made" },
    ["note logs-moved clusters.c.azure.logAnalyticsWorkspaceId"],
  ],
  ["flow logs that go on", flowLogs, "aws", { flowLogs: "made" }, { flowLogs: "kept" }, []],
  ["flow logs that stay", flowLogs, "aws", { flowLogs: "kept" }, {}, []],
  ["a version that wasn't noted", kubernetes, "aws", {}, { kubernetes: "1.36" }, []],
  ["a version that is noted no more", kubernetes, "aws", { kubernetes: "1.36" }, {}, []],
  ["one minor version more", kubernetes, "aws", { kubernetes: "1.35" }, { kubernetes: "1.36" }, []],
  [
    "two minor versions more",
    kubernetes,
    "aws",
    { kubernetes: "1.34" },
    { kubernetes: "1.36" },
    ["refused kubernetes-skipped clusters.c.kubernetes"],
  ],
  [
    "two minor versions less",
    kubernetes,
    "aws",
    { kubernetes: "1.36" },
    { kubernetes: "1.34" },
    ["refused kubernetes-lowered-far clusters.c.kubernetes"],
  ],
  [
    "two minor versions more of AKS that follows by itself",
    kubernetes,
    "azure",
    { kubernetes: "1.34", channel: "patch" },
    { kubernetes: "1.36", channel: "stable" },
    ["warning kubernetes-skipped clusters.c.kubernetes"],
  ],
  ["pools without a version", poolVersions, "aws", pool({}), pool({ kubernetes: "1.35" }), []],
  ["pools with a version no more", poolVersions, "aws", pool({ kubernetes: "1.35" }), pool({}), []],
  ["the same version of pools", poolVersions, "aws", pool({ kubernetes: "1.35" }), pool({ kubernetes: "1.35" }), []],
  [
    "pools that go back under a control plane that stays",
    poolVersions,
    "aws",
    { ...pool({ kubernetes: "1.36" }), kubernetes: "1.36" },
    { ...pool({ kubernetes: "1.35" }), kubernetes: "1.36" },
    ["warning pool-lowered clusters.c.pools.main.kubernetes"],
  ],
  [
    "pools that go back two minor versions",
    poolVersions,
    "aws",
    pool({ kubernetes: "1.36" }),
    pool({ kubernetes: "1.34" }),
    ["refused kubernetes-lowered-far clusters.c.pools.main.kubernetes"],
  ],
  [
    "pools that stay behind",
    poolsAtOnce,
    "aws",
    { ...pool({ kubernetes: "1.35" }), kubernetes: "1.35" },
    { ...pool({ kubernetes: "1.35" }), kubernetes: "1.36" },
    [],
  ],
  [
    "pools that follow a control plane that stays",
    poolsAtOnce,
    "aws",
    { ...pool({ kubernetes: "1.35" }), kubernetes: "1.36" },
    { ...pool({ kubernetes: "1.36" }), kubernetes: "1.36" },
    [],
  ],
  [
    "pools that go along",
    poolsAtOnce,
    "azure",
    { ...pool({ kubernetes: "1.35" }), kubernetes: "1.35" },
    { ...pool({ kubernetes: "1.36" }), kubernetes: "1.36", channel: "patch" },
    ["warning pools-at-once clusters.c.pools"],
  ],
  [
    "pools that go along where AKS moves them",
    poolsAtOnce,
    "azure",
    { ...pool({ kubernetes: "1.35" }), kubernetes: "1.35" },
    { ...pool({ kubernetes: "1.36" }), kubernetes: "1.36", channel: "rapid" },
    [],
  ],
  ["ranges of EKS that weren't noted", awsRange, "aws", {}, range("r"), []],
  ["ranges of EKS that are noted no more", awsRange, "aws", range("r"), {}, []],
  ["ranges of AKS that weren't noted", azureRanges, "azure", {}, range("r"), []],
  ["ranges of AKS that are noted no more", azureRanges, "azure", range("r"), {}, []],
  ["ranges of GKE that weren't noted", googleRanges, "google", {}, range("r"), []],
  ["ranges of GKE that are noted no more", googleRanges, "google", range("r"), {}, []],
  ["another range of GKE", googleRanges, "google", range("r"), range("s"), ["refused gke-ranges clusters.c.network.pods"]],
  [
    "a range of GKE in another region",
    googleRanges,
    "google",
    { ...range("r"), region: "x" },
    { ...range("s"), region: "y" },
    [],
  ],
  ["a range of EKS in another account", awsRange, "aws", { ...range("r"), account: "1" }, { ...range("s"), account: "2" }, []],
  ["zones that come behind the others", zonesRemoved, "aws", { zones: ["a"] }, { zones: ["a", "b"] }, []],
  [
    "zones of EKS in another order",
    zonesRemoved,
    "aws",
    { zones: ["a", "b"] },
    { zones: ["b", "a"] },
    ["refused zones-removed clusters.c.network.zones"],
  ],
  ["zones of AKS in another order", zonesRemoved, "azure", { zones: ["a", "b"] }, { zones: ["b", "a"] }, []],
  [
    "zones of AKS that leave",
    zonesRemoved,
    "azure",
    { zones: ["a", "b"] },
    { zones: ["a"] },
    ["warning zones-removed clusters.c.network.zones"],
  ],
  [
    "a zone that leaves a pool of GKE",
    poolZonesRemoved,
    "google",
    { ...pool({}), zones: ["a", "b"] },
    { ...pool({ zones: ["a"] }), zones: ["a", "b"] },
    ["warning zones-removed clusters.c.pools.main.zones"],
  ],
  [
    "a zone that leaves a pool and the cluster",
    poolZonesRemoved,
    "google",
    { ...pool({}), zones: ["a", "b"] },
    { ...pool({}), zones: ["a"] },
    [],
  ],
  [
    "a new pool of GKE in fewer zones",
    poolZonesRemoved,
    "google",
    { zones: ["a", "b"] },
    { ...pool({ zones: ["a"] }), zones: ["a", "b"] },
    [],
  ],
  ["the same addresses", egressMoves, "aws", { egress: ["1"] }, { egress: ["1"] }, []],
  [
    "addresses of one's own",
    egressMoves,
    "google",
    {},
    { egress: ["1"] },
    ["warning egress-moves clusters.c.network.egressAddresses"],
  ],
  [
    "no more addresses of one's own on EKS",
    egressMoves,
    "aws",
    { egress: ["1"] },
    {},
    ["warning egress-moves clusters.c.network.egressAddresses"],
  ],
  ["no more addresses of one's own on GKE", egressMoves, "google", { egress: ["1"] }, {}, []],
  [
    "addresses that GKE keeps",
    neverTaken,
    "google",
    { egress: ["1"] },
    {},
    ["refused never-taken clusters.c.network.egressAddresses"],
  ],
  ["other addresses of GKE", neverTaken, "google", { egress: ["1"] }, { egress: ["2"] }, []],
  ["no more addresses that GKE keeps, on EKS", neverTaken, "aws", { egress: ["1"] }, {}, []],
  [
    "a disk of AKS's pool",
    poolsRotated,
    "azure",
    pool({ diskGib: 1 }),
    pool({ diskGib: 2 }),
    ["warning pool-rotated clusters.c.pools.main"],
  ],
  [
    "a disk of a pool that is replaced for its price",
    poolsRotated,
    "azure",
    pool({ diskGib: 1, spot: false }),
    pool({ diskGib: 2, spot: true }),
    [],
  ],
  [
    "a disk of a pool in another region",
    poolsRotated,
    "azure",
    { ...pool({ diskGib: 1 }), region: "x" },
    { ...pool({ diskGib: 2 }), region: "y" },
    [],
  ],
  ["a disk of EKS's pool", poolsRotated, "aws", pool({ diskGib: 1 }), pool({ diskGib: 2 }), []],
  ["a new pool of AKS", poolsRotated, "azure", {}, pool({ diskGib: 2 }), []],
  ["a pool that leaves", poolsRemoved, "aws", pool({}), {}, ["warning pool-removed clusters.c.pools.main"]],
  ["a pool of a cluster that retires", poolsRemoved, "aws", pool({}), { retired: true }, []],
  ["another region", identity, "aws", { region: "x" }, { region: "y" }, ["refused cluster-region clusters.c.region"]],
  [
    "another subscription",
    identity,
    "azure",
    { account: "1" },
    { account: "2" },
    ["refused cluster-account clusters.c.azure.subscriptionId"],
  ],
  ["another region of an existing cluster", identity, "existing", { region: "x" }, { region: "y" }, []],
  ["another tenant", tenant, "azure", { tenant: "1" }, { tenant: "2" }, ["refused azure-tenant clusters.c.azure.tenantId"]],
  ["another tenant with its subscription", tenant, "azure", { tenant: "1", account: "1" }, { tenant: "2", account: "2" }, []],
])("%s", (_, rule, cloud, was, is, expected) => {
  expect(heard(rule, ...sides(cloud, was, is))).toEqual(expected);
});

test("one is and two are; one leaves and two leave", () => {
  const back = (...pools: string[]) =>
    words(
      kubernetes,
      ...sides(
        "aws",
        {
          kubernetes: "1.36",
          pools: { low: { kubernetes: "1.35" }, ...Object.fromEntries(pools.map((name) => [name, { kubernetes: "1.36" }])) },
        },
        { kubernetes: "1.35" },
      ),
    )[0];
  expect(back()).toContain("EKS takes the control plane back from 1.36 to 1.35 only");
  expect(back("a")).toContain(": a is at 1.36.");
  expect(back("a", "b")).toContain(": a, b are at 1.36.");
  const left = (...zones: string[]) => words(zonesRemoved, ...sides("azure", { zones: ["a", "b", "c"] }, { zones }))[0];
  expect(left("a", "b")).toMatch(/^c leaves the cluster/);
  expect(left("a")).toMatch(/^b, c leave the cluster/);
  const pools = (...zones: string[]) =>
    words(
      poolZonesRemoved,
      ...sides("google", { ...pool({}), zones: ["a", "b", "c"] }, { ...pool({ zones }), zones: ["a", "b", "c"] }),
    )[0];
  expect(pools("a", "b")).toMatch(/^c leaves the pool/);
  expect(pools("a")).toMatch(/^b, c leave the pool/);
});
