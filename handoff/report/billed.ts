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
  /** How many of it a resource is. @default - one */
  readonly many?: (block: JsonObject) => number;
}

const text = (value: JsonObject[string] | undefined): string => (typeof value === "string" ? value : "");

const when = (billed: boolean): number => (billed ? 1 : 0);
const length = (value: JsonObject[string] | undefined): number =>
  Array.isArray(value) ? value.length : when(value !== undefined);

/** A server that follows another. */
const follows = (block: JsonObject): boolean =>
  ["replicate_source_db", "master_instance_name"].some((argument) => block[argument] !== undefined) ||
  text(block.create_mode) === "Replica";
const replica = (of: string): Kind => ({ what: "replicas", of, many: (block) => when(follows(block)) });
const first = (of: string): Kind => ({ what: "database servers", of, many: (block) => when(!follows(block)) });

/** What has a price by the hour or the month for being there. Its use (traffic, storage, requests, logs) isn't counted. */
const KINDS: Readonly<Record<string, Kind | readonly Kind[]>> = {
  aws_eks_cluster: { what: "control planes", of: "EKS cluster" },
  azurerm_kubernetes_cluster: {
    what: "control planes",
    of: "AKS cluster of tier Standard or Premium",
    many: ({ sku_tier }) => when(text(sku_tier) !== "Free"),
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
    many: ({ address_type }) => when(text(address_type) !== "INTERNAL"),
  },
  aws_lb: { what: "load balancers", of: "load balancer" },
  google_compute_forwarding_rule: { what: "private endpoints", of: "Private Service Connect endpoint" },
  aws_vpc_endpoint: {
    what: "private endpoints",
    of: "interface endpoint, priced by subnet",
    many: ({ vpc_endpoint_type }) => when(text(vpc_endpoint_type) === "Interface"),
  },
  azurerm_private_endpoint: { what: "private endpoints", of: "private endpoint" },
  aws_route53_health_check: { what: "health checks", of: "health check, calculated ones too" },
  azurerm_traffic_manager_external_endpoint: { what: "health checks", of: "probed endpoint" },
  azurerm_traffic_manager_azure_endpoint: { what: "health checks", of: "probed endpoint" },
  aws_route53_zone: { what: "zones", of: "hosted zone" },
  azurerm_dns_zone: { what: "zones", of: "DNS zone" },
  azurerm_private_dns_zone: { what: "zones", of: "private DNS zone" },
  google_dns_managed_zone: { what: "zones", of: "managed zone" },
  aws_db_instance: [first("RDS instance"), replica("RDS instance that follows another")],
  azurerm_mysql_flexible_server: [first("MySQL flexible server"), replica("MySQL flexible server that follows another")],
  azurerm_postgresql_flexible_server: [
    first("PostgreSQL flexible server"),
    replica("PostgreSQL flexible server that follows another"),
  ],
  azurerm_cosmosdb_account: [
    { what: "database servers", of: "Cosmos DB account, priced by throughput" },
    {
      what: "replicas",
      of: "further region of a Cosmos DB account",
      many: ({ geo_location }) => Math.max(length(geo_location) - 1, 0),
    },
  ],
  google_sql_database_instance: [first("Cloud SQL instance"), replica("Cloud SQL instance that follows another")],
  aws_kms_key: { what: "keys", of: "KMS key" },
  google_kms_crypto_key: { what: "keys", of: "KMS key, priced by version" },
  google_filestore_instance: { what: "file systems", of: "Filestore instance, priced by capacity" },
  azurerm_container_registry: [
    { what: "registries", of: "container registry" },
    { what: "replicas", of: "further region of a container registry", many: ({ georeplications }) => length(georeplications) },
  ],
  aws_instance: { what: "virtual machines", of: "EC2 instance" },
  azurerm_linux_virtual_machine: { what: "virtual machines", of: "virtual machine" },
  google_compute_instance: { what: "virtual machines", of: "Compute Engine instance" },
};

const CLOUDS = { aws: "AWS", azurerm: "Azure", google: "Google" } as const;

/** What a fleet's stacks make that has a price for being there, by kind in the order above, then by cloud. */
export function billedOf(stacks: readonly Pick<SynthesizedStack, "config">[]): readonly Billed[] {
  const kinds = Object.entries(KINDS).flatMap(([type, some]) => [some].flat().map((kind) => ({ type, kind })));
  const counts = new Map(kinds.map(({ kind }) => [kind, 0]));
  for (const { config } of stacks)
    for (const { type, block } of resourcesOf(config))
      if (isJsonObject(block))
        for (const kind of [KINDS[type] ?? []].flat()) counts.set(kind, counts.get(kind)! + (kind.many?.(block) ?? 1));
  return kinds.flatMap(({ type, kind }) => {
    const count = counts.get(kind)!;
    const cloud = CLOUDS[type.split("_")[0] as keyof typeof CLOUDS];
    return count === 0 ? [] : [{ what: kind.what, cloud, count, of: kind.of }];
  });
}
