import { type App, TerraformOutput } from "cdktf";
import { AzureZone } from "../constructs/dns/azure-zone";
import { Delegation } from "../constructs/dns/delegation";
import { Route53Zone } from "../constructs/dns/route53-zone";
import { AcmeZone } from "../constructs/priming/azure-zones";
import { awsProvider, azureProvider } from "../constructs/providers";
import { needsAcmeZone, provablePublicNames } from "../model/derived/certificates";
import { stackIds } from "../model/derived/names";
import type { Fleet } from "../model/schema/fleet";
import { FleetStack, type StackContext } from "./fleet-stack";
import { googleProjects, grantGoogleAccess } from "./parts/google-access";
import { fleetTags } from "./parts/tags";
import { zoneProvider } from "./parts/zone-access";

/**
 * The zone and its delegation, and who administers the GKE clusters of each project. A fleet whose zone exists and that
 * has no GKE cluster has no such stack.
 */
export class GlobalStack extends FleetStack {
  static needed(fleet: Fleet): boolean {
    return !fleet.dns.existing || googleProjects(fleet).size > 0;
  }

  constructor(app: App, context: StackContext) {
    super(app, stackIds.global(context.fleet.name), context);
    if (!context.fleet.dns.existing) this.zone(context.text);
    grantGoogleAccess(this);
  }

  private zone(fleet: Fleet): void {
    const { dns } = fleet;
    const provider = zoneProvider(this);
    const common = { name: dns.zone, caa: dns.caa, deletionProtection: dns.deletionProtection, tags: fleetTags(fleet), provider };

    if (dns.engine === "route53") {
      const zone = new Route53Zone(this, "zone", {
        ...common,
        comment: `Fleet ${fleet.name}`,
        acceleratedRecovery: dns.acceleratedRecovery,
        forceDestroy: dns.forceDestroy,
      });
      new TerraformOutput(this, "zone_id", { value: zone.ref.zoneId, description: "Id of the hosted zone." });
      this.delegate(fleet, zone.nameServers);
    } else {
      const zone = new AzureZone(this, "zone", {
        ...common,
        resourceGroup: dns.azure?.resourceGroup
          ? { existing: dns.azure.resourceGroup }
          : { create: `${fleet.name}-dns`, location: dns.azure?.location ?? "westeurope" },
      });
      new TerraformOutput(this, "resource_group", { value: zone.ref.resourceGroup, description: "Resource group of the zone." });
      if (needsAcmeZone(fleet))
        new AcmeZone(this, "acme", {
          zone: zone.ref,
          zoneName: dns.zone,
          names: provablePublicNames(fleet),
          tags: fleetTags(fleet),
          provider,
        });
      this.delegate(fleet, zone.nameServers);
    }
  }

  private delegate(fleet: Fleet, nameServers: string[]): void {
    const { dns } = fleet;
    new TerraformOutput(this, "zone_name", { value: dns.zone, description: "Name of the zone." });
    new TerraformOutput(this, "name_servers", {
      value: nameServers,
      description: "Name servers of the zone, for its registrar or its parent zone.",
    });
    if (!dns.parent) return;
    const { parent } = dns;
    const engine = parent.engine ?? dns.engine;
    if (engine === "route53") {
      const account = parent.aws ?? dns.aws;
      if (!account) throw new Error("the parent zone's AWS account is not known: the fleet was not loaded by loadFleet");
      const provider = awsProvider(this, "parent-aws", { ...account, region: "us-east-1", alias: "parent" });
      new Delegation(this, "delegation", { zone: dns.zone, nameServers, parent: { engine, name: parent.zone }, provider });
      return;
    }
    if (!parent.azure) throw new Error("the parent zone's subscription is not known: the fleet was not loaded by loadFleet");
    const provider = azureProvider(this, "parent-azure", { ...parent.azure, alias: "parent" });
    new Delegation(this, "delegation", {
      zone: dns.zone,
      nameServers,
      parent: { engine, name: parent.zone, resourceGroup: parent.azure.resourceGroup },
      provider,
      tags: fleetTags(fleet),
    });
  }
}
