import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { stringify } from "yaml";
import { goBack, upgradeControlPlanes, upgradePools } from "../../changes/upgrade/kubernetes";
import { movedPins, type Upgrade } from "../../changes/upgrade/moves";
import { parseFleet } from "../../model/reading/load";
import type { Fleet, Pins } from "../../model/schema/fleet";
import { rehearseIn } from "../../rehearsal/rehearse";
import { openWorkspace } from "../../rehearsal/runner/workspace";
import { buildFleet } from "../../stacks/build-fleet";
import { one } from "../changes/support";
import { describeWithTerraform } from "./engine";

const folder = mkdtempSync(join(tmpdir(), "walk-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function synthesized(fleet: Fleet, name: string): string {
  const outdir = join(folder, name);
  const app = new App({ outdir, stackTraces: false });
  buildFleet(app, fleet);
  app.synth();
  return outdir;
}

type Step = readonly [what: string, (fleet: Fleet, names: readonly string[]) => Upgrade, types: readonly string[]];

/** What each step changes in place, by type; nothing is ever replaced. */
const EKS: readonly Step[] = [
  ["control plane up", upgradeControlPlanes, ["aws_eks_cluster"]],
  ["pools up", upgradePools, ["aws_eks_node_group"]],
  ["pools back", goBack, ["aws_eks_node_group"]],
  ["control plane back", goBack, ["aws_eks_cluster"]],
];
const AKS: readonly Step[] = [
  ["control plane up", upgradeControlPlanes, ["azurerm_kubernetes_cluster"]],
  ["pools up", upgradePools, ["azurerm_kubernetes_cluster", "azurerm_kubernetes_cluster_node_pool"]],
  ["pools back", goBack, ["azurerm_kubernetes_cluster", "azurerm_kubernetes_cluster_node_pool"]],
];

describeWithTerraform("an upgrade there and back changes exactly what each step is about, in place", () => {
  test.each([
    ["eks", EKS],
    ["aks", AKS],
  ] as const)(
    "%s",
    async (cluster, steps) => {
      const file = stringify(one(cluster));
      const pools = { main: "1.35", system: "1.35" };
      let pins: Pins = { [cluster]: { kubernetes: "1.35", charts: {}, eksAddons: {}, images: {}, pools } };
      const read = () => parseFleet(file, "fleet.yaml", pins);
      const id = `acme-${cluster}-cluster`;
      const stacks = ["acme-global", id];
      const workspace = openWorkspace();
      try {
        const first = await rehearseIn(workspace, synthesized(read(), `${cluster}-0`), { stacks, until: "apply" });
        expect(first.errors).toEqual([]);
        for (const [what, upgrade, types] of steps) {
          const { moves } = upgrade(read(), []);
          expect(moves.length).toBeGreaterThan(0);
          pins = movedPins(pins, moves);
          const outdir = synthesized(read(), `${cluster} ${what}`);
          // killed when its first change begins: the same again does it
          if (what === "pools up")
            await rehearseIn(workspace, outdir, { stacks, until: "apply", faults: [{ on: "update", kill: true, times: 1 }] });
          const { errors, stacks: reports } = await rehearseIn(workspace, outdir, { stacks, until: "apply" });
          expect([what, errors]).toEqual([what, []]);
          const { plan, again } = reports[id]!;
          const changed = plan.filter(({ actions }) => actions[0] !== "read");
          expect([what, changed.filter(({ actions }) => actions.join() !== "update")]).toEqual([what, []]);
          const own = changed.map(({ type }) => type).filter((type) => type !== "aws_eks_addon");
          expect([what, [...new Set(own)].sort()]).toEqual([what, types]);
          expect(again).toEqual([]);
        }
      } finally {
        workspace.remove(false);
      }
    },
    180_000,
  );
});
