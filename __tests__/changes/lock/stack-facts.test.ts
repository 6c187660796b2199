import { isNamed, stackFacts } from "../../../changes/lock/stack-facts";

const of = (resource: Record<string, Record<string, object>>, more: object = {}) =>
  stackFacts("acme-c-cluster", JSON.parse(JSON.stringify({ resource, ...more })));

test("what keeps data and is not protected is listed in order, and a stack without such has no list", () => {
  const data = [
    "aws_ecr_repository",
    "aws_efs_file_system",
    "aws_s3_bucket",
    "azurerm_managed_disk",
    "azurerm_storage_account",
    "google_filestore_instance",
    "google_storage_bucket",
  ];
  const all = Object.fromEntries([...data].reverse().map((type) => [type, { b: {}, a: {} }]));
  expect(of(all).data).toEqual(data.flatMap((type) => [`${type}.a`, `${type}.b`]));
  expect(of({ aws_vpc: { a: {} } })).not.toHaveProperty("data");
  const kept = of({
    aws_s3_bucket: { b: { lifecycle: { prevent_destroy: true } }, a: { lifecycle: { prevent_destroy: true } } },
  });
  expect(kept.protected).toEqual(["aws_s3_bucket.a", "aws_s3_bucket.b"]);
  expect(kept).not.toHaveProperty("data");
  expect(kept).not.toHaveProperty("providers");
});

test("a name is taken while what has it is there", () => {
  const names = `aws_cloudwatch_log_group aws_db_instance aws_eks_cluster aws_iam_role aws_s3_bucket
    azurerm_container_registry azurerm_cosmosdb_account azurerm_data_protection_backup_vault azurerm_key_vault
    azurerm_kubernetes_cluster azurerm_linux_virtual_machine azurerm_managed_disk azurerm_mysql_flexible_server
    azurerm_network_interface azurerm_postgresql_flexible_server azurerm_public_ip azurerm_resource_group
    azurerm_storage_account azurerm_subnet azurerm_user_assigned_identity azurerm_virtual_network google_compute_address
    google_compute_network google_compute_router google_compute_router_nat google_compute_subnetwork
    google_container_cluster google_kms_crypto_key google_kms_key_ring google_secret_manager_secret
    google_service_account google_sql_database_instance google_storage_bucket`.split(/\s+/);
  expect(names.filter((name) => !isNamed(name))).toEqual([]);
  expect(["aws_eks_node_group", "azurerm_kubernetes_cluster_node_pool", "google_container_node_pool", ""].some(isNamed)).toBe(
    false,
  );
});

test("what cdktf says of itself changes no digest, anything else does", () => {
  const bucket = { aws_s3_bucket: { a: { bucket: "x" } } };
  const { digest } = of(bucket);
  expect(digest).toMatch(/^[0-9a-f]{16}$/);
  expect(of(bucket, { "//": { metadata: 1 } }).digest).toBe(digest);
  expect(of(bucket, { output: { a: 1 } }).digest).not.toBe(digest);
});

test("arguments that are written out are kept, references and what is ignored are not, but of a fenced server all is", () => {
  const bucket = (block: object) => of({ aws_s3_bucket: { a: block } }).fixed;
  expect(bucket({ bucket: "x" })).toEqual({ "aws_s3_bucket.a": { bucket: "x" } });
  expect(bucket({ bucket: "${aws_x.y.id}" })).toEqual({});
  expect(bucket({ bucket: "x", lifecycle: { ignore_changes: ["bucket"] } })).toEqual({});
  expect(bucket({ bucket: "x", lifecycle: { ignore_changes: "all" } })).toEqual({ "aws_s3_bucket.a": { bucket: "x" } });
  expect(of({ aws_vpc: { a: { cidr_block: "10.0.0.0/16" } } }).fixed).toEqual({});
});
