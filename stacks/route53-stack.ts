import type { App } from "cdktf";
import { literalDeep } from "../constructs/cdktf/escape";
import { Route53Names } from "../constructs/dns/route53/names";
import { stackIds } from "../model/derived/names";
import { compileRoute53 } from "../routing/compile/route53";
import type { NameTree } from "../routing/tree";
import { FleetStack, type StackContext } from "./fleet-stack";
import { ingressAddress, producersOf } from "./parts/names-inputs";
import { fleetTags } from "./parts/tags";
import { zoneAccess, zoneProvider } from "./parts/zone-access";

/** Public names that Route53 carries. Moving traffic is a plan of this stack alone. */
export class Route53Stack extends FleetStack {
  /** @param trees the names whose engine is Route53: at least one */
  constructor(app: App, trees: readonly NameTree[], context: StackContext) {
    super(app, stackIds.route53(context.fleet.name), context);
    const provider = zoneProvider(this);
    const zone = zoneAccess(this, provider);
    if (zone.engine !== "route53") throw new Error(`Route53 can't carry names of ${zone.name}, which is in Azure DNS`);
    for (const producer of producersOf(context, trees)) this.after(producer);
    new Route53Names(this, "names", {
      plan: literalDeep(compileRoute53(trees)),
      zoneId: zone.zoneId,
      address: ingressAddress(this),
      tags: fleetTags(context.text),
      provider,
    });
  }
}
