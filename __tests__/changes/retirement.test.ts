import { assertNothingDropped, droppedResources, droppedStacks } from "../../changes/retirement";
import { clusterName } from "../../model/derived/names";
import { fleetWith } from "../model/support";

const fleet = fleetWith({ clusters: { aks: undefined } });
const outputOf = (ids: readonly string[], addresses: readonly string[] = []) =>
  Object.fromEntries(ids.map((id) => [id, { addresses }]));
const kept = ["acme-global", "acme-eks-cluster", "acme-eks-priming", "acme-gke-cluster", "acme-gke-priming"];

test("nothing is dropped where every stack is still there, or where there was none", () => {
  expect(droppedStacks(fleet, { fleet: "acme", retired: [], stackIds: kept, protectedResources: {} }, kept)).toEqual([]);
  expect(droppedStacks(fleet, { retired: [], stackIds: [], protectedResources: {} }, kept)).toEqual([]);
});

test("a cluster that was never retired keeps its stacks from being dropped, each named with what to do", () => {
  const previous = {
    fleet: "acme",
    retired: [],
    stackIds: [...kept, "acme-aks-cluster", "acme-aks-priming"],
    protectedResources: {},
  };
  expect(droppedStacks(fleet, previous, kept)).toEqual([
    "stack acme-aks-cluster was in the last output and its cluster 'aks' is no longer in the fleet file, though it was never retired: put it back with `retired: true`, synthesize, destroy its stacks, and only then remove it",
    "stack acme-aks-priming was in the last output and its cluster 'aks' is no longer in the fleet file, though it was never retired: put it back with `retired: true`, synthesize, destroy its stacks, and only then remove it",
  ]);
  expect(() => assertNothingDropped(fleet, previous, outputOf(kept))).toThrow(/acme-aks-cluster.*\nstack acme-aks-priming/);
});

test("a cluster that was retired in the last output may go", () => {
  const previous = {
    fleet: "acme",
    retired: ["aks"],
    stackIds: [...kept, "acme-aks-cluster", "acme-aks-priming", "acme-aks-apps"],
    protectedResources: {},
  };
  expect(() => assertNothingDropped(fleet, previous, outputOf(kept))).not.toThrow();
});

test("of two clusters whose names begin alike only the retired one may go", () => {
  const previous = {
    fleet: "acme",
    retired: ["eu"],
    stackIds: ["acme-eu-cluster", "acme-eu-west-cluster"],
    protectedResources: {},
  };
  expect(droppedStacks(fleet, previous, []).map((line) => line.split(" ")[1])).toEqual(["acme-eu-west-cluster"]);
});

test("a stack that the file leaves nothing in must be destroyed first, and the file says that it was", () => {
  const previous = { fleet: "acme", retired: [], stackIds: [...kept, "acme-route53", "acme-eks-apps"], protectedResources: {} };
  expect(droppedStacks(fleet, previous, kept)).toEqual([
    "stack acme-route53 was in the last output and the fleet file leaves nothing in it: destroy it with the last output (terraform -chdir=stacks/acme-route53 destroy; what is to live on is forgotten before: state rm '<address>'), then list 'acme-route53' under `destroyedStacks` and synthesize again",
    "stack acme-eks-apps was in the last output and the fleet file leaves nothing in it: destroy it with the last output (terraform -chdir=stacks/acme-eks-apps destroy; what is to live on is forgotten before: state rm '<address>'), then list 'acme-eks-apps' under `destroyedStacks` and synthesize again",
  ]);
  const confirmed = fleetWith({ clusters: { aks: undefined }, destroyedStacks: ["acme-route53", "acme-eks-apps"] });
  expect(droppedStacks(confirmed, previous, kept)).toEqual([]);
});

test("a stack that is made can't be listed as destroyed: left there it could go later without a word", () => {
  const listed = fleetWith({ clusters: { aks: undefined }, destroyedStacks: ["acme-global", "acme-route53"] });
  const nothing = { retired: [], stackIds: [], protectedResources: {} };
  expect(() => assertNothingDropped(listed, nothing, outputOf(kept))).toThrow(
    /^destroyedStacks: 'acme-global' is a stack that this file makes; take it off the list$/,
  );
});

test("an output of another fleet says nothing about this one", () => {
  expect(droppedStacks(fleet, { fleet: "other", retired: [], stackIds: ["other-global"], protectedResources: {} }, kept)).toEqual(
    [],
  );
});

test("a cluster may be in another cloud only when the old one was retired, as the states are the same", () => {
  const previous = { fleet: "acme", retired: [], stackIds: kept, clouds: { eks: "azure" }, protectedResources: {} };
  expect(() => assertNothingDropped(fleet, previous, outputOf(kept))).toThrow(
    /^clusters\.eks\.cloud: was 'azure' in the last output and is 'aws' now, in the same states\./,
  );
  expect(() => assertNothingDropped(fleet, { ...previous, retired: ["eks"] }, outputOf(kept))).not.toThrow();
  expect(() => assertNothingDropped(fleet, { ...previous, clouds: { eks: "aws" } }, outputOf(kept))).not.toThrow();
});

describe("a protected resource that the next output hasn't", () => {
  const protectedResources = { "acme-eks-priming": ["aws_efs_file_system.files", "aws_eip.nat"] };
  const previous = { fleet: "acme", retired: [], stackIds: kept, protectedResources };

  test("is refused, as Terraform would destroy it, and what to do is said", () => {
    const next = outputOf(kept, ["aws_eip.nat"]);
    expect(droppedResources(fleet, previous, next)).toEqual([
      "stack acme-eks-priming: aws_efs_file_system.files is protected from deletion, and the fleet file no longer makes it: Terraform would destroy it with all that is inside. Put back what you took out. If it is to go, synthesize and apply the file as it was --without-deletion-protection, then change it; if it is to live on without Terraform, synthesize the same, then forget it (terraform -chdir=stacks/acme-eks-priming state rm '<address>'), then change the file",
    ]);
    expect(() => assertNothingDropped(fleet, previous, next)).toThrow(/^stack acme-eks-priming: aws_efs_file_system.files/);
  });

  test("is one message with the others of its stack", () => {
    expect(droppedResources(fleet, previous, outputOf(kept))).toEqual([
      expect.stringMatching(/^stack acme-eks-priming: 2 resources are .* \(aws_efs_file_system.files, aws_eip.nat\)/),
    ]);
  });

  test("may go with its whole stack, and doesn't matter in another fleet's output", () => {
    expect(droppedResources(fleet, previous, outputOf(["acme-global"]))).toEqual([]);
    expect(droppedResources(fleet, { ...previous, fleet: "other" }, outputOf(kept))).toEqual([]);
  });
});

test("the longest fleet and cluster make a name that GKE, the strictest, takes", () => {
  expect(clusterName("f".repeat(16), "c".repeat(20)).length).toBeLessThanOrEqual(40);
});
