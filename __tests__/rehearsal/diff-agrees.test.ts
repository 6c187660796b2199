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
import { type Data, over, SOUND } from "../model/support";
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

const there = (region: string, ip: string) => ({
  cloud: "existing",
  region,
  existing: { endpoint: "https://k.example.com", exec: { command: "x" }, ingress: { ips: [ip] } },
});
const NONE = { eks: undefined, aks: undefined, gke: undefined };
const NEAR = {
  a: there("eu-west-1", "198.51.100.1"),
  b: there("us-east-1", "198.51.100.2"),
  c: there("ap-southeast-2", "198.51.100.3"),
};
const on = (dns: Data, changes: Data = {}) =>
  over(over(SOUND, { dns: { ...dns, deletionProtection: false }, clusters: { ...NONE, ...NEAR } }), changes);
const ROUTE53 = { aws: { accountId: "111122223333" } };
const AZURE_DNS = {
  engine: "azure",
  azure: { subscriptionId: "00000000-0000-0000-0000-000000000001", tenantId: "00000000-0000-0000-0000-000000000002" },
};
const server = (settings: Data) => ({
  databases: {
    shop: {
      engine: "mysql",
      size: "medium",
      cloud: "azure",
      region: "uksouth",
      secretsRegion: "ukwest",
      deletionProtection: false,
      ...settings,
    },
  },
});
const before = {
  app: { policy: "latency" },
  www: { policy: "weighted", members: [{ cluster: "a", weight: 9 }, "b"] },
  old: { policy: "failover", members: ["a", "b"] },
  geo: { policy: "geolocation", default: "a", members: ["a", "b"] },
};
const after = {
  app: { policy: "failover", members: ["a", "b", "c"] },
  www: { policy: "weighted", members: [{ cluster: "a", weight: 1 }, "b"] },
  geo: { policy: "geolocation", default: "b", members: ["a", "b", "c"] },
  fresh: { policy: "latency", probe: { path: "/healthz" } },
};

/** Changes of the other kinds of stacks: names in both engines, what a cluster is primed with, a database, a registry. */
const KINDS: readonly (readonly [string, readonly string[], Data, Data])[] = [
  [
    "names in Route53, and a drain",
    ["acme-route53"],
    on(ROUTE53, { names: before }),
    on(ROUTE53, { names: after, drain: ["c"] }),
  ],
  [
    "names in Traffic Manager",
    ["acme-traffic-manager"],
    on(AZURE_DNS, { names: before }),
    on(AZURE_DNS, { names: after, drain: ["c"] }),
  ],
  [
    "add-ons that come, change and go",
    ["acme-a-priming"],
    on(ROUTE53, { clusters: { a: { addons: { certManager: { enabled: true }, headlamp: { enabled: true } } } } }),
    on(ROUTE53, {
      clusters: { a: { addons: { certManager: { enabled: true, values: { replicaCount: 2 } }, monitoring: { enabled: true } } } },
      tags: { a: "b" },
    }),
  ],
  [
    "a database that is promoted, with new passwords",
    ["acme-data-shop"],
    on(ROUTE53, server({ replicas: ["ukwest"] })),
    on(ROUTE53, server({ replicas: ["ukwest"], primary: "ukwest", passwordVersion: 2, tags: { a: "b" } })),
  ],
];

/** Of all that changes, what diff leaves to Terraform to say. */
const counted = { all: 0, unknown: 0 };

describeWithTerraform("and so it is in the other kinds of stacks", () => {
  test.each(KINDS)(
    "%s",
    async (_, ids, was, is) => {
      const [old, fresh] = [synthesized(was), synthesized(is)];
      const stacks = readStacks(fresh)
        .map(({ id }) => id)
        .filter((id) => ids.includes(id) || id === "acme-global" || /-(a|b|c)-cluster$/.test(id));
      const report = await rehearseChange(old, fresh, { stacks, until: "plan" });
      for (const id of ids) {
        const planned = (report.after?.stacks[id]?.plan ?? []).filter(
          ({ actions }) => !["read", "no-op"].includes(actions.join()),
        );
        const configOf = (folder: string) => readStacks(folder).find((stack) => stack.id === id)!.config;
        const compared = compareStacks(configOf(old), configOf(fresh));
        const words = new Map(compared.map(({ address, action }) => [address, action]));
        counted.all += compared.length;
        counted.unknown += compared.filter(({ action }) => action === "unknown").length;
        expect(compared.map(({ address }) => address)).toEqual(planned.map(({ address }) => address).sort());
        const contradicted = planned.filter(({ address, replace, actions }) => {
          const said = words.get(address);
          const is = replace ? "replaced" : { create: "created", update: "changed", delete: "destroyed" }[actions[0]!];
          return said !== is && !(said === "unknown" && (is === "changed" || is === "replaced"));
        });
        expect(contradicted.map(({ address, actions }) => `${actions.join()} ${address}: ${words.get(address)}`)).toEqual([]);
        expect(planned.length).toBeGreaterThan(2);
      }
    },
    120_000,
  );

  test("what is left to Terraform to say is at most one in twenty", () => {
    expect(counted.all).toBeGreaterThan(20);
    expect(counted.unknown / counted.all).toBeLessThanOrEqual(0.05);
  });
});

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
