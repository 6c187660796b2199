import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { AssetType, TerraformAsset, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { DEFINITIONS, type DefinitionSetName } from "../../model/add-ons/definitions";
import type { Charts } from "../../model/schema/charts";

/** Where `npm run charts -- vendor` puts archives, from the folder of the fleet file. */
export const VENDOR_FOLDER = "charts";

/** The SHA-256 digests of the archives there, beside them. */
export const DIGESTS_FILE = "charts.lock.json";

/** Where a fleet's charts come from. */
export interface ChartSource {
  readonly charts: Pick<Charts, "source" | "mirror">;
  /** Folder of the fleet file. @default - the working folder */
  readonly folder?: string;
}

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
 * @throws where a vendored archive is missing or another one than was brought
 */
export function chartReference(
  scope: Construct,
  { charts, folder = "." }: ChartSource,
  chart: { readonly chart: string; readonly repository: string; readonly version: string },
): ChartReference {
  if (charts.source === "repositories") return { chart: chart.chart, repository: chart.repository, version: chart.version };
  if (charts.source === "mirror") return { chart: chart.chart, repository: charts.mirror, version: chart.version };
  const path = vendoredArchive(join(folder, VENDOR_FOLDER), archiveName(chart.chart, chart.version));
  const id = `chart-${chart.chart}-${chart.version}`;
  return { chart: `./${asset(scope, id, path, AssetType.FILE).path}`, version: chart.version };
}

/** Path of a vendored archive that is there, and is the one that was brought. */
function vendoredArchive(folder: string, file: string): string {
  const path = join(folder, file);
  const again = "run npm run charts -- vendor";
  if (!existsSync(path)) throw new Error(`charts.source: 'vendored', but ${path} is missing; ${again} <fleet file>`);
  const list = join(folder, DIGESTS_FILE);
  const listed = existsSync(list) ? (JSON.parse(readFileSync(list, "utf8")) as Record<string, string>)[file] : undefined;
  const digest = createHash("sha256").update(readFileSync(path)).digest("hex");
  if (digest !== listed)
    throw new Error(
      `charts.source: 'vendored', but ${path} has the SHA-256 digest ${digest} and ${DIGESTS_FILE} says ${listed ?? "nothing"} of it; remove the archive and ${again} <fleet file>`,
    );
  // seen from a relative path, an asset would be looked for beside cdktf.json
  return resolve(path);
}

/** Charts of the project itself, in charts/. */
export type OwnChart = "objects" | "service" | "smoke";

/** A chart of the project, copied beside the stack: its hash is in the path, so that a change of the chart is a change of the plan. */
export function ownChart(scope: Construct, name: OwnChart): ChartReference {
  return {
    chart: `./${asset(scope, `chart-${name}`, join(projectRoot(), "charts", name), AssetType.DIRECTORY).path}`,
    version: "1.0.0",
  };
}

/** The local chart of a set of definitions: templates of a subchart, which Helm keeps no copy of in its record. */
export function definitionsChart(scope: Construct, name: DefinitionSetName): ChartReference {
  const path = join(projectRoot(), "charts", "definitions", name);
  const chart = asset(scope, `definitions-${name}`, path, AssetType.DIRECTORY);
  return { chart: `./${chart.path}`, version: DEFINITIONS[name].version };
}

/** Why a folder beside the fleet file is no chart; undefined where it is one. */
export function folderChartProblem({ folder = "." }: Pick<ChartSource, "folder">, path: string): string | undefined {
  const file = join(folder, path, "Chart.yaml");
  if (!existsSync(resolve(file))) return `there is no chart in ${join(folder, path)}: a chart is a folder with a Chart.yaml`;
  return VERSION.test(readFileSync(resolve(file), "utf8")) ? undefined : `${file} has no version, which Helm asks for`;
}

const VERSION = /^version:\s*["']?([^"'\s#]+)/m;

/**
 * A chart in a folder beside the fleet file, copied like the project's own.
 * @param path from the folder of the fleet file: ./charts/shop
 * @throws where there is no chart
 */
export function folderChart(scope: Construct, { folder = "." }: Pick<ChartSource, "folder">, path: string): ChartReference {
  const problem = folderChartProblem({ folder }, path);
  if (problem !== undefined) throw new Error(`${path}: ${problem}`);
  const source = resolve(folder, path);
  const version = VERSION.exec(readFileSync(join(source, "Chart.yaml"), "utf8"))![1]!;
  const id = `chart-folder-${path.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "")}`;
  return { chart: `./${asset(scope, id, source, AssetType.DIRECTORY).path}`, version };
}

/** The local chart that renders the objects given to it as values. */
export const objectsChart = (scope: Construct): ChartReference => ownChart(scope, "objects");

/** One copy for each stack, however many releases use it. */
function asset(scope: Construct, id: string, path: string, type: AssetType): TerraformAsset {
  const stack = TerraformStack.of(scope);
  const made = stack.node.tryFindChild(id);
  return made instanceof TerraformAsset ? made : new TerraformAsset(stack, id, { path, type });
}
