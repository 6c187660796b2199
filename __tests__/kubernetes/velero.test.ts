import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CHARTS } from "../../model/add-ons/charts";
import { clouds } from "../backing/backup-fleet";
import { releaseOf } from "../priming/fleets";
import { describeUnless } from "../rehearsal/engine";
import { fleetOf, root, synthFleet } from "../support/fleet";
import { until } from "../support/kubernetes/api";
import { TestCluster } from "../support/kubernetes/cluster";
import { missingPart, program } from "../support/kubernetes/parts";

const DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
const missing = missingPart();

/** No Velero runs: this is about what a real API server takes, with Velero's own definitions. */
describeUnless(missing, "Velero's objects on a real API server", () => {
  let cluster: TestCluster;
  const { stacks } = synthFleet(fleetOf(clouds()));

  beforeAll(async () => {
    cluster = await TestCluster.start();
    const file = join(root, "charts/definitions/velero/charts/definitions/templates/definitions.yaml");
    for (const text of readFileSync(file, "utf8").split("---\n").filter(Boolean)) {
      const { status } = await cluster.api.post(DEFINITIONS, JSON.parse(text));
      expect(status).toBe(201);
    }
    await cluster.snapshotDefinitions();
    await until("Velero's kinds", 60, async () => (await cluster.api.get("/apis/velero.io/v1/restores")).status === 200);
    await cluster.api.post("/api/v1/namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: "velero" } });
  }, 120_000);
  afterAll(() => cluster?.stop(), 180_000);

  /** What the server says of objects, without making any: unknown fields are refused too. */
  function applied(
    manifest: string,
    mode: readonly string[] = ["--dry-run=server"],
  ): { readonly status: number | null; readonly stderr: string; readonly stdout: string } {
    const file = join(cluster.folder, "manifest.yaml");
    writeFileSync(file, manifest);
    const args = ["apply", "--server-side", ...mode, "--validate=strict", "-f", file];
    return spawnSync(program("kubectl")!, [...args, "--kubeconfig", cluster.kubeconfig()], { encoding: "utf8" });
  }

  test.each(["eks", "aks", "gke"])(
    "the chart's, the snapshot class and the restore of %s are taken",
    (name) => {
      const priming = stacks[`acme-${name}-priming`]!;
      const values = join(cluster.folder, "values.json");
      writeFileSync(values, JSON.stringify(releaseOf(priming, "velero").data));
      const archive = join(process.env.E2E_CHARTS!, `velero-${CHARTS.velero.version}.tgz`);
      const rendered = spawnSync(program("helm")!, ["template", "velero", archive, "-n", "velero", "-f", values], {
        encoding: "utf8",
      });
      expect(rendered.stderr).toBe("");
      const objects = ["velero-snapshots", ...(name === "aks" ? ["velero-restore-source", "velero-restore"] : [])].flatMap(
        (release) => releaseOf(priming, release).data.objects as object[],
      );
      const { status, stderr, stdout } = applied(
        [rendered.stdout, ...objects.map((object) => JSON.stringify(object))].join("\n---\n"),
      );
      expect([status, stderr]).toEqual([0, ""]);
      const kinds = ["schedule.velero.io", "backupstoragelocation.velero.io", "volumesnapshotclass.snapshot.storage.k8s.io"];
      for (const kind of [...kinds, ...(name === "aks" ? ["restore.velero.io"] : [])]) expect(stdout).toContain(`${kind}/`);
    },
    60_000,
  );

  test("before Velero goes, a job with rights of its own deletes what only Velero lets go of, and waits for it", async () => {
    const { api } = cluster;
    const { extraObjects } = releaseOf(stacks["acme-eks-priming"]!, "velero").data;
    const restores = "/apis/velero.io/v1/namespaces/velero/restores";
    const restore = {
      apiVersion: "velero.io/v1",
      kind: "Restore",
      metadata: { name: "by-hand", finalizers: ["restores.velero.io/external-resources-finalizer"] },
      spec: { backupName: "daily-1" },
    };
    expect(await api.post(restores, restore)).toMatchObject({ status: 201 });
    const objects = extraObjects.map((object: object) => JSON.stringify(object)).join("\n---\n");
    expect(applied(`---\n${objects}`, [])).toMatchObject({ status: 0, stderr: "" });
    await until(
      "restore deleted",
      60,
      async () => (await api.get(`${restores}/by-hand`)).body.metadata.deletionTimestamp !== undefined,
    );
    const job = async () => (await api.get("/apis/batch/v1/namespaces/velero/jobs/no-restores-left")).body.status;
    expect((await job()).succeeded).toBeUndefined();
    await api.patch(`${restores}/by-hand`, { metadata: { finalizers: [] } });
    await until("job done", 60, async () => (await job()).succeeded === 1);
    expect((await api.get(`${restores}/by-hand`)).status).toBe(404);
  }, 180_000);

  test("a misspelt field would be refused", () => {
    const restore = {
      apiVersion: "velero.io/v1",
      kind: "Restore",
      metadata: { name: "x", namespace: "velero" },
      spec: { backup: "x" },
    };
    expect(applied(JSON.stringify(restore)).stderr).toContain("backup");
  });
});
