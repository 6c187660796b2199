import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseDocument } from "yaml";
import type { Fault } from "../../rehearsal";
import { type RehearsalOptions, rehearseIn } from "../../rehearsal/rehearse";
import { openWorkspace } from "../../rehearsal/runner/workspace";
import { clientFrom } from "../../routing/clients";
import { latencyByDistance } from "../../routing/estimate";
import { shares, simulate } from "../../routing/simulate";
import { routingTrees } from "../../routing/tree";
import { valuesIn } from "../apps/fleet";
import { describeWithTerraform } from "../rehearsal/engine";
import { fleetOf, root, synthFleet } from "../support/fleet";
import { resources } from "../support/synth";

const committed = readFileSync(join(root, "fleets/jldeen.yaml"), "utf8");
const { stacks } = synthFleet(fleetOf(committed));

/** The fleet file after the east was given up: the page's one change. */
function withoutTheEast(): string {
  const document = parseDocument(committed);
  document.setIn(["databases", "blog", "primary"], "westeurope");
  const backup = { cluster: "east", backup: "velero-daily-20261126090000", namespaces: ["blog"] };
  document.setIn(["clusters", "west", "addons"], { backup: { restore: backup } });
  document.setIn(["apps", "blog", "perCluster"], { east: { values: { replicas: 0 } } });
  document.set("drain", ["east"]);
  return document.toString();
}

const answer = (text: string, name: string, down: readonly string[] = []) => {
  const tree = routingTrees(fleetOf(text)).find((one) => one.name === name)!;
  return shares(simulate(tree, clientFrom("DE").client, (cluster) => !down.includes(cluster), latencyByDistance));
};

test("Ghost runs once, in the east; the west has it at hand without a volume, and doesn't ask it", () => {
  const [east, west] = ["east", "west"].map((cluster) => valuesIn(stacks[`jldeen-${cluster}-apps`]!, "blog"));
  expect([east!.replicas, west!.replicas]).toEqual([1, 0]);
  expect(east!.volume).toMatchObject({ path: "/var/lib/ghost/content", shared: false });
  expect(west).not.toHaveProperty("volume");
  expect(east!.smoke).toMatchObject({ host: "blog.east.blog.jldeen.example" });
  expect(west).not.toHaveProperty("smoke");
  expect(east!.hosts).toEqual(["blog.east.blog.jldeen.example", "admin.blog.jldeen.example", "blog.jldeen.example"]);
});

test("the stateless slides are served by the faster region, and by the other one when it fails", () => {
  const ids = ["east", "west"].map((cluster) => stacks[`jldeen-${cluster}-apps`]!);
  for (const stack of ids) expect(valuesIn(stack, "talks")).toMatchObject({ autoscaling: { max: 6 }, volume: { shared: true } });
  expect(answer(committed, "www")).toEqual({ west: 1 });
  expect(answer(committed, "www", ["west"])).toEqual({ east: 1 });
});

test("the ingress serves certificates that browsers trust, and both regions have the class of shared volumes", () => {
  for (const cluster of ["east", "west"]) {
    const priming = stacks[`jldeen-${cluster}-priming`]!;
    const names = Object.values(resources(priming, "helm_release")).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["ingress-certificates", "storage-classes"]));
    expect(JSON.stringify(valuesIn(priming, "cert-manager-certificates"))).toContain("letsencrypt-production");
  }
});

test("Ghost's volume goes every hour into a store that outlives the east", () => {
  const { schedules, configuration } = valuesIn(stacks["jldeen-east-priming"]!, "velero") as {
    schedules: { daily: object };
    configuration: { backupStorageLocation: readonly object[] };
  };
  expect(schedules.daily).toMatchObject({
    schedule: "0 * * * *",
    template: { includedNamespaces: ["blog"], snapshotMoveData: true },
  });
  expect(configuration.backupStorageLocation).toHaveLength(1);
  expect(JSON.stringify(stacks["jldeen-backup-content"]!.resource)).not.toContain("eastus");
});

describeWithTerraform("the east is gone", () => {
  const made: string[] = [];
  afterAll(() => {
    for (const folder of made) rmSync(folder, { recursive: true, force: true });
  });

  function written(text: string): string {
    const out = mkdtempSync(join(tmpdir(), "jldeen-"));
    made.push(out);
    for (const [path, content] of Object.entries(synthFleet(fleetOf(text)).files)) {
      mkdirSync(dirname(join(out, path)), { recursive: true });
      writeFileSync(join(out, path), content);
    }
    return out;
  }

  test("the replica is promoted, Ghost starts in the west and the names follow, while nothing in the east answers", async () => {
    const workspace = openWorkspace();
    made.push(workspace.folder, workspace.sockets);
    const run = (out: string, options: RehearsalOptions = {}) => rehearseIn(workspace, out, { until: "apply", ...options });
    expect((await run(written(committed))).errors).toEqual([]);

    const silent: Fault = { region: "eastus", on: "call", fail: "no answer from eastus" };
    const failover = written(withoutTheEast());
    const order = [
      "jldeen-data-blog",
      "jldeen-west-cluster",
      "jldeen-west-priming",
      "jldeen-west-apps",
      "jldeen-traffic-manager",
    ];
    const gone = await run(failover, { faults: [silent], stacks: order, env: { TF_CLI_ARGS_plan: "-refresh=false" } });
    expect(gone.errors).toEqual([]);
    const changed = (stack: string, type: string) =>
      gone.stacks[stack]!.plan.filter((change) => change.type === type).map(({ actions, changedAttributes }) => [
        actions.join(),
        changedAttributes,
      ]);
    // promote: one server changes in place
    expect(changed("jldeen-data-blog", "azurerm_mysql_flexible_server")).toEqual([
      ["update", expect.arrayContaining(["replication_role"])],
    ]);
    // fence: no way leads to the server that was left behind
    const ways = gone.stacks["jldeen-west-cluster"]!.plan.filter(({ type }) => type === "azurerm_private_endpoint");
    expect(ways.map(({ actions }) => actions.join())).toEqual(["delete"]);
    // restore: the volume comes from the east's last backup, before the applications' stack is applied
    const created = gone.stacks["jldeen-west-priming"]!.plan.filter(({ actions }) => actions.join() === "create");
    expect(created.map(({ address }) => address.replace(/_[0-9A-F]{8}$/, ""))).toEqual(
      expect.arrayContaining(["helm_release.priming_velero_velero-restore", "helm_release.priming_velero_velero-restore-source"]),
    );
    // scale
    const values = (out: string) =>
      valuesIn(JSON.parse(readFileSync(join(out, "stacks/jldeen-west-apps/cdk.tf.json"), "utf8")), "blog");
    expect(values(failover)).toMatchObject({ replicas: 1, volume: { path: "/var/lib/ghost/content" } });
    expect(changed("jldeen-west-apps", "helm_release").length).toBeGreaterThan(0);
    // move the names: the east's endpoints are switched off, in place
    const endpoints = changed("jldeen-traffic-manager", "azurerm_traffic_manager_external_endpoint");
    expect(endpoints).toEqual([1, 2, 3].map(() => ["update", ["enabled"]]));
    // and stay switched off, whatever the east answers when it is back
    for (const name of ["@", "admin", "www"]) expect(answer(withoutTheEast(), name)).toEqual({ west: 1 });
  }, 180_000);
});
