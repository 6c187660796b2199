import { readdirSync } from "node:fs";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { TerraformStack } from "cdktf";
import { AksCluster, type AksClusterProps } from "../../constructs/clusters/aks";
import { EksCluster, type EksClusterProps } from "../../constructs/clusters/eks";
import { GkeCluster, type GkeClusterProps } from "../../constructs/clusters/gke";
import { root } from "../support/fleet";
import { synthStacks } from "../support/synth";
import { stackOf as synthAks, usual as usualAks } from "./aks-fixtures";
import { synthEks, usual as usualEks } from "./eks-fixtures";
import { synthGke, usual as usualGke } from "./gke-fixtures";

/** What all three take. */
type Change = Partial<Pick<EksClusterProps & AksClusterProps & GkeClusterProps, "name" | "kubernetes" | "api">> & {
  readonly cidr?: string;
  readonly pool?: object;
};

const made = {
  EKS: ({ cidr, pool, ...change }: Change) =>
    synthEks({
      ...usualEks,
      ...change,
      ...(cidr && { network: { ...usualEks.network, cidr } }),
      ...(pool && { pools: { main: {}, other: pool } }),
    }),
  AKS: ({ cidr, pool, ...change }: Change) =>
    synthAks({ ...change, ...(cidr && { network: { cidr } }), ...(pool && { pools: { main: {}, other: pool } }) }),
  GKE: ({ cidr, pool, ...change }: Change) =>
    synthGke({
      ...usualGke,
      ...change,
      ...(cidr && { network: { cidr } }),
      ...(pool && { pools: { main: {}, other: pool } }),
    }),
};

/** What a fleet file is refused for, a construct alone is too: nobody else would say it before the middle of an apply. */
describe.each(Object.entries(made))("%s alone", (service, make) => {
  test.each<[string, Change, string]>([
    [
      "an API open to everybody",
      { api: { allowFrom: ["0.0.0.0/0"] } },
      "api.allowFrom: 0.0.0.0/0 opens the Kubernetes API to everybody",
    ],
    ["a word for a range", { api: { allowFrom: ["banana"] } }, "api.allowFrom: 'banana' is no IPv4 range"],
    ["201 ranges", { api: { allowFrom: Array.from({ length: 201 }, (_, i) => `203.0.113.${i}/32`) } }, "201 ranges are too many"],
    ["a public API without a list", { api: {} }, "api.allowFrom: a public API needs the ranges that may reach it"],
    ["a version that there can't be", { kubernetes: "9.99" }, "kubernetes: '9.99' is no minor version"],
    ["a name too long", { name: "x".repeat(101) }, "name: '"],
    ["host bits", { cidr: "10.20.0.5/16" }, "network.cidr: '10.20.0.5/16' has bits behind its prefix length: write 10.20.0.0/16"],
    ["public addresses inside", { cidr: "11.0.0.0/16" }, "network.cidr: '11.0.0.0/16' is not for private networks"],
    ["min above max", { pool: { min: 9, max: 3 } }, "pools.other.min: 9 is above `max`, which is 3"],
    ["too many pods on a node", { pool: { maxPods: 400 } }, "pools.other.maxPods: 400 is not from"],
    ["a disk too small for the image", { pool: { diskGib: 10 } }, "pools.other.diskGib: 10 GiB are too little"],
    ["a machine of another cloud", { pool: { machines: ["a.b.c"] } }, "pools.other.machines: 'a.b.c' is not spelt"],
    ["an unknown effect", { pool: { taints: [{ key: "a", value: "b", effect: "Never" }] } }, "'Never' is no effect of a taint"],
    ["a label of Kubernetes' own", { pool: { labels: { "kubernetes.io/role": "x" } } }, "'kubernetes.io' belongs to Kubernetes"],
    ["a label's value with a space", { pool: { labels: { tier: "a b" } } }, "'a b' is no value for Kubernetes"],
  ])("%s", (_, change, message) => {
    expect(() => make(change)).toThrow(message);
    expect(() => make(change)).toThrow(new RegExp(`^${service} cluster '.*':\\n- `));
  });
});

