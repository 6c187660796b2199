import fc from "fast-check";
import { type GkePoolProps, googleLabels } from "../../constructs/clusters/gke";
import { recurringWindow } from "../../constructs/clusters/gke/maintenance";
import { poolName, spread } from "../../constructs/clusters/gke/node-pools";
import { poolSettings } from "../../constructs/clusters/settings";
import { type Block, theResource } from "../support/synth";
import { REGION, synthGke, unusual, usual } from "./gke-fixtures";

const poolOf = (pool: GkePoolProps): Block =>
  theResource(synthGke({ ...usual, pools: { main: pool } }).stack, "google_container_node_pool");
const zones = ["a", "b", "c"];

describe("GKE pools", () => {
  test("limits are the whole pool's, never a zone's", () => {
    const { autoscaling, node_count } = poolOf({ min: 3, max: 9 });
    expect(autoscaling).toEqual({ total_min_node_count: 3, total_max_node_count: 9, location_policy: "BALANCED" });
    expect(node_count).toBeUndefined();
  });

  test("a pool upgrades and repairs itself, a node more at a time, within its channel", () => {
    expect(poolOf({})).toMatchObject({
      management: { auto_repair: true, auto_upgrade: true },
      upgrade_settings: { strategy: "SURGE", max_surge: 1, max_unavailable: 0 },
    });
    expect(poolOf({})).not.toHaveProperty("version");
  });

  test("nodes have no public address, a verified boot, and no way to the metadata of their VM", () => {
    expect(poolOf({})).toMatchObject({
      network_config: { enable_private_nodes: true },
      node_config: {
        shielded_instance_config: { enable_secure_boot: true, enable_integrity_monitoring: true },
        workload_metadata_config: { mode: "GKE_METADATA" },
        metadata: { "disable-legacy-endpoints": "true" },
      },
    });
  });

  test("no kubelet_config is written, which would turn the processor quota off in google 6.50", () => {
    expect(poolOf({}).node_config).not.toHaveProperty("kubelet_config");
  });

  test("what changes in place keeps the pool's name", () => {
    const { name, lifecycle } = poolOf({});
    expect(lifecycle).toEqual({ create_before_destroy: true, ignore_changes: ["initial_node_count"] });
    for (const change of [
      { machines: ["n2d-standard-8"] },
      { min: 1, max: 20 },
      { diskGib: 200 },
      { labels: { a: "b" } },
      { taints: [{ key: "a", value: "", effect: "PreferNoSchedule" }] },
      { zones: [`${REGION}-a`] },
    ] satisfies GkePoolProps[])
      expect(poolOf(change).name).toBe(name);
  });

  test("what can't change in place gives the pool another name, so that the new one can come first", () => {
    const changes: GkePoolProps[] = [{}, { spot: true }, { maxPods: 64 }, { architecture: "arm64" }];
    expect(new Set(changes.map((change) => poolOf(change).name)).size).toBe(changes.length);
  });

  test("a name fits GKE's forty characters, and two long keys are two names", () => {
    const long = "a".repeat(39);
    expect(poolName(long, {})).toMatch(/^a+-[0-9a-f]{6}-[0-9a-f]{6}$/);
    expect(poolName(long, {})).toHaveLength(40);
    expect(poolName(`${long}b`, {})).not.toBe(poolName(`${long}c`, {}));
  });

  test("taints are spelt as GKE does", () => {
    const pools = synthGke(unusual).stack.resource!.google_container_node_pool!;
    const spot = Object.values(pools).find(({ name }) => String(name).startsWith("spot-arm-"))!;
    expect((spot.node_config as Block).taint).toEqual([
      { key: "spot", value: "true", effect: "NO_SCHEDULE" },
      { key: "arch", value: "", effect: "PREFER_NO_SCHEDULE" },
      { key: "gone", value: "soon", effect: "NO_EXECUTE" },
    ]);
  });

  test("spot capacity is taken in whatever zone has it", () => {
    expect(poolOf({ spot: true })).toMatchObject({ autoscaling: { location_policy: "ANY" }, node_config: { spot: true } });
  });

  test("a machine gets the kind of boot disk that it takes", () => {
    const disk = (pool: GkePoolProps) => (poolOf(pool).node_config as Block).disk_type;
    expect([disk({ machines: ["n2d-standard-8"] }), disk({ machines: ["c4a-standard-4"], architecture: "arm64" })]).toEqual([
      "pd-balanced",
      "hyperdisk-balanced",
    ]);
  });

  test("a pool starts inside its limits, with a node in each of its zones", () => {
    fc.assert(
      fc.property(fc.nat(50), fc.integer({ min: 1, max: 50 }), fc.constantFrom(zones, ["a"], undefined), (low, max, among) => {
        const min = Math.min(low, max);
        const { zones: used, perZone } = spread(poolSettings("google", { min, max }), among);
        const zoneCount = used?.length ?? Math.min(3, max);
        const start = perZone * zoneCount;
        expect(perZone).toBeGreaterThanOrEqual(1);
        expect(start).toBeLessThanOrEqual(max);
        expect(start).toBeGreaterThan(min - zoneCount);
      }),
    );
  });
});

describe("GKE's labels", () => {
  test("tags become what Google takes", () => {
    expect(googleLabels({ Team: "Platform Team", "cost/centre": "É42", "2fa": "on", empty: "" })).toEqual({
      team: "platform-team",
      "cost-centre": "-42",
      "tag-2fa": "on",
      empty: "",
    });
  });

  test("any tags at all become labels within Google's rules", () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 200, unit: "binary" }),
        fc.string({ maxLength: 200, unit: "binary" }),
        (key, value) => {
          const [label] = Object.entries(googleLabels({ [key]: value }));
          expect(label![0]).toMatch(/^[a-z][a-z0-9_-]{0,62}$/);
          expect(label![1]).toMatch(/^[a-z0-9_-]{0,63}$/);
        },
      ),
    );
  });

  test("two tags that would become one label are refused", () => {
    expect(() => googleLabels({ Team: "a", team: "b" })).toThrow(
      "tags 'Team' and 'team' are both the label 'team' in Google Cloud",
    );
  });
});

describe("GKE's maintenance window", () => {
  test("begins on its weekday, long ago, and comes every week", () => {
    expect(recurringWindow({ day: "monday", startHour: 0, durationHours: 12 })).toEqual({
      startTime: "2024-01-01T00:00:00Z",
      endTime: "2024-01-01T12:00:00Z",
      recurrence: "FREQ=WEEKLY;BYDAY=MO",
    });
    expect(recurringWindow({ day: "sunday", startHour: 22, durationHours: 14 })).toEqual({
      startTime: "2024-01-07T22:00:00Z",
      endTime: "2024-01-08T12:00:00Z",
      recurrence: "FREQ=WEEKLY;BYDAY=SU",
    });
  });

  test("one that GKE would refuse at apply is refused at synth", () => {
    expect(() => synthGke({ ...usual, maintenance: { durationHours: 4 } })).toThrow(
      "maintenance.durationHours: 4 hours a week are too few for GKE, which wants 48 hours in any 32 days: 12 to 24",
    );
  });
});
