/** The end of a fleet's teardown: the bucket or container that `bootstrap-state` made for its states. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { besidesFlags, type ShownChange } from "../../changes/teardown/flags";
import { locationOf } from "../../constructs/state";
import { stackIds } from "../../model/derived/names";
import type { Fleet } from "../../model/schema/fleet";
import { type JsonObject, member, readJsonObject } from "../../output/json";
import { resourcesOf } from "../../output/stack";
import { invocation, typed } from "../command";
import { MISSING, placeOf, type StatePlace, stateStack, TEARDOWN_OVERRIDE, TEARDOWN_STATE, wordsOf } from "../state-place";
import type { Terraform } from "../terraform";
import { type CloudProgram, commandLine, listings, stackOf } from "./store-keys";

export interface Leaving {
  readonly file: string;
  readonly fleet: Fleet;
  readonly out: string;
  /** Stacks whose states were seen to hold nothing. @default - none */
  readonly empty?: readonly string[];
}

export interface StoreMeans {
  readonly terraform: Terraform;
  readonly say: (line: string) => void;
  readonly cloud: CloudProgram;
}

/** Buckets that are deleted with what is in them: all versions of states that are empty. */
const BUCKETS: readonly string[] = ["aws_s3_bucket", "google_storage_bucket"];
const PLAN = "teardown.tfplan";

/**
 * Where the fleet's states are, if that is a place that can be made and unmade.
 * Its region is read from its state, and plays no part until then.
 */
export function placeIn({ file, fleet }: Leaving): StatePlace | undefined {
  try {
    return placeOf(file, fleet, { location: "unknown", project: "unknown" });
  } catch {
    return undefined;
  }
}

/** Whether an earlier run had come to the place already: then all that it held is gone. */
export const isLeavingPlace = ({ fleet, out }: Leaving): boolean => holdsState(join(folderOf(out, fleet), TEARDOWN_STATE));

