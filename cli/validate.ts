/** `npm run validate`: whether a fleet file can be synthesized. */
import { loadFleet, nameOf } from "../model/reading/load";
import { fleetWarnings } from "../model/warnings";
import { command } from "./command";

/**
 * Runs the program.
 * @returns the exit code: 0 where the file can be synthesized
 */
export function main(argv: readonly string[]): number {
  let code = 1;
  const program = command("validate", {
    "fleets/arctiq.yaml": "say every mistake at its line",
    "- < fleets/arctiq.yaml": "the same of what comes in",
  })
    .description("Check a fleet file: shape, rules, and what still says CHANGE-ME. Writes nothing.")
    .argument("<fleet>", "fleet file; - reads what comes in")
    .exitOverride()
    .action((file: string) => {
      const fleet = loadFleet(file);
      for (const warning of fleetWarnings(fleet, new Date())) process.stderr.write(`warning: ${warning}\n`);
      process.stdout.write(`${nameOf(file)}: fleet ${fleet.name} is well; ${fleet.clusters.length} clusters\n`);
      code = 0;
    });
  try {
    program.parse(argv, { from: "user" });
  } catch (error) {
    if (error instanceof Error && "exitCode" in error) return Number(error.exitCode);
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
  return code;
}

if (require.main === module || process.argv[1]?.endsWith("validate.js")) process.exitCode = main(process.argv.slice(2));
