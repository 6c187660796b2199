import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { parse } from "yaml";
import type { HandoffStack } from "../../../handoff/model";
import { gitlabPipelines } from "../../../handoff/pipelines/gitlab";
import { terraformOnPath } from "../../../rehearsal";
import { testUnless } from "../../rehearsal/engine";
import { type StateServer, stateServer } from "../../rehearsal/state-server";
import { ended, Operator, type Ran } from "../operator";
import { httpBackend, smallFleet } from "../small-fleet";
import { input, local } from "./remote";
import { withApp } from "./with-app";

interface Job {
  readonly needs?: readonly (string | { readonly job: string })[];
  readonly rules?: readonly { readonly if: string; readonly when?: string; readonly changes?: readonly string[] }[];
  readonly script?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
  readonly artifacts?: { readonly paths: readonly string[]; readonly expire_in: string };
  readonly environment?: { readonly name: string };
}
type Pipeline = Readonly<Record<string, Job>>;

const files = gitlabPipelines(input);
const pipeline = parse(files["arctiq.gitlab-ci.yml"]!) as Pipeline;
const { stacks } = input.handoff;
const needs = (job: Job | undefined) => (job?.needs ?? []).map((need) => (typeof need === "string" ? need : need.job));

test("each plan needs the applies before it, each apply its own plan, and every job that is needed is there", () => {
  for (const { id, after } of stacks) {
    expect(needs(pipeline[`plan ${id}`])).toEqual(after.map((other) => `apply ${other}`));
    expect(needs(pipeline[`apply ${id}`])).toEqual([`plan ${id}`]);
  }
  for (const [name, text] of Object.entries(files)) {
    const jobs = parse(text) as Pipeline;
    for (const job of Object.values(jobs))
      for (const other of needs(job)) expect([name, Object.keys(jobs)]).toEqual([name, expect.arrayContaining([other])]);
  }
});

test("an apply waits for a person in the fleet's environment, and applies the plan that was shown", () => {
  for (const { id } of stacks) {
    const job = pipeline[`apply ${id}`]!;
    expect(job.rules!.at(-1)!.when).toBe("manual");
    expect(job.environment!.name).toBe("arctiq");
    expect(job.script).toEqual([`make -C "$BUNDLE" apply-plan-${id}`]);
    expect(pipeline[`plan ${id}`]!.artifacts!.expire_in).toBe("1 day");
  }
});

test("a merge request and the night read only, and keep no plan", () => {
  for (const [name, job] of Object.entries(pipeline).filter(([name]) => /^(review|drift) /.test(name))) {
    expect([name, job.variables!.WHO]).toEqual([name, "plan"]);
    expect(JSON.stringify(job.artifacts ?? {})).not.toContain("plan.bin");
  }
});

test("destroying is another file, typed by hand, the other way round", () => {
  const destroy = parse(files["arctiq-destroy.gitlab-ci.yml"]!) as Pipeline;
  for (const { id, after } of stacks)
    for (const other of after) expect(needs(destroy[`destroy ${other}`])).toContain(`destroy ${id}`);
  for (const { id } of stacks) expect(destroy[`destroy ${id}`]!.rules![0]!.if).toContain("$DESTROY == 'arctiq'");
});

test("more than fifty needs pass through jobs that do nothing, and as many files through a folder", () => {
  const many = Array.from(
    { length: 120 },
    (_, index): HandoffStack => ({ ...stacks[0]!, id: `arctiq-c${index}`, folder: `stacks/arctiq-c${index}` }),
  );
  const names: HandoffStack = {
    ...stacks[0]!,
    id: "arctiq-names",
    after: many.map(({ id }) => id),
    closure: many.map(({ id }) => id),
  };
  const jobs = parse(
    gitlabPipelines({ ...input, handoff: { ...input.handoff, stacks: [...many, names] } })["arctiq.gitlab-ci.yml"]!,
  ) as Pipeline;
  expect(needs(jobs["plan arctiq-names"])).toEqual([1, 2, 3].map((number) => `before arctiq-names ${number}`));
  expect(needs(jobs["before arctiq-names 3"])).toHaveLength(20);
  expect(jobs["plan arctiq-names"]!.rules![0]!.changes).toEqual(["bundles/arctiq/terraform/stacks/**/*"]);
});

