import { hostsOf } from "../../derived/app-hosts";
import { appValues } from "../../derived/app-values";
import { placementOf } from "../../derived/placement";
import type { Problem, Rule } from "../../problems/problem";
import { check } from "../../reading/check";
import type { App } from "../../schema/apps";
import type { Fleet } from "../../schema/fleet";
import { type ServiceValues, serviceValues } from "../../schema/service";

/** An application has a chart that can be found, or an image and what the project's own chart takes. */
export const appCharts: Rule = (fleet) =>
  Object.entries(fleet.apps).flatMap(([name, app]) =>
    [...(app.chart === undefined ? ownChartProblems(fleet, name, app) : chartProblems(app)), ...tagProblems(app)].map(
      (problem) => ({
        ...problem,
        path: ["apps", name, ...problem.path],
      }),
    ),
  );

const isFolder = (chart: string) => /^\.\.?\//.test(chart);

function chartProblems({ chart = "", repository, version, image }: App): Problem[] {
  const problems: Problem[] = [];
  if (image?.digest !== undefined) problems.push({ path: ["image", "digest"], message: digestMessage });
  if (image !== undefined && image.pullSecrets.length > 0)
    problems.push({ path: ["image", "pullSecrets"], message: "a chart has its own place for them: write them under `values`" });
  if (isFolder(chart)) {
    for (const [field, value] of Object.entries({ repository, version }))
      if (value !== undefined)
        problems.push({
          path: [field],
          message: `the chart is the folder ${chart}, which has no ${field} but its own; take it out`,
        });
    return problems;
  }
  if (repository === undefined)
    problems.push({
      path: ["chart"],
      message: `'${chart}' needs a repository; a chart in a folder beside the fleet file begins with ./`,
    });
  else if (!/^(https|oci):\/\/[^/]+/.test(repository))
    problems.push({
      path: ["repository"],
      message: `'${repository}' is no chart repository: a URL that starts with https:// or oci://`,
    });
  else if (/^[a-z]+:\/\/[^/@]*@/.test(repository))
    problems.push({
      path: ["repository"],
      message: "the URL has a user or password in it, and would show them to everybody who reads the output: remove them",
    });
  if (version === undefined) problems.push({ path: ["chart"], message: `'${chart}' needs an exact version, such as 1.2.3` });
  return problems;
}

const digestMessage = "charts differ in where they take a digest: write it under `values`, where this one does";

