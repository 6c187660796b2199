import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { AssetType, TerraformAsset, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { Charts } from "../../model/schema/charts";

/** Where `npm run charts -- vendor` puts archives, from the project's root. */
export const VENDOR_FOLDER = "vendor/charts";

/** Which chart, for helm_release. */
export interface ChartReference {
  readonly chart: string;
  /** @default - `chart` is a path */
  readonly repository?: string;
  readonly version: string;
}

/** The project's folder: where charts/objects is, seen from the sources as from the bundle. */
export function projectRoot(): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "charts", "objects", "Chart.yaml"))) return folder;
    if (folder === dirname(folder)) throw new Error("charts/objects is missing: it belongs beside main.ts");
  }
}

/** Name of a chart's archive, as `helm pull` and `helm package` write it. */
export const archiveName = (chart: string, version: string) => `${chart}-${version}.tgz`;

/**
 * A chart of a repository, from where the fleet wants its charts. A vendored archive is copied beside the stack, so
 * that neither plan nor destroy needs a network but the cluster's.
 * @throws where a vendored archive is missing
 */
export function chartReference(
  scope: Construct,
  charts: Pick<Charts, "source" | "mirror">,
  chart: { readonly chart: string; readonly repository: string; readonly version: string },
): ChartReference {
  if (charts.source === "repositories") return { chart: chart.chart, repository: chart.repository, version: chart.version };
  if (charts.source === "mirror") return { chart: chart.chart, repository: charts.mirror, version: chart.version };
  const path = join(projectRoot(), VENDOR_FOLDER, archiveName(chart.chart, chart.version));
  if (!existsSync(path))
    throw new Error(
      `charts.source: 'vendored', but ${VENDOR_FOLDER}/${archiveName(chart.chart, chart.version)} is missing; run npm run charts -- vendor`,
    );
  return { chart: `./${asset(scope, `chart-${chart.chart}`, path, AssetType.FILE).path}`, version: chart.version };
}

/** The local chart that renders the objects given to it as values. */
export function objectsChart(scope: Construct): ChartReference {
  const path = join(projectRoot(), "charts", "objects");
  return { chart: `./${asset(scope, "chart-objects", path, AssetType.DIRECTORY).path}`, version: "1.0.0" };
}

/** One copy for each stack, however many releases use it. */
function asset(scope: Construct, id: string, path: string, type: AssetType): TerraformAsset {
  const stack = TerraformStack.of(scope);
  const made = stack.node.tryFindChild(id);
  return made instanceof TerraformAsset ? made : new TerraformAsset(stack, id, { path, type });
}
