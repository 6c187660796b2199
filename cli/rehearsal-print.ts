/** A rehearsal in lines that people read. */
import type { ChangeReport } from "../rehearsal/change";
import type { PlannedChange, RehearsalReport, StackDiagnostic, StackReport, StepReport } from "../rehearsal/report";

/** What no rehearsal proves; docs/rehearsal.md says more. */
export const NOT_PROVED = [
  "quotas and capacity of an account",
  "permissions of whoever applies it",
  "prices",
  "drift that a real provider would report",
  "refusals of a cloud that the knowledge table does not hold",
  "that charts, images and Kubernetes objects work",
] as const;

const NAMES: Readonly<Record<StepReport["step"], string>> = {
  init: "init",
  validate: "validate",
  plan: "plan",
  apply: "apply",
  again: "plan again",
  unprotect: "unprotect",
  destroy: "destroy",
};

/** `stack  step  +n ~n -n  time` */
export function stepLine(stack: string, step: StepReport, width: number): string {
  const counted = step.step !== "init" && step.step !== "validate";
  const counts = counted ? `+${step.add} ~${step.change} -${step.destroy}` : "";
  return `${stack.padEnd(width)}  ${NAMES[step.step].padEnd(10)}  ${counts.padEnd(12)}  ${step.seconds.toFixed(1)} s${step.ok ? "" : "  FAILED"}`;
}

/** One diagnostic, its place first. */
export function diagnosticLines({ severity, stack, address, place, summary, detail }: StackDiagnostic): string {
  const where = [stack, address, place && `(${place})`].filter(Boolean).join(" ");
  const body = detail.trim() ? `\n${detail.trim().replace(/^/gm, "    ")}` : "";
  return `  ${severity}: ${where}: ${summary}${body}`;
}

/** What one stack's plan does to what exists: a line each for changes, replacements and deletions, a number for the rest. */
export function changeLines({ stack, plan, skipped }: StackReport): string[] {
  if (skipped) return [`${stack}: not planned, ${skipped}`];
  if (plan.length === 0) return [`${stack}: nothing changes`];
  const created = plan.filter(({ actions }) => actions.length === 1 && actions[0] === "create");
  const others = plan.filter((change) => !created.includes(change) && change.actions[0] !== "read");
  return [
    ...others.map((change) => `${stack}: ${verb(change)} ${change.address}${order(change)}${reasons(change)}`),
    ...(created.length > 0 ? [`${stack}: creates ${created.length}: ${created.map(({ address }) => address).join(", ")}`] : []),
  ];
}

function verb({ replace, actions }: PlannedChange): string {
  return replace ? "REPLACES" : actions[0] === "delete" ? "destroys" : "changes";
}

/** In a replacement both may exist for a while, or neither. */
function order({ replace, actions }: PlannedChange): string {
  return replace ? `, ${actions[0] === "create" ? "new" : "old"} one first` : "";
}

function reasons({ causes }: PlannedChange): string {
  return causes.length > 0 ? ` (${causes.join(", ")})` : "";
}

/**
 * The end: how it went, what was adjusted, what stays unproved.
 * @param isInterrupted whether somebody stopped it, so that what didn't run is nobody's mistake. @default false
 */
export function closing(report: RehearsalReport | ChangeReport, isInterrupted = false): string {
  const reports =
    "before" in report
      ? [report.before, report.after, report.dropped, report.destroyed].filter((part) => part !== undefined)
      : [report];
  const seconds = reports.reduce((sum, part) => sum + part.seconds, 0);
  const stacks = new Set(reports.flatMap(({ stacks: all }) => Object.keys(all)));
  const resources = reports
    .flatMap(({ stacks: all }) => Object.values(all))
    .reduce((sum, { applied }) => sum + applied.length, 0);
  const skipped = reports.flatMap(({ stacks: all }) => Object.values(all)).filter((stack) => stack.skipped);
  const folder = reports.map((part) => part.folder).find(Boolean);
  return [
    ...[...new Set(reports.flatMap(({ adjustments }) => adjustments))].map((sentence) => `note: ${sentence}`),
    ...skipped.map(({ stack, skipped: why }) => `${stack}: not run, ${why}`),
    `The rehearsal ${isInterrupted ? "was interrupted" : report.ok ? "went well" : "FAILED"}: ${stacks.size} stacks, ${resources} resources applied, ${seconds.toFixed(1)} s.`,
    `It does not prove: ${NOT_PROVED.join("; ")} (docs/rehearsal.md).`,
    ...(folder ? [`Kept: ${folder}`] : []),
  ].join("\n");
}
