import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { azurePipelines } from "../../../handoff/pipelines/azure";
import { bitbucketPipelines } from "../../../handoff/pipelines/bitbucket";
import { gitlabPipelines } from "../../../handoff/pipelines/gitlab";
import { PIPELINE_NAMES, pipelineFiles } from "../../../handoff/pipelines/index";
import { jenkinsPipelines } from "../../../handoff/pipelines/jenkins";
import { testUnless } from "../../rehearsal/engine";
import { root } from "../../support/fleet";
import { input, local } from "./remote";
import { withApp } from "./with-app";

const { handoff } = input;
const { stacks, levels } = handoff;
const folder = mkdtempSync(join(tmpdir(), "pipelines-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const missing =
  spawnSync("check-jsonschema", ["--version"]).status === 0
    ? undefined
    : "check-jsonschema is not on PATH (pip install check-jsonschema)";

/** Groovy by the Java on PATH: its own script looks for Debian's default one, which may not be there. */
function groovy(...args: readonly string[]) {
  const java = spawnSync("sh", ["-c", 'readlink -f "$(command -v java)"'], { encoding: "utf8" }).stdout.trim();
  const home = process.env.JAVA_HOME ?? dirname(dirname(java));
  return spawnSync("groovy", args, { encoding: "utf8", env: { ...process.env, JAVA_HOME: home } });
}

/** Whether a service's own schema takes a file. */
function schemaSays(schema: string, text: string): string {
  const file = join(folder, "file.yml");
  writeFileSync(file, text);
  const { status, stdout, stderr } = spawnSync(
    "check-jsonschema",
    ["--builtin-schema", schema, "--regex-variant", "nonunicode", file],
    { encoding: "utf8" },
  );
  return status === 0 ? "ok" : `${stdout}${stderr}`;
}

testUnless(
  missing,
  "the services' schemas take the pipelines, and would not take a misspelt one",
  () => {
    const azure = azurePipelines(withApp);
    for (const [name, text] of Object.entries(azure))
      if (name !== "arctiq-steps.yml") expect([name, schemaSays("vendor.azure-pipelines", text)]).toEqual([name, "ok"]);
    expect(schemaSays("vendor.azure-pipelines", azure["arctiq-apply.yml"]!.replace("lockBehavior", "lockBehaviour"))).not.toBe(
      "ok",
    );
    expect(schemaSays("vendor.bitbucket-pipelines", bitbucketPipelines(input)["bitbucket-pipelines.yml"]!)).toBe("ok");
    for (const [name, text] of Object.entries(gitlabPipelines(withApp)))
      expect([name, schemaSays("vendor.gitlab-ci", text)]).toEqual([name, "ok"]);
  },
  120_000,
);

describe("Azure Pipelines", () => {
  interface Stage {
    readonly stage: string;
    readonly dependsOn: readonly string[];
    readonly condition: string;
  }
  const stagesOf = (name: string) => (parse(azurePipelines(input)[name]!) as { stages: readonly Stage[] }).stages;
  const idOf = (verb: string, id: string) => `${verb}_${id.replaceAll("-", "_")}`;

  test("each stack is planned after the applies before it, and applied from that plan where it changes something", () => {
    const stages = Object.fromEntries(stagesOf("arctiq-apply.yml").map((stage) => [stage.stage, stage]));
    expect(Object.keys(stages)).toHaveLength(stacks.length * 2);
    for (const { id, after } of stacks) {
      expect(stages[idOf("plan", id)]!.dependsOn).toEqual(after.map((other) => idOf("apply", other)));
      expect(stages[idOf("apply", id)]!.dependsOn).toEqual([idOf("plan", id)]);
      expect(stages[idOf("apply", id)]!.condition).toContain("run.changes'], 'true'");
      expect(stages[idOf("plan", id)]!.condition).toBe("and(not(failed()), not(canceled()))");
    }
  });

  test("destroying goes the other way, and only with the fleet's name", () => {
    const stages = Object.fromEntries(stagesOf("arctiq-destroy.yml").map((stage) => [stage.stage, stage]));
    for (const { id, after } of stacks)
      for (const other of after) expect(stages[idOf("destroy", other)]!.dependsOn).toContain(idOf("destroy", id));
    for (const { condition } of Object.values(stages)) expect(condition).toContain("eq('${{ parameters.confirm }}', 'arctiq')");
  });
});

describe("Azure Pipelines with an application and nights", () => {
  const files = azurePipelines(withApp);
  interface Stage {
    readonly stage: string;
    readonly dependsOn?: readonly string[];
    readonly condition?: string;
    readonly variables?: Readonly<Record<string, string>>;
  }

  test("a git tag is built once and rolled out cluster after cluster by its digest", () => {
    const release = parse(files["arctiq-release-web.yml"]!) as { trigger: object; stages: readonly Stage[] };
    expect(release.trigger).toEqual({ tags: { include: ["web/*"] } });
    expect(release.stages.map(({ stage, dependsOn = [] }) => [stage, ...dependsOn])).toEqual([
      ["image"],
      ["release_arctiq_sydney_app_web", "image"],
      ["release_arctiq_toronto_app_web", "image", "release_arctiq_sydney_app_web"],
    ]);
    expect(release.stages[1]!.variables!.TAG).toBe("$[stageDependencies.image.image.outputs['run.tag']]");
    expect(azurePipelines(input)).not.toHaveProperty(["arctiq-release-web.yml"]);
  });

  test("it goes in the evening and comes in the morning, and only where nothing is protected", () => {
    const scheduled = (name: string) =>
      (parse(files[name]!) as { schedules?: readonly { cron: string }[] }).schedules?.map(({ cron }) => cron);
    expect([scheduled("arctiq-destroy.yml"), scheduled("arctiq-apply.yml")]).toEqual([["0 19 * * 1-5"], ["0 5 * * 1-5"]]);
    const { stages: down } = parse(files["arctiq-destroy.yml"]!) as { stages: readonly Stage[] };
    for (const { condition } of down) expect(condition).toContain("or(eq(variables['Build.Reason'], 'Schedule'), eq(");
    expect(azurePipelines(input)["arctiq-destroy.yml"]).not.toContain("Schedule");
    expect(() => azurePipelines({ ...input, nights: true })).toThrow(/Azure Pipelines: a fleet whose resources are protected/);
  });

  test("one comment under a request in Azure Repos, by the run's own token, after every review", () => {
    const { jobs } = parse(files["arctiq-read.yml"]!) as {
      jobs: readonly { job: string; dependsOn?: readonly string[]; condition?: string; steps: readonly { bash?: string }[] }[];
    };
    const comment = jobs.at(-1)!;
    expect(comment.dependsOn).toEqual(jobs.slice(0, -1).map(({ job }) => job));
    expect(comment.condition).toContain("'PullRequest'");
    const script = comment.steps.at(-1)!.bash!;
    expect(script).toContain("<!-- meridian arctiq -->");
    expect(spawnSync("sh", ["-n"], { input: script }).status).toBe(0);
    expect(files["arctiq-read.yml"]).not.toContain("plan.bin");
  });
});

describe("Bitbucket Pipelines", () => {
  interface Step {
    readonly name: string;
    readonly trigger?: string;
    readonly oidc: boolean;
    readonly script: readonly string[];
  }
  type Entry = { readonly step: Step } | { readonly parallel: { readonly steps: readonly { readonly step: Step }[] } };
  const { pipelines } = parse(bitbucketPipelines(input)["bitbucket-pipelines.yml"]!) as {
    pipelines: { branches: { main: readonly Entry[] } };
  };
  const sets = pipelines.branches.main.map((entry) =>
    "step" in entry ? [entry.step] : entry.parallel.steps.map(({ step }) => step),
  );

  test("each level is planned after the applies of the level before, and waits for a person", () => {
    expect(sets.map((steps) => steps.map(({ name }) => name))).toEqual(
      levels.flatMap((ids) => [ids.map((id) => `plan ${id}`), ids.map((id) => `apply ${id}`)]),
    );
    for (const step of sets.flat())
      expect([step.name, step.trigger]).toEqual([step.name, step.name.startsWith("apply") ? "manual" : undefined]);
    expect(sets.flat().every(({ oidc }) => oidc)).toBe(true);
  });

  test("only what applies is the environment's identity, one step of a stack at a time; what reads is never it", () => {
    const text = bitbucketPipelines(input)["bitbucket-pipelines.yml"]!;
    for (const step of sets.flat()) expect(step).toMatchObject({ environment: "arctiq" });
    expect(sets.flat().map((step) => (step as unknown as Record<string, string>)["concurrency-group"])).toEqual(
      levels.flatMap((ids) => [...ids, ...ids]),
    );
    const { pipelines: all } = parse(text) as { pipelines: { "pull-requests": object; custom: Record<string, object> } };
    for (const reading of [all["pull-requests"], all.custom["arctiq-drift"]])
      expect(JSON.stringify(reading)).not.toMatch(/"environment"|WHO=apply/);
    const long = {
      ...input,
      handoff: {
        ...handoff,
        stacks: [{ ...stacks[0]!, id: `arctiq-${"c".repeat(60)}-cluster` }],
        levels: [[`arctiq-${"c".repeat(60)}-cluster`]],
      },
    };
    expect(bitbucketPipelines(long)["bitbucket-pipelines.yml"]).toMatch(/concurrency-group: .{50}\n/);
  });

  test("what was planned goes on to its apply, and destroying is by hand, typed, the other way round", () => {
    for (const step of sets.flat() as readonly (Step & { readonly artifacts?: readonly string[] })[]) {
      const id = step.name.split(" ")[1]!;
      const isPlan = step.name.startsWith("plan");
      expect(step.artifacts?.[0]).toBe(isPlan ? `bundles/arctiq/terraform/stacks/${id}/plan.bin` : undefined);
      expect(step.script.at(-1)).toContain(isPlan ? `save-plan-${id}` : `apply-plan-${id}`);
    }
    const { pipelines: all } = parse(bitbucketPipelines(input)["bitbucket-pipelines.yml"]!) as {
      pipelines: { custom: Record<string, readonly (Entry | { readonly variables: object })[]> };
    };
    const down = all.custom["arctiq-destroy"]!.flatMap((entry) =>
      "variables" in entry ? [] : "step" in entry ? [entry.step] : entry.parallel.steps.map(({ step }) => step),
    );
    const place = (id: string) => down.findIndex(({ name }) => name === `destroy ${id}`);
    for (const { id, after } of stacks) for (const other of after) expect(place(id)).toBeLessThan(place(other));
    for (const { script } of down) expect(script.at(-1)).toMatch(/^test "\$CONFIRM" = arctiq && /);
  });

  test("a fleet of more steps than a pipeline takes is refused with the number", () => {
    const many = Array.from({ length: 51 }, (_, index) => ({ ...stacks[0]!, id: `arctiq-c${index}` }));
    expect(() => bitbucketPipelines({ ...input, handoff: { ...handoff, stacks: many } })).toThrow(
      /needs 102 steps in one pipeline, and Bitbucket Pipelines allows 100/,
    );
  });
});

describe("Jenkins", () => {
  const files = jenkinsPipelines(input);

  test("each level is planned, approved before an agent is taken, and applied from what was stashed", () => {
    const order = [...files.Jenkinsfile!.matchAll(/save-plan-(\S+?)'|input \{|apply-plan-(\S+?)'/g)].map(([, plan, apply]) =>
      plan ? `plan ${plan}` : apply ? `apply ${apply}` : "asks",
    );
    expect(order).toEqual(levels.flatMap((ids) => [...ids.map((id) => `plan ${id}`), "asks", ...ids.map((id) => `apply ${id}`)]));
  });

  testUnless(
    groovy("--version").status === 0 ? undefined : "groovy is not on PATH, or no Java (Debian's packages `groovy` and a JRE)",
    "Groovy compiles the files, whose sections stand where a declarative pipeline has them; a misplaced one would be found",
    () => {
      const text = files.Jenkinsfile!;
      const texts: Readonly<Record<string, string>> = {
        ...files,
        misspelt: text.replace("      parallel {", "      paralell {"),
        open: text.replace(/\}\s*$/, ""),
        homeless: text.replace("  agent none\n", ""),
      };
      for (const [name, written] of Object.entries(texts)) writeFileSync(join(folder, name), written);
      const paths = Object.keys(texts).map((name) => join(folder, name));
      const said = groovy(join(__dirname, "declarative.groovy"), ...paths)
        .stdout.trim()
        .split("\n");
      expect(said).toEqual([
        ...Object.keys(files).map((name) => `${name}: ok`),
        expect.stringContaining("there is no 'paralell' in stage"),
        expect.stringMatching(/^open: (?!ok)/),
        "homeless: homeless: 'agent' is missing",
      ]);
    },
    180_000,
  );

  test("destroying is another file, by hand, typed, the other way round", () => {
    const text = files["Jenkinsfile.destroy"]!;
    const place = (id: string) => text.indexOf(`stage('destroy ${id}')`);
    for (const { id, after } of stacks) for (const other of after) expect(place(id)).toBeLessThan(place(other));
    expect(text.match(/params\.CONFIRM == 'arctiq'/g)).toHaveLength(levels.length);
    expect(text).not.toContain("triggers");
  });

  test("only shell steps begin with the login", () => {
    const text = Object.values(files).join("\n");
    expect(text.match(/unstash '([^']*)'/g)).toEqual(levels.flat().map((id) => `unstash '${id}'`));
    expect(text.match(/\bsh '/g)!.length).toBe(
      text.match(/\bsh 'WHO=(plan|apply) CLOUDS="[a-z ]*"; \. "\$BUNDLE\/login\.sh"; /g)!.length,
    );
  });

  test("braces, brackets and quotes are closed, line by line and in all", () => {
    for (const text of Object.values(files)) {
      const code = text
        .replace(/^\/\/.*$/gm, "")
        .replace(/'(?:[^'\\\n]|\\.)*'/g, "''")
        .replace(/"(?:[^"\\\n]|\\.)*"/g, '""');
      expect(code.replaceAll("''", "").replaceAll('""', "")).not.toMatch(/['"]/);
      for (const [open, close] of ["{}", "()", "[]"]) expect(code.split(open!)).toHaveLength(code.split(close!).length);
    }
  });
});

describe.each(PIPELINE_NAMES)("%s", (name) => {
  const text = Object.values(pipelineFiles([name], input)).join("\n");

  test("says of each stack what it needs, stores no key, and plans by who reads only where no secret is", () => {
    for (const { id } of stacks) expect(text).toContain(id);
    expect(text).not.toMatch(/AKIA|aws_secret|client_secret|BEGIN .*PRIVATE/i);
    expect(text).toMatch(/Made by Meridian from fleets\/arctiq\.yaml|Made by Meridian from `fleets\/arctiq\.yaml`/);
  });

  test("invents no name: what somebody sets, the page lists", () => {
    const page = pipelineFiles([name], input)["pipelines/README.md"]!;
    const asked = [
      ...text.matchAll(/\b((?:AWS|AZURE|GOOGLE)_(?:PLAN|APPLY)_[A-Z_]+|GOOGLE_WORKLOAD_IDENTITY_PROVIDER|TF_VAR_\w+)\b/g),
    ];
    // an application's tag is the release's own
    const kept = stacks.flatMap(({ variables }) => variables.filter((one) => one.kept).map((one) => `TF_VAR_${one.name}`));
    for (const [, variable] of asked) if (!kept.includes(variable!)) expect(page).toContain(`| \`${variable}\` |`);
    // ids are those of the fleet file, or the page's words in capitals
    for (const [id] of text.matchAll(/\b\d{12}\b|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g))
      expect(readFileSync(join(root, "fleets/arctiq.yaml"), "utf8")).toContain(id);
  });

  test("refuses state that a new checkout doesn't have", () => {
    expect(() => pipelineFiles([name], local)).toThrow(/a remote `state:`/);
  });

  test("gives the same bytes again", () => {
    expect(Object.values(pipelineFiles([name], input)).join("\n")).toBe(text);
  });
});

test.each([
  ["github", /githubusercontent\.com` \| `sts\.amazonaws\.com` \| `api:\/\/AzureADTokenExchange` \| the provider's own name/],
  ["gitlab", /own\) \| `sts\.amazonaws\.com` \| `api:\/\/AzureADTokenExchange`/],
  ["azure", /ORGANIZATION-ID` (\| `api:\/\/AzureADTokenExchange` ){3}\|/],
  [
    "bitbucket",
    /identity\/oidc` (\| `ari:cloud:bitbucket::workspace\/WORKSPACE-UUID` ){3}\|[\s\S]*Entra compares whole subjects/,
  ],
  ["jenkins", /plugin \| `sts\.amazonaws\.com`, set as audience of the credentials `arctiq-plan-aws`/],
] as const)("the page says which audience each cloud is to take of %s's tokens", (name, said) => {
  expect(pipelineFiles([name], input)["pipelines/README.md"]).toMatch(said);
});

test("the page names both identities' subjects and every name to set, and the stacks that a request can't plan", () => {
  const withSecret = {
    ...handoff,
    stacks: stacks.map((stack, index) => (index === 1 ? { ...stack, secrets: ["is given token"] } : stack)),
  };
  const page = pipelineFiles(["github"], { ...input, handoff: withSecret })["pipelines/README.md"]!;
  expect(page).toContain("repo:OWNER/REPO:environment:arctiq-plan");
  expect(page).toContain("repo:OWNER@OWNER-ID/REPO@REPO-ID:environment:arctiq");
  expect(page).toContain("| `AWS_PLAN_ROLE_ARN` | variable |");
  expect(page).toContain(`| \`${stacks[1]!.id}\` | is given token |`);
});
