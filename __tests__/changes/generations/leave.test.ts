import { stringify } from "yaml";
import { drop, retire, stacksOf } from "../../../changes/generations/leave";
import type { Lock } from "../../../changes/lock/lock";
import { parseFleet } from "../../../model/reading/load";
import { type Data, over, SOUND } from "../../model/support";

const lockOf = (retired: boolean, ...stacks: readonly string[]): Lock =>
  ({ fleet: "acme", clusters: { gke: { retired }, eks: {} }, stacks: Object.fromEntries(stacks.map((id) => [id, {}])) }) as never;
const retired = (more: Data = {}): Data => over(over(SOUND, { clusters: { gke: { retired: true } } }), more);
const dropped = (data: Data, lock = lockOf(true), empty: readonly string[] = []) => {
  const text = stringify(data);
  return drop(text, parseFleet(text, "f.yaml"), "gke", lock, empty);
};
const left = (more: Data) => parseFleet(dropped(retired(more)).text, "f.yaml");

test.each([
  [["aks", "gke"], ["aks"]],
  [["gke", "aks"], ["aks"]],
  [["gke"], []],
  [["aks"], ["aks"]],
])("drop: of those that are drained, %j, stay %j", (drain, stay) => {
  expect(left({ drain }).drain).toEqual(stay);
});

test("drop: a wave of several keeps the others, in any place, and an application what differs elsewhere", () => {
  const { waves, apps } = left({
    waves: { first: ["aks", "gke"], rest: ["eks"] },
    apps: {
      shop: {
        image: { repository: "ghcr.io/acme/shop", tag: "1" },
        perCluster: { gke: { values: { replicas: 1 } }, eks: { values: { replicas: 2 } } },
      },
    },
  });
  expect(waves).toEqual({ first: ["aks"], rest: ["eks"] });
  expect(Object.keys(apps.shop!.perCluster)).toEqual(["eks"]);
});

test("drop: what is listed as destroyed is not listed twice, and stacks of other clusters are left alone", () => {
  const lock = lockOf(true, "acme-eks-cluster", "acme-gke-apps", "acme-gke-cluster", "acme-route53");
  expect(stacksOf(lock, "gke")).toEqual(["acme-gke-apps", "acme-gke-cluster"]);
  const step = dropped(retired({ destroyedStacks: ["acme-gke-cluster"] }), lock, ["acme-gke-apps"]);
  expect(parseFleet(step.text, "f.yaml").destroyedStacks).toEqual(["acme-gke-cluster", "acme-gke-apps"]);
  expect([step.said, step.check, step.next]).toEqual([
    ["clusters.gke: out of the file"],
    ["commit; `destroyedStacks` can go with the next change"],
    undefined,
  ]);
});

test("drop: one that the file or the lock has as serving stays", () => {
  expect(() => dropped(SOUND)).toThrow("'gke' is not retired in the committed lock file");
  expect(() => dropped(retired(), lockOf(false))).toThrow("'gke' is not retired in the committed lock file");
});

test("retire: one with a share of nothing leaves its groups; one with a share, or of another policy, serves still", () => {
  const retiring = (names: Data, more: Data = {}) => {
    const text = stringify(over(over(SOUND, more), { names }));
    return retire(text, parseFleet(text, "f.yaml"), "gke");
  };
  const shares = (weight: number) => ({ policy: "weighted", members: ["eks", { cluster: "gke", weight }] });
  const step = retiring({ app: shares(0), www: { policy: "simple", members: ["eks"] } });
  expect(step.said).toEqual(["clusters.gke: retired", "names.app: without gke"]);
  expect(step.check).toEqual([
    "apply the names' stack; what else is listed of gke goes with it, and needs no apply",
    "gke gets no requests any more: its ingress controller's log",
    "commit the lock file: only then gke can be torn down",
    "then: npm run teardown -- FLEET --cluster gke",
  ]);
  expect(step.next).toEqual(["drop", "gke"]);
  const after = parseFleet(step.text, "f.yaml");
  expect(after.clusters.find(({ name }) => name === "gke")!.retired).toBe(true);
  expect(after.names.app!.members).toEqual(["eks"]);
  const serves = /^'gke' still takes traffic of app: shift it to another first \(shift CLUSTER 100\), apply, and wait/;
  expect(() => retiring({ app: shares(1) })).toThrow(serves);
  expect(() => retiring({ app: { policy: "failover", members: ["eks", "gke"] } })).toThrow(serves);
  expect(() => retiring({}, { clusters: { gke: { retired: true } } })).toThrow("'gke' is retired already");
});
