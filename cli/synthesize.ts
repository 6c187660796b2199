import { existsSync, realpathSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { App } from "cdktf";
import { lockText } from "../changes/lock/lock";
import type { OwnAddOns } from "../constructs/priming/own-add-on";
import type { Fleet } from "../model/schema/fleet";
import { fleetWarnings } from "../model/warnings";
import { type Draft, withDraft } from "../output/draft";
import type { Stack } from "../output/folder";
import { forget } from "../output/memory";
import { routingWarnings } from "../routing/limits";
import { routingTrees } from "../routing/tree";
import { fleetWithPins, judged, type SynthRequest } from "./judged";
import { otherFleets } from "./last-output";
import { locksOf } from "./lock";
import { writtenStacks } from "./written-stacks";

export type { SynthRequest };

/**
 * Turns a fleet file into stacks, judges what that changes, and publishes them together with the lock: a failure leaves
 * the output and the lock as they were.
 * @returns the stacks
 */
export function synthesize(request: SynthRequest): readonly Stack[] {
  const { file, out, say } = request;
  return withDraft(out, (draft) => {
    const locks = locksOf(file, out, request);
    const fleet = fleetWithPins(request, locks);
    const warnings = [...fleetWarnings(fleet, new Date()), ...routingWarnings(routingTrees(fleet))];
    if (request.draft) say("note: a draft: what says CHANGE-ME is made up in these stacks. Look at them, and don't apply them");
    for (const warning of warnings) say(`warning: ${warning}`);
    const stacks = synthesizeInto(draft, fleet, request.addOns);
    const lock = judged(request, locks, fleet, stacks);
    for (const other of otherFleets(out, fleet.name))
      say(
        `warning: ${out} held the stacks of fleet '${other}'; their files make room for those of '${fleet.name}', their states stay. Give each fleet its own folder with --out. A fleet that was renamed is another fleet: everything of the first is still there`,
      );
    if (locks.mode === "write") draft.write(resolve(locks.file), lockText(lock));
    if (request.text !== undefined) draft.write(realpathSync(file), request.text, statSync(file).mode & 0o777);
    draft.publish();
    if (locks.mode === "write") forget(out, fleet.name);
    return stacks;
  });
}

/** Puts back what a run that was killed had begun to publish: a fleet file is only read then. */
export function mendKilled(out: string): void {
  if (existsSync(out)) withDraft(out, () => undefined);
}

function synthesizeInto(draft: Draft, fleet: Fleet, addOns?: OwnAddOns): readonly Stack[] {
  return writtenStacks(new App({ outdir: join(draft.scratch, "app"), stackTraces: false }), draft, fleet, addOns);
}
