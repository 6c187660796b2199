import { spawnSync } from "node:child_process";
import { parse } from "yaml";
import { azurePipelines } from "../../../handoff/pipelines/azure";
import { input } from "./remote";
import { withApp } from "./with-app";

const { stacks } = input.handoff;

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
