import { type App, Fn, TerraformResource } from "cdktf";
import type { AwsFoundation, AzureFoundation, GoogleFoundation } from "../constructs/clusters/face";
import { remoteFace, remoteFoundation } from "../constructs/clusters/outputs";
import { clusterProviders } from "../constructs/helm/providers";
import type { CloudHalf, PrimingContext, ZoneReach } from "../constructs/priming/context";
import { Priming } from "../constructs/priming/priming";
import type { RemoteOutputs } from "../constructs/state";
import { stackIds } from "../model/derived/names";
import type { Cluster } from "../model/schema/cluster";
import type { Fleet } from "../model/schema/fleet";
import { ClusterStack } from "./cluster-stack";
import { FleetStack, type StackContext } from "./fleet-stack";
import { ownProvider } from "./parts/own-provider";
import { clusterTags } from "./parts/tags";
import { type OwnProvider, zoneAccess, zoneProvider } from "./parts/zone-access";

/** Cloud of each engine's zone: a cluster in it may be in the zone's account too. */
const ZONE_CLOUD = { route53: "aws", azure: "azure" } as const;

/** What a cluster needs before applications: its add-ons, and what each of them needs from the cloud. */
export class PrimingStack extends FleetStack {
  private own?: OwnProvider;

  constructor(app: App, cluster: Cluster, context: StackContext) {
    const { fleet } = context;
    super(app, stackIds.priming(fleet.name, cluster.name), context);
    const producer = ClusterStack.builtFor(cluster, context);
    const outputs = this.read("cluster", producer.node.id);
    const face = remoteFace(producer.face, outputs);
    clusterProviders(this, face, cluster.api);

    let reach: ZoneReach | undefined;
    const makeReach = (): ZoneReach => ({
      ...zoneAccess(this, cluster.cloud === ZONE_CLOUD[fleet.dns.engine] ? this.ownProvider(cluster) : undefined),
      oidcProviderArn:
        fleet.dns.engine === "route53" && producer.face.oidcIssuer !== undefined
          ? outputs.getString("oidc_provider_arn")
          : undefined,
    });
    const priming: PrimingContext = {
      fleet,
      cluster,
      addons: cluster.addons,
      face,
      half: cloudHalf(cluster, producer, outputs),
      // made when an add-on asks for it: a stack declares no provider and reads no state that it doesn't use
      get reach() {
        reach ??= makeReach();
        return reach;
      },
      tags: clusterTags(fleet, cluster),
    };
    new Priming(this, "priming", priming);
    if (this.usesOwnCloud()) this.ownProvider(cluster);
    if (reach === undefined && needsAlias(cluster, fleet)) zoneProvider(this, this.ownProvider(cluster));
  }

  private ownProvider(cluster: Cluster): OwnProvider | undefined {
    if (cluster.cloud === "existing") return undefined;
    this.own ??= ownProvider(this, cluster);
    return this.own;
  }

  /** Whether a resource was left to the default provider of the cluster's cloud. */
  private usesOwnCloud(): boolean {
    return this.node
      .findAll()
      .some(
        (element) =>
          element instanceof TerraformResource &&
          element.provider === undefined &&
          /^(aws|azurerm|google)_/.test(element.terraformResourceType),
      );
  }
}

/**
 * Whether the zone's provider has an alias in the priming of this cluster. It then stays declared when the last add-on
 * that used it is switched off: Terraform refuses every plan of a state whose aliased provider is gone.
 */
function needsAlias(cluster: Cluster, { dns }: Fleet): boolean {
  if (cluster.cloud === "aws" && dns.engine === "route53")
    return cluster.aws.accountId !== dns.aws?.accountId || cluster.aws.assumeRoleArn !== dns.aws?.assumeRoleArn;
  return cluster.cloud === "azure" && dns.engine === "azure" && cluster.azure.subscriptionId !== dns.azure?.subscriptionId;
}

function cloudHalf(cluster: Cluster, producer: ClusterStack, outputs: RemoteOutputs): CloudHalf {
  if (cluster.cloud === "existing") return { cloud: "existing", cluster };
  const { foundation } = producer;
  if (!foundation) throw new Error(`cluster ${cluster.name} has no foundation`);
  switch (cluster.cloud) {
    case "aws": {
      const made = foundation as AwsFoundation;
      const read = remoteFoundation(made, outputs);
      // an output is a list of unknown length; how many subnets there are is known at synth
      const privateSubnetIds = made.privateSubnetIds.map((_, index) => Fn.element(read.privateSubnetIds, index) as string);
      return { cloud: "aws", cluster, foundation: { ...read, privateSubnetIds } };
    }
    case "azure":
      return { cloud: "azure", cluster, foundation: remoteFoundation(foundation as AzureFoundation, outputs) };
    case "google":
      return { cloud: "google", cluster, foundation: remoteFoundation(foundation as GoogleFoundation, outputs) };
  }
}
