import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { withoutDeletionProtection } from "../../changes/unprotected";
import type { Fleet } from "../../model/schema/fleet";
import { rehearse } from "../../rehearsal";
import { describeWithTerraform } from "../rehearsal/engine";
import { committedFleet, fleetOf, synthFleet } from "../support/fleet";
import { fleetText } from "./fleets";

const made: string[] = [];

/** A fleet's stacks as files. */
function stacksOf(fleet: Fleet): string {
  const out = mkdtempSync(join(tmpdir(), "priming-"));
  made.push(out);
  for (const [path, text] of Object.entries(synthFleet(fleet).files)) {
    mkdirSync(dirname(join(out, path)), { recursive: true });
    writeFileSync(join(out, path), text);
  }
  return out;
}

const inAzureDns = fleetText(["azure", "google"], {
  engine: "azure",
  addons: "{ certManager: { ingressCertificate: production } }",
  more: "names: { www: { policy: failover, members: [yyz, syd] } }",
});

describeWithTerraform("from init to an empty destroy", () => {
  afterAll(() => {
    for (const folder of made) rmSync(folder, { recursive: true, force: true });
  });

  test.each([
    ["every add-on in three clouds", () => committedFleet("fleets/all-on.yaml"), 3],
    ["a zone in Azure DNS", () => fleetOf(inAzureDns), 2],
  ] as const)(
    "%s",
    async (_what, load, clusters) => {
      const fleet = load();
      const report = await rehearse(stacksOf(fleet), { unprotected: stacksOf(withoutDeletionProtection(fleet)) });
      expect(report.errors).toEqual([]);
      const primed = Object.entries(report.stacks).filter(([id]) => id.endsWith("-priming"));
      expect(primed).toHaveLength(clusters);
      for (const [, { steps, applied, destroyed }] of primed) {
        expect(steps.at(-1)?.step).toBe("destroy");
        expect(new Set(destroyed)).toEqual(new Set(applied));
      }
    },
    300_000,
  );
});
