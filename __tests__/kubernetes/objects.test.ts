import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { type FleetRelease, fleetCharts, PLACEHOLDER } from "../../cli/charts/releases";
import { type KubeObject, render } from "../../cli/charts/render";
import { CHARTS } from "../../model/add-ons/charts";
import { describeUnless } from "../rehearsal/engine";
import { fleetFiles, root } from "../support/fleet";
import { until } from "../support/kubernetes/api";
import { TestCluster } from "../support/kubernetes/cluster";
import { missingPart, program } from "../support/kubernetes/parts";

const DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
const unusual = join(root, "__tests__", "fleets", "unusual");
const files = [
  ...fleetFiles.map((file) => join(root, file)),
  ...readdirSync(unusual)
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => join(unusual, file)),
];

/** Settings by which a chart renders the definitions that are templates of its own. */
const OWN_DEFINITIONS = { "cert-manager": { crds: { enabled: true } }, "external-secrets": {} } as const;

/**
 * No controller runs: this is about what a real API server takes of all that Meridian itself writes: the objects of its
 * local charts and applications, in every committed fleet and in those that set every field.
 */
describeUnless(missingPart(), "objects on a real API server", () => {
  let cluster: TestCluster;
  const helm = program("helm")!;
  const seen = new Set<string>();

  beforeAll(async () => {
    cluster = await TestCluster.start();
    const sets = join(root, "charts", "definitions");
    const local = readdirSync(sets).flatMap((set) =>
      readFileSync(join(sets, set, "charts", "definitions", "templates", "definitions.yaml"), "utf8")
        .split("---\n")
        .flatMap((text) => (text.trim() === "" ? [] : [JSON.parse(text) as KubeObject])),
    );
    const charts = Object.entries(OWN_DEFINITIONS).flatMap(([chart, values]) => {
      const { version } = CHARTS[chart as keyof typeof OWN_DEFINITIONS];
      const release = { stack: "", name: chart, namespace: chart, chart, version, values, before: [] };
      const { objects } = render(helm, release, join(process.env.E2E_CHARTS!, `${chart}-${version}.tgz`));
      return objects.filter(({ kind }) => kind === "CustomResourceDefinition");
    });
    for (const definition of [...local, ...charts]) {
      const { status, body } = await cluster.api.post(DEFINITIONS, withoutWebhook(definition));
      expect([definition.metadata.name, status, body.message]).toEqual([definition.metadata.name, 201, undefined]);
    }
    await cluster.snapshotDefinitions();
    for (const { spec } of await cluster.api.list(DEFINITIONS)) {
      const { name } = spec.versions.find(({ served }: { served: boolean }) => served);
      const path = `/apis/${spec.group}/${name}/${spec.names.plural}`;
      await until(path, 60, async () => (await cluster.api.get(path)).status === 200);
    }
  }, 240_000);
  afterAll(() => cluster?.stop(), 180_000);

  /** What the server says of objects, without making any: unknown fields are refused too. */
  function applied(objects: readonly KubeObject[]): { readonly status: number | null; readonly stderr: string } {
    const file = join(cluster.folder, "objects.json");
    writeFileSync(file, JSON.stringify({ apiVersion: "v1", kind: "List", items: objects }));
    const args = ["apply", "--server-side", "--dry-run=server", "--validate=strict", "-f", file];
    return spawnSync(program("kubectl")!, [...args, "--kubeconfig", cluster.kubeconfig()], { encoding: "utf8" });
  }

  test.each(files.map((file) => [basename(file), file] as const))(
    "those of %s are taken",
    async (_name, file) => {
      const objects = ownObjects(helm, file);
      if (objects.length === 0) return;
      const namespaces = new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? []));
      for (const name of namespaces)
        await cluster.api.post("/api/v1/namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name } });
      const { status, stderr } = applied(objects);
      expect([status, stderr]).toEqual([0, ""]);
      for (const { kind } of objects) seen.add(kind);
    },
    240_000,
  );

  test("among them are stores, secrets and logins of registries in other clouds, weighted routes and restores", () => {
    expect(EXPECTED.filter((kind) => !seen.has(kind))).toEqual([]);
  });

  test("a field that a definition doesn't know would be refused, and a value that it doesn't allow", () => {
    const generator = (spec: object): KubeObject => ({
      apiVersion: "generators.external-secrets.io/v1alpha1",
      kind: "ACRAccessToken",
      metadata: { name: "x", namespace: "default" },
      spec,
    });
    const auth = { workloadIdentity: { serviceAccountRef: { name: "x" } } };
    expect(applied([generator({ registry: "x", auth, environment: "PublicCloud" })]).stderr).toMatch(
      /unknown field "environment"/,
    );
    expect(applied([generator({ registry: "x", auth, environmentType: "Moon" })]).stderr).toMatch(/environmentType/);
    expect(applied([generator({ registry: "x", auth })])).toMatchObject({ status: 0 });
  });
});

const EXPECTED = [
  ...["ClusterSecretStore", "SecretStore", "ExternalSecret", "PushSecret"],
  ...["ECRAuthorizationToken", "ACRAccessToken", "GCRAccessToken"],
  ...["IngressRoute", "TraefikService", "Gateway", "EnvoyProxy"],
  ...["Certificate", "ClusterIssuer", "ValidatingAdmissionPolicy", "NetworkPolicy", "StorageClass", "Restore"],
];

/** An address that only Google makes; its form is looked at. */
const [EMAIL, MADE_EMAIL] = [
  new RegExp(`(?<="gcpServiceAccountEmail":)"${PLACEHOLDER}"`, "g"),
  "made@project.iam.gserviceaccount.com",
] as const;

/** What Meridian's own charts make in a fleet, and those that stand beside its file. */
function ownObjects(helm: string, file: string): readonly KubeObject[] {
  return fleetCharts(file).releases.flatMap((release) => {
    const chart = chartOf(release);
    if (chart === undefined) return [];
    const objects = JSON.parse(JSON.stringify(objectsOf(helm, release, chart)).replaceAll(EMAIL, `"${MADE_EMAIL}"`));
    return (objects as KubeObject[]).map((object) => ({
      ...object,
      metadata: { namespace: release.namespace, ...object.metadata },
    }));
  });
}

function objectsOf(helm: string, release: FleetRelease, chart: string): readonly KubeObject[] {
  const { objects } = release.values as { readonly objects?: readonly KubeObject[] };
  return objects ?? render(helm, { ...release, values: withTag(release) }, chart).objects;
}

function chartOf({ chart, folder }: FleetRelease): string | undefined {
  const own = /^\.\/assets\/chart-(objects|service|smoke)\//.exec(chart)?.[1];
  return own === undefined ? folder : join(root, "charts", own);
}

/** A tag that is a variable is set beside the values. */
function withTag({ values }: FleetRelease): unknown {
  const { image, ...rest } = values as { readonly image?: object };
  return image === undefined ? values : { ...rest, image: { tag: "1.0.0", ...image } };
}

/** A definition whose older versions nobody converts here: only the stored one is asked for. */
function withoutWebhook(definition: KubeObject): object {
  const { conversion, ...spec } = definition.spec as { readonly conversion?: unknown };
  return { ...definition, spec };
}
