import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { stringify } from "yaml";
import { add } from "../../changes/generations/add";
import { drop, retire } from "../../changes/generations/leave";
import { rollback, shift } from "../../changes/generations/shift";
import type { Step } from "../../changes/generations/step";
import { lockOf } from "../../changes/lock/facts";
import { parseFleet } from "../../model/reading/load";
import type { Fleet } from "../../model/schema/fleet";
import { readStacks } from "../../output/folder";
import type { Fault } from "../../rehearsal";
import { rehearseIn, type Way } from "../../rehearsal/rehearse";
import { openWorkspace } from "../../rehearsal/runner/workspace";
import { buildFleet } from "../../stacks/build-fleet";
import { one } from "../changes/support";
import { describeWithTerraform } from "./engine";

const root = mkdtempSync(join(tmpdir(), "generations-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const SUBSCRIPTION = "00000000-0000-0000-0000-000000000001";
const AZURE = {
  dns: { engine: "azure", azure: { subscriptionId: SUBSCRIPTION, tenantId: SUBSCRIPTION }, deletionProtection: false },
};
const names = (cluster: string) => ({ names: { app: { policy: "latency" }, www: { policy: "simple", members: [cluster] } } });
const free = { deletionProtection: false };

/** A fleet that walks: its folder, clouds and states go on from step to step. */
class Walk {
  private readonly workspace = openWorkspace();
  private steps = 0;
  fleet: Fleet;

  constructor(private text: string) {
    this.fleet = parseFleet(text, "f.yaml");
  }

  take(step: (text: string, fleet: Fleet) => Step): void {
    this.text = step(this.text, this.fleet).text;
    this.fleet = parseFleet(this.text, "f.yaml");
  }

  lock() {
    return lockOf(this.fleet, readStacks(this.synthesized()), "0.1.0");
  }

  /** What an apply does, stack by stack: `create 12`, or `update shop_weighted_blue`. */
  async run(
    stacks: readonly string[],
    options: { readonly faults?: readonly Fault[]; readonly way?: Way } = {},
  ): Promise<Readonly<Record<string, readonly string[]>>> {
    const { faults, way } = options;
    const report = await rehearseIn(
      this.workspace,
      this.synthesized(),
      { stacks, until: way === "down" ? "destroy" : "apply", ...(faults && { faults }) },
      way,
    );
    if (!faults) expect(report.errors).toEqual([]);
    return Object.fromEntries(
      Object.entries(report.stacks).map(([id, { plan }]) => {
        const changed = plan.filter(({ actions }) => !["no-op", "read"].includes(actions.join()));
        return [id, [...new Set(changed.map(({ type, actions }) => `${actions.join(" then ")} ${type}`))].sort()];
      }),
    );
  }

  end(): void {
    this.workspace.remove(false);
  }

  private synthesized(): string {
    const outdir = join(root, `${this.fleet.clusters[0]!.name}-${this.steps++}`);
    const app = new App({ outdir, stackTraces: false });
    buildFleet(app, this.fleet);
    app.synth();
    return outdir;
  }
}

const ROUTE53 = {
  names: "acme-route53",
  grouped: ["create aws_route53_health_check", "create aws_route53_record", "update aws_route53_record"],
  shifted: ["update aws_route53_record"],
  left: ["delete aws_route53_health_check", "delete aws_route53_record"],
};
const TRAFFIC_MANAGER = {
  names: "acme-traffic-manager",
  grouped: [
    "create azurerm_traffic_manager_external_endpoint",
    "create azurerm_traffic_manager_nested_endpoint",
    "create azurerm_traffic_manager_profile",
    "create then delete azurerm_traffic_manager_profile",
    "delete azurerm_traffic_manager_external_endpoint",
    "update azurerm_dns_cname_record",
  ],
  shifted: ["update azurerm_traffic_manager_external_endpoint"],
  left: ["delete azurerm_traffic_manager_external_endpoint"],
};

describeWithTerraform("two generations of a cluster walk there and back, each step with the changes that it is about", () => {
  test.each([
    ["eks", ROUTE53, {}],
    ["aks", TRAFFIC_MANAGER, AZURE],
    ["gke", ROUTE53, { dns: { aws: { accountId: "111122223333" } } }],
  ] as const)(
    "%s",
    async (old, engine, more) => {
      const walk = new Walk(stringify(one(old, free, { ...more, ...names(old) })));
      const [oldStack, nextStack] = [`acme-${old}-cluster`, "acme-next-cluster"];
      const only = [engine.names];
      try {
        await walk.run(["acme-global", oldStack, engine.names]);
        // the new one beside it: nothing that exists changes
        walk.take((text, fleet) => add(text, fleet, "next", old));
        const added = await walk.run(["acme-global", oldStack, nextStack, engine.names]);
        expect({ ...added, [nextStack]: [] }).toEqual({ "acme-global": [], [oldStack]: [], [nextStack]: [], [engine.names]: [] });
        expect(added[nextStack]!.every((change) => change.startsWith("create "))).toBe(true);

        walk.take((text, fleet) => shift(text, fleet, "next", old, 10));
        expect((await walk.run(only))[engine.names]).toEqual(engine.grouped);
        walk.take((text, fleet) => shift(text, fleet, "next", old, 10));
        expect((await walk.run(only))[engine.names]).toEqual(engine.shifted);
        walk.take((text, fleet) => rollback(text, fleet, "next", old));
        expect((await walk.run(only))[engine.names]).toEqual(engine.shifted);

        // killed in the middle: the same again does the rest
        walk.take((text, fleet) => shift(text, fleet, "next", old, 100));
        await walk.run(only, { faults: [{ on: "update", kill: true, times: 1 }] });
        await walk.run(only).then((again) => expect(engine.shifted).toEqual(expect.arrayContaining([...again[engine.names]!])));
        expect((await walk.run(only))[engine.names]).toEqual([]);

        walk.take((text, fleet) => retire(text, fleet, old));
        const retired = await walk.run([oldStack, engine.names]);
        expect(retired).toEqual({ [oldStack]: [], [engine.names]: engine.left });
        await walk.run([oldStack], { way: "down" });
        const lock = walk.lock();
        walk.take((text, fleet) => drop(text, fleet, old, lock, [oldStack, `acme-${old}-priming`]));
        const dropped = await walk.run(["acme-global", nextStack, engine.names]);
        expect(dropped).toEqual({ "acme-global": [], [nextStack]: [], [engine.names]: [] });
      } finally {
        walk.end();
      }
    },
    240_000,
  );
});
