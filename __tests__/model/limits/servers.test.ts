import { IMAGE, NFS_SHARE, serverSizeProblem, snapshotIdProblem, snapshotsProblem } from "../../../model/limits/servers";

test("servers are made of one version of Ubuntu, since another image replaces them", () => {
  expect(IMAGE).toEqual({ publisher: "Canonical", offer: "ubuntu-24_04-lts", sku: "server", version: "24.04.202609040" });
  expect(NFS_SHARE).toBe("/data/export");
});

test("a disk has as many snapshots as its hours and days make, to exactly 450", () => {
  expect(snapshotsProblem({ everyHours: 24, days: 450 })).toBeUndefined();
  expect(snapshotsProblem({ everyHours: 24, days: 451 })).toContain("every 24 hours for 451 days are 451 snapshots");
});

test("what is no server's size, and no snapshot, is named", () => {
  expect(serverSizeProblem("Standard_DC2ads_v5")).toBeUndefined();
  expect(serverSizeProblem("Standard_D2_v5")).toContain("'Standard_D2_v5' is no size that takes premium disks");
  const id = "/SUBSCRIPTIONS/a/resourcegroups/b/providers/microsoft.compute/snapshots/c";
  expect(snapshotIdProblem(id)).toBeUndefined();
  expect(snapshotIdProblem("monday")).toContain("'monday' is no resource id of a snapshot");
});
