import { isJsonObject, type JsonObject } from "../../output/json";
import { resourcesOf } from "../../output/stack";
import type { SynthesizedStack } from "../model";

/** How many of something that a cloud has a price for, whatever its use. */
export interface Billed {
  readonly what: string;
  readonly cloud: "AWS" | "Azure" | "Google";
  readonly count: number;
  /** What they are, in the cloud's own terms. */
  readonly of: string;
}

interface Kind {
  readonly what: string;
  readonly of: string;
  /** @default - each of them */
  readonly billed?: (block: JsonObject) => boolean;
}

const text = (value: JsonObject[string] | undefined): string => (typeof value === "string" ? value : "");

/** What has a price by the hour or the month for being there. Its use (traffic, storage, requests, logs) isn't counted. */
const KINDS: Readonly<Record<string, Kind>> = {
  aws_eks_cluster: { what: "control planes", of: "EKS cluster" },
  azurerm_kubernetes_cluster: {
    what: "control planes",
    of: "AKS cluster of tier Standard or Premium",
    billed: ({ sku_tier }) => text(sku_tier) !== "Free",
  },
  google_container_cluster: { what: "control planes", of: "GKE cluster" },
  aws_nat_gateway: { what: "NAT gateways", of: "NAT gateway" },
  azurerm_nat_gateway: { what: "NAT gateways", of: "NAT gateway" },
  google_compute_router_nat: { what: "NAT gateways", of: "Cloud NAT" },
  aws_eip: { what: "public addresses", of: "Elastic IP" },
  azurerm_public_ip: { what: "public addresses", of: "public IP address" },
  google_compute_address: {
    what: "public addresses",
    of: "static address",
    billed: ({ address_type }) => text(address_type) !== "INTERNAL",
  },
  aws_lb: { what: "load balancers", of: "load balancer" },
  google_compute_forwarding_rule: { what: "private endpoints", of: "Private Service Connect endpoint" },
  aws_vpc_endpoint: {
    what: "private endpoints",
    of: "interface endpoint, priced by subnet",
    billed: ({ vpc_endpoint_type }) => text(vpc_endpoint_type) === "Interface",
  },
  azurerm_private_endpoint: { what: "private endpoints", of: "private endpoint" },
  aws_route53_health_check: { what: "health checks", of: "health check, calculated ones too" },
  azurerm_traffic_manager_external_endpoint: { what: "health checks", of: "probed endpoint" },
  azurerm_traffic_manager_azure_endpoint: { what: "health checks", of: "probed endpoint" },
  aws_route53_zone: { what: "zones", of: "hosted zone" },
  azurerm_dns_zone: { what: "zones", of: "DNS zone" },
  azurerm_private_dns_zone: { what: "zones", of: "private DNS zone" },
  google_dns_managed_zone: { what: "zones", of: "managed zone" },
  aws_db_instance: { what: "database servers", of: "RDS instance, replicas too" },
  azurerm_mysql_flexible_server: { what: "database servers", of: "MySQL flexible server" },
  azurerm_postgresql_flexible_server: { what: "database servers", of: "PostgreSQL flexible server" },
  azurerm_cosmosdb_account: { what: "database servers", of: "Cosmos DB account, priced by region and throughput" },
  google_sql_database_instance: { what: "database servers", of: "Cloud SQL instance, replicas too" },
  aws_kms_key: { what: "keys", of: "KMS key" },
  google_kms_crypto_key: { what: "keys", of: "KMS key, priced by version" },
  google_filestore_instance: { what: "file systems", of: "Filestore instance, priced by capacity" },
  azurerm_container_registry: { what: "registries", of: "container registry" },
  aws_instance: { what: "virtual machines", of: "EC2 instance" },
  azurerm_linux_virtual_machine: { what: "virtual machines", of: "virtual machine" },
  google_compute_instance: { what: "virtual machines", of: "Compute Engine instance" },
};

const CLOUDS = { aws: "AWS", azurerm: "Azure", google: "Google" } as const;

/** What a fleet's stacks make that has a price for being there, by kind in the order above, then by cloud. */
export function billedOf(stacks: readonly Pick<SynthesizedStack, "config">[]): readonly Billed[] {
  const counts = new Map<string, number>();
  for (const { config } of stacks)
    for (const { type, block } of resourcesOf(config))
      if (isJsonObject(block) && (KINDS[type]?.billed?.(block) ?? type in KINDS)) counts.set(type, (counts.get(type) ?? 0) + 1);
  return Object.entries(KINDS).flatMap(([type, { what, of }]) => {
    const count = counts.get(type);
    return count === undefined ? [] : [{ what, cloud: CLOUDS[type.split("_")[0] as keyof typeof CLOUDS], count, of }];
  });
}
