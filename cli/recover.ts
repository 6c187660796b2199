/** `npm run recover`: puts right what a killed run of Terraform has left, so that the next apply goes on. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readStacks } from "../output/folder";
import { command, run, startedAs } from "./command";
import { kubeconfigOf, run as output, recordsIn, releasesOf } from "./recover/cluster";
import { stateLock } from "./recover/lock";
import { age, type Remedy, remedies } from "./recover/records";

type Print = (text: string) => void;

/**
 * Runs the program.
 * @param argv arguments after the program's name
 * @returns 0 where nothing is left to recover, 1 otherwise
 */
export function main(argv: readonly string[], print: Print = (text) => void process.stdout.write(`${text}\n`)): number {
  const program = command("recover")
    .description("After a killed run: show Terraform's lock and Helm's records of a stack, and take back what never ended.")
    .argument("<stack>", "stack id, e.g. arctiq-toronto-priming")
    .option("--out <folder>", "where it was synthesized, and applied from", process.env.CDKTF_OUTDIR || "cdktf.out");
  return run(program, argv, (stack: string, { out }: { readonly out: string }) => recover(stack, out, print));
}

function recover(id: string, out: string, print: Print): number {
  const stacks = readStacks(out);
  const stack = stacks.find((one) => one.id === id);
  if (!stack) throw new Error(`${out} has no stack '${id}'; it has ${stacks.map((one) => one.id).join(", ")}`);
  const folder = join(out, stack.folder);
  const lock = stateLock(folder);
  if (lock) {
    print(`${id}: the state is locked by ${lock.who} since ${lock.created} (${lock.operation}), lock ${lock.id}`);
    print(
      `Nothing is done while it is held. When you are sure that this run is dead: terraform -chdir=${folder} force-unlock ${lock.id}`,
    );
    return 1;
  }
  print(`${id}: the state is not locked`);
  const pulled = output("terraform", ["state", "pull"], folder);
  const place = mkdtempSync(join(tmpdir(), "recover-"));
  try {
    const config = join(place, "kubeconfig");
    writeFileSync(config, kubeconfigOf(stacks, stack, pulled), { mode: 0o600 });
    const now = new Date();
    const found = remedies(recordsIn(config), releasesOf(stack.config), now);
    if (found.length === 0) print("no release is in the middle of something: apply again");
    for (const remedy of found) apply(remedy, config, now, print);
    return found.some(({ kind }) => kind === "wait") ? 1 : 0;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function apply(remedy: Remedy, config: string, now: Date, print: Print): void {
  const { release, namespace, revision, status, modified } = remedy.record;
  print(`${namespace}/${release}: revision ${revision} is ${status} since ${age(modified, now)}`);
  if (remedy.kind === "wait") {
    print(`  left alone: Helm may work on it for another ${remedy.seconds} s`);
  } else if (remedy.kind === "forget") {
    const secret = `sh.helm.release.v1.${release}.v${revision}`;
    output("kubectl", [`--kubeconfig=${config}`, "--namespace", namespace, "delete", "secret", secret]);
    print("  the record is deleted: its objects stay, and the next apply takes them over");
  } else {
    output("helm", ["rollback", release, String(remedy.to), `--kubeconfig=${config}`, "--namespace", namespace]);
    print(`  rolled back to revision ${remedy.to}, which was deployed: the next apply tries again`);
  }
}

startedAs("recover", main);
