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
import { one, said, verdict } from "../changes/support";
import type { Data } from "../model/support";
import { describeWithTerraform } from "./engine";

const root = mkdtempSync(join(tmpdir(), "provider-gone-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const ID = "00000000-0000-0000-0000-000000000001";
const AZURE_DNS = { dns: { engine: "azure", azure: { subscriptionId: ID, tenantId: ID }, deletionProtection: false } };
const controllers = (enabled: boolean) => ({
  deletionProtection: false,
  addons: { externalDns: { enabled }, certManager: { enabled }, metricsServer: { enabled: false } },
});

/** What leaves, of which provider, from which stack, behind which others, and what Terraform says that knows no way. */
const LEAVING = [
  {
    provider: "azurerm",
    stacks: ["acme-global", "acme-aks-cluster", "acme-aks-priming"],
    before: one("aks", controllers(true), AZURE_DNS),
    after: one("aks", controllers(false), AZURE_DNS),
    says: /requires explicit configuration/,
  },
  {
    provider: "aws.parent",
    stacks: ["acme-global"],
    before: one("eks", {}, { dns: { parent: { zone: "example.com", aws: { accountId: "444455556666" } } } }),
    after: one("eks"),
    says: /its original provider configuration/,
  },
] as const;

function synthesized(name: string, data: Data): string {
  const outdir = join(root, name);
  const app = new App({ outdir, stackTraces: false });
  buildFleet(app, parseFleet(stringify(data), "fleet.yaml"));
  app.synth();
  return outdir;
}

describeWithTerraform("what a stack had by a provider that it declares no more", () => {
  test.each(LEAVING.map((leaving) => [leaving.provider, leaving.stacks.at(-1)!, leaving] as const))(
    "%s of %s can't be destroyed, until the printed commands have done it",
    async (provider, id, { stacks, before, after, says }) => {
      const found = verdict(before, after).find((finding) => finding.id === "provider-gone")!;
      const accepted = verdict(before, { ...after, acceptChanges: [found.transition] });
      expect(said(accepted).filter((text) => text.startsWith("refused"))).toEqual([]);

      const [was, is] = [synthesized(`${id}-${provider}-was`, before), synthesized(`${id}-${provider}-is`, after)];
      const workspace = openWorkspace();
      try {
        const first = await rehearseIn(workspace, was, { stacks, until: "apply" });
        expect(first.errors).toEqual([]);
        const gone = (address: string) => found.message.includes(address);
        const had = first.stacks[id]!.resources.filter(({ address }) => gone(address));
        expect(had.length).toBeGreaterThan(0);

        const tooEarly = await rehearseIn(workspace, is, { stacks: [id], until: "apply" });
        expect(tooEarly.errors.map(({ summary, detail }) => `${summary}: ${detail}`).join("\n")).toMatch(says);
        expect(tooEarly.stacks[id]!.order).toEqual([]);

        // as a person would type them, and answer yes
        const typed = ["export TF_CLI_ARGS_destroy=-auto-approve", ...found.commands!].join("\n");
        expect(await runCommand(workspace, was, ["sh", "-c", `exec >/dev/null 2>&1; set -eu\n${typed}`])).toBe(0);

        const last = await rehearseIn(workspace, is, { stacks: [id], until: "apply" });
        expect(last.errors).toEqual([]);
        const { plan, again, resources } = last.stacks[id]!;
        expect(plan.filter(({ address }) => gone(address))).toEqual([]);
        expect(resources.filter(({ address }) => gone(address))).toEqual([]);
        expect(again).toEqual([]);
      } finally {
        workspace.remove(false);
      }
    },
    120_000,
  );
});
