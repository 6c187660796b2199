import { CHARTS } from "../../model/add-ons/charts";
import type { JsonObject } from "../../output/json";
import { resourcesOf } from "../../output/stack";
import type { SynthesizedStack } from "../model";

/** A Helm release in one version, and where it runs. */
export interface ReleaseRow {
  readonly name: string;
  readonly namespace: string;
  readonly chart: string;
  readonly version: string;
  /** Version of what the chart installs. @default - the catalogue doesn't know it */
  readonly appVersion?: string;
  /** Day after which the chart's line gets no more fixes. @default - none was announced */
  readonly endOfLife?: string;
  readonly replacement?: string;
  /** An application's image, as the fleet file names it. @default - its chart says it */
  readonly image?: string;
  /** Add-on of priming, or application. */
  readonly isAddOn: boolean;
  readonly clusters: readonly string[];
}

/**
 * The releases of a fleet: one row for each version.
 * @param clusters their names, in the order in which a row lists them
 * @param clusterOf the cluster that a stack belongs to
 * @param imageOf the image of an application, by the name of its release
 */
export function releasesOf(
  stacks: readonly SynthesizedStack[],
  clusters: readonly string[],
  clusterOf: (stack: string) => string | undefined,
  imageOf: (release: string) => string | undefined,
): readonly ReleaseRow[] {
  const inOrder = (names: readonly string[]) => clusters.filter((name) => names.includes(name));
  const rows = new Map<string, ReleaseRow>();
  for (const { id, config } of stacks)
    for (const { type, block } of resourcesOf(config)) {
      const cluster = clusterOf(id);
      if (type !== "helm_release" || cluster === undefined) continue;
      if (id.endsWith("-priming") && OBJECTS.test(String(block.chart))) continue;
      const isAddOn = id.endsWith("-priming");
      const image = isAddOn ? undefined : imageOf(String(block.name));
      const row = { ...rowOf(block, cluster, isAddOn), ...(image !== undefined && { image }) };
      const key = [row.isAddOn, row.name, row.namespace, row.chart, row.version].join(" ");
      const known = rows.get(key);
      rows.set(key, known ? { ...known, clusters: inOrder([...known.clusters, cluster]) } : row);
    }
  return [...rows.values()].sort((one, other) => (`${one.name} ${one.version}` < `${other.name} ${other.version}` ? -1 : 1));
}

/** What Meridian itself writes into a cluster: objects of add-ons, definitions of resources. They have no version of their own. */
const OBJECTS = /^\.\/assets\/(?!chart-(?!objects))/;
/** A chart that was taken into the output folder. */
const VENDORED = /^\.\/assets\/chart-([\w-]+)/;

function rowOf(block: JsonObject, cluster: string, isAddOn: boolean): ReleaseRow {
  const written = String(block.chart ?? "");
  const chart = VENDORED.exec(written)?.[1] ?? written;
  const version = String(block.version ?? "");
  const pin = Object.values(CHARTS).find((candidate) => candidate.chart === chart && candidate.version === version);
  return {
    name: String(block.name ?? ""),
    namespace: String(block.namespace ?? ""),
    chart,
    version,
    ...(pin && { appVersion: pin.appVersion }),
    ...(pin?.endOfLife && { endOfLife: pin.endOfLife }),
    ...(pin?.replacement && { replacement: pin.replacement }),
    isAddOn,
    clusters: [cluster],
  };
}
