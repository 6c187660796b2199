/** `npm run validate`: whether a fleet file can be synthesized. */
import { loadFleet, nameOf } from "../model/reading/load";
import { fleetWarnings } from "../model/warnings";
import { command, run, startedAs } from "./command";

/**
 * Runs the program.
 * @returns the exit code: 0 where the file can be synthesized
 */
export function main(argv: readonly string[]): number {
  const program = command("validate", {
    "fleets/arctiq.yaml": "say every mistake at its line",
    "- < fleets/arctiq.yaml": "the same of what comes in",
  })
    .description("Check a fleet file: shape, rules, and what still says CHANGE-ME. Writes nothing.")
    .argument("<fleet>", "fleet file; - reads what comes in");
  return run(program, argv, (file: string) => {
    const fleet = loadFleet(file);
    for (const warning of fleetWarnings(fleet, new Date())) process.stderr.write(`warning: ${warning}\n`);
    process.stdout.write(`${nameOf(file)}: fleet ${fleet.name} is well; ${fleet.clusters.length} clusters\n`);
    return 0;
  });
}

startedAs("validate", main);
