import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parse, parseAllDocuments } from "yaml";
import { type Definition, lostVersions, type StoredVersions, writeDefinitions } from "../../cli/charts/definitions";
import type { ReleaseFacts } from "../../cli/charts/facts";
import { LARGEST_RECORD, recordBytes } from "../../cli/charts/record";
import { DEFINITIONS, type DefinitionSetName } from "../../model/add-ons/definitions";
import chartFacts from "../../model/catalog/data/chart-facts.json";
import stored from "../../model/catalog/data/stored-versions.json";
import { committedFleet, root, synthFleet } from "../support/fleet";
import { resources } from "../support/synth";
import { primingOf, releaseOf, synthClouds } from "./fleets";

const sets = Object.keys(DEFINITIONS) as DefinitionSetName[];
const chartOf = (set: DefinitionSetName) => join(root, "charts", "definitions", set);
const textOf = (set: DefinitionSetName) =>
  readFileSync(join(chartOf(set), "charts", "definitions", "templates", "definitions.yaml"), "utf8");
const definitionsOf = (set: DefinitionSetName) => parseAllDocuments(textOf(set)).map((document) => document.toJS() as Definition);

describe.each(sets)("definitions of %s", (set) => {
  const definitions = definitionsOf(set);

  test("are a subchart's templates in the pinned version, and stay when the release goes", () => {
    const chart = parse(readFileSync(join(chartOf(set), "Chart.yaml"), "utf8"));
    expect(chart).toMatchObject({ version: DEFINITIONS[set].version, name: `${set}-definitions` });
    expect(definitions.length).toBeGreaterThan(0);
    for (const { kind, metadata } of definitions) {
      expect(kind).toBe("CustomResourceDefinition");
      expect(metadata.annotations).toMatchObject({ "helm.sh/resource-policy": "keep" });
    }
  });

  test("fit the Secret that Helm keeps a release in", () => {
    expect(recordBytes(chartOf(set), {}, textOf(set))).toBeLessThan(LARGEST_RECORD);
  });

  test("have one stored version each, and every version that objects may be stored in from before", () => {
    for (const definition of definitions) {
      expect(definition.spec.versions.filter(({ storage }) => storage)).toHaveLength(1);
      expect([definition.metadata.name, lostVersions(definition, stored as StoredVersions)]).toEqual([
        definition.metadata.name,
        [],
      ]);
      expect(stored).toHaveProperty([definition.metadata.name]);
    }
  });

  test("are none of an experimental channel", () => {
    for (const { metadata, spec } of definitions) {
      expect(metadata.annotations?.["gateway.networking.k8s.io/channel"] ?? "standard").toBe("standard");
      expect(spec.group).not.toMatch(/\.x-k8s\.io$/);
    }
  });
});

test("docs/add-ons.md says how many stay of each, those that are templates of their own charts too", () => {
  const templates = (name: string) => {
    const release = (chartFacts as unknown as readonly ReleaseFacts[]).find((one) => one.name === name)!;
    return release.objects.filter(({ kind }) => kind === "CustomResourceDefinition").length;
  };
  const counts = {
    "Gateway API": definitionsOf("gateway-api").length,
    "Envoy Gateway": definitionsOf("envoy-gateway").length,
    Traefik: definitionsOf("traefik").length,
    "cert-manager": templates("cert-manager"),
    "external-secrets": templates("external-secrets"),
    "the Prometheus operator": definitionsOf("prometheus-operator").length,
    "external-dns": definitionsOf("external-dns").length,
    Velero: definitionsOf("velero").length,
  };
  // a set that nobody counts would stay without being named
  expect(Object.keys(counts)).toHaveLength(sets.length + 2);
  const [said] = /Definitions of custom resources\*\* stay .*/.exec(readFileSync(join(root, "docs", "add-ons.md"), "utf8"))!;
  for (const [name, count] of Object.entries(counts)) expect(said).toContain(`${name} (${count})`);
});

