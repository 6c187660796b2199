import type { App } from "cdktf";
import { literalDeep } from "../constructs/cdktf/escape";
import { clusterProviders } from "../constructs/helm/providers";
import { Priming } from "../constructs/priming/priming";
import { stackIds } from "../model/derived/names";
import type { Cluster } from "../model/schema/cluster";
import { ClusterStack } from "./cluster-stack";
import { FleetStack, type StackContext } from "./fleet-stack";
import { primingHost } from "./parts/priming-host";

/** What a cluster needs before applications: its add-ons, and what each of them needs from the cloud. */
export class PrimingStack extends FleetStack {
  constructor(app: App, cluster: Cluster, context: StackContext) {
    super(app, stackIds.priming(context.fleet.name, cluster.name), context);
    const host = primingHost(this, cluster, ClusterStack.builtFor(cluster, context));
    clusterProviders(this, host.face, literalDeep(cluster.api));
    new Priming(this, "priming", host, context.addOns);
  }
}
