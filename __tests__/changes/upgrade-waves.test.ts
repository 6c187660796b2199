import { upgradeControlPlanes, upgradePools } from "../../changes/upgrade/kubernetes";
import { nextWave, withoutRefused } from "../../changes/upgrade/waves";
import type { Pins } from "../../model/schema/fleet";
import { problemsWith } from "../model/support";
import { at, fleet, own, said } from "./upgrade-support";

describe("waves", () => {
  const eks = (cidr: string) => ({ cloud: "aws", region: "eu-west-1", network: { cidr } });
  const changes = {
    clusters: { eks: eks("10.1.0.0/16"), two: eks("10.4.0.0/16"), three: eks("10.5.0.0/16") },
    waves: { canary: ["eks"], rest: ["two", "aks"] },
  };
  const all = (versions: Readonly<Record<string, readonly [plane: string, pools: string]>>): Pins =>
    Object.fromEntries(
      Object.entries(versions).map(([name, [plane, pools]]) => [
        name,
        own(plane, { main: pools, ...(name === "aks" && { system: pools }) }),
      ]),
    );
  const wave = (versions: Parameters<typeof all>[0], of: typeof upgradePools = upgradeControlPlanes) => {
    const read = fleet(all({ three: ["1.34", "1.34"], ...versions }), changes);
    const next = nextWave(read, of(read, []));
    return [next.name, ...said(next)];
  };
  const inNone = ["gke stays: it is in no wave", "three stays: it is in no wave"];

  test("the first wave first, then the next, whatever is stuck", () => {
    const [old, half, done] = [
      ["1.34", "1.34"],
      ["1.35", "1.34"],
      ["1.35", "1.35"],
    ] as const;
    expect(wave({ eks: old, two: old, aks: old })).toEqual(["canary", "eks: control plane 1.34 → 1.35", ...inNone]);
    // the canary's pools are behind: that stops nobody
    expect(wave({ eks: half, two: old, aks: half })).toEqual([
      "rest",
      "two: control plane 1.34 → 1.35",
      "aks stays: its pools main (1.34), system (1.34) are behind 1.35: let them follow first, with --pools",
      ...inNone,
    ]);
    expect(wave({ eks: half, two: half, aks: half }, upgradePools)[0]).toBe("canary");
    expect(wave({ eks: done, two: half, aks: half }, upgradePools)[0]).toBe("rest");
    // who was stuck comes first, before anybody takes the next step
    expect(wave({ eks: done, two: old, aks: done }).slice(0, 2)).toEqual(["rest", "two: control plane 1.34 → 1.35"]);
    expect(wave({ eks: done, two: done, aks: done })[0]).toBe("canary");
    expect(wave({ eks: ["1.36", "1.36"], two: ["1.36", "1.36"], aks: ["1.36", "1.36"] }).slice(0, 2)).toEqual([
      "rest",
      "aks: control plane 1.36 → 1.37",
    ]);
  });

  test("a cluster whose change is refused is left out, with the reason", () => {
    const read = fleet(at("1.34"), { waves: { all: ["eks", "aks"] } });
    const next = nextWave(read, upgradeControlPlanes(read, []));
    const refused = { path: ["clusters", "eks", "kubernetes"], message: "from 1.33 to 1.35 are 2 minor versions" };
    expect(said(withoutRefused(next, [refused])!)).toEqual([
      "aks: control plane 1.34 → 1.35",
      "gke stays: it is in no wave",
      "eks stays: from 1.33 to 1.35 are 2 minor versions",
    ]);
    expect(withoutRefused(next, [{ path: [], message: "stack x would go" }])).toBeUndefined();
  });

  test("a wave names clusters that there are, each once", () => {
    expect(problemsWith({ waves: { canary: ["ekss"], rest: ["eks", "aks"], last: ["eks"] } })).toEqual([
      "waves.canary[0]: no cluster is called 'ekss'; did you mean 'eks'?",
      "waves.last[0]: 'eks' is in wave 'rest' already: a cluster moves once; name it in one wave",
    ]);
  });
});
