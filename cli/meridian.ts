#!/usr/bin/env node
/** `meridian <command>`: the commands of `npm run`, where Meridian is an installed package. */
import { join } from "node:path";
import { calledAsPackage } from "./command";
import { COMMANDS } from "./commands";
import { VERSION } from "./version";

function help(): string {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length));
  return [
    "Usage: meridian <command> [options]",
    "",
    "One fleet file becomes Terraform JSON for EKS, AKS and GKE clusters and the DNS in front of them.",
    "",
    "Commands:",
    ...Object.entries(COMMANDS).map(([name, { what }]) => `  ${name.padEnd(width)}   ${what}`),
    "",
    "Examples:",
    "  meridian synth fleets/shop.yaml     write cdktf.out/stacks/*",
    "  meridian synth - < shop.yaml        the same of what comes in",
    "  meridian synth --help               all that a command takes",
    "",
    `Version ${VERSION}`,
    "",
  ].join("\n");
}

const [name = "--help", ...args] = process.argv.slice(2);
if (name === "--version") process.stdout.write(`${VERSION}\n`);
else if (name === "--help" || name === "help") process.stdout.write(help());
else if (!Object.hasOwn(COMMANDS, name)) {
  process.stderr.write(`meridian: there is no command '${name}'; there are ${Object.keys(COMMANDS).join(", ")}\n`);
  process.exitCode = 1;
} else {
  calledAsPackage();
  const program = join(__dirname, COMMANDS[name]!.program);
  process.argv = [process.argv[0]!, `${program}.js`, ...args];
  require(program);
}
