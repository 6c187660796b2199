import chartFacts from "../model/catalog/data/chart-facts.json";

/**
 * What nobody gets back by applying again: a resource that holds data, or whose identity others were told. A plan that
 * deletes, replaces or forgets one is refused by the bundle's guard, protected or not. Terraform's own `prevent_destroy`
 * goes with the block that holds it, and a plan's JSON doesn't show it.
 */
export const GUARDED: Readonly<Record<string, readonly string[]>> = {
  "a cluster": ["aws_eks_cluster", "azurerm_kubernetes_cluster", "google_container_cluster"],
  "a database": [
    "aws_db_instance",
    "aws_docdb_cluster",
    "aws_dynamodb_table",
    "aws_elasticache_replication_group",
    "aws_rds_cluster",
    "aws_rds_cluster_instance",
    "aws_rds_global_cluster",
    "azurerm_cosmosdb_account",
    "azurerm_cosmosdb_mongo_collection",
    "azurerm_cosmosdb_mongo_database",
    "azurerm_cosmosdb_sql_container",
    "azurerm_cosmosdb_sql_database",
    "azurerm_mssql_database",
    "azurerm_mssql_server",
    "azurerm_mysql_flexible_database",
    "azurerm_mysql_flexible_server",
    "azurerm_postgresql_flexible_server",
    "azurerm_postgresql_flexible_server_database",
    "azurerm_redis_cache",
    "google_firestore_database",
    "google_redis_instance",
    "google_sql_database",
    "google_sql_database_instance",
  ],
  "an address": [
    "aws_eip",
    "aws_lb",
    "azurerm_public_ip",
    "azurerm_public_ip_prefix",
    "google_compute_address",
    "google_compute_global_address",
  ],
  "a zone": ["aws_route53_zone", "azurerm_dns_zone", "azurerm_private_dns_zone", "google_dns_managed_zone"],
  "a file system": [
    "aws_efs_file_system",
    "aws_fsx_lustre_file_system",
    "aws_fsx_ontap_file_system",
    "azurerm_netapp_volume",
    "azurerm_storage_account",
    "azurerm_storage_container",
    "azurerm_storage_share",
    "google_filestore_instance",
  ],
  "a bucket or a backup": [
    "aws_backup_vault",
    "aws_s3_bucket",
    // whose delete deletes what it has backed up (Azure Backup: stop protection and delete data)
    "azurerm_data_protection_backup_instance_blob_storage",
    "azurerm_data_protection_backup_instance_disk",
    "azurerm_data_protection_backup_instance_kubernetes_cluster",
    "azurerm_data_protection_backup_instance_postgresql_flexible_server",
    "azurerm_data_protection_backup_vault",
    "azurerm_recovery_services_vault",
    "google_gke_backup_backup_plan",
    "google_storage_bucket",
  ],
  "a registry": ["aws_ecr_repository", "azurerm_container_registry", "google_artifact_registry_repository"],
  "a key": ["aws_kms_key", "azurerm_key_vault", "azurerm_key_vault_key", "google_kms_crypto_key", "google_kms_key_ring"],
  // kept for thirty days after a delete, under a name that is taken meanwhile
  "an identity pool": ["google_iam_workload_identity_pool"],
  // whoever takes it away means to delete what it holds
  "a lock": ["azurerm_management_lock"],
  "a secret": ["aws_secretsmanager_secret", "azurerm_key_vault_secret", "google_secret_manager_secret"],
  "a disk": [
    "aws_ebs_snapshot",
    "aws_ebs_volume",
    "azurerm_managed_disk",
    "azurerm_snapshot",
    "google_compute_disk",
    "google_compute_region_disk",
    "google_compute_snapshot",
  ],
  "a log": ["aws_cloudwatch_log_group", "azurerm_log_analytics_workspace", "google_logging_project_bucket_config"],
  "a network": [
    "aws_db_subnet_group",
    "aws_subnet",
    "aws_vpc",
    "azurerm_subnet",
    "azurerm_virtual_network",
    "google_compute_network",
    "google_compute_subnetwork",
  ],
  "all that is in it": ["azurerm_resource_group", "kubernetes_namespace", "kubernetes_namespace_v1"],
  "a volume": ["kubernetes_persistent_volume", "kubernetes_persistent_volume_claim", "kubernetes_persistent_volume_claim_v1"],
  "a name's profile": ["azurerm_traffic_manager_profile"],
};

/** What each guarded type is called, by type. */
export function guardedTypes(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(GUARDED)
      .flatMap(([what, types]) => types.map((type) => [type, what] as const))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** What holds volumes: claims, what makes claims of its own, and what an operator makes either from. */
const HOLDING_VOLUMES = new Set(["Alertmanager", "PersistentVolumeClaim", "Prometheus", "StatefulSet", "ThanosRuler"]);

/**
 * Charts of which an uninstall loses no volume: nothing that their releases made, when the catalogue's charts were
 * rendered, holds one. Of any other chart a plan can't tell, so its uninstall is guarded. `chart-objects` renders what
 * Meridian itself writes.
 */
export const CHARTS_WITHOUT_VOLUMES: readonly string[] = [
  "chart-objects",
  ...new Set(chartFacts.map(({ chart }) => chart).filter((chart) => !makersOfVolumes().has(chart))),
].sort();

function makersOfVolumes(): ReadonlySet<string> {
  return new Set(
    chartFacts.filter(({ objects }) => objects.some(({ kind }) => HOLDING_VOLUMES.has(kind))).map(({ chart }) => chart),
  );
}

/**
 * Members of a public name: what a name leads to. The arguments that say which name, and by which a plan shows whether
 * another member of the same name is left.
 */
export const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  aws_route53_record: ["zone_id", "name", "type"],
  azurerm_dns_a_record: ["resource_group_name", "zone_name", "name"],
  azurerm_dns_cname_record: ["resource_group_name", "zone_name", "name"],
  azurerm_dns_ns_record: ["resource_group_name", "zone_name", "name"],
  azurerm_traffic_manager_azure_endpoint: ["profile_id"],
  azurerm_traffic_manager_external_endpoint: ["profile_id"],
  azurerm_traffic_manager_nested_endpoint: ["profile_id"],
  google_dns_record_set: ["managed_zone", "name", "type"],
};
