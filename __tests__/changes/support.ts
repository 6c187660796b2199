import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { stringify } from "yaml";
import { diffSides, type Side } from "../../changes/diff/diff";
import type { Finding } from "../../changes/judge";
import { lockOf } from "../../changes/lock/facts";
import { pinsOf } from "../../changes/lock/pins";
import { parseFleet } from "../../model/reading/load";
import type { Fleet, Pins } from "../../model/schema/fleet";
import { readStacks } from "../../output/folder";
import { buildFleet } from "../../stacks/build-fleet";
import { type Data, over, SOUND } from "../model/support";

/** A change, and what the rules say of it: `refused kubernetes-skipped`. */
export type Pair = readonly [what: string, before: Data, after: Data, said: readonly string[]];

/** A fleet of one cluster of the sound one, with changes: `one("aks", { kubernetes: "1.35" })`. */
export function one(cluster: "eks" | "aks" | "gke", settings: Data = {}, fleet: Data = {}): Data {
  const others = Object.fromEntries(["eks", "aks", "gke"].filter((name) => name !== cluster).map((name) => [name, undefined]));
  return over(over(SOUND, { clusters: { ...others, [cluster]: settings } }), fleet);
}

/** A fleet, synthesized, with its lock. @param pins versions of an earlier lock */
export function sideOf(data: Data, pins?: Pins): Made {
  const key = JSON.stringify([data, pins]);
  const made = sides.get(key) ?? synthesized(data, pins);
  sides.set(key, made);
  return made;
}

type Made = Side & { readonly fleet: Fleet };
const sides = new Map<string, Made>();

function synthesized(data: Data, pins: Pins | undefined): Made {
  const fleet = parseFleet(stringify(data), "fleet.yaml", pins);
  const out = mkdtempSync(join(tmpdir(), "side-"));
  try {
    const app = new App({ outdir: out, stackTraces: false });
    buildFleet(app, fleet);
    app.synth();
    const stacks = readStacks(out);
    return { fleet, stacks, lock: lockOf(fleet, stacks, "0.1.0") };
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/** What the rules say of a change, after two real synths; the second takes open versions from the first's lock. */
export function verdict(before: Data, after: Data): readonly Finding[] {
  const was = sideOf(before);
  const is = sideOf(after, pinsOf(was.lock));
  return diffSides(was, is).findings;
}

/** `refused kubernetes-skipped` */
export const said = (findings: readonly Finding[]): readonly string[] =>
  findings.map(({ severity, id }) => `${severity} ${id}`).sort();
