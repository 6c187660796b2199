import { madeBy, namespacesBy } from "../changes/diff/diff";
import { findingText, judge, refusals } from "../changes/judge";
import { withObjects } from "../changes/lock/adopt";
import { lockOf, unprotectedLock } from "../changes/lock/facts";
import { lockFileOf, lockLeftBehind } from "../changes/lock/file";
import { misfits, otherwiseMade } from "../changes/lock/fits";
import type { Lock } from "../changes/lock/lock";
import { pinsOf } from "../changes/lock/pins";
import { otherOwner } from "../changes/rules/fleet";
import { withoutDeletionProtection } from "../changes/unprotected";
import { outdatedCharts } from "../changes/upgrade/outdated";
import type { OwnAddOns } from "../constructs/priming/own-add-on";
import { pathText, StackProblems } from "../model/problems/fleet-error";
import { ofRule } from "../model/problems/problem";
import { loadFleet } from "../model/reading/load";
import type { Fleet, Pins } from "../model/schema/fleet";
import type { Stack } from "../output/folder";
import { invocation, typed } from "./command";
import { fromHere } from "./from-here";
import { lastOutput } from "./last-output";
import type { LockOptions, Locks } from "./lock";
import { VERSION } from "./version";

export interface SynthRequest extends LockOptions {
  readonly file: string;
  readonly out: string;
  readonly withoutDeletionProtection?: boolean;
  /** Takes what is worth knowing, a line each. */
  readonly say: (line: string) => void;
  /** Add-ons that are not Meridian's, on every cluster: of a program that uses this as a library. @default - none */
  readonly addOns?: OwnAddOns;
  /** What the fleet file is to say: published together with the stacks, or not at all. @default - what it says */
  readonly text?: string;
  /** Other versions than the lock's: an upgrade. @default - the lock's */
  readonly pins?: (pins: Pins, fleet: Fleet) => Pins;
}

/** The fleet, with the versions of its lock; where it has none, with those of the last output. */
export function fleetWithPins(
  { file, text, out, pins, draft, against, withoutDeletionProtection: lift }: SynthRequest,
  locks: Locks,
): Fleet {
  const first = loadFleet(file, pinsOf(locks.pins), draft, text);
  const held = pinsOf(locks.pins ?? lastOutput(out, first.name));
  const fleet = pins || !locks.pins ? loadFleet(file, pins ? pins(held, first) : held, draft, text) : first;
  const [other] = [
    ...otherOwner(locks.current, `the lock file ${locks.file}`, fleet.name),
    ...otherOwner(locks.before, against === undefined ? "the lock file in HEAD" : `--against ${against}`, fleet.name),
  ];
  if (other) throw new StackProblems([other]);
  const outdated = pins || locks.mode === "off" ? [] : outdatedCharts(fleet);
  if (outdated.length > 0) throw new StackProblems(ofRule("charts-outdated", outdated));
  return lift ? withoutDeletionProtection(fleet) : fleet;
}

/** The lock of what was synthesized, where its change may be. @throws what is refused, each with its way out */
export function judged(request: SynthRequest, locks: Locks, fleet: Fleet, stacks: readonly Stack[]): Lock {
  const { out, say } = request;
  const plain = lockOf(fleet, stacks, VERSION);
  const made = madeBy(stacks);
  if (locks.mode === "off") return plain;
  const before = locks.before ? withObjects(locks.before, () => lastOutput(out, fleet.name)) : lastOutput(out, fleet.name);
  const lock = request.withoutDeletionProtection ? unprotectedLock(plain, locks.current ?? before, made) : plain;
  if (locks.before === undefined) say(`note: ${withoutLock(request, locks, fleet.name, before !== undefined)}`);
  const unpinned = unpinnedEks(fleet, before);
  if (unpinned.length > 0)
    say(
      `note: versions of EKS's add-ons and images of nodes are AWS's choice at each plan, as nothing pins them: ${unpinned.slice(0, SHOWN).join(", ")}${unpinned.length > SHOWN ? ` and ${unpinned.length - SHOWN} more` : ""}. ${invocation("upgrade", request.file)} --only addons, and --only images, pin them`,
    );
  const change = {
    before: before ?? lock,
    after: lock,
    made,
    namespaces: namespacesBy(stacks),
    destroyed: fleet.destroyedStacks,
    declined: fleet.declined,
  };
  const findings = judge(change, fleet.acceptChanges);
  const refused = refusals(findings);
  if (refused.length > 0)
    throw new StackProblems(
      refused.map((finding) => ({ path: finding.path, message: findingText(finding), commands: finding.commands ?? [] })),
    );
  for (const finding of findings) {
    const path = pathText(finding.path);
    const text = `${finding.severity}: ${path === "" ? "" : `${path}: `}${findingText(finding)}`;
    for (const line of [text, ...(finding.commands ?? []).map((command) => `  ${command}`)])
      say(fromHere(line, request.file, out));
  }
  if (locks.current && locks.current.meridian !== VERSION) {
    const stacksOf = otherwiseMade(locks.current, lock);
    if (stacksOf.length > 0)
      say(
        `note: Meridian ${locks.current.meridian} → ${VERSION} changes these stacks, besides what you changed yourself: ${stacksOf.join(", ")} (CHANGELOG.md says how)`,
      );
  }
  if (locks.mode === "frozen") checkFit(request.file, locks, lock);
  return lock;
}

const SHOWN = 5;

/** Clusters on EKS that weren't there before and pin nothing: said that once, until they are in the committed lock. */
function unpinnedEks({ clusters }: Fleet, before: Lock | undefined): readonly string[] {
  return clusters.flatMap((cluster) => {
    if (cluster.cloud !== "aws" || cluster.retired || Object.hasOwn(before?.clusters ?? {}, cluster.name)) return [];
    const pinned = Object.keys(cluster.aws.addonVersions).length > 0 || Object.values(cluster.pools).some(({ image }) => image);
    return pinned ? [] : [cluster.name];
  });
}

function checkFit(file: string, { current, file: lockFile }: Locks, lock: Lock): void {
  const lines = misfits(current!, lock);
  if (lines.length > 0)
    throw new Error(
      `${lockFile}: doesn't fit ${file} as it is, perhaps after a merge. Run ${invocation("synth", file)} and commit the lock file:\n${lines.map((line) => `  ${line}`).join("\n")}`,
    );
}

function withoutLock(
  { file, out, against }: SynthRequest,
  { mode, file: lockFile, current }: Locks,
  fleet: string,
  adopted: boolean,
): string {
  if (current)
    return `${against} has no ${lockFile}; ${adopted ? `the last output in ${out} was compared` : "nothing was compared"}, and versions are those of the lock file that is here`;
  const compared = adopted
    ? `it was compared with the last output in ${out}, and kept its versions`
    : "nothing was compared, and versions are today's newest";
  const left = lockFile === lockFileOf(file) ? lockLeftBehind(lockFile, fleet) : undefined;
  if (left)
    return `${file} has no lock file; ${compared}. ${left} is of this fleet, and its fleet file is gone: if that was renamed, so is the lock, before anything is applied (git mv -f ${typed(left)} ${typed(lockFile)})`;
  return `${file} has no lock file; ${compared}. ${
    mode === "write"
      ? `Commit ${lockFile}, which is written now`
      : `None is written now; ${invocation("synth", file)} writes ${lockFile}, to be committed`
  }`;
}
