import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parse } from "yaml";
import { projectRoot } from "../../constructs/helm/chart-source";
import { isOutputFolder } from "../../output/manifest";
import { clusterFindings } from "./cluster-findings";
import { isLocal, type ReleaseFacts, trimmed, valuesDigest } from "./facts";
import { findings } from "./findings";
import { recordBytes } from "./record";
import { type MadeRelease, releaseFindings } from "./release-findings";
import { type FleetRelease, fleetCharts, readCharts } from "./releases";
import { hasHelm, KUBERNETES, type KubeObject, render } from "./render";
import { routeFindings } from "./route-findings";

export interface CheckOptions {
  /** Folder with unpacked charts, each in a folder of its name. */
  readonly charts: string;
  /** Fleet file, or a synthesized folder. */
  readonly fleet: string;
  /** Each add-on's chart at the pin before. @default false */
  readonly previous?: boolean;
  /** Program. @default helm */
  readonly helm?: string;
}

export interface CheckResult {
  readonly rendered: number;
  readonly objects: number;
  /** Releases whose chart is not in the folder. */
  readonly missing: readonly string[];
  readonly problems: readonly string[];
  /** What was seen of the releases of others' charts. */
  readonly facts: readonly ReleaseFacts[];
}

/**
 * Renders every release of a fleet from charts at hand, and looks at what would come to be.
 * @throws where helm is missing
 */
export function check({ charts, fleet, previous = false, helm = "helm" }: CheckOptions): CheckResult {
  if (!hasHelm(helm)) throw new Error(`'${helm}' can't be run: install Helm 3, or say where it is with --helm`);
  const { releases, namespaces, clouds } = isOutputFolder(fleet) ? readCharts(fleet) : fleetCharts(fleet, previous);
  const missing = new Set<string>();
  const problems: string[] = [];
  const made = new Map<string, MadeRelease[]>();
  const facts: ReleaseFacts[] = [];
  let rendered = 0;
  for (const release of releases) {
    const at = (text: string) => problems.push(`${release.stack}, release ${release.name}: ${text}`);
    const chart = folderOf(release, charts);
    if (!chart) {
      missing.add(`${release.chart} ${release.version}`);
      continue;
    }
    const version = versionIn(chart);
    if (version !== release.version && !version.startsWith("v0.0.0"))
      at(`the folder has ${version}, the fleet wants ${release.version}`);
    try {
      const { manifest, objects } = render(helm, release, chart);
      rendered += 1;
      const record = recordBytes(chart, release.values, manifest);
      const placedObjects = objects.map((object) => placed(object, release));
      const near = namespaces.filter(({ stack }) => clusterOf(stack) === clusterOf(release.stack));
      // another stack's are there before a stack begins
      const before = [...release.before, ...near.flatMap(({ stack, name }) => (stack === release.stack ? [] : [name]))];
      made.set(release.stack, [...(made.get(release.stack) ?? []), { ...release, before, objects: placedObjects, record }]);
      if (!isLocal(release)) facts.push(factsOf(release, record, placedObjects));
      const own = near.find(({ name }) => name === release.namespace);
      for (const finding of [...findings(objects, own?.podSecurity), ...routeFindings(release, objects)]) at(finding);
    } catch (error) {
      at(error instanceof Error ? error.message : String(error));
    }
  }
  for (const [stack, releases] of made) {
    const cloud = clouds[stack] ?? "existing";
    const objects = releases.flatMap((release) => release.objects);
    for (const finding of [...clusterFindings(objects, cloud), ...releaseFindings(releases, cloud, KUBERNETES)])
      problems.push(`${stack}: ${finding}`);
  }
  const objects = [...made.values()].flat().reduce((sum, release) => sum + release.objects.length, 0);
  return { rendered, objects, missing: [...missing].sort(), problems, facts };
}

/** What the stacks of one cluster begin with: namespaces of applications are made with the add-ons. */
const clusterOf = (stack: string) => stack.replace(/-(priming|apps|app-.+)$/, "");

const factsOf = (release: FleetRelease, record: number, objects: readonly KubeObject[]): ReleaseFacts => ({
  stack: release.stack,
  name: release.name,
  chart: release.chart,
  version: release.version,
  values: valuesDigest(release),
  record,
  objects: trimmed(objects),
});

function folderOf(release: FleetRelease, charts: string): string | undefined {
  if (release.folder !== undefined) return release.folder;
  const own = /^\.\/assets\/chart-(objects|service|smoke)\//.exec(release.chart)?.[1];
  if (own !== undefined) return join(projectRoot(), "charts", own);
  const set = /^\.\/assets\/definitions-([a-z-]+)\//.exec(release.chart)?.[1];
  if (set !== undefined) return join(projectRoot(), "charts", "definitions", set);
  const folder = join(charts, basename(release.chart, `-${release.version}.tgz`));
  return existsSync(join(folder, "Chart.yaml")) ? folder : undefined;
}

const versionIn = (chart: string) => (parse(readFileSync(join(chart, "Chart.yaml"), "utf8")) as { version: string }).version;

const placed = (object: KubeObject, release: FleetRelease): KubeObject => ({
  ...object,
  metadata: { ...object.metadata, namespace: object.metadata.namespace ?? release.namespace },
});
