import { createHash } from "node:crypto";
import { type JsonObject, member } from "../../output/json";
import { replacingArguments } from "../../output/replaces";
import { ignoredBy, resourcesOf } from "../../output/stack";
import type { Fact, Facts, StackFacts } from "./lock";
import { providerFacts } from "./provider-facts";

/**
 * Types of which no second can be made beside the first, as its name is taken. Node pools have create_before_destroy,
 * which Terraform spreads to all that they depend on: these would be "new one first" too, under the same name, and the
 * cloud refuses that in the middle of an apply.
 */
const NAMED = new Set([
  "aws_cloudwatch_log_group",
  "aws_db_instance",
  "aws_eks_cluster",
  "aws_iam_role",
  "aws_s3_bucket",
  "azurerm_container_registry",
  "azurerm_cosmosdb_account",
  "azurerm_data_protection_backup_vault",
  "azurerm_key_vault",
  "azurerm_kubernetes_cluster",
  "azurerm_linux_virtual_machine",
  "azurerm_managed_disk",
  "azurerm_mysql_flexible_server",
  "azurerm_network_interface",
  "azurerm_postgresql_flexible_server",
  "azurerm_public_ip",
  "azurerm_resource_group",
  "azurerm_storage_account",
  "azurerm_subnet",
  "azurerm_user_assigned_identity",
  "azurerm_virtual_network",
  "google_compute_address",
  "google_compute_network",
  "google_compute_router",
  "google_compute_router_nat",
  "google_compute_subnetwork",
  "google_container_cluster",
  "google_kms_crypto_key",
  "google_kms_key_ring",
  "google_secret_manager_secret",
  "google_service_account",
  "google_sql_database_instance",
  "google_storage_bucket",
]);

/** Whether a second one of a type can't be made while the first is there. */
export const isNamed = (type: string): boolean => NAMED.has(type);

/** Node pools: replaced by one that starts small. */
export const POOLS: readonly string[] = [
  "aws_eks_node_group",
  "azurerm_kubernetes_cluster_node_pool",
  "google_container_node_pool",
];

/** What keeps data that nothing else has. */
const DATA: ReadonlySet<string> = new Set([
  "aws_ecr_repository",
  "aws_efs_file_system",
  "aws_s3_bucket",
  "azurerm_managed_disk",
  "azurerm_storage_account",
  "google_filestore_instance",
  "google_storage_bucket",
]);

/** What later synths must know of a stack. */
export function stackFacts(id: string, config: JsonObject): StackFacts {
  const providers = providerFacts(id, config);
  const resources = resourcesOf(config);
  // what cdktf says of itself is no part of it
  const { "//": _, ...content } = config;
  const data = resources.flatMap(({ type, address, isProtected }) => (DATA.has(type) && !isProtected ? [address] : []));
  return {
    digest: createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 16),
    ...(data.length > 0 && { data: data.sort() }),
    protected: resources.flatMap(({ address, isProtected }) => (isProtected ? [address] : [])).sort(),
    fixed: Object.fromEntries(
      resources.flatMap(({ type, address, block, isProtected }) => {
        if (!isProtected && !NAMED.has(type) && !POOLS.includes(type)) return [];
        // a server that is fenced keeps the facts by which it is known when it serves again
        const isFenced = member(block, "lifecycle").ignore_changes === "all";
        const counts = (path: string) => isFenced || !ignoredBy(block)(path.split(".")[0]!);
        const facts = plain(replacingArguments(type, block), counts);
        return Object.keys(facts).length === 0 ? [] : [[address, facts] as const];
      }),
    ),
    ...(Object.keys(providers).length > 0 && { providers }),
  };
}

/** Arguments that are written out; a reference is the same text before and after, whatever becomes of what it names. */
function plain(values: Readonly<Record<string, unknown>>, counts: (path: string) => boolean): Facts {
  return Object.fromEntries(
    Object.entries(values).flatMap(([path, value]) => {
      const fact = counts(path) ? factOf(value) : undefined;
      return fact === undefined ? [] : [[path, fact] as const];
    }),
  );
}

function factOf(value: unknown): Fact | undefined {
  if (typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value === "string") return value.includes("${") ? undefined : value;
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === "string")
    ? (value as string[])
    : undefined;
}