/** The commands, for somebody to type. */
export function storeLines(leaving: Leaving): readonly string[] {
  const place = placeIn(leaving);
  if (!place) return [];
  const { file, fleet, out } = leaving;
  const folder = typed(folderOf(out, fleet));
  const aside = mkdtempSync(join(tmpdir(), "meridian-"));
  try {
    const config = readJsonObject(join(stateStack(fleet, place, join(aside, "o")), "cdk.tf.json"));
    const id = stackIds.state(fleet.name);
    return [
      `# last, ${wordsOf(place)}, if bootstrap-state made it, and only where nothing else lies there`,
      `${invocation("bootstrap-state", file)}   # must find it, and change nothing`,
      ...listings(place).map((listing) => `${commandLine(listing)}   # must be states of ${fleet.name} alone, each empty`),
      `printf '%s' '${JSON.stringify(override(config))}' > ${folder}/${TEARDOWN_OVERRIDE}`,
      `terraform -chdir=${folder} init -migrate-state   # takes the state of ${id} out of it, into ${TEARDOWN_STATE}`,
      ...(bucketsOf(config).length > 0 ? [`terraform -chdir=${folder} apply   # may change force_destroy alone`] : []),
      `terraform -chdir=${folder} destroy`,
    ];
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

/**
 * Takes the place down, as the last of a fleet.
 * @returns what became of it, in a sentence
 * @throws where other keys lie in it, or a state of the fleet that still holds something
 */
export async function takeStore(leaving: Leaving, means: StoreMeans): Promise<string> {
  const place = placeIn(leaving);
  if (!place) return "its states are kept where nothing was made for them, and stay there";
  const { fleet, out } = leaving;
  const { terraform, say } = means;
  const [id, where] = [stackIds.state(fleet.name), wordsOf(place)];
  const folder = stateStack(fleet, place, out);
  const [overrides, local] = [join(folder, TEARDOWN_OVERRIDE), join(folder, TEARDOWN_STATE)];
  const run = runner(id, folder, terraform);
  rmSync(overrides, { force: true });
  if (!holdsState(local)) {
    const { code, out: words } = await terraform(folder, ["init", "-input=false", "-reconfigure", "-no-color"]);
    if (code !== 0 && MISSING.test(words)) return `${where} is not there`;
    if (code !== 0) throw new Error(`${id}: ${where} can't be reached\n${words.trim()}`);
    const listed = await terraform(folder, ["state", "list", "-no-color"]);
    if (listed.code !== 0 || listed.out.trim() === "") return `${where} is not this fleet's, and stays`;
    await refuseOthers(leaving, place, means);
    stateStack(fleet, whereItIs(place, await run(["state", "pull"], "its state can't be read")), out);
    // out of the bucket, which could not be destroyed with its own state in it
    writeFileSync(overrides, JSON.stringify(override(readJsonObject(join(folder, "cdk.tf.json")))));
    await run(["init", "-input=false", "-migrate-state", "-force-copy"], "its state could not be moved out; run the same again");
    if (!holdsState(local)) throw new Error(`${id}: its state was not found in ${local} after the move: nothing was destroyed`);
    say(`${id}: moved its state out of ${where}`);
  } else {
    say(`${id}: goes on where an earlier run was stopped`);
    stateStack(fleet, whereItIs(place, readFileSync(local, "utf8")), out);
    writeFileSync(overrides, JSON.stringify(override(readJsonObject(join(folder, "cdk.tf.json")))));
    await run(["init", "-input=false", "-reconfigure"], "init failed");
  }
  await destroyPlace({ leaving, place, folder, run }, means);
  rmSync(`${out.replace(/[\\/]+$/, "")}.state`, { recursive: true, force: true });
  return `${where} is gone`;
}

interface Going {
  readonly leaving: Leaving;
  readonly place: StatePlace;
  readonly folder: string;
  readonly run: Run;
}

async function destroyPlace({ leaving, place, folder, run }: Going, means: StoreMeans): Promise<void> {
  const id = stackIds.state(leaving.fleet.name);
  const held = (await run(["state", "list"], "its state can't be read")).split("\n");
  const buckets = bucketsOf(readJsonObject(join(folder, "cdk.tf.json"))).filter((address) => held.includes(address));
  if (buckets.length > 0) {
    await refuseOthers(leaving, place, means);
    const targets = buckets.map((address) => `-target=${address}`);
    const what = "it can't be emptied";
    await run(["plan", "-input=false", `-out=${PLAN}`, ...targets], what);
    const { resource_changes: changes = [] } = JSON.parse(await run(["show", "-json", PLAN], what)) as {
      readonly resource_changes?: readonly ShownChange[];
    };
    const more = besidesFlags(changes);
    if (more.length > 0)
      throw new Error(
        `${id}: to empty it would also ${more.join(", ")}: put it right first (${invocation("bootstrap-state", leaving.file)})`,
      );
    await run(["apply", "-input=false", PLAN], what);
  }
  await run(["destroy", "-input=false", "-auto-approve"], "its destroy stopped; run the same again to go on");
}

/** What lies there and is no empty state of this fleet stops it: nobody else's state goes with a fleet. */
async function refuseOthers(
  { fleet, out, empty = [] }: Leaving,
  place: StatePlace,
  { terraform, cloud }: StoreMeans,
): Promise<void> {
  const where = wordsOf(place);
  const keys = listings(place).flatMap((listing) => {
    const { code, out: words } = cloud(listing.program, listing.args);
    if (code !== 0)
      throw new Error(
        `nobody can say what else lies in ${where}, so that it stays. This must answer: ${commandLine(listing)}\n${words.trim()}`,
      );
    return listing.keys(words);
  });
  const others: string[] = [];
  for (const key of keys) {
    const stack = stackOf(place, fleet.name, key);
    if (stack !== undefined && [stackIds.state(fleet.name), ...empty].includes(stack)) continue;
    if (stack === undefined) others.push(key);
    else if (await holds(fleet, stack, out, terraform))
      others.push(`${key} (the state of ${stack}, which still holds something)`);
  }
  if (others.length > 0)
    throw new Error(
      `${where} stays: other keys lie there: ${others.join(", ")}. Everything else of fleet ${fleet.name} is down. Look whose they are; when they are gone, run the same again`,
    );
}

/** Whether a state holds anything, be its stack one of today or one that was dropped long ago. */
async function holds({ state }: Fleet, stack: string, out: string, terraform: Terraform): Promise<boolean> {
  const folder = join(`${out.replace(/[\\/]+$/, "")}.teardown`, "stacks", stack);
  mkdirSync(folder, { recursive: true });
  const { backend, settings } = locationOf(state, stack);
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify({ terraform: { backend: { [backend]: settings } } }));
  const run = runner(stack, folder, terraform);
  await run(["init", "-input=false", "-reconfigure"], "init failed");
  const { code, out: words } = await terraform(folder, ["state", "list", "-no-color"]);
  rmSync(folder, { recursive: true, force: true });
  if (code !== 0) return !/No state file was found/.test(words);
  return words.split("\n").some((line) => line !== "" && !line.startsWith("data."));
}

/** The stack as it is to be destroyed: its state beside it, nothing protected, buckets emptied. */
function override(config: JsonObject): JsonObject {
  const resource: Record<string, Record<string, JsonObject>> = {};
  for (const { type, name, isProtected } of resourcesOf(config))
    if (isProtected)
      resource[type] = {
        ...resource[type],
        [name]: { ...(BUCKETS.includes(type) && { force_destroy: true }), lifecycle: { prevent_destroy: false } },
      };
  return { terraform: { backend: { local: { path: TEARDOWN_STATE } } }, resource };
}

const bucketsOf = (config: JsonObject): readonly string[] =>
  resourcesOf(config).flatMap(({ type, address }) => (BUCKETS.includes(type) ? [address] : []));

/** A place with the region and the project that its state says. */
function whereItIs(place: StatePlace, state: string): StatePlace {
  if (!("location" in place)) return place;
  const resources = (JSON.parse(state) as { readonly resources?: readonly JsonObject[] }).resources ?? [];
  const found = (field: string): string | undefined => {
    for (const { instances } of resources)
      for (const instance of Array.isArray(instances) ? instances : []) {
        const value = member(instance, "attributes")[field];
        if (typeof value === "string" && value !== "") return value;
      }
    return undefined;
  };
  const location = found("location") ?? place.location;
  return "projectId" in place ? { ...place, location, projectId: found("project") ?? place.projectId } : { ...place, location };
}

type Run = (args: readonly string[], failure: string) => Promise<string>;

const runner =
  (id: string, folder: string, terraform: Terraform): Run =>
  async (args, failure) => {
    const { code, out } = await terraform(folder, [...args, "-no-color"]);
    if (code !== 0) throw new Error(`${id}: ${failure}\n${out.trim()}`);
    return out;
  };

/** A kill while Terraform writes it leaves a file with nothing in it. */
const holdsState = (file: string): boolean => existsSync(file) && readFileSync(file, "utf8").trim() !== "";

const folderOf = (out: string, fleet: Fleet): string =>
  join(`${out.replace(/[\\/]+$/, "")}.state`, "stacks", stackIds.state(fleet.name));
