import { parse } from "yaml";
import { bundleFiles } from "../../handoff/bundle/files";
import { ENGINE_NAMES, engineFiles } from "../../handoff/engines/index";
import { factsOf } from "../../handoff/facts";
import { handoffOf, type SynthesizedStack } from "../../handoff/model";
import { PIPELINE_NAMES, pipelineFiles } from "../../handoff/pipelines/index";
import { input as arctiq, local, remote } from "./pipelines/remote";

/**
 * What every renderer keeps, whatever it is for. The rules with a shape of their own in each file (a plan after its
 * producers' applies, destroying in reverse, the plan that was approved) are in the suites of the renderers; here are
 * those that are the same question to all, and how large a fleet each takes.
 */
const hcp = { ...arctiq, handoff: { ...arctiq.handoff, state: { backend: "cloud", local: false, environment: [] } } };
const RENDERERS: Readonly<Record<string, (input: typeof arctiq) => Readonly<Record<string, string>>>> = {
  make: ({ handoff, source }) => bundleFiles(handoff, factsOf(remote), {}, source),
  ...Object.fromEntries(PIPELINE_NAMES.map((name) => [name, (input: typeof arctiq) => pipelineFiles([name], input)])),
  ...Object.fromEntries(ENGINE_NAMES.map((name) => [name, (input: typeof arctiq) => engineFiles([name], input)])),
};
const NAMES = Object.keys(RENDERERS);
const inputOf = (name: string) => (name === "hcp" ? hcp : arctiq);
const textOf = (name: string) => Object.values(RENDERERS[name]!(inputOf(name))).join("\n");
const { stacks } = arctiq.handoff;

test("there are nine of them", () => {
  expect(NAMES).toEqual(["make", "github", "gitlab", "azure", "bitbucket", "jenkins", "atlantis", "terramate", "hcp"]);
});

