/** `npm run verify`: after an apply, does the world see what the fleet file says? */

import { setTimeout as sleep } from "node:timers/promises";
import { staleNetworks } from "../model/catalog/client-networks";
import { recoveryOf } from "../model/derived/recovery";
import { didYouMean } from "../model/problems/wording";
import { loadFleet } from "../model/reading/load";
import type { Fleet } from "../model/schema/fleet";
import { type NameTree, routingTrees } from "../routing/tree";
import { SAMPLES } from "../verify/clients";
import { judge } from "../verify/judge";
import { reportLines } from "../verify/print";
import type { Report } from "../verify/report";
import { command } from "./command";
import { ask } from "./verify/dns";
import { observe, type World } from "./verify/observe";
import { systemResolver } from "./verify/resolver";
import { visit } from "./verify/web";

interface Options {
  readonly name?: string;
  readonly json?: boolean;
  readonly expectNoDifference?: boolean;
}

/** Exit codes besides 0 and 1 (it could not run). */
const DIFFERENT = 2;
const NOT_JUDGED = 3;

/** What a run needs of the world and of time. */
export interface Surroundings extends World {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

const REAL: () => Surroundings = () => ({
  ask,
  visit,
  samples: SAMPLES,
  resolver: systemResolver(),
  now: Date.now,
  sleep,
});

/**
 * Runs the program.
 * @param argv arguments after the program's name
 * @returns the exit code
 */
export async function main(
  argv: readonly string[],
  print: (text: string) => void = (text) => void process.stdout.write(text),
  surroundings: Surroundings = REAL(),
): Promise<number> {
  let code = 0;
  const program = command("verify")
    .description(
      "Look at a fleet from outside: its zone, what every country is answered for each public name, each cluster's ingress.",
    )
    .argument("<fleet>", "fleet file")
    .option("--name <name>", "only this public name")
    .option("--json", "for programs (docs/verify.schema.json)")
    .option("--expect-no-difference", `exit with ${DIFFERENT} where something differs`)
    .addHelpText("after", `\nThe exit code is ${NOT_JUDGED} where nothing differs but something could not be judged.`)
    .exitOverride()
    .action(async (file: string, options: Options) => {
      const report = await verify(loadFleet(file), options.name, surroundings);
      print(options.json ? `${JSON.stringify(report, null, 2)}\n` : `${reportLines(report).join("\n")}\n`);
      code = codeOf(report, options.expectNoDifference ?? false);
    });
  try {
    await program.parseAsync(argv, { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof Error && "exitCode" in error) return Number(error.exitCode);
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

function codeOf({ verdict }: Report, expectNoDifference: boolean): number {
  if (verdict === "differs") return expectNoDifference ? DIFFERENT : 0;
  return verdict === "not-judged" ? NOT_JUDGED : 0;
}

/** Looks, and where something differs that a change may still be bringing, looks again until that time is over. */
async function verify(fleet: Fleet, name: string | undefined, surroundings: Surroundings): Promise<Report> {
  const { now } = surroundings;
  const stale = staleNetworks(new Date(now()));
  if (stale) process.stderr.write(`${stale}\n`);
  const trees = treesOf(fleet, name);
  const began = now();
  let observed = await observe(fleet, trees, surroundings);
  for (;;) {
    const report = judge(fleet, trees, observed, now());
    const late = differing(trees, report);
    const left = Math.max(0, ...late.map((tree) => worstSeconds(fleet, tree))) * 1000 - (now() - began);
    if (left <= 0) return report;
    process.stderr.write(
      `${late.map(({ fqdn }) => fqdn).join(", ")}: differs, and may for ${Math.ceil(left / 1000)} s more (interval × threshold + TTL); asking again\n`,
    );
    await surroundings.sleep(Math.min(left, AGAIN_MILLISECONDS));
    const again = await observe(fleet, late, surroundings);
    observed = { ...again, names: { ...observed.names, ...again.names }, web: { ...observed.web, ...again.web } };
  }
}

/** How often what differs is asked again. */
const AGAIN_MILLISECONDS = 30_000;

function differing(trees: readonly NameTree[], { results }: Report): readonly NameTree[] {
  return trees.filter(({ fqdn }) =>
    results.some(({ subject, verdict, of }) => subject === "name" && verdict === "differs" && of === fqdn),
  );
}

/** Seconds after which a name must show a change or a failure. */
function worstSeconds(fleet: Fleet, { name }: NameTree): number {
  return recoveryOf(fleet, name, fleet.names[name]!)?.seconds ?? fleet.dns.ttlSeconds;
}

function treesOf(fleet: Fleet, name: string | undefined): readonly NameTree[] {
  const trees = routingTrees(fleet);
  if (name === undefined) return trees;
  const found = trees.filter((tree) => tree.name === name || tree.fqdn === name);
  if (found.length === 0)
    throw new Error(`--name: no public name is called '${name}'${didYouMean(name, Object.keys(fleet.names), "names")}`);
  return found;
}

if (require.main === module || process.argv[1]?.endsWith("verify.js"))
  void main(process.argv.slice(2)).then((code) => {
    process.exitCode = code;
  });
