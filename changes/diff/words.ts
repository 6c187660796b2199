import { pathText } from "../../model/problems/fleet-error";
import { type Finding, findingText } from "../judge";
import type { Action, ResourceChange } from "./compare";
import type { FleetDiff, StackChange } from "./diff";
import type { TrafficChange } from "./traffic";

const VERBS: Readonly<Record<Action, string>> = {
  created: "creates",
  changed: "changes",
  replaced: "REPLACES",
  destroyed: "destroys",
  unknown: "changes (Terraform will say whether in place)",
};

/** A change in words, in lines. */
export function diffLines(diff: FleetDiff): readonly string[] {
  const rules = section("What the rules say", diff.findings.map(findingLine));
  if (isEmpty(diff)) return ["Nothing changes.", ...rules];
  return [
    ...diff.stacks.flatMap(stackLines),
    ...section("Traffic, with every cluster healthy (latency is estimated by distance)", diff.traffic.map(trafficLine)),
    ...rules,
    ...section("To apply", orderLines(diff)),
  ];
}

/** The same as Markdown, for a comment under a request. */
export function diffMarkdown(diff: FleetDiff): string {
  if (isEmpty(diff)) return `${diffLines(diff).join("\n")}\n`;
  const table = diff.stacks.map(({ stack, action, resources }) => `| \`${stack}\` | ${action} | ${countsOf(resources)} |`);
  return [
    "| stack | | resources |",
    "|---|---|---|",
    ...table,
    "",
    ...diff.findings.map(
      (finding) => `- ${finding.severity === "refused" ? "**refused**" : finding.severity}: ${placed(finding)}`,
    ),
    "",
    "<details><summary>Resource by resource</summary>",
    "",
    "```",
    ...diffLines(diff),
    "```",
    "",
    "</details>",
    "",
  ].join("\n");
}

/** What only says that a line of the fleet file has had its time. */
const PAST: readonly string[] = ["accepted-past", "destroyed-past"];

/** Whether a change does nothing at all. */
export const isEmpty = ({ stacks, traffic, findings }: FleetDiff): boolean =>
  stacks.length + traffic.length + findings.filter(({ id }) => !PAST.includes(id)).length === 0;

function stackLines({ stack, action, resources, already }: StackChange): readonly string[] {
  if (already) return [`${stack}: the stack is out of the file; destroyedStacks says that it was destroyed before`];
  const created = resources.filter((change) => change.action === "created");
  const head = `${stack}: ${action === "changed" ? "" : `the stack is ${action}; `}${countsOf(resources)}`;
  if (action !== "changed") return [head];
  return [
    head,
    ...resources.filter((change) => change.action !== "created").map((change) => `  ${resourceLine(change)}`),
    ...(created.length > 0 ? [`  creates ${created.map(({ address }) => address).join(", ")}`] : []),
  ];
}

function resourceLine({ address, action, arguments: names, protected: kept }: ResourceChange): string {
  const why = names.length > 0 ? ` (${names.join(", ")})` : "";
  const refused = kept && (action === "replaced" || action === "destroyed") ? "; protected" : "";
  return `${VERBS[action]} ${address}${why}${refused}`;
}

function countsOf(resources: readonly ResourceChange[]): string {
  const count = (action: Action) => resources.filter((change) => change.action === action).length;
  return (["created", "changed", "unknown", "replaced", "destroyed"] as const)
    .flatMap((action) =>
      count(action) === 0 ? [] : [`${count(action)} ${action === "unknown" ? "changed, perhaps replaced" : action}`],
    )
    .join(", ");
}

const SHOWN_PLACES = 12;

function trafficLine({ name, from, to, places }: TrafficChange): string {
  const shown =
    places.length > SHOWN_PLACES
      ? `${places.slice(0, SHOWN_PLACES).join(", ")} and ${places.length - SHOWN_PLACES} more`
      : places.join(", ");
  return `${name}: ${from || "nothing"} → ${to || "nothing"} for ${places.length} ${places.length === 1 ? "place" : "places"}: ${shown}`;
}

const findingLine = (finding: Finding): string => `${finding.severity}: ${placed(finding)}`;

function placed(finding: Finding): string {
  const path = pathText(finding.path);
  return [`${path === "" ? "" : `${path}: `}${findingText(finding)}`, ...(finding.commands ?? [])].join("\n  ");
}

function orderLines({ stacks }: FleetDiff): readonly string[] {
  const applied = stacks.filter(({ wave }) => wave !== undefined);
  return [
    ...applied.map(({ stack, wave, logins }) => `${wave}  ${stack}  (${logins.join("; ") || "no login"})`),
    ...stacks
      .filter(({ action, already }) => action === "destroyed" && !already)
      .map(({ stack, logins }) => `destroy first, with the last output: ${stack}  (${logins.join("; ") || "no login"})`),
  ];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", `${title}:`, ...lines.map((line) => `  ${line.replace(/\n/g, "\n  ")}`)];
}
