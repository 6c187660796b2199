import type { ChartPin } from "../add-ons/add-on";
import { CHART_SHAPES, CHARTS, installedCharts } from "../add-ons/charts";
import { chartValuesProblems } from "../catalog/chart-values";
import { retiredChart } from "../catalog/retired-charts";
import type { Fleet } from "../schema/fleet";

/** Days before the end of a chart's line from which a warning is given. */
const NOTICE_DAYS = 90;

/** What the date, or a project's state, says about the charts of a fleet: one line for each. */
export function chartWarnings(
  fleet: Fleet,
  today: Date,
  catalogue: Readonly<Record<string, ChartPin>> = CHARTS,
): readonly string[] {
  const used = new Map<string, string[]>();
  for (const cluster of fleet.clusters)
    for (const [chart] of installedCharts(cluster)) used.set(chart, [...(used.get(chart) ?? []), cluster.name]);
  const installed = [...used].flatMap(([chart, clusters]) => {
    const pin = catalogue[chart];
    const warning = pin && warningOf(pin, today);
    return warning ? [`chart ${chart} ${pin.version} (${clusters.join(", ")}): ${warning}`] : [];
  });
  const accepted = Object.entries(fleet.apps).flatMap(([name, { chart, repository }]) => {
    const retired = retiredChart(chart, repository);
    return retired ? [`apps.${name}.chart: '${chart}' is retired since ${retired.since}: ${retired.why}`] : [];
  });
  return [...installed, ...accepted];
}

function warningOf({ endOfLife, replacement, note }: ChartPin, today: Date): string | undefined {
  const instead = replacement ? `; take ${replacement}` : "";
  if (endOfLife !== undefined) {
    const days = Math.ceil((Date.parse(endOfLife) - today.getTime()) / 86_400_000);
    if (days < 0) return `ended on ${endOfLife}${instead || "; update"}`;
    if (days <= NOTICE_DAYS) return `ends on ${endOfLife}${instead || "; plan the update"}`;
  }
  return replacement !== undefined ? `${note ?? "has a replacement"}${instead}` : undefined;
}

/**
 * Values in the fleet file that a pinned chart doesn't know; Helm would say nothing. A warning, because a chart may read
 * what neither its values.yaml nor its schema names.
 */
export function chartValuesWarnings(fleet: Fleet): readonly string[] {
  return fleet.clusters.flatMap((cluster) =>
    installedCharts(cluster).flatMap(([chart, { version, values }]) =>
      version !== undefined && version !== CHARTS[chart].version
        ? []
        : chartValuesProblems(CHART_SHAPES[chart].values, values ?? {}).map(
            (problem) => `clusters.${cluster.name}.addons: values of chart ${chart} ${CHARTS[chart].version}: ${problem}`,
          ),
    ),
  );
}
