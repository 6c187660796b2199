import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { check } from "../../cli/charts/check";
import { fleetCharts } from "../../cli/charts/releases";
import { hasHelm, render } from "../../cli/charts/render";
import { loadFleet } from "../../model/reading/load";
import { rehearseIn } from "../../rehearsal/rehearse";
import { openWorkspace } from "../../rehearsal/runner/workspace";
import { clientFrom } from "../../routing/clients";
import { latencyByDistance } from "../../routing/estimate";
import { shares, simulate } from "../../routing/simulate";
import { routingTrees } from "../../routing/tree";
import { valuesIn } from "../apps/fleet";
import { describeWithTerraform } from "../rehearsal/engine";
import { committedFleet, fleetOf, root, synthFleet } from "../support/fleet";
import { resources } from "../support/synth";

const fleet = committedFleet("fleets/arctiq.yaml");
const { stacks, files } = synthFleet(fleet);
const CLUSTERS = ["sydney", "saopaulo", "toronto"];

test("each cluster has a guestbook of its own whose version is its own stack's: blue and green", () => {
  for (const cluster of CLUSTERS) {
    const stack = stacks[`arctiq-${cluster}-app-guestbook`]!;
    expect(valuesIn(stack, "guestbook")).toMatchObject({ image: { tag: "${var.image_tag}" } });
    expect(valuesIn(stack, "guestbook").hosts).toEqual([
      `guestbook.${cluster}.k8s.arctiq.example`,
      "guestbook.k8s.arctiq.example",
      // São Paulo has no part in blue and green
      ...(cluster === "saopaulo" ? [] : ["canary.k8s.arctiq.example"]),
    ]);
  }
});

