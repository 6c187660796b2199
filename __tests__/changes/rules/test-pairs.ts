import { madeBy } from "../../../changes/diff/diff";
import { findingText, judge } from "../../../changes/judge";
import { pinsOf } from "../../../changes/lock/pins";
import { pathText } from "../../../model/problems/fleet-error";
import { type Pair, said, sideOf, verdict } from "../support";

/** Two tests of each change: what the rules say of it, and that what they say can be followed. */
export function testPairs(pairs: readonly Pair[]): void {
  test.each(pairs)("%s", (_, before, after, expected) => {
    const found = verdict(before, after);
    expect(said(found)).toEqual([...expected].sort());
    // the words that people read, where they point and what they give to type
    expect(
      found.map((finding) => [
        pathText(finding.path),
        findingText(finding),
        finding.transition ?? "",
        ...(finding.commands ?? []),
      ]),
    ).toMatchSnapshot();
  });

  test.each(pairs)("%s: each message ends with its id, and what it says to accept is accepted", (_, before, after) => {
    const [was, is] = [sideOf(before), sideOf(after, pinsOf(sideOf(before).lock))];
    const change = { before: was.lock, after: is.lock, made: madeBy(is.stacks), destroyed: is.fleet.destroyedStacks };
    for (const finding of judge(change, is.fleet.acceptChanges)) {
      const { id, severity, transition, message } = finding;
      expect(message).toMatch(/^.{20,}[^.]$/s);
      const text = findingText(finding);
      expect(text.endsWith(`[${id}]`)).toBe(true);
      if (severity !== "refused" || transition === undefined) continue;
      const printed = JSON.parse(/acceptChanges: \[(".*")\] \[[a-z-]+\]$/s.exec(text)![1]!) as string;
      const taken = judge(change, [printed]).find((again) => again.message === `accepted by acceptChanges: ${message}`);
      expect(taken?.severity).toBe("note");
      expect(judge(change, [` ${printed.replaceAll(" → ", "->")} `])).toEqual(judge(change, [printed]));
    }
  });
}