test("a release is built once from its git tag, and rolled out cluster after cluster by its digest", () => {
  const release = parse(gitlabPipelines(withApp)["arctiq-release.gitlab-ci.yml"]!) as Pipeline;
  expect(release["image web"]!.rules!.map((rule) => rule.if)).toEqual([
    "$CI_COMMIT_TAG =~ /^web\\//",
    '$CI_PIPELINE_SOURCE == "web" && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH && $FLEET_RELEASE == "web"',
  ]);
  expect(needs(release["release arctiq-sydney-app-web"])).toEqual(["image web"]);
  expect(needs(release["release arctiq-toronto-app-web"])).toEqual(["image web", "release arctiq-sydney-app-web"]);
  expect(release["release arctiq-toronto-app-web"]!.script).toEqual([
    'TF_VAR_image_tag="$TAG" make -C "$BUNDLE" --no-print-directory release-arctiq-toronto-app-web YES=1',
  ]);
  expect(release["release arctiq-toronto-app-web"]!.environment!.name).toBe("arctiq");
  const none = { ...input.handoff, stacks: stacks.filter(({ variables }) => !variables.some(({ kept }) => kept)) };
  expect(gitlabPipelines({ ...input, handoff: none })).not.toHaveProperty(["arctiq-release.gitlab-ci.yml"]);
});

