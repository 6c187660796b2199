import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleFiles, checksums } from "../../handoff/bundle/files";
import { variablesExample } from "../../handoff/bundle/variables";
import { factsOf } from "../../handoff/facts";
import { handoffOf } from "../../handoff/model";
import type { ShellFacts } from "../../verify/for-shell";
import { committedFleet, root } from "../support/fleet";
import { synthesized } from "./committed";

const fleet = committedFleet("fleets/arctiq.yaml");
const stacks = synthesized(fleet);
const handoff = handoffOf(stacks);
const files = bundleFiles(handoff, factsOf(fleet), {}, "fleets/arctiq.yaml");
const folder = mkdtempSync(join(tmpdir(), "bundle-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What make would run, in its order. */
function wouldRun(...targets: readonly string[]): readonly string[] {
  writeFileSync(join(folder, "Makefile"), files.Makefile!);
  const { MAKEFLAGS: _, ...env } = process.env;
  return execFileSync("make", ["-n", "-s", ...targets], { cwd: folder, encoding: "utf8", env })
    .trim()
    .split("\n");
}

test("the same stacks, in any order, give the same bytes", () => {
  expect(bundleFiles(handoffOf([...stacks].reverse()), factsOf(fleet), {}, "fleets/arctiq.yaml")).toEqual(files);
});

test("make applies each stack once, after all that it needs, and destroys them the other way", () => {
  const up = wouldRun("apply")
    .filter((line) => line.includes(" apply "))
    .map((line) => line.split(" ")[2]!);
  expect([...up].sort()).toEqual(handoff.stacks.map(({ id }) => id).sort());
  for (const { id, closure } of handoff.stacks)
    for (const other of closure) expect(up.indexOf(other)).toBeLessThan(up.indexOf(id));
  const down = wouldRun("destroy")
    .filter((line) => line.includes(" destroy "))
    .map((line) => line.split(" ")[2]!);
  for (const { id, closure } of handoff.stacks)
    for (const other of closure) expect(down.indexOf(other)).toBeGreaterThan(down.indexOf(id));
});

test("one stack alone, and one level alone, run nothing else", () => {
  expect(wouldRun("apply-arctiq-route53")).toEqual(["./stack.sh apply arctiq-route53"]);
  expect(wouldRun("plan-level-2")).toEqual(handoff.levels[1]!.map((id) => `./stack.sh plan ${id}`));
});

test("the page names each stack with its order and login, each cluster with its place, each name", () => {
  const page = files["README.md"]!;
  expect(page).toContain("| sydney | GKE | australia-southeast1 | 1.36 | 10.10.0.0/16 |  |");
  expect(page).toContain("| 3 | `arctiq-toronto-priming` | `arctiq-toronto-cluster` |");
  expect(page).toMatch(/arctiq-toronto-priming`.*AWS account `111122223333`; Azure subscription .* \| `kubelogin` \|/);
  expect(page).toContain("| *.shop.k8s.arctiq.example | latency |");
  expect(page).toContain("make teardown CONFIRM=arctiq");
  expect(page).toContain("terraform -chdir=terraform/stacks/arctiq-global output name_servers");
});

test("variables are listed once, with their words, their stacks, and no value", () => {
  const one = (id: string) => ({
    id,
    folder: `stacks/${id}`,
    dependencies: [],
    config: {
      variable: { image_tag: { description: "Tag of the image." }, token: { sensitive: true, default: "" } },
      output: { image_tag: {} },
    },
  });
  expect(
    variablesExample(handoffOf([one("f-a"), one("f-b")])),
  ).toBe(`# Copy this file to terraform.tfvars, which git ignores, and give the values; or set TF_VAR_<name>.

# Tag of the image.
# Needed by f-a, f-b. Where it isn't named, what was applied last stays.
# A value here counts for all of them: to change one alone, set TF_VAR_ for that run instead.
# image_tag = ""

# Taken by f-a, f-b.
# token = ""
`);
});

test("checksums are those that sha256sum knows", () => {
  writeFileSync(join(folder, "a"), "x");
  writeFileSync(join(folder, "SHA256SUMS"), checksums({ a: "x" }));
  expect(execFileSync("sha256sum", ["-c", "SHA256SUMS"], { cwd: folder, encoding: "utf8" })).toBe("a: OK\n");
});

test("make verify has who may be answered where, and the networks to ask from", () => {
  const seen = JSON.parse(files["verify.json"]!) as ShellFacts;
  const geo = seen.names.find(({ name }) => name === "geo.k8s.arctiq.example")!;
  expect(geo.groups.find(({ countries }) => countries.includes("BR"))!.clusters).toEqual(["saopaulo"]);
  expect(geo.anywhere).toEqual(["saopaulo", "sydney", "toronto"]);
  expect(seen.networks.BR).toHaveLength(5);
  expect(wouldRun("verify", "NAME=app")).toEqual(["./verify.sh app"]);
});

test("nothing of a bundle asks for Node", () => {
  for (const file of ["stack.sh", "plan.jq", "kubeconfig.jq", "verify.sh"])
    expect(readFileSync(join(root, "handoff/bundle", file), "utf8")).not.toMatch(/\b(node|npm|npx)\b/i);
  expect(files.Makefile).not.toMatch(/\b(node|npm|npx)\b/);
});
