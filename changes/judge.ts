import { changeRules } from "./rules";
import { everywhere } from "./rules/everywhere";
import { otherFleet } from "./rules/fleet";
import type { Change, Finding } from "./rules/rule";

export type { Change, Finding, Severity } from "./rules/rule";

/**
 * Everything that the rules say of a change.
 * @param accepted the transitions that the fleet file accepts
 */
export function judge(change: Change, accepted: readonly string[] = []): readonly Finding[] {
  const other = otherFleet(change);
  if (other.length > 0) return other;
  const found = changeRules.flatMap((rule) => rule(change));
  const findings = [...found, ...everywhere(change, found)];
  const transitions = new Set(findings.flatMap(({ transition }) => (transition === undefined ? [] : typed(transition))));
  const takes = new Set(accepted.map(typed));
  return [
    ...findings.map((finding): Finding => {
      const taken = finding.severity === "refused" && finding.transition !== undefined && takes.has(typed(finding.transition));
      return taken ? { ...finding, severity: "note", message: `accepted by acceptChanges: ${finding.message}` } : finding;
    }),
    ...accepted.flatMap((text, index): Finding[] =>
      transitions.has(typed(text))
        ? []
        : [
            {
              id: "accepted-past",
              severity: "note",
              path: ["acceptChanges", index],
              message: `'${text}' is past, or not what this change does: take it out`,
            },
          ],
    ),
  ];
}

/** A transition as it is printed, however its arrow was typed. */
const typed = (text: string): string => text.trim().replace(/\s*(?:→|->)\s*/g, " → ");

/** The findings that stop a synth. */
export const refusals = (findings: readonly Finding[]): readonly Finding[] =>
  findings.filter(({ severity }) => severity === "refused");

/** What a finding says, with its id and what accepts it. */
export function findingText({ id, severity, message, transition }: Finding): string {
  const accept =
    severity === "refused" && transition !== undefined ? `. To do it all the same: acceptChanges: [${quoted(transition)}]` : "";
  return `${message}${accept} [${id}]`;
}

/** As YAML takes it. */
const quoted = (text: string): string => JSON.stringify(text);
