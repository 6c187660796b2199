import { App } from "cdktf";
import { writeLock } from "../changes/lock/file";
import { fleetWarnings } from "../model/warnings";
import { readStacks, type Stack } from "../output/folder";
import { forget } from "../output/memory";
import { publish, withFreshFolder } from "../output/publish";
import { buildFleet } from "../stacks/build-fleet";
import { fleetWithPins, judged, type SynthRequest } from "./judged";
import { otherFleets } from "./last-output";
import { locksOf } from "./lock";

export type { SynthRequest };

/**
 * Turns a fleet file into stacks, judges what that changes, publishes them and writes the lock, in this order: a failure
 * leaves the output and the lock as they were.
 * @returns the stacks
 */
export function synthesize(request: SynthRequest): readonly Stack[] {
  const { file, out, say } = request;
  const locks = locksOf(file, out, request);
  const fleet = fleetWithPins(request, locks);
  for (const warning of fleetWarnings(fleet, new Date())) say(`warning: ${warning}`);
  // Written beside and then moved over, so that a failure in the middle leaves the last output as it was.
  return withFreshFolder(out, (fresh) => {
    const app = new App({ outdir: fresh, stackTraces: false });
    buildFleet(app, fleet);
    app.synth();
    const stacks = readStacks(fresh);
    const lock = judged(request, locks, fleet, stacks);
    for (const other of otherFleets(out, fleet.name))
      say(
        `warning: ${out} held the stacks of fleet '${other}'; their files make room for those of '${fleet.name}', their states stay. Give each fleet its own folder with --out. A fleet that was renamed is another fleet: everything of the first is still there`,
      );
    publish(fresh, out);
    if (locks.mode === "write") {
      writeLock(locks.file, lock);
      forget(out, fleet.name);
    }
    return stacks;
  });
}
