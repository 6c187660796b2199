import { Command } from "commander";
import { VERSION } from "./version";

/** How the commands are called: `npm run synth --` in this project, `meridian synth` where it is a package. */
let isPackage = false;

/** Says that an installed package's own command runs. */
export function calledAsPackage(): void {
  isPackage = true;
}

/** What a person types to call a command. */
export function invocation(name: string): string {
  return isPackage ? `meridian ${name}` : `npm run ${name} --`;
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
