import fc from "fast-check";
import type { AksPoolProps } from "../../constructs/clusters/aks";
import { azureDiskType } from "../../model/catalog/machines";
import { poolNames } from "../../model/limits/azure";
import type { Block } from "../support/synth";
import { clusterOf, stackOf } from "./aks-fixtures";

const POOL_NAME = /^[a-z][a-z0-9]{0,11}$/;
/** The pool `batch`, beside the one on demand that every cluster needs. */
function poolOf(pool: AksPoolProps): Block {
  const pools = stackOf({ pools: { main: {}, batch: pool } }).resource!.azurerm_kubernetes_cluster_node_pool!;
  return Object.entries(pools).find(([id]) => id.includes("pool-batch"))![1];
}

describe("AKS pools", () => {
  test("scale between their limits and are told no number of nodes", () => {
    expect(poolOf({ min: 0, max: 9 })).toMatchObject({ auto_scaling_enabled: true, min_count: 0, max_count: 9, mode: "User" });
    expect(poolOf({})).not.toHaveProperty("node_count");
    expect(clusterOf().default_node_pool).toMatchObject({ auto_scaling_enabled: true, min_count: 2, max_count: 3 });
    expect(clusterOf().lifecycle).toMatchObject({ ignore_changes: ["default_node_pool[0].node_count"] });
  });

  test("on demand say surge and drain timeout, or azurerm plans a change for ever and a new cluster", () => {
    const settings = { max_surge: "33%", drain_timeout_in_minutes: 30, node_soak_duration_in_minutes: 0 };
    expect(poolOf({}).upgrade_settings).toEqual(settings);
    expect((clusterOf().default_node_pool as Block).upgrade_settings).toEqual(settings);
  });

  test("on demand have none of the settings of spot", () => {
    expect(poolOf({}).priority).toBe("Regular");
    for (const key of ["eviction_policy", "spot_max_price", "node_taints"]) expect(poolOf({})).not.toHaveProperty(key);
  });

  test("of spot have no upgrade settings at all, and the label and taint that AKS adds anyway", () => {
    const pool = poolOf({
      spot: true,
      labels: { work: "batch" },
      taints: [{ key: "a", value: "b", effect: "PreferNoSchedule" }],
    });
    expect(pool).toMatchObject({
      priority: "Spot",
      eviction_policy: "Delete",
      spot_max_price: -1,
      node_labels: { work: "batch", "kubernetes.azure.com/scalesetpriority": "spot" },
      node_taints: ["kubernetes.azure.com/scalesetpriority=spot:NoSchedule", "a=b:PreferNoSchedule"],
    });
    expect(pool).not.toHaveProperty("upgrade_settings");
  });

  test("the default pool is AKS's own: closed to workloads, never spot, rotated under a name of its own", () => {
    const pool = clusterOf().default_node_pool as Block;
    expect(pool).toMatchObject({
      name: "system",
      temporary_name_for_rotation: "systemtmp",
      only_critical_addons_enabled: true,
      vm_size: "Standard_D4ds_v5",
      max_pods: 110,
    });
    expect(pool).not.toHaveProperty("priority");
    expect(pool).not.toHaveProperty("node_taints");
  });

  test("have a size of their architecture where none is given", () => {
    expect(poolOf({}).vm_size).toBe("Standard_D4ds_v5");
    expect(poolOf({ architecture: "arm64" }).vm_size).toBe("Standard_D4pds_v5");
    expect(poolOf({ machines: ["Standard_E8s_v5"] }).vm_size).toBe("Standard_E8s_v5");
  });

  test("have their own zones or the cluster's", () => {
    expect(poolOf({}).zones).toEqual(["1", "2", "3"]);
    expect(poolOf({ zones: ["3"] }).zones).toEqual(["3"]);
  });

  test("what azurerm rotates in place keeps the pool's name", () => {
    const { name, temporary_name_for_rotation } = poolOf({});
    for (const change of [
      { machines: ["Standard_D8ds_v5"] },
      { zones: ["1"] },
      { maxPods: 50 },
      { diskGib: 64 },
      { architecture: "arm64" },
      { min: 1, max: 20 },
    ] satisfies AksPoolProps[])
      expect(poolOf(change)).toMatchObject({ name, temporary_name_for_rotation });
  });

  test("what forces a new pool gives it another name, so that it can be made before the old one goes", () => {
    const [regular, spot] = [poolOf({}), poolOf({ spot: true })];
    expect(spot.name).not.toBe(regular.name);
    expect(spot.temporary_name_for_rotation).not.toBe(regular.temporary_name_for_rotation);
    for (const pool of [regular, spot]) expect(pool.lifecycle).toEqual({ create_before_destroy: true });
  });
});

describe("names of AKS pools", () => {
  const key = fc.stringMatching(/^[a-z](-?[a-z0-9]){0,30}$/);

  test("fit AKS whatever the key, and no two names of a pool are the same", () => {
    fc.assert(
      fc.property(key, (pool) => {
        const names = [false, true].flatMap((spot) => Object.values(poolNames(pool, { spot })));
        for (const name of names) expect(name).toMatch(POOL_NAME);
        expect(new Set(names).size).toBe(4);
      }),
    );
  });

  test("are the key itself where that fits", () => {
    expect(poolNames("main", { spot: false }).name).toBe("main");
    expect(poolNames("gpu-large", { spot: false }).name).toBe("gpularge");
  });

  test("of long keys with the same beginning differ", () => {
    expect(poolNames("machine-learning-a", { spot: false }).name).not.toBe(poolNames("machine-learning-b", { spot: false }).name);
  });
});

describe("system disks", () => {
  test.each([
    ["Standard_D4ds_v5", 100, "Ephemeral"],
    ["Standard_D4ds_v5", 150, "Ephemeral"],
    ["Standard_D4ds_v5", 151, "Managed"],
    ["Standard_D4pds_v5", 100, "Ephemeral"],
    ["Standard_E16ads_v5", 512, "Ephemeral"],
    ["Standard_D2ds_v5", 100, "Managed"],
    ["Standard_D4s_v5", 100, "Managed"],
    ["Standard_D4ds_v6", 100, "Managed"],
    ["Standard_E8-4ds_v5", 100, "Managed"],
    ["Standard_NC4as_T4_v3", 100, "Managed"],
    ["Standard_DC4ds_v3", 100, "Managed"],
  ])("of %s with %i GiB: %s", (machine, gib, type) => {
    expect(azureDiskType(machine, gib)).toBe(type);
    expect(
      poolOf({ machines: [machine], architecture: machine.includes("pds") ? "arm64" : "amd64", diskGib: gib }),
    ).toMatchObject({
      os_disk_type: type,
      os_disk_size_gb: gib,
      os_sku: "AzureLinux",
    });
  });
});
