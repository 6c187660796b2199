import type { ChartValues } from "../catalog/chart-values";
import type { Addons } from "../schema/addons";
import type { Cluster } from "../schema/cluster";
import type { AddOn, AddOnChart, ChartPin, ChartSettings } from "./add-on";
import { ADD_ONS, type AddOnName, type ChartName } from "./index";

const addOns: Readonly<Record<AddOnName, AddOn<Addons>>> = ADD_ONS;

const charts = Object.fromEntries(Object.values(addOns).flatMap((addOn) => Object.entries(addOn.charts))) as Readonly<
  Record<ChartName, AddOnChart<Addons>>
>;

const each = <T>(read: (chart: AddOnChart<Addons>) => T) =>
  Object.fromEntries(Object.entries(charts).map(([name, chart]) => [name, read(chart)])) as Readonly<Record<ChartName, T>>;

/**
 * The charts of all add-ons, pinned. Versions: newest in each project's repository by 22 August 2026; licences: LICENSE
 * there. `npm run charts` compares them with what is newest today.
 */
export const CHARTS = each<ChartPin>(({ pin }) => pin);

/** The name of a pinned chart's release. */
export const releaseOf = ({ chart, release = chart }: ChartPin): string => release;

/** What each pinned chart's values may be. */
export const CHART_SHAPES = each<ChartValues>(({ shape }) => shape);

/** Whether a cluster gets an add-on. */
export const isWanted = (name: AddOnName, { addons, cloud }: Pick<Cluster, "addons" | "cloud">): boolean =>
  addOns[name].wanted(addons, cloud);

/** What a fleet file says of a chart. */
export const chartSettings = (chart: ChartName, addons: Addons): ChartSettings => charts[chart].settings?.(addons) ?? {};

/** The charts that a cluster's add-ons install, each with its settings in the fleet file. */
export function installedCharts({ addons, cloud }: Cluster): readonly (readonly [ChartName, ChartSettings])[] {
  return Object.values(addOns)
    .filter((addOn) => addOn.wanted(addons, cloud))
    .flatMap((addOn) => Object.keys(addOn.charts) as ChartName[])
    .map((chart) => [chart, chartSettings(chart, addons)] as const);
}
