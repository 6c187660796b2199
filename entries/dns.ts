/**
 * Zones, records and public names of both engines. Needs @cdktf/provider-aws and @cdktf/provider-azurerm: Traffic
 * Manager serves names of Route53 zones too. Route53 alone is in the entry of aws.
 */
export * from "../constructs/dns/azure-zone";
export * from "../constructs/dns/cluster-records";
export * from "../constructs/dns/delegation";
export * from "../constructs/dns/route53/names";
export * from "../constructs/dns/route53-zone";
export * from "../constructs/dns/traffic-manager/names";
export type { ZoneRef } from "../constructs/dns/zone";
export * from "./routing";
