import { clusterName } from "../../model/names";
import { assertNothingDropped, droppedStacks } from "../../model/retirement";
import { fleetWith } from "./support";

const fleet = fleetWith({ clusters: { aks: undefined } });
const kept = ["acme-global", "acme-eks-cluster", "acme-eks-priming", "acme-gke-cluster", "acme-gke-priming"];

test("nothing is dropped where every stack is still there, or where there was none", () => {
  expect(droppedStacks(fleet, { fleet: "acme", retired: [], stackIds: kept }, kept)).toEqual([]);
  expect(droppedStacks(fleet, { retired: [], stackIds: [] }, kept)).toEqual([]);
});

test("a cluster that was never retired keeps its stacks from being dropped, each named with what to do", () => {
  const previous = { fleet: "acme", retired: [], stackIds: [...kept, "acme-aks-cluster", "acme-aks-priming"] };
  expect(droppedStacks(fleet, previous, kept)).toEqual([
    "stack acme-aks-cluster was in the last output and its cluster 'aks' is no longer in the fleet file, though it was never retired: put it back with `retired: true`, synthesize, destroy its stacks, and only then remove it",
    "stack acme-aks-priming was in the last output and its cluster 'aks' is no longer in the fleet file, though it was never retired: put it back with `retired: true`, synthesize, destroy its stacks, and only then remove it",
  ]);
  expect(() => assertNothingDropped(fleet, previous, kept)).toThrow(/acme-aks-cluster.*\nstack acme-aks-priming/);
});

test("a cluster that was retired in the last output may go", () => {
  const previous = {
    fleet: "acme",
    retired: ["aks"],
    stackIds: [...kept, "acme-aks-cluster", "acme-aks-priming", "acme-aks-apps"],
  };
  expect(() => assertNothingDropped(fleet, previous, kept)).not.toThrow();
});

test("of two clusters whose names begin alike only the retired one may go", () => {
  const previous = { fleet: "acme", retired: ["eu"], stackIds: ["acme-eu-cluster", "acme-eu-west-cluster"] };
  expect(droppedStacks(fleet, previous, []).map((line) => line.split(" ")[1])).toEqual(["acme-eu-west-cluster"]);
});

test("a stack that the file leaves nothing in must be destroyed first, and the file says that it was", () => {
  const previous = { fleet: "acme", retired: [], stackIds: [...kept, "acme-route53", "acme-eks-apps"] };
  expect(droppedStacks(fleet, previous, kept)).toEqual([
    "stack acme-route53 was in the last output and the fleet file leaves nothing in it: destroy it with the last output (terraform -chdir=stacks/acme-route53 destroy), then list 'acme-route53' under `destroyedStacks` and synthesize again",
    "stack acme-eks-apps was in the last output and the fleet file leaves nothing in it: destroy it with the last output (terraform -chdir=stacks/acme-eks-apps destroy), then list 'acme-eks-apps' under `destroyedStacks` and synthesize again",
  ]);
  const confirmed = fleetWith({ clusters: { aks: undefined }, destroyedStacks: ["acme-route53", "acme-eks-apps"] });
  expect(droppedStacks(confirmed, previous, kept)).toEqual([]);
});

test("an output of another fleet says nothing about this one", () => {
  expect(droppedStacks(fleet, { fleet: "other", retired: [], stackIds: ["other-global"] }, kept)).toEqual([]);
});

test("the longest fleet and cluster make a name that GKE, the strictest, takes", () => {
  expect(clusterName("f".repeat(16), "c".repeat(20)).length).toBeLessThanOrEqual(40);
});
