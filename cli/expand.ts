/** `npm run expand`: a fleet file with every default filled in. */

import { lockFileOf, readLock } from "../changes/lock/file";
import { pinsOf } from "../changes/lock/pins";
import { expandFleet } from "../model/reading/expand";
import { nameOf, textOf } from "../model/reading/load";
import { command } from "./command";

/**
 * Runs the program.
 * @returns the exit code
 */
export function main(argv: readonly string[]): number {
  let code = 1;
  const program = command("expand", { "fleets/arctiq.yaml": "print the file with every default" })
    .description(
      "Print a fleet file with every default filled in, and where each comes from: default, defaults, or the lock file.",
    )
    .argument("<fleet>", "fleet file; - reads what comes in")
    .exitOverride()
    .action((file: string) => {
      const pins = pinsOf(readLock(lockFileOf(file)));
      process.stdout.write(expandFleet(textOf(file), nameOf(file), pins));
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

if (require.main === module || process.argv[1]?.endsWith("expand.js")) process.exitCode = main(process.argv.slice(2));
