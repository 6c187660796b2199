import { upgradeCharts } from "../../changes/upgrade/charts";
import { edited, movedAlong, writtenElsewhere } from "../../changes/upgrade/edit";
import { pinEks, questions } from "../../changes/upgrade/eks";
import { chain, goBack, upgradeControlPlanes, upgradePools } from "../../changes/upgrade/kubernetes";
import { type Move, movedPins } from "../../changes/upgrade/moves";
import { outdatedCharts } from "../../changes/upgrade/outdated";
import { CHARTS, releaseOf } from "../../model/add-ons/charts";
import { readLayers } from "../../model/reading/layers";
import type { MadeCluster } from "../../model/schema/cluster";
import type { Fleet, Pins } from "../../model/schema/fleet";
import { fleetWith, problemsWith } from "../model/support";
import { one, sideOf } from "./support";
import { at, fleet, own, said } from "./upgrade-support";

const cluster = (of: Fleet, name: string) => of.clusters.find((one) => one.name === name) as MadeCluster;

describe("an upgrade there and back", () => {
  const first = fleet(at("1.35"));
  const up = upgradeControlPlanes(first, []);
  const pins = movedPins(at("1.35"), up.moves);
  const upgraded = fleet(pins);

  test("moves the control planes one minor, and says until when it is supported and how long the way back is open", () => {
    expect(said(up)).toEqual([
      "eks: control plane 1.35 → 1.36",
      "aks: control plane 1.35 → 1.36",
      "gke stays: GKE moves it by itself, by its channel",
    ]);
    expect(up.moves[0]!.notes).toEqual([
      "EKS supports 1.36 until 2027-08-02",
      "back to 1.35 is open for seven days, as long as the pools stay (--back)",
    ]);
    expect(up.moves[1]!.notes.at(-1)).toMatch(/upgradeChannel 'patch' may move the pools by itself/);
  });

  test("leaves the pools where they are, until they are told to follow", () => {
    expect(cluster(upgraded, "eks")).toMatchObject({ kubernetes: "1.36", pools: { main: { kubernetes: "1.35" } } });
    expect(cluster(upgraded, "aks")).toMatchObject({ azure: { systemPool: { kubernetes: "1.35" } } });
    expect(said(upgradeControlPlanes(upgraded, ["eks"]))).toEqual([
      "eks stays: its pools main (1.35) are behind 1.36: let them follow first, with --pools",
    ]);
    const follow = upgradePools(upgraded, []);
    expect(said(follow)).toEqual([
      "eks: pool main 1.35 → 1.36",
      "aks: pool main 1.35 → 1.36",
      "aks: pool system 1.35 → 1.36",
      "gke stays: GKE's pools follow the channel by themselves",
    ]);
    expect(follow.moves.map(({ path }) => path.join("."))).toEqual([
      "pools.main.kubernetes",
      "pools.main.kubernetes",
      "azure.systemPool.kubernetes",
    ]);
    const followed = fleet(movedPins(pins, follow.moves));
    expect(cluster(followed, "eks").pools.main!.kubernetes).toBeUndefined();
    expect(said(upgradePools(followed, ["eks"]))).toEqual(["eks stays: its pools are at 1.36 already"]);
  });

  test("goes back in the order of each cloud: EKS's pools, then its control plane; AKS's pools alone; GKE not at all", () => {
    const followed = movedPins(pins, upgradePools(upgraded, []).moves);
    const back = goBack(fleet(followed), []);
    expect(said(back)).toEqual([
      "eks: pool main 1.36 → 1.35",
      "aks: pool main 1.36 → 1.35",
      "aks: pool system 1.36 → 1.35",
      "gke stays: GKE's way back is a two-step upgrade (rollbackSafeUpgrade of its API), which the provider google 6.50 doesn't have",
    ]);
    const half = movedPins(followed, back.moves);
    const plane = goBack(fleet(half), ["eks", "aks"]);
    expect(plane.moves.map(({ path }) => path)).toEqual([["kubernetes"]]);
    expect(said(plane)).toEqual([
      "eks: control plane 1.36 → 1.35",
      "aks stays: its pools are back already, and AKS never takes the control plane back",
    ]);
  });

  test("of a control plane drops the pins of images and of EKS's add-ons, which are of one minor version", () => {
    const held = {
      ...at("1.35"),
      eks: { ...at("1.35").eks!, eksAddons: { coredns: "v1.13.1-eksbuild.1" }, images: { main: "1.35.1-20261112" } },
    };
    expect(cluster(fleet(held), "eks")).toMatchObject({
      aws: { addonVersions: { coredns: "v1.13.1-eksbuild.1" } },
      pools: { main: { image: "1.35.1-20261112" } },
    });
    const moved = movedPins(held, upgradeControlPlanes(fleet(held), ["eks"]).moves);
    expect(moved.eks).toEqual(own("1.36", { main: "1.35" }));
    // by hand too
    const edited = cluster(fleet(held, { clusters: { eks: { kubernetes: "1.36" } } }), "eks");
    expect(edited).toMatchObject({
      aws: { addonVersions: {} },
      pools: { main: { kubernetes: "1.35", image: "1.35.1-20261112" } },
    });
  });

  test("to a version further away is a chain of steps with their waits", () => {
    expect(chain(cluster(first, "eks"), "1.37")).toEqual([
      "eks: control plane to 1.36 (supported until 2027-08-02), apply, and look at it: the way back is open for seven days",
      "eks: pools to 1.36 (--pools), apply, and wait until every node is replaced",
      "eks: control plane to 1.37 (not known to this catalogue yet: a newer Meridian may know it), apply, and look at it: the way back is open for seven days",
      "eks: pools to 1.37 (--pools), apply, and wait until every node is replaced",
    ]);
    expect(chain(cluster(first, "eks"), "1.35")).toEqual(["eks is at 1.35: 1.35 is not ahead of it"]);
  });
});

