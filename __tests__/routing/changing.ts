import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { stringify } from "yaml";
import { ClusterRecords } from "../../constructs/dns/cluster-records";
import { stateFactory } from "../../constructs/state";
import { parseFleet } from "../../model/reading/load";
import type { Fleet } from "../../model/schema/fleet";
import { type PlannedChange, rehearse, type StackReport } from "../../rehearsal";
import { buildNames } from "../../stacks/build-fleet";
import { FleetStack, type StackContext } from "../../stacks/fleet-stack";
import { GlobalStack } from "../../stacks/global-stack";
import { zoneAccess, zoneProvider } from "../../stacks/parts/zone-access";
import { readStacks } from "../support/synth";
import { behindHostName, clusterAt, type FleetFile } from "./fleets";

type Names = Pick<FleetFile, "names" | "drain">;
type ZoneEngine = "route53" | "azure";

const CLUSTERS = {
  sydney: clusterAt(0, 2, 1),
  saopaulo: clusterAt(1, 0, 3),
  toronto: clusterAt(2, 1, 1),
  montreal: clusterAt(3, 1, 1),
};
/** Behind host names: in Route53 alone, since Traffic Manager makes no difference between them and the others. */
const HOST_NAMED = Object.fromEntries(
  ["lima", "quito"].map((name, index) => [name, behindHostName(clusterAt(4 + index, index, 1), name)]),
);
const SUBSCRIPTION = "00000000-0000-0000-0000-000000000001";

/** A fleet of existing clusters that was applied, and whose names then change, one time after the other. */
export class ChangingFleet {
  private readonly root = mkdtempSync(join(tmpdir(), "changes-"));
  private folder?: string;
  private last?: string;

  constructor(private readonly engine: ZoneEngine) {}

  /** Applies every stack with the first names. */
  async start(names: Names): Promise<void> {
    const out = this.synthesize(names);
    const report = await rehearse(out, { until: "apply", keep: true });
    this.folder = report.folder;
    expect(report.errors).toEqual([]);
  }

  /** Applies the stack of the names alone; every other stack is the same text as before. */
  async change(names: Names): Promise<StackReport> {
    const id = this.engine === "route53" ? "f-route53" : "f-traffic-manager";
    const before = readStacks(this.last!);
    const out = this.synthesize(names);
    expect({ ...readStacks(out), [id]: undefined }).toEqual({ ...before, [id]: undefined });
    const report = await rehearse(out, { until: "apply", keep: true, folder: this.folder, stacks: [id] });
    expect(report.errors).toEqual([]);
    return report.stacks[id]!;
  }

  end(): void {
    for (const folder of [this.root, this.folder]) if (folder) rmSync(folder, { recursive: true, force: true });
  }

  private synthesize(names: Names): string {
    const account =
      this.engine === "route53"
        ? { aws: { accountId: "111122223333" } }
        : { azure: { subscriptionId: SUBSCRIPTION, tenantId: SUBSCRIPTION } };
    const dns = { zone: "k8s.example.com", engine: this.engine, ...account };
    const clusters = this.engine === "route53" ? { ...CLUSTERS, ...HOST_NAMED } : CLUSTERS;
    const fleet = parseFleet(stringify({ fleet: "f", dns, clusters, ...names }), "f.yaml");
    this.last = mkdtempSync(join(this.root, "out-"));
    const app = new App({ outdir: this.last, stackTraces: false });
    const context: StackContext = { fleet, text: fleet, state: stateFactory(fleet.state), stacks: new Map(), problems: [] };
    new GlobalStack(app, context);
    if (this.engine === "route53") clusterRecords(app, fleet, context);
    buildNames(app, context);
    context.stacks.get("f-route53")?.after("f-records");
    app.synth();
    return this.last;
  }
}

/** What clusters' own stacks make that names lead to, in one stack, because a stack takes a second to rehearse. */
function clusterRecords(app: App, fleet: Fleet, context: StackContext): void {
  const stack = new FleetStack(app, "f-records", context);
  const provider = zoneProvider(stack);
  const zone = zoneAccess(stack, provider);
  for (const cluster of fleet.clusters) {
    const { ips, hostname } = cluster.cloud === "existing" ? cluster.existing.ingress : { ips: [] };
    const ingress = { ips, hostname, service: { type: "LoadBalancer", annotations: {} } } as const;
    new ClusterRecords(stack, cluster.name, { cluster: cluster.name, zone, ingress, ttlSeconds: 60, provider });
  }
}

/** Planned changes in words, without the hashes of the addresses. */
export function changes({ plan }: StackReport): string[] {
  return plan
    .filter(({ actions }) => !["no-op", "read"].includes(actions.join()))
    .map(inWords)
    .sort();
}

function inWords({ address, actions, changedAttributes }: PlannedChange): string {
  return [plain(address), actions.join(" then "), changedAttributes.join()].filter((word) => word !== "").join(": ");
}

/** An address without type, scope and hash: app_latency_sa-east-1. */
export const plain = (address: string) => address.replace(/_[0-9A-F]{8}$/, "").replace(/^\w+\.names_/, "");

/** What was done must be there in this order: the last of each kind before the first of the next. Kinds are "create app_failover". */
export function expectOrder({ order }: StackReport, ...kinds: readonly string[]): void {
  const done = order.map((event) => event.split(" ")).map(([action, address]) => `${action} ${plain(address!)}`);
  const places = kinds.map((kind) => done.flatMap((event, index) => (event.startsWith(kind) ? [index] : [])));
  places.forEach((found, index) => {
    expect([kinds[index], found.length]).not.toEqual([kinds[index], 0]);
    if (index > 0) expect(Math.max(...places[index - 1]!)).toBeLessThan(Math.min(...found));
  });
}
