/** `npm run teardown`: takes a fleet, or one retired cluster, down in order. */
import { readFileSync, writeFileSync } from "node:fs";
import { withItem } from "../changes/edit/yaml-text";
import { lockFileOf } from "../changes/lock/file";
import { pinsOf } from "../changes/lock/pins";
import { stackFacts } from "../changes/lock/stack-facts";
import { isKubernetes, type Order, teardownOrder } from "../changes/teardown/order";
import { clusterName } from "../model/derived/names";
import { didYouMean } from "../model/problems/wording";
import { loadFleet } from "../model/reading/load";
import type { Fleet } from "../model/schema/fleet";
import { readStacks, type Stack } from "../output/folder";
import { resourcesOf } from "../output/stack";
import { flagged } from "../output/unprotected";
import { command, invocation, runAsync, startedAs, typed } from "./command";
import { type Locks, locksOf, USUAL_FOLDER } from "./lock";
import { wordsOf } from "./state-place";
import { typedTo } from "./teardown/ask";
import { destroyed, heldIn, prepared } from "./teardown/destroy";
import { isLeavingPlace, placeIn, storeLines, takeStore } from "./teardown/store";
import { type CloudProgram, cloudProgram } from "./teardown/store-keys";
import { type Terraform, terraformProgram } from "./terraform";

interface Options {
  readonly cluster?: string;
  readonly run?: boolean;
  readonly deadApi?: boolean;
  readonly out: string;
}

/** What a teardown reaches the world by. */
export interface Means {
  readonly terraform: Terraform;
  readonly say: (line: string) => void;
  /** Reads the name that is typed to confirm. */
  readonly ask: (question: string) => Promise<string>;
  readonly sleep: (seconds: number) => Promise<void>;
  /** A cloud's own command line, which says what lies in the bucket of the states. */
  readonly cloud: CloudProgram;
}

const USUAL: Means = {
  terraform: terraformProgram,
  cloud: cloudProgram,
  say: (line) => void process.stdout.write(`${line}\n`),
  ask: (question) => typedTo(question),
  sleep: (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000)),
};

/**
 * Runs the program.
 * @param argv arguments after the program's name
 * @returns the exit code
 */
export function main(argv: readonly string[], means: Means = USUAL): Promise<number> {
  const program = command("teardown", {
    "fleets/arctiq.yaml": "print what takes the whole fleet down, in order",
    "fleets/arctiq.yaml --cluster toronto --run": "destroy a retired cluster's stacks, and say so in the file",
  })
    .description(
      "Take a fleet or a retired cluster down: names first, then applications, what clusters were primed with, clusters.",
    )
    .argument("<fleet>", "fleet file")
    .option("--cluster <name>", "only the stacks of this retired cluster")
    .option("--run", "do it, behind a typed confirmation (default: print the commands)")
    .option("--dead-api", "the API of the cluster is gone for good: forget what was in it, destroy what is in the cloud")
    .option("--out <folder>", "where it was synthesized, and applied from", USUAL_FOLDER);
  return runAsync(program, argv, (file: string, options: Options) => teardown(file, options, means));
}

async function teardown(file: string, options: Options, means: Means): Promise<number> {
  const { out, cluster } = options;
  const locks = locksOf(file, out, { lock: lockFileOf(file) }, {});
  const fleet = loadFleet(file, pinsOf(locks.pins));
  const stacks = readStacks(out);
  checkOutput(file, out, stacks, locks);
  if (cluster !== undefined) checkRetired(fleet, cluster, locks);
  else if (options.deadApi) throw new Error("--dead-api is about one cluster: name it with --cluster");
  const order = teardownOrder(
    fleet.name,
    stacks,
    fleet.clusters.map(({ name }) => name),
    cluster,
  );
  if (!options.run) {
    for (const line of printed({ file, fleet, stacks, order, options })) means.say(line);
    if (cluster === undefined) for (const line of storeLines({ file, fleet, out })) means.say(line);
    return 0;
  }
  return perform({ file, fleet, stacks, order, options }, means);
}

/** What is destroyed is what was synthesized last, or nobody knows what it is. */
function checkOutput(file: string, out: string, stacks: readonly Stack[], { current }: Locks): void {
  const stale = stacks
    .filter(({ id, config }) => current?.stacks[id]?.digest !== stackFacts(id, config).digest)
    .map(({ id }) => id);
  if (stacks.length > 0 && stale.length === 0) return;
  throw new Error(
    stacks.length === 0
      ? `${out} holds no stacks: ${invocation("synth", file)}`
      : `${out} is not what the lock file of ${file} says (${stale.join(", ")}): ${invocation("synth", file)}`,
  );
}

function checkRetired(fleet: Fleet, name: string, { before }: Locks): void {
  const known = fleet.clusters.map((cluster) => cluster.name);
  if (!known.includes(name)) throw new Error(`--cluster: no cluster is called '${name}'${didYouMean(name, known, "clusters")}`);
  const isRetired = fleet.clusters.find((cluster) => cluster.name === name)?.retired === true;
  if (!isRetired || before?.clusters[name]?.retired !== true)
    throw new Error(
      `'${name}' is ${isRetired ? "retired in the file, and not in the committed lock file: synthesize, apply the names, and commit both" : "not retired: generation retire, or `retired: true`; synthesize, apply the names, and commit"} first. A teardown is of what everybody knows to be going`,
    );
}