test.each([
  ["EKS", "EKS", { pool: { maxPods: 111 } }, "111 is above 110, EKS's limit for machines below 30 vCPU"],
  [
    "AKS",
    "AKS",
    { pool: { machines: ["Standard_D4ds_v5", "Standard_D8ds_v5"] } },
    "there are 2, and such a pool has one machine type",
  ],
  ["GKE", "GKE", { pool: { machines: ["e2-standard-4", "e2-standard-8"] } }, "there are 2, and such a pool has one machine type"],
  ["GKE", "GKE", { name: `shop-${"x".repeat(40)}` }, "is no name of a GKE cluster: 1 to 40"],
  ["GKE", "GKE", { name: "SHOP" }, "'SHOP' is no name of a GKE cluster"],
  ["GKE", "GKE", { cidr: "172.17.0.0/16" }, "overlaps 172.17.0.0/16, which GKE keeps for itself"],
  ["AKS", "AKS", { cidr: "172.30.0.0/16" }, "overlaps 172.30.0.0/16, which AKS keeps for itself"],
] as const)("what %s alone has a limit for is refused there", (_, service, change, message) => {
  expect(() => made[service](change)).toThrow(message);
});

test("GKE's own words: keys of another region, a control plane that is no /28, members without a kind", () => {
  const gke = (change: Partial<GkeClusterProps>) => () => synthGke({ ...usualGke, ...change });
  expect(gke({ secretsKey: "projects/a/locations/europe-west1/keyRings/b/cryptoKeys/c" })).toThrow("secretsKey: '");
  expect(gke({ controlPlaneCidr: "172.16.0.0/27" })).toThrow("is a /27, and GKE takes a /28");
  expect(gke({ controlPlaneCidr: "10.30.0.0/28" })).toThrow("overlaps controlPlaneCidr 10.30.0.0/28");
  expect(gke({ runner: "a@b.c" })).toThrow("'a@b.c' is no IAM member");
  expect(gke({ network: { cidr: "10.30.0.0/16", zones: ["us-east1-b"] } })).toThrow("'us-east1-b' is no zone of");
});

/** A newcomer who knows one finds the same in the others. */
test("the three clusters have the same files", () => {
  const common = [
    "access",
    "checks",
    "cluster",
    "control-plane",
    "index",
    "ingress",
    "network",
    "node-pools",
    "props",
    "settings",
  ];
  for (const cloud of ["eks", "aks", "gke"])
    expect(readdirSync(join(root, "constructs/clusters", cloud))).toEqual(
      expect.arrayContaining(common.map((file) => `${file}.ts`)),
    );
});

test("every resource of a cluster is made by the provider that it was given", () => {
  const stacks = synthStacks((app) => {
    const stack = (id: string) => new TerraformStack(app, id);
    const [eks, aks, gke] = [stack("eks"), stack("aks"), stack("gke")];
    new EksCluster(eks, "cluster", {
      ...usualEks,
      provider: new AwsProvider(eks, "aws", { region: usualEks.region, alias: "own" }),
    });
    new AksCluster(aks, "cluster", {
      ...usualAks,
      provider: new AzurermProvider(aks, "azure", { features: [{}], alias: "own" }),
    });
    new GkeCluster(gke, "cluster", { ...usualGke, provider: new GoogleProvider(gke, "google", { alias: "own" }) });
  });
  for (const [id, stack] of Object.entries(stacks)) {
    // a wait belongs to no account
    const kinds = [...Object.entries(stack.resource ?? {}), ...Object.entries(stack.data ?? {})];
    const blocks = kinds.flatMap(([type, named]) =>
      Object.entries(type === "time_sleep" ? {} : named).map(([name, block]) => [`${type}.${name}`, block.provider] as const),
    );
    expect(blocks.length).toBeGreaterThan(10);
    expect({ [id]: blocks.filter(([, provider]) => !/\.own$/.test(String(provider))).map(([address]) => address) }).toEqual({
      [id]: [],
    });
  }
});
