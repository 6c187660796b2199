import "../constructs/cdktf/creation-stacks";

/** `npm run upgrade`: moves versions, cluster by cluster, in steps that can be taken back. */
import { readFileSync } from "node:fs";
import { Option } from "commander";
import { lockFileOf } from "../changes/lock/file";
import { pinsOf } from "../changes/lock/pins";
import { upgradeCharts } from "../changes/upgrade/charts";
import { edited, movedAlong, pinsLeft, writtenElsewhere } from "../changes/upgrade/edit";
import { pinEks, questions } from "../changes/upgrade/eks";
import { chain, goBack, upgradeControlPlanes, upgradePools } from "../changes/upgrade/kubernetes";
import { chosen, KINDS, type Kind, type Move, movedPins, type Upgrade } from "../changes/upgrade/moves";
import { nextWave, type Wave, withoutRefused } from "../changes/upgrade/waves";
import { resolveTokensOnly } from "../constructs/cdktf/token-resolution";
import { StackProblems } from "../model/problems/fleet-error";
import { didYouMean } from "../model/problems/wording";
import { readLayers } from "../model/reading/layers";
import { baseBeside, loadFleet, parseFleet, STDIN, withPlaces } from "../model/reading/load";
import type { Fleet } from "../model/schema/fleet";
import { command, run, startedAs } from "./command";
import { fromHere } from "./from-here";
import { locksOf, USUAL_FOLDER } from "./lock";
import { mendKilled, synthesize } from "./synthesize";
import { answers } from "./upgrade/aws";
import { afterwards, moveLines } from "./upgrade/print";

interface Options {
  readonly clusters?: string;
  readonly only: Kind;
  readonly pools?: boolean;
  readonly back?: boolean;
  readonly wave?: boolean;
  readonly to?: string;
  readonly set?: readonly string[];
  readonly out: string;
}

/**
 * Runs the program.
 * @param argv arguments after the program's name
 * @returns the exit code
 */
export function main(argv: readonly string[], print: (text: string) => void = (text) => void process.stdout.write(text)): number {
  const program = command("upgrade")
    .description("Move versions: the control planes of clusters by one minor, then their pools; charts; what EKS installs.")
    .argument("[fleet]", "fleet file", "fleets/arctiq.yaml")
    .option("--clusters <names>", "only these, separated by commas")
    .addOption(new Option("--only <kind>", "what moves").choices([...KINDS]).default("kubernetes"))
    .addOption(new Option("--pools", "the pools follow their control planes").conflicts(["only", "to"]))
    .addOption(
      new Option("--back", "one minor version back: pools first, then EKS's control plane").conflicts(["only", "pools", "to"]),
    )
    .option("--wave", "only the next wave of the fleet file that has something to move")
    .option("--to <version>", "print the steps to a version that is further away, and change nothing")
    .option("--set <key=version...>", "versions of EKS's add-ons, or images by pool, where AWS can't be asked")
    .option("--out <folder>", "where the stacks are written", USUAL_FOLDER);
  return run(program, argv, (file: string, options: Options) => {
    try {
      return upgrade(file, options, print);
    } catch (thrown) {
      const error = thrown instanceof StackProblems ? withPlaces(thrown, file) : thrown;
      throw error instanceof Error ? new Error(fromHere(error.message, file, options.out)) : error;
    }
  });
}

function upgrade(file: string, options: Options, print: (text: string) => void): number {
  if (file === STDIN) throw new Error("an upgrade edits the fleet file: name one");
  resolveTokensOnly();
  mendKilled(options.out);
  const lock = lockFileOf(file);
  const fleet = loadFleet(file, pinsOf(locksOf(file, options.out, { lock }, {}).pins));
  const names = named(fleet, options.clusters);
  if (options.to !== undefined) {
    if (!/^1\.\d{1,3}$/.test(options.to)) throw new Error(`--to: '${options.to}' is no minor version such as 1.38`);
    const clusters = chosen(fleet, names).flatMap((cluster) => (cluster.cloud === "existing" ? [] : [cluster]));
    print(`${clusters.flatMap((cluster) => chain(cluster, options.to!)).join("\n")}\n`);
    return 0;
  }
  const text = readFileSync(file, "utf8");
  if (options.wave && Object.keys(fleet.waves).length === 0)
    throw new Error(`--wave: ${file} names no waves. Write them in their order: waves: { canary: [a], rest: [b, c] }`);
  const all = withoutElsewhere(file, text, planned(fleet, names, options));
  let wave: Wave = options.wave ? nextWave(fleet, all) : all;
  for (;;) {
    try {
      return moved({ file, lock, text, fleet, wave, options }, print);
    } catch (error) {
      const rest = options.wave && error instanceof StackProblems ? withoutRefused(wave, error.problems) : undefined;
      if (!rest) throw error;
      wave = rest;
    }
  }
}

