import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import type { AksClusterProps } from "../../constructs/clusters/aks";
import { rehearse, rehearseChange } from "../../rehearsal";
import { describeWithTerraform } from "../rehearsal/engine";
import { addAks, unusual, usual } from "./aks-fixtures";

jest.setTimeout(120_000);

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function synthesized(props: AksClusterProps): string {
  const outdir = mkdtempSync(join(tmpdir(), "aks-"));
  folders.push(outdir);
  const app = new App({ outdir, stackTraces: false });
  addAks(app, props);
  app.synth();
  return outdir;
}

const types = (addresses: readonly string[]) => addresses.map((address) => address.split(".")[0]!);

describeWithTerraform("an AKS cluster in Terraform's own hands", () => {
  test("applies, plans nothing more, and refuses to be destroyed before anything is gone", async () => {
    const { stacks } = await rehearse(synthesized(usual));
    const { steps, again, destroyed, diagnostics } = stacks.aks!;
    expect(steps.filter(({ ok }) => !ok).map(({ step }) => step)).toEqual(["destroy"]);
    expect(again).toEqual([]);
    expect(destroyed).toEqual([]);
    expect(diagnostics.map(({ summary }) => summary)).toContain("Instance cannot be destroyed");
  });

  test("goes in two steps: protection off, which touches nothing, then all of it, the cluster before its address and rights", async () => {
    const report = await rehearseChange(synthesized(usual), synthesized({ ...usual, deletionProtection: false }));
    expect(report.after!.stacks.aks!.plan).toEqual([]);
    const gone = types(report.destroyed!.stacks.aks!.destroyed);
    const cluster = gone.indexOf("azurerm_kubernetes_cluster");
    expect(gone.indexOf("azurerm_public_ip")).toBeGreaterThan(cluster);
    expect(gone.indexOf("azurerm_resource_group")).toBe(gone.length - 1);
    expect(report.ok).toBe(true);
  });

  test("changes size, version and zones in place, and makes a pool of another kind before the old one goes", async () => {
    const before = { ...usual, kubernetes: "1.35", pools: { main: {}, batch: { spot: true } } };
    const after = { ...usual, pools: { main: { machines: ["Standard_D8ds_v5"], zones: ["1", "2"] }, batch: { min: 3 } } };
    const report = await rehearseChange(synthesized(before), synthesized(after), { until: "apply" });
    const plan = report.after!.stacks.aks!.plan.map(({ address, actions }) => [address.replace(/_[0-9A-F]{8}$/, ""), actions]);
    expect(Object.fromEntries(plan)).toEqual({
      "azurerm_kubernetes_cluster.cluster": ["update"],
      "azurerm_kubernetes_cluster_node_pool.cluster_pool-main": ["update"],
      "azurerm_kubernetes_cluster_node_pool.cluster_pool-batch": ["create", "delete"],
    });
    expect(report.ok).toBe(true);
  });

  test("refuses at plan what would replace the cluster or its address", async () => {
    for (const change of [{ network: { cidr: "10.31.0.0/16" } }, { region: "canadaeast" }]) {
      const report = await rehearseChange(synthesized(usual), synthesized({ ...usual, ...change }), { until: "plan" });
      expect(report.before.ok).toBe(true);
      expect(report.after!.errors.map(({ summary }) => summary)).toContain("Instance cannot be destroyed");
    }
  });

  test("private in an existing network, comes and goes", async () => {
    expect(await rehearse(synthesized(unusual))).toMatchObject({ ok: true });
  });
});
