import { RETIRED_CHARTS, retiredChart } from "../../catalog/retired-charts";
import type { Problem, Rule } from "../../problems/problem";
import { didYouMean } from "../../problems/wording";

/** Charts come from somewhere, and none is retired unless the fleet says that it knows. */
export const charts: Rule = ({ charts: { source, mirror, acceptRetired }, apps }) => {
  const problems: Problem[] = [];
  if (source === "mirror" && mirror === undefined)
    problems.push({ path: ["charts", "source"], message: "source mirror needs `mirror`: the OCI registry, oci://host/path" });
  if (source !== "mirror" && mirror !== undefined)
    problems.push({
      path: ["charts", "mirror"],
      message: `charts come from '${source}', so the mirror is not used: write source: mirror, or remove it`,
    });
  const names = RETIRED_CHARTS.map(({ name }) => name);
  acceptRetired.forEach((name, index) => {
    if (!names.includes(name))
      problems.push({
        path: ["charts", "acceptRetired", index],
        message: `'${name}' is no retired chart${didYouMean(name, names, "retired charts")}`,
      });
  });
  for (const [name, { chart, repository }] of Object.entries(apps)) {
    const retired = retiredChart(chart, repository);
    if (retired && !acceptRetired.includes(retired.name))
      problems.push({
        path: ["apps", name, "chart"],
        message: `chart '${chart}' of ${repository} is retired since ${retired.since}: ${retired.why}. Take ${retired.replacement}, or write charts.acceptRetired: [${retired.name}]`,
      });
  }
  return problems;
};
