import type { App as CdktfApp } from "cdktf";
import { WeightedRoutes } from "../constructs/apps/weighted-routes";
import { literalDeep } from "../constructs/cdktf/escape";
import { remoteFace } from "../constructs/clusters/outputs";
import { clusterProviders } from "../constructs/helm/providers";
import { stacksOfApp, weightsOf } from "../model/derived/app-colours";
import { hostsOf } from "../model/derived/app-hosts";
import { stackIds } from "../model/derived/names";
import { namespaceOf } from "../model/derived/placement";
import type { App } from "../model/schema/apps";
import type { Cluster } from "../model/schema/cluster";
import { ClusterStack } from "./cluster-stack";
import { FleetStack, type StackContext } from "./fleet-stack";

/** Who of an application's colours gets how much on one cluster: nothing else, so that a shift is a small plan without a tag. */
export class AppRoutesStack extends FleetStack {
  constructor(app: CdktfApp, cluster: Cluster, context: StackContext, name: string, spec: App) {
    const { fleet } = context;
    const stacks = stacksOfApp(fleet.name, cluster.name, name, spec);
    super(app, stacks.at(-1)!, context);
    const producer = ClusterStack.builtFor(cluster, context);
    clusterProviders(this, remoteFace(producer.face, this.read("cluster", producer.node.id)), literalDeep(cluster.api));
    this.after(stackIds.priming(fleet.name, cluster.name));
    // a route to a Service that isn't there would lead nobody anywhere
    for (const colour of stacks.slice(0, -1)) this.after(colour);
    new WeightedRoutes(this, "routes", {
      name,
      namespace: namespaceOf(name, spec),
      hosts: hostsOf(fleet, cluster.name, name),
      weights: weightsOf(name, spec),
      route: cluster.addons.ingress.controller === "envoy-gateway" ? "gateway" : "traefik",
    });
  }
}