test("the weights of canary are two numbers of the file, which the pipeline's program changes and nothing else", () => {
  const folder = mkdtempSync(join(tmpdir(), "weights-"));
  try {
    const file = join(folder, "arctiq.yaml");
    const before = readFileSync(join(root, "fleets/arctiq.yaml"), "utf8");
    copyFileSync(join(root, "fleets/arctiq.yaml"), file);
    const run = (weights: string) =>
      spawnSync(process.execPath, [join(root, "fleets/arctiq/weights.mjs"), file, "canary", weights], { encoding: "utf8" });
    expect(run("sydney=100 toronto=0")).toMatchObject({ status: 0, stderr: "" });
    const after = readFileSync(file, "utf8");
    const changed = after.split("\n").filter((line, index) => line !== before.split("\n")[index]);
    expect(changed).toEqual(["      - { cluster: toronto, weight: 0 }", "      - { cluster: sydney, weight: 100 }"]);
    const tree = routingTrees(loadFleet(file)).find(({ name }) => name === "canary")!;
    expect(shares(simulate(tree, clientFrom("CA").client, () => true, latencyByDistance))).toEqual({ sydney: 1 });
    for (const wrong of ["sydney=100", "sydney=0 toronto=0", "sydney=1 toronto=1 saopaulo=1", "sydney=x toronto=1", ""])
      expect({ wrong, status: run(wrong).status }).toEqual({ wrong, status: 1 });
    expect(readFileSync(file, "utf8")).toBe(after);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

describeWithTerraform("blue and green across clusters", () => {
  test("are shifted by the weights of two record sets and back, in place, in one stack that needs no tag", async () => {
    const text = readFileSync(join(root, "fleets/arctiq.yaml"), "utf8");
    const shifted = text
      .replace("toronto, weight: 90", "toronto, weight: 0")
      .replace("sydney, weight: 10", "sydney, weight: 100");
    const after = synthFleet({ ...fleetOf(shifted), folder: join(root, "fleets") });
    const differ = Object.keys(after.files).filter((file) => after.files[file] !== files[file]);
    expect(differ).toEqual(["stacks/arctiq-route53/cdk.tf.json"]);

    const workspace = openWorkspace();
    const written = [files, after.files].map((made, index) => {
      const out = join(workspace.folder, `synthesized-${index}`);
      for (const [path, content] of Object.entries(made)) {
        mkdirSync(dirname(join(out, path)), { recursive: true });
        writeFileSync(join(out, path), content);
      }
      return out;
    });
    try {
      const names = "arctiq-route53";
      const first = ["arctiq-global", ...CLUSTERS.map((cluster) => `arctiq-${cluster}-cluster`), names];
      expect((await rehearseIn(workspace, written[0]!, { until: "apply", stacks: first })).errors).toEqual([]);
      for (const out of [written[1]!, written[0]!]) {
        const { errors, stacks: planned } = await rehearseIn(workspace, out, { until: "apply", stacks: [names] });
        expect(errors).toEqual([]);
        const changes = planned[names]!.plan.filter(({ actions }) => actions[0] !== "no-op" && actions[0] !== "read");
        expect(changes.map(({ type, actions, changedAttributes }) => [type, actions.join(), changedAttributes])).toEqual(
          [1, 2].map(() => ["aws_route53_record", "update", ["weighted_routing_policy"]]),
        );
      }
    } finally {
      workspace.remove(false);
    }
  }, 300_000);
});

test("the workflow starts what the fleet has, on the clusters that canary weighs and the bot knows", () => {
  const workflow = parse(readFileSync(join(root, "fleets/arctiq/guestbook.yml"), "utf8")) as {
    on: { workflow_dispatch: { inputs: Record<string, { options?: string[] }> } };
    "run-name": string;
    permissions: object;
    jobs: Record<string, { steps: { run?: string; env?: Record<string, string> }[] }>;
  };
  const clusters = fleet.apps.bot!.values.clusters as string[];
  const { inputs } = workflow.on.workflow_dispatch;
  expect(inputs.cluster!.options).toEqual(["none", ...clusters]);
  expect(Object.keys(inputs)).toEqual(["action", "tag", "cluster", "weights", "by", "request"]);
  expect(workflow["run-name"]).toContain("inputs.request");
  const script = JSON.stringify(workflow.jobs);
  expect(script).toContain("release-arctiq-$CLUSTER-app-guestbook");
  for (const cluster of clusters) expect(stacks).toHaveProperty(`arctiq-${cluster}-app-guestbook`);
  expect(stacks).toHaveProperty("arctiq-route53");
  // what somebody typed reaches a shell by the environment alone
  for (const { run } of Object.values(workflow.jobs).flatMap(({ steps }) => steps)) expect(run ?? "").not.toContain("${{");
});

interface Binding {
  readonly kind?: string;
  readonly subjects?: readonly { readonly name: string }[];
}

/** Every binding of rights among what a release is given, however deep. */
function bindingsIn(value: unknown): readonly Binding[] {
  if (typeof value !== "object" || value === null) return [];
  const { kind = "" } = value as Binding;
  return [...(/^(Cluster)?RoleBinding$/.test(kind) ? [value as Binding] : []), ...Object.values(value).flatMap(bindingsIn)];
}

test("the bot has no right in a cluster: nothing binds its account, and no pod of it has a token", () => {
  const bindings = Object.entries(stacks)
    .filter(([id]) => id.startsWith("arctiq-toronto-"))
    .flatMap(([, stack]) => Object.values(resources(stack, "helm_release")))
    .flatMap(({ values }) => ((values ?? []) as string[]).flatMap((text) => bindingsIn(JSON.parse(text))));
  const subjects = bindings.flatMap((binding) => (binding.subjects ?? []).map(({ name }) => name));
  expect(subjects).toContain("bot-secrets"); // the job that waits for its Secret, which is another account
  const reachIt = ["bot", "system:serviceaccounts", "system:serviceaccounts:chat", "system:authenticated"];
  expect(subjects.filter((name) => reachIt.includes(name))).toEqual([]);
  const template = readFileSync(join(root, "fleets/arctiq/bot/templates/bot.yaml"), "utf8");
  expect(template).not.toMatch(/Role/);
  expect(template.match(/automountServiceAccountToken: false/g)).toHaveLength(2);
});

if (!hasHelm("helm"))
  test("the charts of the fleet in three clouds, rendered by Helm: skipped, helm is not on PATH", () => {
    process.stderr.write("the charts of the fleet in three clouds, rendered by Helm: skipped, helm is not on PATH\n");
  });
else {
  test("the guestbook's leader keeps its volume, has followers, and its Services are called as the frontend asks", () => {
    const { releases } = fleetCharts(join(root, "fleets/arctiq.yaml"));
    const release = releases.find(({ stack, name }) => stack === "arctiq-sydney-app-guestbook" && name === "guestbook")!;
    const { objects } = render("helm", release, release.folder!);
    const names = (kind: string) => objects.filter((object) => object.kind === kind).map(({ metadata }) => metadata.name);
    expect(names("Service")).toEqual(["guestbook", "redis-leader", "redis-follower"]);
    expect(objects.find(({ kind }) => kind === "PersistentVolumeClaim")!.metadata.annotations).toEqual({
      "helm.sh/resource-policy": "keep",
    });
    expect(names("HorizontalPodAutoscaler")).toEqual(["guestbook"]);
  });

  test("they render, and what they make may run in its namespaces", () => {
    const { problems } = check({ charts: join(root, "charts"), fleet: join(root, "fleets/arctiq.yaml") });
    expect(problems.filter((problem) => /-apps?[-,]/.test(problem))).toEqual([]);
  }, 120_000);
}