describe.each(NAMES)("%s", (name) => {
  test("names no account, subscription, project or role that the fleet file doesn't", () => {
    // Microsoft's own application of every AKS (learn.microsoft.com, kubelogin)
    const said = `${JSON.stringify(remote)} 6dae42f8-4368-4678-94ff-3960e28e3630`;
    const ids = textOf(name).match(/\b\d{12}\b|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|arn:aws[\w-]*:iam::[^"'`|, ]+/g) ?? [];
    expect(ids.filter((id) => !said.includes(id))).toEqual([]);
  });

  test("gives no tag to an application that nobody releases: what was applied last stays", () => {
    const releases = /\/f?.*release/;
    for (const [path, text] of Object.entries(RENDERERS[name]!(inputOf(name))))
      if (!releases.test(`/${path}`) && path !== "README.md" && path !== "terraform.tfvars.example")
        expect([path, text.match(/TF_VAR_image_tag(?!=1\.4\.2|=\\?"\$\(cat image\.tag\))/g)]).toEqual([path, null]);
  });

  test("says what state it can't take, or takes it where it is", () => {
    const render = () => RENDERERS[name]!(local);
    if (name === "make") expect(render()["README.md"]).toMatch(/State is local: it lies in `state\/`/);
    else if (name === "terramate")
      expect(render()["engines/README.md"]).toMatch(/State is local, so run it in this folder alone/);
    else expect(render).toThrow(/keeps its state in/);
  });

  test("has every stack, and in one order, whatever order they are read in", () => {
    const text = textOf(name);
    for (const { id } of stacks) expect(text).toContain(id);
    expect(textOf(name)).toBe(text);
  });
});

describe.each(PIPELINE_NAMES)("%s", (name) => {
  test("runs a stack by the bundle's own program alone: it misses no login program, guard or kept tag", () => {
    const files = Object.entries(pipelineFiles([name], arctiq)).filter(([path]) => !/README|Dockerfile/.test(path));
    const text = files.map(([, content]) => content).join("\n");
    // terraform is installed, never called
    expect(text.match(/\bterraform (?:-chdir|init|plan|apply|destroy|show|output)/g)).toBeNull();
    expect(text.match(/save-plan-|apply-plan-|stack\.sh/g)!.length).toBeGreaterThan(3);
  });
});

test.each(ENGINE_NAMES)(
  "%s: what it can't do on the first day is said, and what to do; the missing guard too; and how it is destroyed",
  (name) => {
    const page = engineFiles([name], inputOf(name))["engines/README.md"]!;
    expect(page).toMatch(/\*\*The first day\*\*: /);
    expect(page).toMatch(/\*\*No guard of plans\*\*/);
    expect(page).toMatch(/\*\*Destroy\*\*/);
  },
);

/** A fleet of clusters with two stacks each, and the names that lead to all of them. */
function fleetOf(clusters: number) {
  const s3 = (id: string) => ({ backend: { s3: { bucket: "b", key: id, region: "eu-west-1" } }, required_version: ">= 1.10" });
  const reads = (...ids: readonly string[]) => ({
    terraform_remote_state: Object.fromEntries(
      ids.map((id) => [id, { backend: "s3", config: { bucket: "b", key: id, region: "eu-west-1" } }]),
    ),
  });
  const stack = (id: string, dependencies: readonly string[] = []) =>
    ({
      id,
      folder: `stacks/${id}`,
      dependencies,
      config: { terraform: s3(id), provider: { aws: [{ region: "eu-west-1" }] }, data: reads(...dependencies) },
    }) as unknown as SynthesizedStack;
  const names = Array.from({ length: clusters }, (_, index) => `f-c${index}`);
  const all = [
    stack("f-global"),
    ...names.flatMap((name) => [stack(`${name}-cluster`, ["f-global"]), stack(`${name}-priming`, [`${name}-cluster`])]),
    stack(
      "f-names",
      names.map((name) => `${name}-priming`),
    ),
  ];
  return { handoff: handoffOf(all), source: "fleets/f.yaml", bundle: "." };
}

describe("a thousand clusters", () => {
  const thousand = fleetOf(1000);
  const { handoff } = thousand;
  const bytes = (files: Readonly<Record<string, string>>) => Object.values(files).map((text) => Buffer.byteLength(text));

  test("the files of make and of the engines stay small enough to be read", () => {
    const { Makefile = "", "README.md": page = "", "bundle.json": facts = "" } = bundleFiles(handoff, factsOf(remote), {}, "x");
    expect(Math.max(...bytes({ Makefile, page, facts }))).toBeLessThan(600_000);
    const engines = engineFiles(["atlantis", "terramate"], thousand);
    expect(Math.max(...bytes(engines))).toBeLessThan(600_000);
    expect(Object.keys(engines).filter((path) => path.endsWith("stack.tm.hcl"))).toHaveLength(2002);
  });

  test("a change of one cluster plans that cluster, what stands on it, and nothing of another", () => {
    const after = (id: string) => handoff.stacks.filter(({ closure }) => closure.includes(id)).map((stack) => stack.id);
    expect(after("f-c7-cluster")).toEqual(["f-c7-priming", "f-names"]);
    const { projects } = parse(engineFiles(["atlantis"], thousand)["engines/atlantis/atlantis.yaml"]!) as {
      projects: readonly { name: string; dir: string; autoplan: { when_modified: readonly string[] } }[];
    };
    // Atlantis plans the projects in whose folder a file changed
    expect(
      projects.filter(({ dir }) => "terraform/stacks/f-c7-cluster/cdk.tf.json".startsWith(`${dir}/`)).map(({ name }) => name),
    ).toEqual(["f-c7-cluster"]);
    for (const { autoplan } of projects) expect(autoplan.when_modified.join()).not.toContain("..");
  });

  test("GitLab's pipeline is in as many files as its limit asks for, each job in one of them", () => {
    const files = pipelineFiles(["gitlab"], thousand);
    const parts = Object.entries(files).filter(([path]) => /\/f(-\d+)?\.gitlab-ci\.yml$/.test(path));
    expect(parts.length).toBeGreaterThan(10);
    expect(parts.length).toBeLessThan(150);
    expect(Math.max(...bytes(Object.fromEntries(parts)))).toBeLessThan(320_000);
    const { include } = parse(files["pipelines/gitlab/f.gitlab-ci.yml"]!) as { include: readonly { local: string }[] };
    expect(include.map(({ local: path }) => path)).toEqual(parts.map(([path]) => path).filter((path) => /-\d+\.git/.test(path)));
    const jobs = parts.flatMap(([, text]) =>
      [...text.matchAll(/^"(plan|apply) ([^"]+)":$/gm)].map(([, verb, id]) => `${verb} ${id}`),
    );
    expect(jobs.sort()).toEqual(handoff.stacks.flatMap(({ id }) => [`apply ${id}`, `plan ${id}`]).sort());
  });

  test.each([
    [
      "github",
      /GitHub Actions: this fleet needs \d+ (bytes|jobs) in .*, and GitHub Actions allows (524288|256)\. Split the fleet/,
    ],
    ["azure", /Azure Pipelines: this fleet needs 2003 jobs in f-read\.yml, and Azure Pipelines allows 256\. Split the fleet/],
    ["bitbucket", /needs 4004 steps in one pipeline, and Bitbucket Pipelines allows 100\. Split the fleet/],
  ] as const)("%s refuses it with its number", (name, said) => {
    expect(() => pipelineFiles([name], thousand)).toThrow(said);
  });

  test("HCP's table has no triggers for the names, with its number", () => {
    const state = { backend: "cloud", local: false, environment: [] };
    const page = engineFiles(["hcp"], { ...thousand, handoff: { ...handoff, state } })["engines/README.md"]!;
    expect(page).toContain("none: it comes after 1000 workspaces, and HCP takes 20 sources");
  });
});
