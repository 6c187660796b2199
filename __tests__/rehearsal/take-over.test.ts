import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { stringify } from "yaml";
import { parseFleet } from "../../model/reading/load";
import { rehearseIn } from "../../rehearsal/rehearse";
import { openWorkspace } from "../../rehearsal/runner/workspace";
import { buildFleet } from "../../stacks/build-fleet";
import { type Data, over, SOUND } from "../model/support";
import { describeWithTerraform } from "./engine";
import { removeFolders, synthesizedFolder } from "./folder";

const root = mkdtempSync(join(tmpdir(), "take-over-"));
afterAll(() => {
  removeFolders();
  rmSync(root, { recursive: true, force: true });
});

let outputs = 0;
const registry = { cloud: "aws", region: "eu-west-1", repositories: ["shop"] };
function synthesized(changes: Data): string {
  const outdir = join(root, `${outputs++}`);
  const app = new App({ outdir, stackTraces: false });
  buildFleet(
    app,
    parseFleet(
      stringify(over(over(SOUND, { clusters: { aks: undefined, gke: undefined }, registries: { images: registry } }), changes)),
      "f.yaml",
    ),
  );
  app.synth();
  return outdir;
}
const stacks = ["acme-global", "acme-registry-images"];

test("what is not there to be taken over is said", () => {
  expect(() =>
    synthesized({ imports: { "acme-globe": { x: "1" }, "acme-global": { "aws_route53_zone.zone_6E295602": "Z1" } } }),
  ).toThrow(
    /^imports\.acme-global\["aws_route53_zone\.zone_6E295602"\]: stack acme-global has no resource 'aws_route53_zone\.zone_6E295602'; did you mean 'aws_route53_zone\.zone_6E295601'\? \[imports\]\nimports\.acme-globe: there is no stack 'acme-globe'; did you mean 'acme-global'\? \[imports\]$/,
  );
});

describeWithTerraform("what exists", () => {
  test("a zone and a registry are taken over instead of made, and then nothing changes", async () => {
    const workspace = openWorkspace();
    try {
      // somebody made them by other means: here a first run whose state is lost
      const first = await rehearseIn(workspace, synthesized({}), { stacks, until: "apply" });
      expect(first.errors).toEqual([]);
      const zone = first.stacks["acme-global"]!.resources.find(({ type }) => type === "aws_route53_zone")!;
      const repository = first.stacks["acme-registry-images"]!.resources.find(({ type }) => type === "aws_ecr_repository")!;
      for (const id of stacks) rmSync(join(workspace.folder, "state", `${id}.tfstate`));
      const imports = {
        "acme-global": { [zone.address]: String(zone.attributes.id) },
        "acme-registry-images": { [repository.address]: String(repository.attributes.id) },
      };
      const { stacks: taken } = await rehearseIn(workspace, synthesized({ imports }), { stacks, until: "plan" });
      for (const [id, { address }] of [
        ["acme-global", zone],
        ["acme-registry-images", repository],
      ] as const) {
        const planned = taken[id]!.plan.filter((change) => change.address === address);
        expect([id, planned.filter(({ actions }) => actions.includes("create") || actions.includes("delete"))]).toEqual([id, []]);
        expect(taken[id]!.diagnostics.filter(({ severity, summary }) => severity === "error" && /import/i.test(summary))).toEqual(
          [],
        );
      }
    } finally {
      workspace.remove(false);
    }
  }, 120_000);

  test("a resource that has another address is moved: nothing of it is destroyed or made", async () => {
    const vpc = (name: string, moved?: object) => ({
      config: {
        provider: { aws: [{ region: "eu-west-1" }] },
        resource: { aws_vpc: { [name]: { cidr_block: "10.0.0.0/16" } } },
        ...(moved && { moved }),
      },
    });
    const workspace = openWorkspace();
    try {
      await rehearseIn(workspace, synthesizedFolder({ "f-network": vpc("old") }), { until: "apply" });
      const after = await rehearseIn(
        workspace,
        synthesizedFolder({ "f-network": vpc("network", [{ from: "aws_vpc.old", to: "aws_vpc.network" }]) }),
        { until: "apply" },
      );
      expect(after.errors).toEqual([]);
      expect([after.stacks["f-network"]!.applied, after.stacks["f-network"]!.destroyed]).toEqual([[], []]);
      expect(after.stacks["f-network"]!.resources.map(({ address }) => address)).toEqual(["aws_vpc.network"]);
    } finally {
      workspace.remove(false);
    }
  }, 60_000);
});
