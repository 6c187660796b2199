import { coloursOf, releaseName } from "../../derived/app-colours";
import { appValues } from "../../derived/app-values";
import { appsOn, hasTagVariable } from "../../derived/placement";
import type { Problem, Rule } from "../../problems/problem";
import type { App } from "../../schema/apps";
import type { Fleet } from "../../schema/fleet";

/** Names that releases and objects beside a colour have. */
const TAKEN = ["routes", "smoke", "secrets", "identity", "migrate"];

/** Colours are versions of one service beside each other, and something shares the requests out. */
export const appColours: Rule = (fleet) =>
  Object.entries(fleet.apps).flatMap(([name, app]) =>
    app.colours
      ? [...shapeProblems(app), ...valueProblems(fleet, name, app), ...nameProblems(fleet, name, app)].map((problem) => ({
          ...problem,
          path: ["apps", name, ...problem.path],
        }))
      : [],
  );

function shapeProblems(app: App): Problem[] {
  const path = ["colours"];
  const problems: Problem[] = [];
  if (app.chart !== undefined)
    problems.push({
      path,
      message:
        "a chart has routes of its own, which can't be weighted here: run it as two applications, and weigh clusters by a name",
    });
  if (!hasTagVariable(app))
    problems.push({ path, message: "every colour would be the same version: write `tag: variable`, so that each has its own" });
  const weights = Object.values(app.colours ?? {});
  if (weights.length < 2) problems.push({ path, message: "name two colours at least, one of them with weight 0 if need be" });
  else if (weights.every((weight) => weight === 0))
    problems.push({ path, message: "nobody gets any traffic: give one a weight" });
  for (const colour of coloursOf(app).filter((one) => TAKEN.includes(one)))
    problems.push({ path: [...path, colour], atKey: true, message: `'${colour}' is taken: call it otherwise` });
  if (app.smoke?.host !== undefined)
    problems.push({
      path: ["smoke", "host"],
      message: "each colour is asked by a host of its own, before it gets traffic: take it out",
    });
  return problems;
}

function valueProblems(fleet: Fleet, name: string, app: App): Problem[] {
  const clusters = fleet.clusters.filter((cluster) => appsOn(fleet, cluster.name)[name]);
  const closed = clusters.filter(({ addons }) => addons.ingress.controller === "none").map((cluster) => cluster.name);
  const values = clusters.map((cluster) => appValues(fleet, cluster, name, app));
  return [
    ...(closed.length > 0
      ? [{ path: ["colours"], message: `the ingress controller shares requests out, and there is none on ${closed.join(", ")}` }]
      : []),
    ...(values.some(({ port }) => port === undefined)
      ? [{ path: ["colours"], message: "without `values.port` it has no requests that could be shared out" }]
      : []),
    ...(values.some(({ volume }) => volume !== undefined)
      ? [
          {
            path: ["values", "volume"],
            message: "each colour would have a volume of its own, with other data: keep data outside",
          },
        ]
      : []),
  ];
}

function nameProblems(fleet: Fleet, name: string, app: App): Problem[] {
  return [...coloursOf(app), "routes"].flatMap((part): Problem[] => {
    const other = releaseName(name, part);
    const both = fleet.clusters.some(({ name: cluster }) => appsOn(fleet, cluster)[name] && appsOn(fleet, cluster)[other]);
    return both
      ? [
          {
            path: ["colours"],
            message: `'${other}' is an application too, and would have the same stack and host: call one otherwise`,
          },
        ]
      : [];
  });
}
