import { stringify } from "yaml";
import { edited, pinsLeft } from "../../changes/upgrade/edit";
import { chain, upgradeControlPlanes } from "../../changes/upgrade/kubernetes";
import { parseFleet } from "../../model/reading/load";
import type { MadeCluster } from "../../model/schema/cluster";
import { type Data, fleetWith, over, SOUND } from "../model/support";

const PINS = { coredns: "v1.13.1-eksbuild.1" };
const planes = (changes: Data, eks = "eks") => upgradeControlPlanes(fleetWith(changes), [eks]).moves;

describe("pins of one minor version that the fleet file names", () => {
  const text = `clusters:
  eks:
    # ours
    kubernetes: "1.35"
    aws: { addonVersions: { coredns: "v1.13.1-eksbuild.1" }, logTypes: [audit] }
    pools:
      main:
        image: 1.35.1-20261112
      more: { image: 1.35.1-20261112, min: 2 } # busy
  other:
    aws:
      addonVersions: { coredns: "v1.13.1-eksbuild.1" }
`;
  const moves = planes({ clusters: { eks: { kubernetes: "1.35" } } });

  test("go with it; every other character stays, and no entry is left with nothing behind it", () => {
    expect(edited(text, moves)).toBe(`clusters:
  eks:
    # ours
    kubernetes: "1.36"
    aws: { logTypes: [audit] }
    pools:
      main:
        {}
      more: { min: 2 } # busy
  other:
    aws:
      addonVersions: { coredns: "v1.13.1-eksbuild.1" }
`);
    const alone = 'clusters:\n  eks:\n    kubernetes: "1.35"\n    aws: { addonVersions: { coredns: v1 } }\n';
    expect(edited(alone, moves)).toBe('clusters:\n  eks:\n    kubernetes: "1.36"\n    aws: {}\n');
  });

  test("stay where only the pools or the charts move", () => {
    expect(edited(text, [{ ...moves[0]!, path: ["pools", "none"], pin: { field: "pools", key: "main" } }])).toBe(text);
  });

  test("are said before they go, and said to be left where they are written for several clusters", () => {
    const pinned = {
      clusters: { eks: { kubernetes: "1.35", aws: { addonVersions: PINS }, pools: { main: { image: "1.35.1-20261112" } } } },
    };
    expect(planes(pinned)[0]!.notes.at(-1)).toBe(
      "the pins for 1.35 go (coredns, image of main): AWS chooses, until --only addons and --only images pin others",
    );
    const shared = fleetWith({ defaults: { aws: { addonVersions: PINS } }, clusters: { eks: { kubernetes: "1.36" } } });
    expect(pinsLeft(shared, moves)).toEqual([
      "eks: aws.addonVersions is not written for this cluster alone, and still says those of 1.35 (coredns): write those of 1.36",
    ]);
    expect(pinsLeft(fleetWith(), moves)).toEqual([]);
  });
});

test("the chain says what each cloud takes back, begins with pools that are behind, and leaves out who moves by itself", () => {
  const data = over(SOUND, { clusters: { aks: { kubernetes: "1.35", pools: { main: { kubernetes: "1.34" } } } } });
  const { clusters } = parseFleet(stringify(data), "f.yaml");
  const of = (name: string) => chain(clusters.find((cluster) => cluster.name === name) as MadeCluster, "1.99")[0];
  expect(chain(clusters.find(({ name }) => name === "aks") as MadeCluster, "1.36")).toEqual([
    "aks: pools to 1.35 first (--pools), apply, and wait until every node is replaced",
    "aks: control plane to 1.36 (supported until 2027-06-30), apply, and look at it: it never goes back, its pools do for seven days after their own step",
    "aks: pools to 1.36 (--pools), apply, and wait until every node is replaced",
  ]);
  expect(of("gke")).toBe("gke: GKE moves it by itself, by its channel");
});
