import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { stringify } from "yaml";
import { parseFleet } from "../../model/reading/load";
import { rehearseIn } from "../../rehearsal/rehearse";
import { runCommand } from "../../rehearsal/runner/command";
import { openWorkspace } from "../../rehearsal/runner/workspace";
import { buildFleet } from "../../stacks/build-fleet";
import { onExistingCluster } from "../apps/fleet";
import { verdict } from "../changes/support";
import { describeWithTerraform } from "./engine";

const root = mkdtempSync(join(tmpdir(), "app-moved-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** An application that is asked after each release, and another one. */
const fleet = (tag: string) =>
  onExistingCluster("one", {
    apps: {
      web: {
        chart: "web",
        repository: "https://charts.example.com",
        version: "1.0.0",
        image: { repository: "ghcr.io/a/web", tag },
        namespace: "shop",
        smoke: {},
      },
      api: { image: { repository: "ghcr.io/a/api", tag: "1" } },
    },
  });

function synthesized(tag: string): string {
  const outdir = join(root, tag);
  const app = new App({ outdir, stackTraces: false });
  buildFleet(app, parseFleet(stringify(fleet(tag)), "f.yaml"));
  app.synth();
  return outdir;
}

describeWithTerraform("the commands by which an application moves between stacks", () => {
  test.each([
    ["f-one-apps", "f-one-app-web", "1", "variable"],
    ["f-one-app-web", "f-one-apps", "variable", "1"],
  ])(
    "from %s to %s run, and then nothing of it is installed or uninstalled",
    async (from, to, before, after) => {
      const found = verdict(fleet(before), fleet(after)).find(({ id }) => id === "app-moved")!;
      const about = (id: string) => found.commands!.filter((line) => line.includes(`/${id} `));
      expect(found.commands).toEqual([...about(from), ...about(to)]);
      expect(found.message.includes(`list '${from}' under \`destroyedStacks\``)).toBe(from === "f-one-app-web");
      const workspace = openWorkspace();
      try {
        const first = await rehearseIn(workspace, synthesized(before), { until: "apply" });
        expect(first.errors).toEqual([]);
        const run = (folder: string, lines: readonly string[], tag = "") =>
          runCommand(workspace, folder, ["sh", "-c", `exec >/dev/null 2>&1; set -eu; ${tag} ${lines.join("; ")}`]);
        expect(await run(synthesized(before), about(from))).toBe(0);
        const now = synthesized(after);
        if (after === "variable") expect(await run(now, about(to))).not.toBe(0);
        expect(await run(now, about(to), "TAG=1.2.3;")).toBe(0);

        const { errors, stacks } = await rehearseIn(workspace, now, {
          until: "apply",
          stacks: ["f-one-apps", "f-one-app-web"].filter((id) => id === to || id === "f-one-apps"),
        });
        expect(errors).toEqual([]);
        const releases = Object.values(stacks).flatMap(({ plan }) =>
          plan.filter(({ address }) => /^helm_release\.apps_web/.test(address)).flatMap(({ actions }) => actions),
        );
        expect(releases.filter((action) => action === "create" || action === "delete")).toEqual([]);
        expect(stacks[to]!.resources.map(({ address }) => address.replace(/_[0-9A-F]{8}$/, ""))).toEqual(
          expect.arrayContaining(["helm_release.apps_web", "helm_release.apps_web-smoke"]),
        );
        expect(Object.values(stacks).flatMap(({ destroyed }) => destroyed)).toEqual([]);
      } finally {
        workspace.remove(false);
      }
    },
    120_000,
  );
});
