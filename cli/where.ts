/** `npm run where`: who is served by which cluster, and why. */

import type { Coordinates } from "../model/catalog/distance";
import { type Recovery, recoveryInWords, recoveryOf } from "../model/derived/recovery";
import { didYouMean } from "../model/problems/wording";
import { loadFleet } from "../model/reading/load";
import type { Fleet } from "../model/schema/fleet";
import { clientFrom, type NamedClient } from "../routing/clients";
import { latencyByDistance } from "../routing/estimate";
import { type Answer, simulate } from "../routing/simulate";
import { type NameTree, routingTrees } from "../routing/tree";
import { command, run, startedAs } from "./command";

/** Who asks where nobody says: a place on each continent, and both coasts. */
const EVERYWHERE = ["US-CA", "US-NY", "BR", "DE", "ZA", "IN", "JP", "AU"];

interface Options {
  readonly from?: string;
  readonly at?: string;
  readonly down?: string;
  readonly name?: string;
  readonly json?: boolean;
}

/** One client's answer for one name. */
interface Row {
  readonly name: string;
  readonly engine: string;
  readonly from: string;
  readonly place: string;
  readonly answers: readonly Answer[];
}

/**
 * Runs the program.
 * @param argv arguments after the program's name
 * @returns the exit code
 */
export function main(
  argv: readonly string[],
  print: (text: string) => void = (text) => void process.stdout.write(text),
  columns = process.stdout.columns,
): number {
  const program = command("where")
    .description("Say which cluster serves a client, and why: what the public names of a fleet answer.")
    .argument("[fleet]", "fleet file", "fleets/arctiq.yaml")
    .option("--from <places>", "countries (BR), states of the USA (US-CA), separated by commas", EVERYWHERE.join(","))
    .option("--at <latitude,longitude>", "where the client is, instead of the middle of its country or state")
    .option("--down <clusters>", "clusters whose probes fail, separated by commas")
    .option("--name <name>", "only this public name")
    .option("--json", "for programs");
  return run(program, argv, (file: string, options: Options) => {
    print(where(loadFleet(file), options, columns));
    return 0;
  });
}

function where(fleet: Fleet, options: Options, columns: number | undefined): string {
  const down = list(options.down);
  const clusters = fleet.clusters.map(({ name }) => name);
  for (const name of down)
    if (!clusters.includes(name))
      throw new Error(`--down: no cluster is called '${name}'${didYouMean(name, clusters, "clusters")}`);
  const trees = treesOf(fleet, options.name);
  const at = options.at === undefined ? undefined : coordinates(options.at);
  const clients = list(options.from).map((from) => clientFrom(from, at));
  const rows = trees.flatMap((tree) => clients.map((client) => row(tree, client, down)));
  const recoveries = trees.map(({ name, fqdn }) => ({ fqdn, recovery: recoveryOf(fleet, name, fleet.names[name]!) }));
  if (!options.json) return table(rows, [...notes(fleet, rows, down), ...recoveryNotes(recoveries)], columns);
  const recovery = Object.fromEntries(recoveries.map(({ fqdn, recovery }) => [fqdn, recovery ?? null]));
  return `${JSON.stringify({ fleet: fleet.name, zone: fleet.dns.zone, drained: fleet.drain, down, latency: "estimated by distance", rows, recovery }, null, 2)}\n`;
}

function treesOf(fleet: Fleet, name: string | undefined): readonly NameTree[] {
  const trees = routingTrees(fleet);
  if (trees.length === 0) throw new Error(`fleet ${fleet.name} has no public names; give it some under \`names:\``);
  const found = name === undefined ? trees : trees.filter((tree) => tree.name === name || tree.fqdn === name);
  if (found.length === 0)
    throw new Error(`--name: no public name is called '${name}'${didYouMean(name!, Object.keys(fleet.names), "names")}`);
  return found;
}

function row(tree: NameTree, { from, place, client }: NamedClient, down: readonly string[]): Row {
  const answers = simulate(tree, client, (cluster) => !down.includes(cluster), latencyByDistance);
  return { name: tree.fqdn, engine: tree.engine, from, place, answers };
}

/** @param columns of the terminal; a pipe has none. A table that is wider becomes a line and, indented below it, the reason */
function table(rows: readonly Row[], notes: readonly string[], columns: number | undefined): string {
  const cells = [
    ["NAME", "FROM", "SERVED BY", "WHY"],
    ...rows.flatMap(({ name, place, answers }) =>
      answers.length === 0
        ? [[name, place, "nobody", "no member may answer"]]
        : answers.map(({ cluster, share, because }, index) => [
            index === 0 ? name : "",
            index === 0 ? place : "",
            share === 1 ? cluster : `${cluster} ${Math.round(share * 1000) / 10} %`,
            because.join("; "),
          ]),
    ),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...cells.map((line) => line[column]!.length)));
  const lines = cells.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const isWide = columns !== undefined && Math.max(...lines.map(({ length }) => length)) > columns;
  const narrow = cells
    .slice(1)
    .flatMap(([name, place, by, why]) => [`${name ? `${name}, ${place}: ` : "  and "}${by}`, `  ${why}`]);
  return `${[...(isWide ? narrow : lines), "", ...notes].join("\n")}\n`;
}

function notes(fleet: Fleet, rows: readonly Row[], down: readonly string[]): readonly string[] {
  const used = (word: string) =>
    rows.some(({ answers }) => answers.some(({ because }) => because.some((why) => why.startsWith(word))));
  return [
    ...(fleet.drain.length > 0 ? [`Drained: ${fleet.drain.join(", ")}.`] : []),
    ...(down.length > 0 ? [`Taken for failing: ${down.join(", ")}.`] : []),
    ...(used("latency")
      ? [
          "Latency is ESTIMATED from distance. Route53 measures to AWS regions, Traffic Manager to Azure regions, and neither to other clouds' regions: the nearest region of their own stands for those.",
        ]
      : []),
    "Clients are where their resolver is, or the network that it passes on. IPv4 only.",
  ];
}

/** How long a failure can last for clients: names that take the same time share a line. */
function recoveryNotes(recoveries: readonly { readonly fqdn: string; readonly recovery?: Recovery }[]): readonly string[] {
  const lines = new Map<string, string[]>();
  for (const { fqdn, recovery } of recoveries) {
    const text = recovery
      ? `A failing cluster is led away from within ${recoveryInWords(recovery)}`
      : "Nothing leads away from a failing cluster";
    lines.set(text, [...(lines.get(text) ?? []), fqdn]);
  }
  return [...lines].map(([text, names]) => `${text}: ${names.join(", ")}.`);
}

function coordinates(text: string): Coordinates {
  const [latitude = Number.NaN, longitude = Number.NaN, ...rest] = text.split(",").map(Number);
  if (rest.length > 0 || !(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180))
    throw new Error(`--at: '${text}' is no place; give degrees north and east, such as -23.55,-46.63`);
  return { latitude, longitude };
}

const list = (text: string | undefined) => (text ?? "").split(",").filter((word) => word !== "");

startedAs("where", main);
