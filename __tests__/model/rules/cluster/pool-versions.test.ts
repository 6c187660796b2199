import { poolVersions } from "../../../../model/rules/cluster/pool-versions";
import { type Data, fleetWith } from "../../support";

const main = (pool: Data, more: Data = {}): Data => ({ pools: { main: pool }, ...more });

/** The rule alone, on the sound fleet with its clusters of one version. */
function saidOf(clusters: Data, version = "1.36"): readonly string[] {
  const fleet = fleetWith();
  const changed = fleet.clusters.map((cluster) => {
    if (cluster.cloud === "existing") return cluster;
    const { pools = {}, azure, ...rest } = (clusters[cluster.name] ?? {}) as { pools?: Data; azure?: Data };
    const laid = Object.entries(cluster.pools).map(([name, pool]) => [name, { ...pool, ...(pools[name] as Data) }]);
    return {
      ...cluster,
      kubernetes: version,
      ...rest,
      pools: Object.fromEntries(laid),
      ...(azure && cluster.cloud === "azure" && { azure: { ...cluster.azure, ...azure } }),
    } as typeof cluster;
  });
  return poolVersions({ ...fleet, clusters: changed }).map(({ path, message }) => `${path.join(".")}: ${message}`);
}

test.each([
  ["three behind on EKS", { eks: main({ kubernetes: "1.33" }) }],
  ["two behind on AKS", { aks: main({ kubernetes: "1.34" }, { azure: { systemPool: { kubernetes: "1.34" } } }) }],
  ["the control plane's own", { eks: main({ kubernetes: "1.36" }), aks: main({ kubernetes: "1.36" }) }],
])("a pool's version may be %s", (_what, clusters) => {
  expect(saidOf(clusters)).toEqual([]);
});

const behind = (version: string, count: number, most: number) =>
  `nodes of '${version}' are ${count} minor versions behind the control plane, which is 1.36; ${most} are the most. Upgrade the pools first`;
const ahead = "nodes of '1.37' can't be newer than their control plane, which is 1.36: upgrade that first";

test.each<[string, Data, string]>([
  ["four behind on EKS", { eks: main({ kubernetes: "1.32" }) }, `clusters.eks.pools.main.kubernetes: ${behind("1.32", 4, 3)}`],
  ["three behind on AKS", { aks: main({ kubernetes: "1.33" }) }, `clusters.aks.pools.main.kubernetes: ${behind("1.33", 3, 2)}`],
  ["newer on EKS", { eks: main({ kubernetes: "1.37" }) }, `clusters.eks.pools.main.kubernetes: ${ahead}`],
  [
    "three behind in AKS's own pool",
    { aks: main({}, { azure: { systemPool: { kubernetes: "1.33" } } }) },
    `clusters.aks.azure.systemPool.kubernetes: ${behind("1.33", 3, 2)}`,
  ],
  [
    "given at all on GKE",
    { gke: main({ kubernetes: "1.36" }) },
    "clusters.gke.pools.main.kubernetes: GKE's nodes follow the release channel; take it out",
  ],
])("a pool's version can't be %s", (_what, clusters, problem) => {
  expect(saidOf(clusters)).toEqual([problem]);
});

test("an image is pinned on EKS alone, and is of the pool's version, or of the control plane's", () => {
  expect(saidOf({ eks: main({ image: "1.36.1-20260101" }) })).toEqual([]);
  expect(saidOf({ eks: main({ kubernetes: "1.35", image: "1.35.3-20260101" }) })).toEqual([]);
  expect(saidOf({ eks: main({ kubernetes: "1.35", image: "1.36.1-20260101" }) })).toEqual([
    "clusters.eks.pools.main.image: '1.36.1-20260101' is an image of another minor version than the pool's, 1.35",
  ]);
  expect(saidOf({ eks: main({ image: "1.3.1-20260101" }) })).toEqual([
    "clusters.eks.pools.main.image: '1.3.1-20260101' is an image of another minor version than the pool's, 1.36",
  ]);
  expect(saidOf({ aks: main({ image: "1.36.1" }), gke: main({ image: "1.36.1" }) })).toEqual(
    ["aks", "gke"].map((name) => `clusters.${name}.pools.main.image: only EKS pins the image of nodes; take it out`),
  );
});
