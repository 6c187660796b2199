import { DnsARecord } from "@cdktf/provider-azurerm/lib/dns-a-record";
import { DnsCnameRecord } from "@cdktf/provider-azurerm/lib/dns-cname-record";
import { DnsNsRecord } from "@cdktf/provider-azurerm/lib/dns-ns-record";
import { DnsZone } from "@cdktf/provider-azurerm/lib/dns-zone";
import { Fn, type TerraformProvider, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { ACME_LABEL } from "../../model/derived/certificates";
import type { ZoneRef } from "../dns/zone";
import { challengeNames } from "./certificates";
import { type AddOnHost, ownDomain } from "./host";

/** Zone that the challenges of the fleet's public names are sent to. */
export const acmeZoneName = (zone: string) => `${ACME_LABEL}.${zone}`;

/** Resource id of a zone in Azure DNS. */
export const azureZoneId = (subscriptionId: string, resourceGroup: string, zone: string) =>
  `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.Network/dnsZones/${zone}`;

/**
 * The zone `<cluster>.<zone>` in Azure DNS, which the cluster's own controllers may write: Azure can limit a right to
 * a zone, not to a name. It hides the parent zone's records of the same names, so it repeats the two that lead to the
 * ingress. When it goes, the parent's show again.
 */
export class AzureClusterZone extends Construct {
  readonly name: string;
  readonly zoneId: string;

  /** The cluster's zone: one for each stack, however many add-ons write it. */
  static of(scope: Construct, host: AddOnHost): AzureClusterZone {
    const stack = TerraformStack.of(scope);
    const made = stack.node.tryFindChild("cluster-zone");
    return made instanceof AzureClusterZone ? made : new AzureClusterZone(stack, "cluster-zone", host);
  }

  private constructor(scope: Construct, id: string, host: AddOnHost) {
    super(scope, id);
    const { face, tags: plainTags } = host;
    const reach = host.zone.reach();
    if (reach.engine !== "azure") throw new Error(`${face.name}: only a zone in Azure DNS gets child zones`);
    const { provider, zone: parent } = reach;
    const tags = { ...plainTags };
    const common = { provider, resourceGroupName: parent.resourceGroup, tags };
    const zone = new DnsZone(this, "zone", { ...common, name: `${face.name}.${parent.name}` });
    this.name = ownDomain(host);
    this.zoneId = zone.id;

    const records = { ...common, zoneName: zone.name, ttl: host.zone.ttlSeconds };
    const made = (["ingress", "wildcard"] as const).map((recordId) => {
      const name = recordId === "ingress" ? "ingress" : "*";
      return face.ingress.hostname
        ? new DnsCnameRecord(this, recordId, { ...records, name, record: face.ingress.hostname })
        : new DnsARecord(this, recordId, { ...records, name, records: [...face.ingress.ips] });
    });
    new DnsNsRecord(this, "delegation", {
      ...common,
      zoneName: parent.name,
      name: face.name,
      ttl: 3600,
      records: Fn.tolist(zone.nameServers),
      // not before the zone can answer for the names that it hides
      dependsOn: made,
    });
  }
}

export interface AcmeZoneProps {
  /** The fleet's zone, in Azure DNS. */
  readonly zone: ZoneRef & { readonly engine: "azure" };
  /** Its name as text, not as a reference. */
  readonly zoneName: string;
  /** The fleet's public names, in full. */
  readonly names: readonly string[];
  /** @default - none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Provider of the zone's subscription. @default - the stack's own */
  readonly provider?: TerraformProvider;
}

/**
 * Where the public names of a fleet in Azure DNS are proved to a certificate authority: `_acme-challenge.<name>` is a
 * CNAME to a zone that holds nothing else, so that clusters need no right on the fleet's zone. One for each fleet.
 */
export class AcmeZone extends Construct {
  constructor(scope: Construct, id: string, { zone, zoneName, names, tags: plainTags, provider }: AcmeZoneProps) {
    super(scope, id);
    const tags = { ...plainTags };
    const common = { provider, resourceGroupName: zone.resourceGroup, tags };
    const acme = new DnsZone(this, "zone", { ...common, name: acmeZoneName(zoneName) });
    const delegation = new DnsNsRecord(this, "delegation", {
      ...common,
      zoneName: zone.name,
      name: ACME_LABEL,
      ttl: 3600,
      records: Fn.tolist(acme.nameServers),
    });
    for (const challenge of challengeNames(names)) {
      const name = challenge.slice(0, -zoneName.length - 1);
      new DnsCnameRecord(this, name.replace(/\*/g, "wildcard"), {
        ...common,
        zoneName: zone.name,
        name,
        ttl: 3600,
        record: `${name.replace(/^_acme-challenge\.?/, "") || "apex"}.${acme.name}`,
        dependsOn: [delegation],
      });
    }
  }
}
