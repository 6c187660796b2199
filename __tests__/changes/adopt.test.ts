import { madeBy } from "../../changes/diff/diff";
import { judge } from "../../changes/judge";
import { adoptedLock, withObjects } from "../../changes/lock/adopt";
import type { Remembered } from "../../output/memory";
import { over, SOUND } from "../model/support";
import { one, said, sideOf } from "./support";

const remembered: Remembered = {
  stacks: ["acme-old-cluster"],
  retired: ["old"],
  clouds: { old: "aws" },
  protected: { "acme-old-cluster": ["aws_eks_cluster.x"] },
};

test("a fleet without an output and without a memory has nothing to be compared with", () => {
  expect(adoptedLock("acme", [])).toBeUndefined();
});

test("an output of before locks keeps every cloud's versions, of control planes, pools and charts, and what is protected", () => {
  const made = sideOf(
    over(SOUND, { clusters: { eks: { kubernetes: "1.34" }, aks: { kubernetes: "1.35" }, gke: { kubernetes: "1.34" } } }),
  );
  const adopted = adoptedLock("acme", made.stacks)!;
  for (const [name, { cloud, kubernetes, charts }] of Object.entries(made.lock.clusters))
    expect([name, adopted.clusters[name]]).toMatchObject([name, { cloud, kubernetes, charts }]);
  expect(["eks", "aks", "gke"].map((name) => adopted.clusters[name]!.pools)).toEqual([
    { main: { kubernetes: "1.34" } },
    { main: { kubernetes: "1.35" } },
    {},
  ]);
  expect(adopted.stacks).toEqual(made.lock.stacks);
});

test("what meridian.json of Meridian 0.1 says is believed where there is no output", () => {
  expect(adoptedLock("acme", [], remembered)).toMatchObject({
    clusters: { old: { cloud: "aws", retired: true, charts: {} } },
    stacks: { "acme-old-cluster": { digest: "", protected: ["aws_eks_cluster.x"] } },
  });
  expect(adoptedLock("acme", [], remembered)!.clusters.old).not.toHaveProperty("kubernetes");
});

test("a lock that doesn't say what is on an existing cluster is completed by the last output; one that does is believed", () => {
  const existing = (addons: object) =>
    sideOf(
      one("eks", {
        cloud: "existing",
        network: undefined,
        existing: { endpoint: "https://k.example.com", exec: { command: "x" }, ingress: { ips: ["198.51.100.4"] } },
        addons,
      }),
    );
  const [primed, bare] = [
    existing({ gatewayApi: { enabled: true }, guards: { unplannedLoadBalancers: "refuse" } }),
    existing({}),
  ];
  expect([primed!.lock.clusters.eks!.objects, bare!.lock.clusters.eks!.objects]).toEqual([
    ["gateway-api", "load-balancer-guard"],
    [],
  ]);
  const { objects: _, ...silent } = primed!.lock.clusters.eks!;
  const older = { ...primed!.lock, clusters: { eks: silent } };
  const last = () => adoptedLock("acme", primed!.stacks);
  expect(withObjects(older, last)).toEqual(primed!.lock);
  expect(withObjects(older, () => undefined)).toEqual(older);
  expect(withObjects(bare!.lock, last)).toEqual(bare!.lock);
  const change = { before: withObjects(older, last), after: bare!.lock, made: madeBy(bare!.stacks) };
  expect(said(judge(change))).toEqual(["refused addon-of-existing-cluster", "refused addon-of-existing-cluster"]);
  expect(said(judge({ ...change, before: older }))).toEqual([]);
});
