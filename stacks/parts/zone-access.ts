import type { TerraformProvider } from "cdktf";
import { existingRoute53Zone } from "../../constructs/dns/route53-zone";
import type { ZoneRef } from "../../constructs/dns/zone";
import { awsProvider, azureProvider } from "../../constructs/providers";
import { stackIds } from "../../model/derived/names";
import type { FleetStack } from "../fleet-stack";

/** The provider that a stack already has for its cluster, and whose account it is for. */
export interface OwnProvider {
  readonly provider: TerraformProvider;
  readonly cloud: "aws" | "azure" | "google";
  /** AWS account id or Azure subscription id. */
  readonly account: string;
  readonly assumeRoleArn?: string;
}

export interface ZoneAccess {
  readonly zone: ZoneRef;
  readonly provider: TerraformProvider;
}

/** The fleet's zone as seen from a stack that makes records in it, and a provider for its account. */
export function zoneAccess(stack: FleetStack, own?: OwnProvider): ZoneAccess {
  const { fleet } = stack.context;
  const provider = zoneProvider(stack, own);
  const { dns } = fleet;
  if (dns.engine === "azure") {
    // Azure's zones are named, not read, so nothing else says that the zone must be there first.
    if (!dns.existing) stack.after(stackIds.global(fleet.name));
    return {
      provider,
      zone: { engine: "azure", name: dns.zone, resourceGroup: dns.azure?.resourceGroup ?? `${fleet.name}-dns` },
    };
  }
  if (dns.existing) return { provider, zone: existingRoute53Zone(stack, "zone", { name: dns.zone, provider }) };
  const outputs = stack.read("global", stackIds.global(fleet.name));
  return { provider, zone: { engine: "route53", name: dns.zone, zoneId: outputs.getString("zone_id") } };
}

/** A provider for the zone's account: the stack's own where that is the same. */
export function zoneProvider(stack: FleetStack, own?: OwnProvider): TerraformProvider {
  const { dns } = stack.context.fleet;
  if (dns.engine === "azure") {
    if (!dns.azure) throw new Error("the zone's subscription is not known: the fleet was not loaded by loadFleet");
    if (own?.cloud === "azure" && own.account === dns.azure.subscriptionId) return own.provider;
    return azureProvider(stack, "zone-azure", { ...dns.azure, alias: own?.cloud === "azure" ? "zone" : undefined });
  }
  if (!dns.aws) throw new Error("the zone's account is not known: the fleet was not loaded by loadFleet");
  if (own?.cloud === "aws" && own.account === dns.aws.accountId && own.assumeRoleArn === dns.aws.assumeRoleArn)
    return own.provider;
  // Route53 and IAM are global services with their control plane in us-east-1
  return awsProvider(stack, "zone-aws", { ...dns.aws, region: "us-east-1", alias: own?.cloud === "aws" ? "zone" : undefined });
}
