import type { Move } from "../../changes/upgrade/moves";
import { afterwards } from "../../cli/upgrade/print";
import { sideOf } from "../changes/support";
import { type Data, over, SOUND } from "../model/support";

const aks = (cidr: string) => ({ cloud: "azure", region: "uksouth", network: { cidr } });
const bare = { addons: { certManager: { enabled: false }, ingress: { controller: "none" } } };
const fleet = (clusters: Data) =>
  sideOf(over(SOUND, { clusters: { eks: undefined, aks: undefined, gke: undefined, ...clusters } }));
const pool = (cluster: string): Move => ({
  cluster,
  path: [],
  what: "pool main",
  from: "1.36",
  to: "1.35",
  notes: [],
  pin: { field: "pools", key: "main" },
});
const plane = (cluster: string): Move => ({ ...pool(cluster), pin: { field: "kubernetes" } });
const words = (side: ReturnType<typeof fleet>, moves: readonly Move[], back: boolean) =>
  afterwards({ file: "f.yaml", lock: "f.lock.json", fleet: side.fleet, stacks: side.stacks, moves, back }).trim().split("\n");

test("a cluster whose name ends as another's has its own stacks and commands", () => {
  const side = fleet({ "us-west": aks("10.1.0.0/16"), west: aks("10.2.0.0/16") });
  expect(words(side, [plane("west")], false)).toEqual([
    "Commit f.yaml and f.lock.json, then apply acme-west-cluster.",
    "When you are content, the pools: npm run upgrade -- f.yaml --clusters west --pools",
  ]);
  const back = words(side, [pool("west")], true);
  expect(back.slice(2)).toEqual([
    "  az aks nodepool rollback --resource-group acme-west --cluster-name acme-west --name main",
    "  az aks nodepool rollback --resource-group acme-west --cluster-name acme-west --name system",
  ]);
});

test("only EKS's control planes are said to go back after their pools", () => {
  const side = fleet({
    eks: { cloud: "aws", region: "eu-west-1", network: { cidr: "10.1.0.0/16" }, ...bare },
    aks: aks("10.2.0.0/16"),
  });
  expect(words(side, [pool("aks")], true).join()).not.toContain("EKS");
  // with EKS's control plane its autoscaler moves
  expect(words(side, [plane("eks"), plane("aks")], false)[0]).toMatch(
    /then apply acme-eks-cluster, acme-aks-cluster, and after that acme-eks-priming\.$/,
  );
  expect(words(side, [pool("aks"), pool("eks")], true).at(-1)).toBe(
    "Then EKS's control planes, in an apply of their own: npm run upgrade -- f.yaml --clusters eks --back",
  );
});