test("pools newer than their control plane, too far behind it, or on GKE are refused", () => {
  const pool = (name: string, kubernetes: string) => ({
    clusters: { [name]: { kubernetes: "1.36", pools: { main: { kubernetes } } } },
  });
  expect(problemsWith(pool("eks", "1.37"))).toEqual([
    expect.stringMatching(/pools\.main\.kubernetes: nodes of '1\.37' can't be newer than their control plane, which is 1\.36/),
  ]);
  expect(problemsWith(pool("aks", "1.33"))).toEqual([
    expect.stringMatching(/'1\.33' are 3 minor versions behind .*; 2 are the most/),
  ]);
  expect(problemsWith(pool("eks", "1.33"))).toEqual([]);
  expect(problemsWith(pool("gke", "1.36"))).toEqual([
    expect.stringMatching(/GKE's nodes follow the release channel; take it out/),
  ]);
  const image = (name: string, text: string) => ({ clusters: { [name]: { pools: { main: { image: text } } } } });
  expect(problemsWith(image("eks", "1.35.1-20261112"))).toEqual([
    expect.stringMatching(/'1\.35\.1-20261112' is an image of another minor version than the pool's, 1\.36/),
  ]);
  expect(problemsWith(image("aks", "1.36.1-20261112"))).toEqual([expect.stringMatching(/only EKS pins the image of nodes/)]);
});

test("charts go to this Meridian's versions, but for those that the fleet file pins", () => {
  const held: Pins = { eks: { ...own("1.36"), charts: { traefik: "40.0.0", "metrics-server": "3.12.0" } } };
  const pinned = fleet(held, { clusters: { eks: { addons: { metricsServer: { version: "3.12.0" } } } } });
  const result = said(upgradeCharts(pinned, ["eks"]));
  expect(result).toEqual([
    expect.stringMatching(/^eks: chart traefik 40\.0\.0 → \d/),
    "eks stays: chart metrics-server is pinned to 3.12.0 by the fleet file",
  ]);
  expect(said(upgradeCharts(fleet(at("1.36")), ["gke"]))).toEqual([
    "gke stays: its charts are at this Meridian's versions already",
  ]);
});

test("a chart older than this Meridian's last two pins must move first, unless the fleet file holds it", () => {
  const held: Pins = { eks: { ...own("1.36"), charts: { traefik: "1.0.0" } } };
  expect(outdatedCharts(fleet(held))).toEqual([
    {
      path: ["clusters", "eks", "addons"],
      message: expect.stringMatching(/^chart traefik is at 1\.0\.0 by the lock file, .* --only charts\)/),
    },
  ]);
  expect(outdatedCharts(fleet(held, { clusters: { eks: { addons: { ingress: { version: "1.0.0" } } } } }))).toEqual([]);
  expect(outdatedCharts(fleet({}))).toEqual([]);
});

const previousPins = Object.fromEntries(
  Object.values(CHARTS).flatMap((pin) => (pin.previous === undefined ? [] : [[releaseOf(pin), pin.previous]])),
);

test.each(["traefik", "envoy-gateway"])(
  "a lock may hold each chart at the pin before, and its release stays: %s",
  (controller) => {
    const eks = { ...own("1.36"), charts: previousPins };
    const settings = { addons: { ingress: { controller } } };
    expect(outdatedCharts(fleet({ eks }, { clusters: { eks: settings } }))).toEqual([]);
    const made = Object.entries(sideOf(one("eks", settings), { eks }).lock.clusters.eks!.charts!);
    expect(made.map(([release]) => release)).toContain(controller);
    expect(made).toEqual(made.map(([release]) => [release, previousPins[release]]));
  },
);

test("a chart whose release has another name than the chart is judged and moved like the others", () => {
  const settings = { clusters: { eks: { addons: { ingress: { controller: "envoy-gateway" } } } } };
  const held = (version: string): Pins => ({ eks: { ...own("1.36"), charts: { "envoy-gateway": version } } });
  expect(outdatedCharts(fleet(held("v1.0.0"), settings)).map(({ message }) => message)).toEqual([
    expect.stringMatching(/^chart gateway-helm is at v1\.0\.0 by the lock file/),
  ]);
  const { moves } = upgradeCharts(fleet(held("v1.8.3"), settings), ["eks"]);
  expect(movedPins(held("v1.8.3"), moves).eks!.charts["envoy-gateway"]).toBe(CHARTS["gateway-helm"].version);
});

test("what EKS installs is pinned to what AWS answers", () => {
  const here = fleet(at("1.36"));
  expect(questions(here, [], "images")).toEqual([
    {
      cluster: "eks",
      key: "main",
      ask: expect.arrayContaining([
        "ssm",
        "/aws/service/eks/optimized-ami/1.36/amazon-linux-2023/x86_64/standard/recommended/release_version",
      ]),
    },
  ]);
  const upgrade = pinEks(here, [], "addons", new Map([["eks/coredns", "v1.13.1-eksbuild.1"]]));
  expect(said(upgrade)[0]).toBe("eks: add-on coredns AWS's choice → v1.13.1-eksbuild.1");
  expect(movedPins(at("1.36"), upgrade.moves).eks!.eksAddons).toEqual({ coredns: "v1.13.1-eksbuild.1" });
});

describe("a version that the fleet file names", () => {
  const text = `# ours\nfleet: f\ndefaults: { pools: { main: { kubernetes: '1.35' } } }\nclusters:\n  eks:\n    kubernetes: "1.35" # since May\n  aks: { kubernetes: '1.35' }\n`;
  const move = (name: string, path: readonly string[]): Move => ({
    cluster: name,
    path,
    what: "",
    from: "1.35",
    to: "1.36",
    notes: [],
    pin: { field: "kubernetes" },
  });

  test("is changed there, and every other character stays", () => {
    expect(edited(text, [move("eks", ["kubernetes"]), move("aks", ["kubernetes"])])).toBe(
      text.replace('"1.35" # since', '"1.36" # since').replace("aks: { kubernetes: '1.35' }", 'aks: { kubernetes: "1.36" }'),
    );
    expect(edited(text, [move("gke", ["kubernetes"])])).toBe(text);
  });

  test("is known by who says it", () => {
    const base = { "base.yaml": 'clusters:\n  two: { kubernetes: "1.34" }\n' } as const;
    const own = `extends: base.yaml\n${text}  three: &same\n    kubernetes: "1.35"\n  four: *same\n`;
    const { layers } = readLayers(own, "f.yaml", () => ({ text: base["base.yaml"], name: "base.yaml" }));
    const where = (name: string, ...path: readonly string[]) => writtenElsewhere(own, layers, move(name, path));
    expect(where("eks", "kubernetes")).toBeUndefined();
    expect(where("eks", "pools", "main", "kubernetes")).toBe("f.yaml:4:42");
    expect(where("gke", "kubernetes")).toBeUndefined();
    expect(where("two", "kubernetes")).toBe("base.yaml:2:22");
    expect(where("four", "kubernetes")).toMatch(/^f\.yaml:\d+:\d+$/);
  });

  test("is not moved behind an anchor, for a cluster that was not asked to move", () => {
    const at = (version: string, own?: string) =>
      fleetWith({ clusters: { eks: { kubernetes: version }, aks: { kubernetes: own ?? version } } });
    expect(movedAlong(at("1.34"), at("1.35"), [move("eks", ["kubernetes"])])).toEqual(["aks"]);
    expect(movedAlong(at("1.34"), at("1.35", "1.34"), [move("eks", ["kubernetes"])])).toEqual([]);
    const systemPool = (kubernetes: string) =>
      fleetWith({ clusters: { aks: { kubernetes: "1.36", azure: { systemPool: { kubernetes } } } } });
    expect(movedAlong(systemPool("1.35"), systemPool("1.36"), [])).toEqual(["aks"]);
  });
});
