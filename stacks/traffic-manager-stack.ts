import type { App } from "cdktf";
import { literalDeep } from "../constructs/cdktf/escape";
import { TrafficManagerNames } from "../constructs/dns/traffic-manager/names";
import { azureProvider } from "../constructs/providers";
import { stackIds } from "../model/derived/names";
import { compileTrafficManager } from "../routing/compile/traffic-manager";
import type { NameTree } from "../routing/tree";
import { FleetStack, type StackContext } from "./fleet-stack";
import { ingressAddress, producersOf } from "./parts/names-inputs";
import { fleetTags } from "./parts/tags";
import { zoneAccess, zoneProvider } from "./parts/zone-access";

/** Public names that Traffic Manager carries. Moving traffic is a plan of this stack alone. */
export class TrafficManagerStack extends FleetStack {
  /** @param trees the names whose engine is Traffic Manager: at least one */
  constructor(app: App, trees: readonly NameTree[], context: StackContext) {
    super(app, stackIds.trafficManager(context.fleet.name), context);
    const { fleet, text } = context;
    const { azure } = text.dns;
    if (!azure) throw new Error("the subscription of Traffic Manager is not known: the fleet was not loaded by loadFleet");
    const providerOfZone = zoneProvider(this);
    const zone = zoneAccess(this, providerOfZone);
    for (const producer of producersOf(context, trees)) this.after(producer);
    new TrafficManagerNames(this, "names", {
      plan: literalDeep(compileTrafficManager(trees)),
      resourceGroup: { name: `${fleet.name}-traffic-manager`, location: azure.location },
      zone,
      address: ingressAddress(this),
      tags: fleetTags(text),
      // an Azure zone is in the same subscription
      provider: zone.engine === "azure" ? providerOfZone : azureProvider(this, "azure", azure),
      zoneProvider: providerOfZone,
    });
  }
}
