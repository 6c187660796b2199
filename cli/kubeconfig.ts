/** `npm run kubeconfig`: one file for kubectl with a context for each cluster of a fleet, and no token in it. */

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { kubeConnections, kubeconfig, type Outputs } from "../handoff/kubeconfig";
import { handoffOf } from "../handoff/model";
import { loadFleet } from "../model/reading/load";
import type { Fleet } from "../model/schema/fleet";
import { readStacks } from "../output/folder";
import { command, run, startedAs } from "./command";

/**
 * Runs the program.
 * @param argv arguments after the program's name
 * @returns the exit code
 */
export function main(argv: readonly string[], print: (text: string) => void = (text) => void process.stdout.write(text)): number {
  const program = command("kubeconfig")
    .description("Print a kubeconfig with a context for each applied cluster: kubectl fetches tokens by the cloud's own plugin.")
    .argument("<fleet>", "fleet file")
    .option("--out <folder>", "where its stacks were synthesized, and applied from", process.env.CDKTF_OUTDIR || "cdktf.out");
  return run(program, argv, (file: string, { out }: { readonly out: string }) => {
    print(ofFleet(loadFleet(file), out));
    return 0;
  });
}

function ofFleet(fleet: Fleet, out: string): string {
  const stacks = readStacks(out);
  const handoff = handoffOf(
    stacks,
    fleet.clusters.map(({ name }) => name),
  );
  if (handoff.fleet !== fleet.name)
    throw new Error(`${out}: holds fleet '${handoff.fleet}', not '${fleet.name}'; name its folder with --out`);
  const connections = kubeConnections(handoff);
  const asked = new Set(
    connections.flatMap(({ server, authority }) =>
      [server, authority].flatMap((value) => (value && "stack" in value ? [value.stack] : [])),
    ),
  );
  const outputs = Object.fromEntries(
    stacks.filter(({ id }) => asked.has(id)).map(({ id, folder }) => [id, outputsOf(id, join(out, folder))]),
  );
  for (const { name } of fleet.clusters)
    if (!connections.some((connection) => connection.name === `${fleet.name}-${name}`))
      process.stderr.write(`${name}: no stack connects to its API (no add-on, no application), so it isn't in the file\n`);
  return kubeconfig(connections, outputs);
}

/** What a stack's state gives; nothing, and a sentence, where it can't be read. */
function outputsOf(id: string, folder: string): Outputs[string] {
  const terraform = process.env.TERRAFORM_BINARY_NAME ?? "terraform";
  const { status, stdout, stderr, error } = spawnSync(terraform, [`-chdir=${folder}`, "output", "-json", "-no-color"], {
    encoding: "utf8",
  });
  if (status !== 0) {
    const [said = "no answer"] = (error?.message ?? stderr).split("\n").filter((line) => /\w/.test(line));
    process.stderr.write(
      `${id}: its outputs can't be read, so its cluster isn't in the file (${said.replace(/^\W+/, "")}); 'terraform init' there, with the login of its state\n`,
    );
    return {};
  }
  const outputs = JSON.parse(stdout) as Readonly<Record<string, { readonly value: unknown; readonly sensitive: boolean }>>;
  const known = Object.entries(outputs).filter(([, { sensitive }]) => !sensitive);
  if (known.length === 0) process.stderr.write(`${id}: isn't applied yet, so its cluster isn't in the file\n`);
  return Object.fromEntries(known.map(([name, { value }]) => [name, value]));
}

startedAs("kubeconfig", main);