function ownChartProblems(fleet: Fleet, name: string, app: App): Problem[] {
  const problems: Problem[] = [];
  if (app.image === undefined) problems.push({ path: [], message: "has neither a chart nor an image: name one of them" });
  for (const field of ["repository", "version"] as const)
    if (app[field] !== undefined)
      problems.push({
        path: [field],
        message: `counts only with a chart, and there is none; name the chart, or take ${field} out`,
      });
  if (app.image && app.image.at !== "image")
    problems.push({ path: ["image", "at"], message: "counts only with a chart: the project's own knows where its image is" });
  const seen = new Set<string>();
  const say = (problem: Problem): void => {
    const key = `${problem.path.join(".")} ${problem.message}`;
    if (!seen.has(key)) problems.push(problem);
    seen.add(key);
  };
  for (const cluster of fleet.clusters.filter((one) => placementOf(fleet, app).includes(one.name))) {
    const read = check(serviceValues, appValues(fleet, cluster, name, app), AS_MADE);
    const own = app.perCluster[cluster.name]?.values;
    const at = (path: readonly PropertyKey[]): Problem["path"] => {
      const keys = path.map((key) => (typeof key === "symbol" ? String(key) : key));
      return [...(own !== undefined && stands(own, path) ? ["perCluster", cluster.name] : []), "values", ...keys];
    };
    if ("problems" in read) {
      for (const problem of read.problems)
        say({
          path: at(problem.path),
          ...(problem.atKey && { atKey: true }),
          message: `${problem.message} (values of the project's own chart: docs/apps.md)`,
        });
      continue;
    }
    const { volume, replicas, autoscaling, port } = read.value;
    if (port === undefined)
      for (const [led] of Object.entries(fleet.names).filter(([, spec]) => spec.app === name))
        say({
          path: [],
          message: `name '${led}' leads to it, and it answers nobody: write \`values.port\`, the port that the container listens on (values of the project's own chart: docs/apps.md)`,
        });
    if (autoscaling && autoscaling.max < replicas)
      say({
        path: at(["autoscaling", "max"]),
        message: `${autoscaling.max} is less than \`replicas\`, ${replicas}, which is the fewest: write ${replicas} or more, or fewer replicas`,
      });
    const { storage } = cluster.addons;
    if (volume?.shared && volume.storageClass === undefined && cluster.cloud !== "existing" && !storage.shared)
      say({
        path: at(["volume", "shared"]),
        message: `there is no class 'shared' on ${cluster.name}: write \`addons: { storage: { shared: true } }\` there, or a \`storageClass\` that it has`,
      });
    for (const [field, path] of twiceMounted(read.value))
      say({
        path: at(field),
        message: `'${path}' is mounted already: a folder of the container is one volume, Secret or \`writable\``,
      });
    if (app.smoke && replicas > 0 && port === undefined)
      say({
        path: ["smoke"],
        message: `a worker answers nobody: write \`values.port\`, the port that the container listens on, or take \`smoke\` out (values of the project's own chart: docs/apps.md)`,
      });
    const hosts = hostsOf(fleet, cluster.name, name);
    const asked = app.smoke?.host;
    if (asked !== undefined && app.colours === undefined && replicas > 0 && !hosts.some((host) => covers(host, asked)))
      say({
        path: ["smoke", "host"],
        message: `it doesn't answer by '${asked}' on ${cluster.name}, so that its ingress would say 404; its hosts there: ${hosts.join(", ")}. A public name is one of them by \`app: ${name}\``,
      });
    if (volume && !volume.shared && (replicas > 1 || autoscaling))
      say({
        path: at(["volume"]),
        message: `a volume of one writer can't be in ${autoscaling ? "several" : replicas} pods at once; write \`replicas: 1\`${autoscaling ? " and no autoscaling" : ""}, or \`shared: true\` where the cluster has storage.shared`,
      });
  }
  return problems;
}

/** Folders of the container where two things would stand, which Kubernetes refuses, with their fields. */
function twiceMounted({
  writable,
  secretFiles,
  volume,
}: ServiceValues): readonly (readonly [readonly (string | number)[], string])[] {
  const mounts: (readonly [readonly (string | number)[], string])[] = [
    ...writable.map((path, index) => [["writable", index], path] as const),
    ...Object.keys(secretFiles).map((path) => [["secretFiles", path], path] as const),
    ...(volume ? [[["volume", "path"], volume.path] as const] : []),
  ];
  const plain = mounts.map(([, path]) => path.replace(/(?<=.)\/+$/, ""));
  return mounts.filter((_, index) => plain.indexOf(plain[index]!) < index);
}

/** Values that were put together, not written. */
const AS_MADE = { hasBeside: () => false, sourceOf: () => undefined };

function stands(values: unknown, path: readonly PropertyKey[]): boolean {
  let at = values;
  for (const key of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, key)) return false;
    at = (at as Record<PropertyKey, unknown>)[key];
  }
  return path.length > 0;
}

/** Whether a host is another one, or below a wildcard. */
const covers = (host: string, asked: string): boolean =>
  host === asked || (host.startsWith("*.") && asked.endsWith(host.slice(1)));

function tagProblems({ image }: App): Problem[] {
  if (image?.tag === "latest")
    return [
      {
        path: ["image", "tag"],
        message:
          "latest names another image tomorrow, and nobody can go back to it; name the tag, or write `variable` and let the pipeline name it",
      },
    ];
  if (image !== undefined && image.tag !== "variable" && image.tag.toLowerCase() === "variable")
    return [
      {
        path: ["image", "tag"],
        message: `'${image.tag}' would be the tag itself; did you mean 'variable', Terraform's variable \`image_tag\`?`,
      },
    ];
  if (image?.tag === "variable" && image.digest !== undefined)
    return [{ path: ["image", "digest"], message: "would win over the tag variable; take one of them out" }];
  return [];
}
