import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { stringify } from "yaml";
import { compareStacks } from "../../changes/diff/compare";
import { parseFleet } from "../../model/reading/load";
import { readStacks } from "../../output/folder";
import { rehearseChange } from "../../rehearsal";
import { buildFleet } from "../../stacks/build-fleet";
import { one } from "../changes/support";
import type { Data } from "../model/support";
import { describeWithTerraform } from "./engine";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function synthesized(data: Data): string {
  const outdir = mkdtempSync(join(tmpdir(), "agrees-"));
  folders.push(outdir);
  const app = new App({ outdir, stackTraces: false });
  buildFleet(app, parseFleet(stringify(data), "fleet.yaml"));
  app.synth();
  return outdir;
}

const free = { deletionProtection: false };

/** Changes of several kinds at once, in the stack of a cluster. */
const PAIRS: readonly (readonly [string, "eks" | "aks" | "gke", Data, Data])[] = [
  [
    "EKS: another machine and disk, a pool less, a tag, a version",
    "eks",
    { ...free, kubernetes: "1.34", pools: { main: {}, disk: {}, gone: {} } },
    { ...free, kubernetes: "1.35", pools: { main: { machines: ["m7i.2xlarge"] }, disk: { diskGib: 200 } }, tags: { a: "b" } },
  ],
  [
    "AKS: spot, another machine, more nodes, own logs",
    "aks",
    { ...free, pools: { main: {}, spot: {}, more: {} } },
    {
      ...free,
      pools: { main: { machines: ["Standard_D8ds_v5"] }, spot: { spot: true }, more: { min: 3, max: 9 } },
      azure: { logCategories: ["guard"] },
    },
  ],
  [
    "GKE: other pods, a label, a window, retention",
    "gke",
    { ...free, pools: { main: {}, more: {} } },
    { ...free, pools: { main: { maxPods: 64 }, more: { labels: { a: "b" } } }, maintenance: { day: "monday" } },
  ],
];

describeWithTerraform("what a comparison without Terraform says is what Terraform then plans", () => {
  test.each(PAIRS)(
    "%s",
    async (_, cluster, was, is) => {
      const [before, after] = [synthesized(one(cluster, was)), synthesized(one(cluster, is))];
      const id = `acme-${cluster}-cluster`;
      const report = await rehearseChange(before, after, { stacks: ["acme-global", id], until: "plan" });
      const planned = (report.after?.stacks[id]?.plan ?? [])
        .filter(({ actions }) => actions[0] !== "read")
        .map(
          ({ address, actions, replace }) =>
            `${replace ? "replaced" : ({ create: "created", update: "changed", delete: "destroyed" }[actions[0]!] ?? actions[0])} ${address}`,
        );
      const [old, fresh] = [before, after].map((folder) => readStacks(folder).find((stack) => stack.id === id)!.config);
      const compared = compareStacks(old!, fresh!);
      expect(compared.map(({ action, address }) => `${action} ${address}`)).toEqual(
        planned.sort((one, other) => (one.split(" ")[1]! < other.split(" ")[1]! ? -1 : 1)),
      );
      expect(planned.length).toBeGreaterThan(2);
    },
    120_000,
  );
});
