/** `npm run expand`: a fleet file with every default filled in. */

import { lockFileOf, readLock } from "../changes/lock/file";
import { pinsOf } from "../changes/lock/pins";
import { expandFleet } from "../model/reading/expand";
import { nameOf, textOf } from "../model/reading/load";
import { command, run, startedAs } from "./command";

/**
 * Runs the program.
 * @returns the exit code
 */
export function main(argv: readonly string[]): number {
  const program = command("expand", { "fleets/arctiq.yaml": "print the file with every default" })
    .description(
      "Print a fleet file with every default filled in, and where each comes from: default, defaults, or the lock file.",
    )
    .argument("<fleet>", "fleet file; - reads what comes in");
  return run(program, argv, (file: string) => {
    const pins = pinsOf(readLock(lockFileOf(file)));
    process.stdout.write(expandFleet(textOf(file), nameOf(file), pins));
    return 0;
  });
}

startedAs("expand", main);