/** The commands, for somebody to type. */
function printed({ file, stacks, order, options }: Performing): readonly string[] {
  const { cluster, deadApi = false } = options;
  const [out, copy] = [typed(options.out), typed(copyOf(options.out))];
  const of = (id: string) => stacks.find((stack) => stack.id === id)!;
  const down = (id: string) => [
    `terraform -chdir=${copy}/${of(id).folder} init`,
    ...(deadApi && resourcesOf(of(id).config).some(({ address }) => isKubernetes(address))
      ? [
          `terraform -chdir=${copy}/${of(id).folder} state rm $(terraform -chdir=${copy}/${of(id).folder} state list | grep -E '^(helm_release|kubernetes_)')`,
        ]
      : []),
    ...(flagged(of(id).config).length > 0
      ? [`terraform -chdir=${copy}/${of(id).folder} apply   # may change protection flags alone`]
      : []),
    `terraform -chdir=${copy}/${of(id).folder} destroy`,
  ];
  return [
    `# ${invocation("teardown", file)}${cluster === undefined ? "" : ` --cluster ${cluster}`}${deadApi ? " --dead-api" : ""} --run does this, behind a typed confirmation`,
    `${invocation("synth", file)} --out ${copy} --without-deletion-protection`,
    ...(cluster === undefined
      ? order.names.flatMap(down)
      : order.names.map((id) => `terraform -chdir=${out}/${of(id).folder} plan   # must show no changes`)),
    ...(order.ttlSeconds > 0 ? [`sleep ${order.ttlSeconds}   # until no resolver leads there any more`] : []),
    ...order.stacks.flatMap(down),
    ...(cluster === undefined
      ? []
      : [
          `${invocation("generation", file)} drop ${cluster}   # takes it out of the file, where it reads that these states are empty`,
        ]),
  ];
}

interface Performing {
  readonly file: string;
  readonly fleet: Fleet;
  readonly stacks: readonly Stack[];
  readonly order: Order;
  readonly options: Options;
}

async function perform({ file, fleet, stacks, order, options }: Performing, means: Means): Promise<number> {
  const { cluster, out, deadApi = false } = options;
  const { terraform, say } = means;
  const ids = [...(cluster === undefined ? order.names : []), ...order.stacks];
  const wanted = cluster === undefined ? fleet.name : clusterName(fleet.name, cluster);
  for (const id of ids) say(`  ${id}`);
  const leavingFleet = { file, fleet, out };
  const place = cluster === undefined ? placeIn(leavingFleet) : undefined;
  if (place) say(`  last ${wordsOf(place)}, if it was made for this fleet and holds nothing else`);
  const typed = await means.ask(`This destroys ${ids.length} stacks with all that they hold. Type ${wanted} to go on: `);
  if (typed.trim() !== wanted) throw new Error(`'${typed.trim()}' is not ${wanted}: nothing was done`);
  if (cluster === undefined && isLeavingPlace(leavingFleet)) {
    say(`Fleet ${fleet.name} is down: ${await takeStore(leavingFleet, means)}.`);
    return 0;
  }
  const find = (id: string) => stacks.find((stack) => stack.id === id)!;
  // every state is looked at before the first thing goes
  if (cluster !== undefined) for (const id of order.names) await checkApplied(find(id), out, cluster, terraform);
  const leaving = [];
  for (const id of ids) leaving.push(await prepared(find(id), out, copyOf(out), terraform));
  const namesLeft = leaving.some(({ stack, held }) => order.names.includes(stack.id) && held.length > 0);
  let isToWait = order.ttlSeconds > 0 && (cluster !== undefined ? leaving.some(({ held }) => held.length > 0) : namesLeft);
  for (const stack of leaving) {
    if (isToWait && !order.names.includes(stack.stack.id)) {
      say(`waiting ${order.ttlSeconds} s, until no resolver leads there any more`);
      await means.sleep(order.ttlSeconds);
      isToWait = false;
    }
    await destroyed(stack, { terraform, say, deadApi });
    if (cluster !== undefined && !fleet.destroyedStacks.includes(stack.stack.id))
      // each as it goes: so that the next run and the next synth know
      writeFileSync(file, withItem(readFileSync(file, "utf8"), ["destroyedStacks"], stack.stack.id));
  }
  say(
    cluster === undefined
      ? `Fleet ${fleet.name} is down: ${await takeStore({ ...leavingFleet, empty: ids }, means)}. The file and its lock are still there.`
      : `Cluster ${cluster} is down. Then: ${invocation("generation", file)} drop ${cluster}`,
  );
  return 0;
}

/** A name that was never applied leads nowhere; what was applied must be what the file says now. */
async function checkApplied(stack: Stack, out: string, cluster: string, terraform: Terraform): Promise<void> {
  const folder = `${out}/${stack.folder}`;
  const { code: began, out: words } = await terraform(folder, ["init", "-input=false", "-no-color"]);
  if (began !== 0) throw new Error(`${stack.id}: init failed\n${words.trim()}`);
  if ((await heldIn(stack, folder, terraform)).length === 0) return;
  const { code, out: plan } = await terraform(folder, ["plan", "-input=false", "-no-color", "-detailed-exitcode"]);
  if (code === 0) return;
  if (code === 2)
    throw new Error(`${stack.id} is not applied as it is: names may still lead to '${cluster}'. Apply it, then run this again`);
  throw new Error(`${stack.id}: can't be planned\n${plan.trim()}`);
}

const copyOf = (out: string): string => `${out.replace(/[\\/]+$/, "")}.teardown`;

startedAs("teardown", main);
