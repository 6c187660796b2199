import { chain, goBack, upgradeControlPlanes, upgradePools } from "../../../changes/upgrade/kubernetes";
import type { MadeCluster } from "../../../model/schema/cluster";
import { type Data, fleetWith } from "../../model/support";
import { at, fleet, own, said } from "../upgrade-support";

const aks = (azure: Data) => fleetWith({ clusters: { aks: { kubernetes: "1.35", azure } } });

test.each([
  ["none", "aks: control plane 1.35 → 1.36", []],
  [
    "patch",
    "aks: control plane 1.35 → 1.36",
    ["upgradeChannel 'patch' may move the pools by itself and close that: write none until you are content"],
  ],
  [
    "node-image",
    "aks: control plane 1.35 → 1.36",
    ["upgradeChannel 'node-image' may move the pools by itself and close that: write none until you are content"],
  ],
  ["stable", "aks stays: AKS moves it by itself, by its channel", undefined],
  ["rapid", "aks stays: AKS moves it by itself, by its channel", undefined],
])("AKS by the channel %s: %s", (upgradeChannel, line, notes) => {
  const read = aks({ upgradeChannel });
  const up = upgradeControlPlanes(read, ["aks"]);
  expect(said(up)).toEqual([line]);
  expect(up.moves[0]?.notes.slice(2)).toEqual(notes);
  const steps = chain(read.clusters.find(({ name }) => name === "aks") as MadeCluster, "1.36");
  expect(steps[0]).toMatch(notes ? /^aks: control plane to 1\.36/ : /^aks: AKS moves it by itself, by its channel$/);
});

test("a move says all that is known of it: where it is written, and which pin it is of", () => {
  const [eks, azure] = upgradeControlPlanes(fleet(at("1.35")), []).moves;
  expect(eks).toEqual({
    cluster: "eks",
    path: ["kubernetes"],
    what: "control plane",
    from: "1.35",
    to: "1.36",
    notes: ["EKS supports 1.36 until 2027-08-02", "back to 1.35 is open for seven days, as long as the pools stay (--back)"],
    pin: { field: "kubernetes" },
  });
  expect(azure!.notes.slice(0, 2)).toEqual([
    "AKS supports 1.36 until 2027-06-30",
    "AKS never takes the control plane back; pools go back within seven days of their own upgrade (--back)",
  ]);
  const behind = fleet({ ...at("1.36"), eks: own("1.36", { main: "1.35" }) });
  expect(upgradePools(behind, ["eks"]).moves).toEqual([
    {
      cluster: "eks",
      path: ["pools", "main", "kubernetes"],
      what: "pool main",
      from: "1.35",
      to: "1.36",
      notes: ["nodes are replaced a third at a time"],
      pin: { field: "pools", key: "main" },
    },
  ]);
});

test("the way back is of one version: pools ahead of it first, those at it stay, and the pins go with the control plane", () => {
  const back = goBack(
    fleet(
      { ...at("1.36"), eks: own("1.36", { main: "1.36", more: "1.35" }) },
      {
        clusters: { eks: { pools: { main: {}, more: {} } } },
      },
    ),
    ["eks"],
  );
  expect(said(back)).toEqual(["eks: pool main 1.36 → 1.35"]);
  expect(back.moves[0]!.notes).toEqual(["only within seven days of its upgrade to 1.36"]);
  const pinned = fleet(
    { eks: own("1.36", { main: "1.35" }) },
    {
      clusters: { eks: { aws: { addonVersions: { coredns: "v1.13.1-eksbuild.1" } } } },
    },
  );
  expect(goBack(pinned, ["eks"]).moves).toEqual([
    {
      cluster: "eks",
      path: ["kubernetes"],
      what: "control plane",
      from: "1.36",
      to: "1.35",
      notes: [
        "only within seven days of its upgrade, one version, and where it was upgraded in place",
        "apply it alone",
        "the pins for 1.36 go (coredns): AWS chooses, until --only addons and --only images pin others",
      ],
      pin: { field: "kubernetes" },
    },
  ]);
});

test("a pool of EKS that is called system is a pool like others", () => {
  const read = fleet(
    { eks: own("1.36", { main: "1.36", system: "1.35" }) },
    { clusters: { eks: { pools: { main: {}, system: {} } } } },
  );
  expect(upgradePools(read, ["eks"]).moves.map(({ path }) => path.join("."))).toEqual(["pools.system.kubernetes"]);
});

test("a cluster that something else made stays, and a version that nobody knows is not moved to", () => {
  const existing = {
    cloud: "existing",
    region: "eu-west-1",
    existing: { endpoint: "https://a.example.com", exec: { command: "x" }, ingress: { ips: ["192.0.2.1"] } },
  };
  const read = fleetWith({ clusters: { theirs: existing } });
  for (const upgrade of [upgradeControlPlanes, upgradePools, goBack])
    expect(said(upgrade(read, ["theirs"]))).toEqual(["theirs stays: something else made it"]);
  const newest = fleetWith({ clusters: { eks: { kubernetes: "1.36" } } });
  expect(said(upgradeControlPlanes(newest, ["eks"]))).toEqual(["eks stays: EKS has no 1.37 that this catalogue knows"]);
  expect(chain(newest.clusters.find(({ name }) => name === "eks") as MadeCluster, "1.34")).toEqual([
    "eks is at 1.36: 1.34 is not ahead of it",
  ]);
});
