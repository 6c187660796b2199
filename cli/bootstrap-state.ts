import "../constructs/cdktf/creation-stacks";

/** `npm run bootstrap-state`: makes the place where a fleet's states are kept, and keeps its own state there. */
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stackIds } from "../model/derived/names";
import { loadFleet } from "../model/reading/load";
import { command, invocation, runAsync, startedAs } from "./command";
import { USUAL_FOLDER } from "./lock";
import { MISSING, type PlaceOptions, placeOf, stateStack, TEARDOWN_OVERRIDE, TEARDOWN_STATE, wordsOf } from "./state-place";
import { type Terraform, terraformProgram } from "./terraform";

interface Options extends PlaceOptions {
  readonly out: string;
}

/** What it reaches the world by. */
export interface Means {
  readonly terraform: Terraform;
  readonly say: (line: string) => void;
}

const USUAL: Means = { terraform: terraformProgram, say: (line) => void process.stdout.write(`${line}\n`) };

/**
 * Runs the program.
 * @param argv arguments after the program's name
 * @returns the exit code
 */
export function main(argv: readonly string[], means: Means = USUAL): Promise<number> {
  const program = command("bootstrap-state", { "fleets/arctiq.yaml": "once, before the first apply; again it changes nothing" })
    .description("Make the bucket or container of the fleet's state backend, and move its own state into it.")
    .argument("<fleet>", "fleet file")
    .option("--location <region>", "azurerm and gcs: where it is made (default: the region of the fleet's first cluster there)")
    .option("--project <id>", "gcs: project that it is made in (default: the one that all GKE clusters share)")
    .option("--out <folder>", "where the fleet is synthesized: the stack is written beside it", USUAL_FOLDER);
  return runAsync(program, argv, (file: string, options: Options) => bootstrap(file, options, means));
}

/** While the bucket isn't there its own state is a file beside the stack. */
const OVERRIDE = "bootstrap_override.tf.json";
const LOCAL_STATE = "bootstrap.tfstate";

async function bootstrap(file: string, options: Options, { terraform, say }: Means): Promise<number> {
  const fleet = loadFleet(file);
  const place = placeOf(file, fleet, options);
  const folder = stateStack(fleet, place, options.out);
  const id = stackIds.state(fleet.name);
  const where = wordsOf(place);
  const run = async (args: readonly string[], failure: string): Promise<string> => {
    const { code, out } = await terraform(folder, [...args, "-no-color"]);
    if (code !== 0) throw new Error(`${id}: ${failure}\n${out.trim()}`);
    return out;
  };
  const [override, local] = [join(folder, OVERRIDE), join(folder, LOCAL_STATE)];
  if (existsSync(join(folder, TEARDOWN_STATE)))
    throw new Error(`${id}: a teardown of ${where} was stopped here: go on with it, ${invocation("teardown", file)} --run`);
  rmSync(join(folder, TEARDOWN_OVERRIDE), { force: true });
  if (!existsSync(local)) {
    rmSync(override, { force: true });
    const { code, out } = await terraform(folder, ["init", "-input=false", "-reconfigure", "-no-color"]);
    if (code === 0) return found(id, where, folder, terraform, say);
    if (!MISSING.test(out))
      throw new Error(`${id}: ${where} can't be reached, and nobody knows whether it is there\n${out.trim()}`);
  } else say(`${id}: goes on where an earlier run was stopped`);
  // made with a state of its own here, which then moves into what was made
  writeFileSync(override, JSON.stringify({ terraform: { backend: { local: { path: LOCAL_STATE } } } }));
  await run(["init", "-input=false", "-reconfigure"], "init failed");
  await run(["apply", "-input=false", "-auto-approve"], `${where} could not be made; run the same again to go on`);
  rmSync(override);
  await run(
    ["init", "-input=false", "-migrate-state", "-force-copy"],
    "its state could not be moved; run the same again to go on",
  );
  const held = (await run(["state", "list"], "its state can't be read where it was moved to")).split("\n").filter(Boolean);
  if (held.length === 0) throw new Error(`${id}: its state was not found in ${where} after the move: it still is in ${local}`);
  rmSync(local);
  rmSync(`${local}.backup`, { force: true });
  say(`${id}: made ${where}, and keeps its own state there. Then: ${invocation("synth", file)}, and apply`);
  return 0;
}

/** What is there already: made by this command, or by somebody else. */
async function found(
  id: string,
  where: string,
  folder: string,
  terraform: Terraform,
  say: (line: string) => void,
): Promise<number> {
  const listed = await terraform(folder, ["state", "list", "-no-color"]);
  if (listed.code !== 0 || listed.out.trim() === "") {
    say(`${id}: ${where} is there, and this fleet didn't make it: it is used as it is, and whoever made it looks after it`);
    return 0;
  }
  const { code, out } = await terraform(folder, ["plan", "-input=false", "-detailed-exitcode", "-no-color"]);
  if (code === 0) {
    say(`${id}: ${where} is there, as it should be: nothing changes`);
    return 0;
  }
  throw new Error(
    code === 2
      ? `${id}: ${where} is not as it should be. Look, and put it right: terraform -chdir=${folder} apply\n${out.trim()}`
      : `${id}: can't be planned\n${out.trim()}`,
  );
}

startedAs("bootstrap-state", main);