test("a test fleet goes in the evening and comes in the morning by a schedule, and only one that nothing protects", () => {
  const nightly = gitlabPipelines(withApp);
  const ifs = (text: string, job: string) => (parse(text) as Pipeline)[job]!.rules!.map((rule) => rule.if);
  expect(ifs(nightly["arctiq.gitlab-ci.yml"]!, "apply arctiq-global")).toContain(
    "$CI_PIPELINE_SOURCE == 'schedule' && $FLEET_NIGHT == 'up'",
  );
  expect(ifs(nightly["arctiq-destroy.gitlab-ci.yml"]!, "destroy arctiq-global")).toContain(
    "$CI_PIPELINE_SOURCE == 'schedule' && $FLEET_NIGHT == 'down'",
  );
  expect(ifs(nightly["arctiq.gitlab-ci.yml"]!, "drift arctiq-global")).toEqual([
    '$CI_PIPELINE_SOURCE == "schedule" && $FLEET_NIGHT == null',
  ]);
  expect(Object.values(files).join("\n")).not.toMatch(/FLEET_NIGHT ==? '/);
  expect(() => gitlabPipelines({ ...input, nights: true })).toThrow(/GitLab CI: a fleet whose resources are protected/);
});

test("a pipeline by hand that destroys or releases runs no plan of the others", () => {
  for (const { id } of stacks)
    for (const { if: when } of [...pipeline[`plan ${id}`]!.rules!, ...pipeline[`apply ${id}`]!.rules!])
      if (when.includes("'web'")) expect(when).toContain("$DESTROY == null && $FLEET_RELEASE == null");
});

test("one comment is made where there is a token for it, after every review, of words alone", () => {
  const job = pipeline["comment on arctiq"] as Job & { readonly stage: string };
  expect(job.stage).toBe(".post");
  expect(job.rules!.map((rule) => rule.if)).toEqual(['$CI_PIPELINE_SOURCE == "merge_request_event" && $FLEET_COMMENT_TOKEN']);
  expect(job.script!.join("")).toContain("<!-- meridian arctiq -->");
  expect(spawnSync("sh", ["-n"], { input: job.script!.join("\n") }).status).toBe(0);
});

test("state beside the stacks is refused", () => {
  expect(() => gitlabPipelines(local)).toThrow(/GitLab CI: fleet arctiq keeps its state in files/);
});

describe("gitlab-ci-local, with the rehearsal's clouds behind it", () => {
  const missing = ["git", "rsync", "jq", "make"].find((name) => spawnSync(name, ["--version"]).status !== 0);
  const reason = terraformOnPath() ? missing && `${missing} is not on PATH` : "neither terraform nor tofu is on PATH";
  let states: StateServer;
  let operator: Operator;

  const ci = (...args: readonly string[]): Promise<Ran> => {
    const program = join(dirname(require.resolve("gitlab-ci-local/package.json")), "dist/index.js");
    const variables = [
      "AWS_ID_TOKEN=a-token",
      "AWS_PLAN_ROLE_ARN=arn:aws:iam::111122223333:role/plan",
      "AWS_APPLY_ROLE_ARN=arn:aws:iam::111122223333:role/apply",
      "TF_VAR_image_tag=1.0.0",
      ...args,
    ];
    const child = spawn(
      process.execPath,
      [
        program,
        "--force-shell-executor",
        "--no-shell-isolation",
        "--shell-executor-no-image",
        "--no-evaluate-rule-changes",
        "--ignore-predefined-vars",
        "CI_PIPELINE_SOURCE",
        ...variables.flatMap((variable) => ["--variable", variable]),
      ],
      {
        cwd: operator.bundle,
        env: {
          ...process.env,
          PATH: [operator.bin, process.env.PATH].join(delimiter),
          HOME: operator.folder,
          TF_CLI_CONFIG_FILE: join(operator.folder, "terraform.rc"),
          TF_PLUGIN_CACHE_DIR: "",
          CHECKPOINT_DISABLE: "1",
        },
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    return ended(child);
  };

  afterAll(async () => {
    operator?.remove();
    await states?.close();
  });

  testUnless(
    reason,
    "plans and applies each stack after those before it, waits for a person, and sees what drifted at night",
    async () => {
      states = await stateServer();
      operator = new Operator([]);
      const backend = httpBackend(states.url);
      await operator.receiveStacks(smallFleet({ backend }), ["gitlab"]);
      // the daemon that builds needs a Docker engine, which a promotion doesn't ask
      const file = join(operator.bundle, "pipelines/gitlab/f-release.gitlab-ci.yml");
      writeFileSync(file, readFileSync(file, "utf8").replace(/^ {2}services:.*\n/m, ""));
      const git = (...args: readonly string[]) => {
        const { status, stderr } = spawnSync("git", args, { cwd: operator.bundle, encoding: "utf8" });
        if (status !== 0) throw new Error(stderr);
      };
      const included = ["f", "f-release"].map((name) => `{ local: pipelines/gitlab/${name}.gitlab-ci.yml }`);
      writeFileSync(join(operator.bundle, ".gitlab-ci.yml"), `include: [${included.join(", ")}]\n`);
      git("init", "-q", "-b", "main");
      git("remote", "add", "origin", "https://gitlab.example/group/fleet.git");
      git("add", ".");
      git("-c", "user.name=t", "-c", "user.email=t@f.example", "commit", "-qm", "fleet");

      const waiting = await ci("CI_PIPELINE_SOURCE=web");
      expect(waiting.out).toMatch(/apply f-global is when:manual/);
      expect(waiting.out).not.toMatch(/Apply complete/);

      const all = await ci("CI_PIPELINE_SOURCE=web", "FLEET_APPROVAL=none");
      expect(all.out.match(/Apply complete/g)).toHaveLength(5);
      expect(all.out.indexOf("apply f-one-cluster")).toBeLessThan(all.out.indexOf("f-names: 6 to create"));
      expect(all.code).toBe(0);

      const night = await ci("CI_PIPELINE_SOURCE=schedule");
      expect(night.out.match(/: nothing to do/g)!.length).toBeGreaterThanOrEqual(5);
      expect(night.code).toBe(0);

      // an image that ran elsewhere: nothing is built, and nothing but its stack is applied
      const image = `1.6.0@sha256:${"ab".repeat(32)}`;
      const released = await ci("CI_PIPELINE_SOURCE=web", "FLEET_RELEASE=one-app-web", `FLEET_TAG=${image}`);
      expect(released.out).toContain(`image_tag is ${image}, and was 1.0.0`);
      expect(released.out.match(/Apply complete/g)).toHaveLength(1);
      expect(released.out).not.toMatch(/plan f-global/);
      expect(released.code).toBe(0);

      // somebody changes the file without applying it: the same as a cloud that changed under it
      await operator.receiveStacks(smallFleet({ backend, weight: 77 }), ["gitlab"]);
      const drifted = await ci("CI_PIPELINE_SOURCE=schedule");
      expect(drifted.out).toMatch(/f-names: 0 to create, 1 to change/);
      expect(drifted.code).not.toBe(0);
      expect(existsSync(join(operator.bundle, "terraform/stacks/f-names/plan.bin"))).toBe(false);
    },
    300_000,
  );
});
