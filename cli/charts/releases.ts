import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { CHARTS, releaseOf } from "../../model/add-ons/charts";
import { hostsOf } from "../../model/derived/app-hosts";
import { stackIds } from "../../model/derived/names";
import { loadFleet } from "../../model/reading/load";
import type { Cloud } from "../../model/schema/common";
import type { Fleet, Pins } from "../../model/schema/fleet";
import { readStacks } from "../../output/folder";
import { buildFleet } from "../../stacks/build-fleet";

/** A Helm release of a fleet, as Terraform gets it. */
export interface FleetRelease {
  readonly stack: string;
  readonly name: string;
  readonly namespace: string;
  /** Name of a chart, or a path from the stack's folder. */
  readonly chart: string;
  /** @default - `chart` is a path */
  readonly repository?: string;
  readonly version: string;
  /** Folder of the chart, where it stands beside the fleet file. */
  readonly folder?: string;
  /** Values, with a word in the place of what only Terraform knows. */
  readonly values: unknown;
  /** Hosts that an application with a chart of its own is to answer, where a public name leads to it. @default - none */
  readonly hosts?: readonly string[];
  /** Namespaces that Terraform makes before it. */
  readonly before: readonly string[];
}

/** A namespace of a fleet, with its pod security standard. */
export interface FleetNamespace {
  readonly stack: string;
  readonly name: string;
  readonly podSecurity?: string;
}

export interface FleetCharts {
  readonly releases: readonly FleetRelease[];
  readonly namespaces: readonly FleetNamespace[];
  /** Cloud of each stack's cluster. */
  readonly clouds: Readonly<Record<string, Cloud>>;
}

/** Cloud by the plugin that fetches tokens. */
const PLUGINS: Readonly<Record<string, Cloud>> = { aws: "aws", kubelogin: "azure", "gke-gcloud-auth-plugin": "google" };

interface StackJson {
  readonly provider?: { readonly helm?: readonly { readonly kubernetes: { readonly exec: { readonly command: string } } }[] };
  readonly resource?: {
    readonly helm_release?: Readonly<Record<string, ReleaseJson>>;
    readonly kubernetes_namespace_v1?: Readonly<Record<string, NamespaceJson>>;
  };
}
interface NamespaceJson {
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  readonly depends_on?: readonly string[];
}
interface ReleaseJson extends Omit<FleetRelease, "stack" | "values" | "before"> {
  readonly values: readonly string[];
  readonly depends_on?: readonly string[];
}

/** What stands for a reference. A DNS label, so that it may be a part of any name. */
export const PLACEHOLDER = "terraform-value";

/**
 * The releases of a fleet file, synthesized into a folder that is gone afterwards.
 * @param previous each add-on's chart at the pin before: what a lock of an earlier Meridian holds. @default false
 */
export function fleetCharts(file: string, previous = false): FleetCharts {
  const folder = mkdtempSync(join(tmpdir(), "meridian-charts-"));
  try {
    const app = new App({ outdir: folder, stackTraces: false });
    const fleet = previous ? loadFleet(file, previousPins(loadFleet(file))) : loadFleet(file);
    // as the repositories name them, wherever the fleet takes them from
    buildFleet(app, { ...fleet, charts: { ...fleet.charts, source: "repositories" } });
    app.synth();
    const charts = readCharts(folder);
    const releases = charts.releases.map((release) => ({
      ...release,
      folder: folderBeside(fleet, release),
      hosts: publicHosts(fleet, release),
    }));
    return { ...charts, releases };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function previousPins(fleet: Fleet): Pins {
  const charts = Object.fromEntries(
    Object.values(CHARTS).flatMap((pin) => (pin.previous === undefined ? [] : [[releaseOf(pin), pin.previous]])),
  );
  const empty = { eksAddons: {}, images: {}, pools: {} };
  return Object.fromEntries(fleet.clusters.map(({ name }) => [name, { charts, ...empty }]));
}

/** An application's chart in a folder beside the fleet file: the synthesized copy is gone when it is rendered. */
function folderBeside(fleet: Fleet, { stack, name }: FleetRelease): string | undefined {
  const chart = /-apps?(-.+)?$/.test(stack) ? fleet.apps[name]?.chart : undefined;
  return chart !== undefined && /^\.\.?\//.test(chart) ? join(fleet.folder ?? ".", chart) : undefined;
}

/** The hosts of an application with a chart of somebody else's, where a public name is one of them. */
function publicHosts(fleet: Fleet, { stack, name }: FleetRelease): readonly string[] | undefined {
  if (fleet.apps[name]?.chart === undefined) return undefined;
  const of = (cluster: string) => [stackIds.apps(fleet.name, cluster), stackIds.app(fleet.name, cluster, name)];
  const cluster = fleet.clusters.find((one) => of(one.name).includes(stack));
  const hosts = cluster ? hostsOf(fleet, cluster.name, name) : [];
  return hosts.length > 1 ? hosts : undefined;
}

/** The releases of a synthesized folder. */
export function readCharts(outdir: string): FleetCharts {
  const releases: FleetRelease[] = [];
  const namespaces: FleetNamespace[] = [];
  const clouds: Record<string, Cloud> = {};
  for (const { id: stack, config } of readStacks(outdir).sort((one, other) => (one.id < other.id ? -1 : 1))) {
    const { provider, resource = {} } = config as unknown as StackJson;
    const plugin = provider?.helm?.[0]?.kubernetes.exec.command;
    if (plugin !== undefined) clouds[stack] = PLUGINS[plugin] ?? "existing";
    for (const { name, namespace, chart, repository, version, values, depends_on } of Object.values(resource.helm_release ?? {}))
      releases.push({
        stack,
        name,
        namespace,
        chart,
        repository,
        version,
        values: JSON.parse(withoutReferences(values[0] ?? "{}")),
        before: namespacesBefore(depends_on, resource),
      });
    for (const { metadata } of Object.values(resource.kubernetes_namespace_v1 ?? {}))
      namespaces.push({ stack, name: metadata.name, podSecurity: metadata.labels?.["pod-security.kubernetes.io/enforce"] });
  }
  return { releases, namespaces, clouds };
}

/** Names of the namespaces among what something depends on, and what that depends on. */
function namespacesBefore(dependsOn: readonly string[] = [], resource: StackJson["resource"] = {}): readonly string[] {
  const seen = new Set<string>();
  const waiting = [...dependsOn];
  for (let address = waiting.pop(); address !== undefined; address = waiting.pop()) {
    if (seen.has(address)) continue;
    seen.add(address);
    const [type, id = ""] = address.split(".");
    const block = type === "helm_release" ? resource.helm_release?.[id] : resource.kubernetes_namespace_v1?.[id];
    waiting.push(...(block?.depends_on ?? []));
  }
  return Object.entries(resource.kubernetes_namespace_v1 ?? {})
    .filter(([id]) => seen.has(`kubernetes_namespace_v1.${id}`))
    .map(([, { metadata }]) => metadata.name)
    .sort();
}

/** Terraform's `${…}` by a word, and its escaped `$${` by the `${` that arrives. */
export function withoutReferences(text: string): string {
  return text.replace(/(\$?)\$\{((?:"[^"]*"|[^}"])*)\}/g, (whole, escaped: string) => (escaped ? whole.slice(1) : PLACEHOLDER));
}
