import type { TerraformProvider } from "cdktf";
import { existingRoute53Zone } from "../../constructs/dns/route53-zone";
import type { ZoneRef } from "../../constructs/dns/zone";
import { awsProvider, azureProvider } from "../../constructs/providers";
import { stackIds } from "../../model/derived/names";
import type { Fleet } from "../../model/schema/fleet";
import type { FleetStack } from "../fleet-stack";

/** An account of a cloud, and how to get into it. */
export interface CloudAccount {
  readonly cloud: "aws" | "azure" | "google";
  /** AWS account id, Azure subscription id or Google project. */
  readonly account: string;
  /** @default - the operator's own credentials */
  readonly assumeRoleArn?: string | undefined;
}

/** The provider that a stack already has for its cluster, and whose account it is for. */
export interface OwnProvider extends CloudAccount {
  readonly provider: TerraformProvider;
}

/** Cloud that each engine's zone is in. */
const ZONE_CLOUD = { route53: "aws", azure: "azure" } as const;

/** Whether an account is of the cloud that the zone is in, so that the zone may be in the same account. */
export const isZoneCloud = ({ cloud }: CloudAccount, { engine }: Fleet["dns"]) => cloud === ZONE_CLOUD[engine];

/** Whether the zone is in an account, and reached in the same way. */
export function isZoneAccount({ cloud, account, assumeRoleArn }: CloudAccount, { engine, aws, azure }: Fleet["dns"]): boolean {
  if (engine === "azure") return cloud === "azure" && account === azure?.subscriptionId;
  return cloud === "aws" && account === aws?.accountId && assumeRoleArn === aws.assumeRoleArn;
}

/** The fleet's zone as seen from a stack that makes records in it, with a provider for the zone's account. */
export function zoneAccess(stack: FleetStack, provider: TerraformProvider): ZoneRef {
  const { fleet, text } = stack.context;
  const { dns } = text;
  if (dns.engine === "azure") {
    // Azure's zones are named, not read, so nothing else says that the zone must be there first.
    if (!dns.existing) stack.after(stackIds.global(fleet.name));
    return { engine: "azure", name: dns.zone, resourceGroup: dns.azure?.resourceGroup ?? `${fleet.name}-dns` };
  }
  if (dns.existing) return existingRoute53Zone(stack, "zone", { name: dns.zone, provider });
  const outputs = stack.read("global", stackIds.global(fleet.name));
  return { engine: "route53", name: dns.zone, zoneId: outputs.getString("zone_id") };
}

/** A provider for the zone's account: the stack's own where that is the same. */
export function zoneProvider(stack: FleetStack, own?: OwnProvider): TerraformProvider {
  const { dns } = stack.context.text;
  if (own && isZoneAccount(own, dns)) return own.provider;
  // a second provider of the same cloud
  const alias = own && isZoneCloud(own, dns) ? "zone" : undefined;
  if (dns.engine === "azure") {
    if (!dns.azure) throw new Error("the zone's subscription is not known: the fleet was not loaded by loadFleet");
    return azureProvider(stack, "zone-azure", { ...dns.azure, alias });
  }
  if (!dns.aws) throw new Error("the zone's account is not known: the fleet was not loaded by loadFleet");
  // Route53 and IAM are global services with their control plane in us-east-1
  return awsProvider(stack, "zone-aws", { ...dns.aws, region: "us-east-1", alias });
}
