import { basename } from "node:path";
import { Command } from "commander";
import { VERSION } from "./version";

/** How the commands are called: `npm run synth --` in this project, `meridian synth` where it is a package. */
let isPackage = false;

/** Says that an installed package's own command runs. */
export function calledAsPackage(): void {
  isPackage = true;
}

/**
 * What a person types to call a command.
 * @param file the fleet file that it is about. @default - none yet
 */
export function invocation(name: string, file?: string): string {
  const call = isPackage ? `meridian ${name}` : `npm run ${name} --`;
  return file === undefined ? call : `${call} ${typed(file)}`;
}

/** A path as a shell takes it. */
export function typed(path: string): string {
  return /^[\w@%+=:,./~-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}

/**
 * A command whose help shows what can be typed.
 * @param examples arguments of example calls, each with what it does
 */
export function command(name: string, examples: Readonly<Record<string, string>> = {}): Command {
  const call = invocation(name);
  const width = Math.max(0, ...Object.keys(examples).map((args) => args.length));
  const lines = Object.entries(examples).map(([args, what]) => `  ${call} ${args.padEnd(width)}   ${what}`);
  return new Command(call)
    .version(VERSION, "--version", "say Meridian's version")
    .addHelpText("after", lines.length > 0 ? `\nExamples:\n${lines.join("\n")}` : "");
}

/**
 * Parses what was typed and runs the command.
 * @param argv arguments after the command's name
 * @param action takes the arguments and the options; gives the exit code
 * @returns the action's exit code; 1 after an error, whose message is printed; what help and misuse exit with
 */
export function run<A extends unknown[]>(program: Command, argv: readonly string[], action: (...args: A) => number): number {
  let code = 0;
  program.exitOverride().action((...args) => {
    code = action(...(args as unknown as A));
  });
  try {
    program.parse(argv, { from: "user" });
    return code;
  } catch (error) {
    return failed(error);
  }
}

/** The same of a command that waits for something. */
export async function runAsync<A extends unknown[]>(
  program: Command,
  argv: readonly string[],
  action: (...args: A) => Promise<number>,
): Promise<number> {
  let code = 0;
  program.exitOverride().action(async (...args) => {
    code = await action(...(args as unknown as A));
  });
  try {
    await program.parseAsync(argv, { from: "user" });
    return code;
  } catch (error) {
    return failed(error);
  }
}

/** Commander has printed its own errors already. */
function failed(error: unknown): number {
  if (error instanceof Error && "exitCode" in error) return Number(error.exitCode);
  process.stderr.write(`${error instanceof Error ? spoken(error) : String(error)}\n`);
  return 1;
}

/** Of a full disk the system says neither where nor what to do. */
export function spoken(error: NodeJS.ErrnoException): string {
  const isFull = error.code === "ENOSPC" || error.code === "EDQUOT";
  return isFull ? `There is no space left on the disk (${error.message}): make room, and run the same again` : error.message;
}

/**
 * Runs a program where it is the one that was started: as a bundle of dist/, or by the package's own command.
 * @param name its file's name
 */
export function startedAs(name: string, main: (argv: readonly string[]) => number | Promise<number>): void {
  if (basename(process.argv[1] ?? "") !== `${name}.js`) return;
  void Promise.resolve(main(process.argv.slice(2))).then((code) => {
    process.exitCode = code;
  });
}
