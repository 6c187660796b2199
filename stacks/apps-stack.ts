import type { App } from "cdktf";
import { AppReleases } from "../constructs/apps/app-releases";
import { literalDeep } from "../constructs/cdktf/escape";
import { remoteFace } from "../constructs/clusters/outputs";
import { clusterProviders } from "../constructs/helm/providers";
import { stackIds } from "../model/derived/names";
import { appsOn } from "../model/derived/placement";
import type { Cluster } from "../model/schema/cluster";
import { ClusterStack } from "./cluster-stack";
import { chartSource, FleetStack, type StackContext } from "./fleet-stack";

/** The applications of one cluster. */
export class AppsStack extends FleetStack {
  constructor(app: App, cluster: Cluster, context: StackContext) {
    const { fleet } = context;
    super(app, stackIds.apps(fleet.name, cluster.name), context);
    const producer = ClusterStack.builtFor(cluster, context);
    clusterProviders(this, remoteFace(producer.face, this.read("cluster", producer.node.id)), literalDeep(cluster.api));
    const priming = stackIds.priming(fleet.name, cluster.name);
    if (context.stacks.has(priming)) this.after(priming);
    new AppReleases(this, "apps", { apps: appsOn(context.text, cluster.name), source: chartSource(context) });
  }
}
