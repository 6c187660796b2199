import type { App as CdktfApp } from "cdktf";
import { AppReleases } from "../constructs/apps/app-releases";
import { literalDeep } from "../constructs/cdktf/escape";
import { remoteFace } from "../constructs/clusters/outputs";
import { folderChartProblem } from "../constructs/helm/chart-source";
import { clusterProviders } from "../constructs/helm/providers";
import { coloursOf, stacksOfApp } from "../model/derived/app-colours";
import { inOrder } from "../model/derived/app-order";
import { stackIds } from "../model/derived/names";
import { appsOn, hasTagVariable } from "../model/derived/placement";
import type { App } from "../model/schema/apps";
import type { Cluster } from "../model/schema/cluster";
import { AppRoutesStack } from "./app-routes-stack";
import { ClusterStack } from "./cluster-stack";
import { chartSource, FleetStack, type StackContext } from "./fleet-stack";
import { appRelease } from "./parts/app-release";

/** Applications of one cluster: those whose versions the fleet file says, or one whose tag is a variable, or a colour of it. */
export class AppsStack extends FleetStack {
  private constructor(
    app: CdktfApp,
    id: string,
    cluster: Cluster,
    context: StackContext,
    apps: Readonly<Record<string, App>>,
    colour?: string,
  ) {
    super(app, id, context);
    const { fleet } = context;
    const producer = ClusterStack.builtFor(cluster, context);
    clusterProviders(this, remoteFace(producer.face, this.read("cluster", producer.node.id)), literalDeep(cluster.api));
    this.after(stackIds.priming(fleet.name, cluster.name));
    for (const stack of stacksBefore(context, cluster, id, apps)) this.after(stack);
    const releases = Object.entries(apps).map(([name, spec]) => appRelease(fleet, cluster, name, spec, colour));
    const found = releases.filter(({ name, chart }) => {
      const problem = chart.from === "folder" ? folderChartProblem(chartSource(context), chart.path) : undefined;
      if (problem !== undefined)
        context.problems.push({ path: ["apps", name, "chart"], message: `'${apps[name]!.chart}': ${problem}` });
      return problem === undefined;
    });
    new AppReleases(this, "apps", { apps: literalDeep(found), source: chartSource(context) });
  }

  /** Builds the stacks of a cluster's applications: first the one of those that have no tag variable, then each other's own. */
  static build(app: CdktfApp, cluster: Cluster, context: StackContext): void {
    const { fleet } = context;
    const apps = inOrder(appsOn(fleet, cluster.name));
    const together = apps.filter(([, spec]) => !hasTagVariable(spec));
    if (together.length > 0)
      new AppsStack(app, stackIds.apps(fleet.name, cluster.name), cluster, context, Object.fromEntries(together));
    for (const [name, spec] of apps.filter(([, one]) => hasTagVariable(one))) {
      const ids = stacksOfApp(fleet.name, cluster.name, name, spec);
      const colours = coloursOf(spec);
      if (colours.length === 0) new AppsStack(app, ids[0]!, cluster, context, { [name]: spec });
      for (const [index, colour] of colours.entries())
        new AppsStack(app, ids[index]!, cluster, context, { [name]: spec }, colour);
      if (colours.length > 0) new AppRoutesStack(app, cluster, context, name, spec);
    }
  }
}

/** The other stacks that hold applications which come before these. */
function stacksBefore(
  context: StackContext,
  cluster: Cluster,
  own: string,
  apps: Readonly<Record<string, App>>,
): readonly string[] {
  const here = appsOn(context.fleet, cluster.name);
  const before = Object.values(apps).flatMap(({ after }) => after.filter((name) => here[name]));
  return [...new Set(before.map((name) => stacksOfApp(context.fleet.name, cluster.name, name, here[name]!).at(-1)!))].filter(
    (id) => id !== own,
  );
}