describe("a record", () => {
  const withChart = <T>(files: Readonly<Record<string, string>>, use: (folder: string) => T): T => {
    const folder = mkdtempSync(join(tmpdir(), "record-"));
    try {
      for (const [file, text] of Object.entries({ "Chart.yaml": "name: x\nversion: 1.0.0\n", ...files })) {
        mkdirSync(dirname(join(folder, file)), { recursive: true });
        writeFileSync(join(folder, file), text);
      }
      return use(folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  // as hard to compress as definitions are not, so that a small file does
  const noise = Array.from({ length: 60_000 }, (_, index) => ((index * 2_654_435_761) >>> 0).toString(36)).join("");

  test("holds the chart's own files, whether they are rendered or not, and no subchart's", () => {
    const size = (files: Readonly<Record<string, string>>) => withChart(files, (folder) => recordBytes(folder, {}, ""));
    expect(size({})).toBeLessThan(1000);
    expect(size({ "crds/a.yaml": noise })).toBeGreaterThan(100_000);
    expect(size({ "templates/a.yaml": noise })).toBeGreaterThan(100_000);
    expect(size({ "charts/sub/templates/a.yaml": noise })).toBeLessThan(1000);
    expect(withChart({}, (folder) => recordBytes(folder, {}, noise))).toBeGreaterThan(100_000);
  });
});

describe("making them anew", () => {
  const crd = (versions: string) => `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: things.example.com, creationTimestamp: null }
spec:
  group: example.com
  versions: ${versions}
`;
  const schema =
    "{ openAPIV3Schema: { description: prose, properties: { description: { type: string, description: prose, default: { description: kept } }, rule: { x-kubernetes-validations: [{ message: 'a {{ b', rule: 'true' }] } } } }";

  /** Every set from one definition, in a project of its own. */
  function made(versions: string, before: StoredVersions = {}): { text: string; stored: StoredVersions } {
    const folder = mkdtempSync(join(tmpdir(), "definitions-"));
    try {
      const put = (file: string, text: string) => {
        mkdirSync(dirname(join(folder, file)), { recursive: true });
        writeFileSync(join(folder, file), text);
      };
      const storedFile = "model/catalog/data/stored-versions.json";
      put(storedFile, JSON.stringify(before));
      for (const { unpacked, folder: place, prefix = "" } of Object.values(DEFINITIONS) as {
        unpacked: string;
        folder: string;
        prefix?: string;
      }[])
        put(join("unpacked", unpacked, place, `${prefix}one.yaml`), crd(versions));
      writeDefinitions(join(folder, "unpacked"), folder);
      const read = (file: string) => readFileSync(join(folder, file), "utf8");
      return {
        text: read("charts/definitions/traefik/charts/definitions/templates/definitions.yaml"),
        stored: JSON.parse(read(storedFile)),
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  test("leaves out prose and nothing else, and keeps Helm from braces that are not its own", () => {
    const { text } = made(`[{ name: v1, storage: true, schema: ${schema} }]`);
    expect(text).not.toContain("prose");
    expect(text).toContain('"properties":{"description":{"type":"string","default":{"description":"kept"}}');
    expect(text).toContain('"a {{ "{{" }} b"');
    expect(text).toContain('"helm.sh/resource-policy":"keep"');
  });

  test("remembers what objects are stored in, and refuses to lose it", () => {
    const next = "[{ name: v1, storage: true }, { name: v1beta1, storage: false }]";
    expect(made(next, { "things.example.com": ["v1beta1"] }).stored).toEqual({ "things.example.com": ["v1", "v1beta1"] });
    expect(() => made("[{ name: v1, storage: true }]", { "things.example.com": ["v1alpha1"] })).toThrow(
      /things\.example\.com: objects may be stored in v1alpha1/,
    );
  });
});

describe("in a cluster", () => {
  const { stacks } = synthFleet(committedFleet("fleets/all-on.yaml"));
  const priming = (cluster: string) => stacks[`allon-${cluster}-priming`]!;
  const named = (cluster: string) => Object.values(resources(priming(cluster), "helm_release")).map(({ name }) => String(name));

  test("GKE gets none of Gateway API's own, whatever the ingress controller; Envoy's come without the chart's", () => {
    expect(named("ireland")).toEqual(expect.arrayContaining(["gateway-api", "traefik-definitions"]));
    expect(named("belgium")).toContain("envoy-gateway-definitions");
    expect(named("belgium")).not.toContain("gateway-api");
    expect(releaseOf(priming("belgium"), "envoy-gateway").data.crds).toEqual({ enabled: false });
    const eks = synthClouds(["aws"], { addons: "{ ingress: { controller: envoy-gateway } }" });
    expect(releaseOf(primingOf(eks, "aws"), "gateway-api")).toMatchObject({ take_ownership: true });
  });

  test("they come before the charts that had them, which leave theirs out", () => {
    for (const [cluster, chart, set] of [
      ["ireland", "traefik", "traefik-definitions"],
      ["ireland", "kube-prometheus-stack", "prometheus-operator-definitions"],
      ["ireland", "external-dns", "external-dns-definitions"],
      ["belgium", "envoy-gateway", "envoy-gateway-definitions"],
    ] as const) {
      const releases = resources(priming(cluster), "helm_release");
      const addressOf = (name: string) => `helm_release.${Object.keys(releases).find((id) => releases[id]!.name === name)}`;
      expect(releaseOf(priming(cluster), chart)).toMatchObject({ skip_crds: true });
      expect(comesAfter(releases, addressOf(chart), addressOf(set))).toBe(true);
    }
  });

  test("external-secrets leaves its own in the cluster too: with them every application's secrets would go", () => {
    expect(releaseOf(priming("ireland"), "external-secrets").data.crds).toEqual({
      annotations: { "helm.sh/resource-policy": "keep" },
    });
  });

  function comesAfter(releases: ReturnType<typeof resources>, address: string, other: string): boolean {
    const seen = new Set<string>();
    const walk = (here: string): boolean => {
      if (here === other) return true;
      if (seen.has(here)) return false;
      seen.add(here);
      const [type, id] = here.split(".");
      const block = type === "helm_release" ? releases[id!] : undefined;
      return ((block?.depends_on as string[] | undefined) ?? []).some(walk);
    };
    return walk(address);
  }
});
