import { parse } from "yaml";
import { bitbucketPipelines } from "../../../handoff/pipelines/bitbucket";
import { input } from "./remote";
import { withApp } from "./with-app";

const { handoff } = input;
const { stacks, levels } = handoff;

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

  test("a git tag is built once and rolled out cluster after cluster by its digest; by hand what ran elsewhere", () => {
    const { pipelines: all } = parse(bitbucketPipelines(withApp)["bitbucket-pipelines.yml"]!) as {
      pipelines: { tags: Record<string, readonly Entry[]>; custom: Record<string, readonly (Entry | { variables: object })[]> };
    };
    const steps = all.tags["web/*"]!.map(
      (entry) => (entry as { step: Step & { services?: string[]; artifacts?: string[] } }).step,
    );
    expect(steps.map(({ name }) => name)).toEqual([
      "image web",
      "release arctiq-sydney-app-web",
      "release arctiq-toronto-app-web",
    ]);
    expect(steps[0]).toMatchObject({ services: ["docker"], artifacts: ["image.tag"], environment: "arctiq" });
    expect(steps[0]!.script.at(-1)).toBe(
      'CONTEXT="$FLEET_CONTEXT_WEB" "$BUNDLE/image.sh" web "${FLEET_TAG:-${BITBUCKET_TAG#web/}}" > image.tag',
    );
    expect(steps[2]!.script.at(-1)).toBe(
      'TF_VAR_image_tag="$(cat image.tag)" make -C "$BUNDLE" --no-print-directory release-arctiq-toronto-app-web YES=1',
    );
    expect(all.custom["arctiq-release-web"]!.slice(1)).toEqual(all.tags["web/*"]);
    expect(bitbucketPipelines(input)["bitbucket-pipelines.yml"]).not.toContain("release-web");
  });

  test("a test fleet goes and comes by two pipelines for a schedule, which ask nobody", () => {
    const { pipelines: all } = parse(bitbucketPipelines(withApp)["bitbucket-pipelines.yml"]!) as {
      pipelines: { custom: Record<string, readonly Entry[]> };
    };
    const flat = (name: string) =>
      all.custom[name]!.flatMap((entry) => ("step" in entry ? [entry.step] : entry.parallel.steps.map(({ step }) => step)));
    expect(flat("arctiq-night-up").map(({ name }) => name)).toEqual(
      withApp.handoff.levels.flatMap((ids) => [...ids.map((id) => `plan ${id}`), ...ids.map((id) => `apply ${id}`)]),
    );
    expect(flat("arctiq-night-up").some(({ trigger }) => trigger !== undefined)).toBe(false);
    for (const { name, script } of flat("arctiq-night-down"))
      expect(script.at(-1)).toBe(`make -C "$BUNDLE" destroy-${name.split(" ")[1]} CONFIRM=${name.split(" ")[1]} ORDERED=1 YES=1`);
    expect(() => bitbucketPipelines({ ...input, nights: true })).toThrow(/Bitbucket Pipelines: a fleet whose resources are/);
  });

  test("a fleet of more steps than a pipeline takes is refused with the number", () => {
    const many = Array.from({ length: 51 }, (_, index) => ({ ...stacks[0]!, id: `arctiq-c${index}` }));
    expect(() => bitbucketPipelines({ ...input, handoff: { ...handoff, stacks: many } })).toThrow(
      /needs 102 steps in one pipeline, and Bitbucket Pipelines allows 100/,
    );
  });
});
