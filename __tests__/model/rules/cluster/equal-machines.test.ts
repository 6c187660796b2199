import { equalMachines } from "../../../../model/rules/cluster/equal-machines";
import type { Pool } from "../../../../model/schema/pool";
import { type Data, fleetWith } from "../../support";

const SPOT: Data = { clusters: { eks: { pools: { main: {}, spot: { spot: true } } } } };

/** What the rule says of machines in one pool, whether or not EC2 has them. */
function problemsOf(machines: readonly string[]) {
  const fleet = fleetWith(SPOT);
  const clusters = fleet.clusters.map((cluster) => {
    if (cluster.cloud !== "aws") return cluster;
    const pool: Pool = { ...cluster.pools.spot!, machines: [...machines] };
    return { ...cluster, pools: { ...cluster.pools, spot: pool } };
  });
  return equalMachines({ ...fleet, clusters });
}

const placesOf = (machines: readonly string[]) => problemsOf(machines).map(({ path }) => path.at(-1));

test("machines of unequal size follow from the first of them, the pool's size and the autoscaler", () => {
  const at = (...field: (string | number)[]) => ["clusters", "eks", ...field];
  expect(problemsOf(["m6i.xlarge", "m6i.2xlarge"])).toEqual([
    expect.objectContaining({
      path: at("pools", "spot", "machines", 1),
      because: [
        at("pools", "spot", "machines", 0),
        at("pools", "spot", "min"),
        at("pools", "spot", "max"),
        at("addons", "clusterAutoscaler"),
      ],
    }),
  ]);
});

test.each([
  ["a family whose memory the letters don't tell, behind one where they do", ["m6i.xlarge", "i4i.xlarge"]],
  ["a family whose memory the letters don't tell, before one where they do", ["i4i.xlarge", "m6i.xlarge"]],
  ["a family with more than letters before its generation", ["m6i.xlarge", "u-6tb1.56xlarge"]],
  ["a size with more behind it", ["m6i.xlarge", "m6i.2xlarge-x"]],
  ["a machine without a size, first", ["m5.metal", "m6i.xlarge"]],
  ["a machine below large", ["m6i.xlarge", "t3.medium"]],
  ["one machine alone", ["m6i.xlarge"]],
])("nothing is said of %s", (_what, machines) => {
  expect(placesOf(machines)).toEqual([]);
});

test.each([
  ["large and xlarge", ["m6i.large", "m6i.xlarge"], [1]],
  ["half the memory, and a machine like the first after it", ["m6i.large", "c6i.large", "m7a.large"], [1]],
  ["twice the memory, last", ["c6i.large", "c7i.large", "m6i.large"], [2]],
  ["twice the memory of general purpose", ["m6i.large", "r6i.large"], [1]],
  ["another size of a family whose memory nobody tells", ["i4i.large", "i4i.xlarge"], [1]],
])("%s differ", (_what, machines, places) => {
  expect(placesOf(machines)).toEqual(places);
});
