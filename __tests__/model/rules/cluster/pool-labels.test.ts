import { labelProblems } from "../../../../model/rules/cluster/pool-labels";
import type { MadeCluster } from "../../../../model/schema/cluster";
import type { Pool } from "../../../../model/schema/pool";
import { fleetWith } from "../../support";

const clusters = fleetWith().clusters.filter((cluster): cluster is MadeCluster => cluster.cloud !== "existing");

/** Where problems are of a pool `p`, whether of the key, and how each begins. */
function saidOf(more: Partial<Pool>, cloud: MadeCluster["cloud"] = "aws"): readonly string[] {
  const cluster = clusters.find((one) => one.cloud === cloud)!;
  return labelProblems(cluster, "p", { ...cluster.pools.main!, labels: {}, taints: [], ...more }).map(
    ({ path, message, ...rest }) => `${path.join(".")} ${JSON.stringify(rest)} ${message.split(":")[0]}`,
  );
}

const taint = (key: string, value: string, effect = "NoSchedule") => ({ key, value, effect }) as Pool["taints"][number];

test("a label that is wrong is pointed at by its key, one whose value is wrong isn't", () => {
  expect(saidOf({ labels: { "a b": "x", ok: "x y", fine: "z" } })).toEqual([
    `clusters.eks.pools.p.labels.a b {"atKey":true} 'a b' is no key for Kubernetes`,
    "clusters.eks.pools.p.labels.ok {} 'x y' is no value for Kubernetes",
  ]);
});

test("a label may be wrong in both", () => {
  expect(saidOf({ labels: { "a b": "x y" } })).toEqual([
    `clusters.eks.pools.p.labels.a b {"atKey":true} 'a b' is no key for Kubernetes`,
    "clusters.eks.pools.p.labels.a b {} 'x y' is no value for Kubernetes",
  ]);
});

test("of a taint its key, its value, or both are wrong", () => {
  expect(saidOf({ taints: [taint("fine", "x"), taint("a b", "x")] })).toEqual([
    "clusters.eks.pools.p.taints.1.key {} 'a b' is no key for Kubernetes",
  ]);
  expect(saidOf({ taints: [taint("ok", "x y")] })).toEqual([
    "clusters.eks.pools.p.taints.0.value {} 'x y' is no value for Kubernetes",
  ]);
  expect(saidOf({ taints: [taint("a b", "x y")] })).toEqual([
    "clusters.eks.pools.p.taints.0.key {} 'a b' is no key for Kubernetes",
    "clusters.eks.pools.p.taints.0.value {} 'x y' is no value for Kubernetes",
  ]);
});

test("AKS alone wants a value of a taint, and where the key is wrong that alone is said", () => {
  expect(saidOf({ taints: [taint("a", "")] }, "azure")).toEqual([
    "clusters.aks.pools.p.taints.0 {} AKS wants a value for the taint 'a', for instance 'true'",
  ]);
  expect(saidOf({ taints: [taint("a b", "")] }, "azure")).toEqual([
    "clusters.aks.pools.p.taints.0.key {} 'a b' is no key for Kubernetes",
  ]);
  expect(saidOf({ taints: [taint("a", "")] })).toEqual([]);
  expect(saidOf({ taints: [taint("a", "")] }, "google")).toEqual([]);
});

test("a taint stands twice with one effect, and may stand once with each", () => {
  expect(saidOf({ taints: [taint("a", "x"), taint("b", "x"), taint("a", "x", "NoExecute")] })).toEqual([]);
  expect(saidOf({ taints: [taint("b", "x"), taint("a", "x"), taint("a", "y")] })).toEqual([
    "clusters.eks.pools.p.taints.2 {} the taint 'a' with NoSchedule stands here twice",
  ]);
});
