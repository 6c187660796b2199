import { createHash } from "node:crypto";
import { stackIds } from "../../model/derived/names";
import { type FleetFacts, RETIRED } from "../facts";
import { kubeConnections } from "../kubeconfig";
import { cloudsOf, loginInWords } from "../logins";
import type { Handoff } from "../model";
import { makefile } from "./makefile";
import { readme } from "./readme";
import { variablesExample } from "./variables";

/** Files by path, relative to the bundle. */
export type Files = Readonly<Record<string, string>>;

/** Where the synthesized folder lies in a bundle: local state is then `state/` in the bundle itself. */
export const SYNTHESIZED = "terraform";

/** What only one person, one machine or one day has. */
const IGNORED = [
  ".init/",
  ".plugins/",
  ".run/",
  ".synth*",
  ".terraform/",
  "kept.tfvars.json",
  "kubeconfig",
  "kubeconfig.new",
  "plan.bin",
  "state/",
  "terraform.tfvars",
  "*.tfstate",
  "*.tfstate.*",
];

/**
 * The files of a bundle beside the synthesized folder.
 * @param scripts stack.sh, login.sh, verify.sh, plan.jq and kubeconfig.jq
 * @param source the fleet file, as the pages name it
 */
export function bundleFiles(handoff: Handoff, facts: FleetFacts, scripts: Files, source: string): Files {
  return {
    ...scripts,
    Makefile: makefile(handoff, source),
    "README.md": readme(handoff, facts, source),
    "terraform.tfvars.example": variablesExample(handoff),
    "verify.json": `${JSON.stringify(facts.seen, null, 1)}\n`,
    "bundle.json": `${JSON.stringify(runnerFacts(handoff, facts), null, 1)}\n`,
    ".gitignore": `${IGNORED.join("\n")}\n`,
  };
}

/** What stack.sh looks up. */
function runnerFacts(handoff: Handoff, facts: FleetFacts) {
  const like = likeStacks(handoff, facts);
  return {
    fleet: handoff.fleet,
    state: handoff.state,
    levels: handoff.levels,
    stacks: handoff.stacks.map(({ id, folder, after, programs, variables, logins, secrets, asked }) => ({
      id,
      folder,
      after,
      programs,
      variables: variables.map(({ name, ephemeral, kept }) => ({ name, ephemeral, kept })),
      needs: [...logins.map(loginInWords), ...programs.map((program) => `${program} on PATH`)].join("; ") || "nothing",
      clouds: cloudsOf(handoff, logins),
      secret: secrets.length > 0,
      ...(Object.keys(asked).length > 0 && { asked }),
      ...(like[id] && { like: like[id] }),
    })),
    connections: kubeConnections(handoff),
    drains: handoff.drains,
    unprotected: handoff.unprotected,
    guard: handoff.guard,
  };
}

/**
 * For a stack that keeps a variable, an application's tag: the stacks that keep that of the same application on the
 * clusters that serve.
 */
function likeStacks({ fleet, stacks }: Handoff, { clusters }: FleetFacts): Readonly<Record<string, readonly string[]>> {
  const keep = stacks.filter(({ variables }) => variables.some(({ kept }) => kept)).map(({ id }) => id);
  return Object.fromEntries(
    keep.flatMap((id) => {
      const starts = clusters.map(({ name, note }) => ({ start: stackIds.app(fleet, name, ""), note }));
      // one cluster's name may begin with another's
      const own = starts.filter(({ start }) => id.startsWith(start)).sort((a, b) => b.start.length - a.start.length)[0];
      const others = starts
        .filter(({ start, note }) => start !== own?.start && note !== RETIRED)
        .map(({ start }) => start + id.slice(own?.start.length))
        .filter((other) => keep.includes(other));
      return own && others.length > 0 ? [[id, others] as const] : [];
    }),
  );
}

/** `sha256sum -c` reads it. Of all that is handed over, and nothing that comes to be by using it. */
export function checksums(files: Readonly<Record<string, Uint8Array | string>>): string {
  return Object.keys(files)
    .sort()
    .map((path) => `${sumOf(files[path]!)}  ${path}\n`)
    .join("");
}

export const sumOf = (content: Uint8Array | string): string => createHash("sha256").update(content).digest("hex");