interface Moving {
  readonly file: string;
  readonly lock: string;
  readonly text: string;
  readonly fleet: Fleet;
  readonly wave: Wave;
  readonly options: Options;
}

function moved({ file, lock, text, fleet, wave, options }: Moving, print: (text: string) => void): number {
  const { name, moves, stays } = wave;
  const head = `${name === undefined ? "" : `Wave ${name}\n`}${moveLines(moves, stays)}`;
  if (moves.length === 0) {
    print(options.wave ? `${head}No wave has anything to move.\n` : head);
    return 0;
  }
  const fresh = edited(text, moves);
  const now = parseFleet(fresh, file, movedPins(fleet.pins ?? {}, moves), false, baseBeside);
  const along = movedAlong(fleet, now, moves);
  if (along.length > 0)
    throw new Error(
      `${file}: ${along.join(", ")} would move along, as what moves is written once for all of them, behind an anchor. Give each cluster that is to move now a line of its own, or move them together with --clusters`,
    );
  const stacks = synthesize({
    file,
    text: fresh,
    out: options.out,
    lock,
    say: (line) => void process.stderr.write(`${line}\n`),
    pins: (pins) => movedPins(pins, moves),
  });
  print(head);
  for (const line of pinsLeft(now, moves)) print(`${line}\n`);
  print(afterwards({ file, lock, fleet, moves, stacks, back: options.back ?? false }));
  return 0;
}

function planned(fleet: Fleet, names: readonly string[], { only, pools, back, set }: Options): Upgrade {
  if (back) return goBack(fleet, names);
  if (pools) return upgradePools(fleet, names);
  if (only === "kubernetes") return upgradeControlPlanes(fleet, names);
  if (only === "charts") return upgradeCharts(fleet, names);
  const asked = questions(fleet, names, only);
  if (asked.length === 0) throw new Error(`--only ${only}: none of these clusters is on EKS, which alone has them`);
  return pinEks(fleet, names, only, answers(asked, set ?? []));
}

/** What is written for several clusters, or in a file that this one extends, is not an upgrade's to change. */
function withoutElsewhere(file: string, text: string, { moves, stays }: Upgrade): Upgrade {
  const { layers } = readLayers(text, file, baseBeside);
  const elsewhere = new Map<Move, string>();
  for (const move of moves) {
    const place = writtenElsewhere(text, layers, move);
    if (place !== undefined) elsewhere.set(move, place);
  }
  return {
    moves: moves.filter((move) => !elsewhere.has(move)),
    stays: [
      ...stays,
      ...[...elsewhere].map(([{ cluster, path, from, to }, place]) => ({
        cluster,
        why: `${place} says ${from}, and not for this cluster alone: write ${to} there, or under clusters.${cluster}.${path.join(".")}`,
      })),
    ],
  };
}

function named(fleet: Fleet, list: string | undefined): readonly string[] {
  const names = (list ?? "").split(",").filter((name) => name !== "");
  const known = fleet.clusters.map(({ name }) => name);
  for (const name of names)
    if (!known.includes(name))
      throw new Error(`--clusters: no cluster is called '${name}'${didYouMean(name, known, "clusters")}`);
  const [retired] = fleet.clusters.filter((cluster) => cluster.retired && names.includes(cluster.name));
  if (retired) throw new Error(`--clusters: '${retired.name}' is retired, and stays as it is until it is torn down`);
  return names;
}

startedAs("upgrade", main);
