import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import type { GkeClusterProps } from "../../constructs/clusters/gke";
import { rehearse, rehearseChange } from "../../rehearsal";
import { describeWithTerraform } from "../rehearsal/engine";
import { addGke, unusual, usual } from "./gke-fixtures";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function synthesized(props: GkeClusterProps): string {
  const outdir = mkdtempSync(join(tmpdir(), "gke-"));
  folders.push(outdir);
  const app = new App({ outdir, stackTraces: false });
  addGke(app, props);
  app.synth();
  return outdir;
}

describeWithTerraform("a GKE cluster in Terraform's own hands", () => {
  test("applies, plans nothing more, and refuses to be destroyed before anything is gone", async () => {
    const { stacks } = await rehearse(synthesized(usual));
    const { steps, again, destroyed, diagnostics } = stacks.gke!;
    expect(steps.filter(({ ok }) => !ok).map(({ step }) => step)).toEqual(["destroy"]);
    expect(again).toEqual([]);
    expect(destroyed).toEqual([]);
    expect(diagnostics.map(({ summary }) => summary)).toContain("Instance cannot be destroyed");
  });

  test("refuses another range at plan, before anything of the network it lives in is touched", async () => {
    const moved = { ...usual, network: { ...usual.network, cidr: "10.40.0.0/16" } };
    const { after } = await rehearseChange(synthesized(usual), synthesized(moved), { until: "plan" });
    expect(after?.ok).toBe(false);
    expect(after?.errors.map(({ summary, detail }) => `${summary}: ${detail}`)).toContainEqual(
      expect.stringMatching(/^Instance cannot be destroyed: Resource google_compute_subnetwork\.cluster_network_nodes/),
    );
  });

  test("goes in two steps: protection off, which touches the cluster's flag alone, then all of it", async () => {
    const report = await rehearseChange(synthesized(usual), synthesized({ ...usual, deletionProtection: false }));
    expect(
      report.after!.stacks.gke!.plan.map(({ type, actions, changedAttributes }) => ({ type, actions, changedAttributes })),
    ).toEqual([{ type: "google_container_cluster", actions: ["update"], changedAttributes: ["deletion_protection"] }]);
    const gone = report.destroyed!.stacks.gke!.destroyed.map((address) => address.split(".")[0]);
    expect(gone.indexOf("google_compute_address")).toBeGreaterThan(gone.indexOf("google_container_cluster"));
    expect(report.ok).toBe(true);
  });

  test("makes a pool anew before the old one goes, and leaves all else alone", async () => {
    const pools = { ...unusual.pools, main: { ...unusual.pools?.main, maxPods: 64 } };
    const { after, ok } = await rehearseChange(synthesized(unusual), synthesized({ ...unusual, pools }), { until: "apply" });
    expect(ok).toBe(true);
    expect(after!.stacks.gke!.plan.map(({ type, actions }) => ({ type, actions }))).toEqual([
      { type: "google_container_node_pool", actions: ["create", "delete"] },
    ]);
  });
});
