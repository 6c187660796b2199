/** Names that exist once: in an account, in a region, in the world. */
import { madeByService } from "../../model/limits/kubernetes";
import type { ValueObject } from "../protocol/values";
import { called } from "./in-use";
import type { Cloud } from "./model";

interface Unique {
  readonly type: string;
  /** Attributes that together must differ from those of every other resource of the type. */
  readonly by: readonly string[];
  /** Where the name must be unique. */
  readonly within: "account" | "world";
  /** The service's own error code or documentation. */
  readonly source: string;
  /** Attribute that lets a second one through when it is true. */
  readonly unless?: string;
}

const world = (type: string, name: string): Unique => ({
  type,
  by: [name],
  within: "world",
  source: "Azure resource naming rules: scope global",
});

const inGroup = (type: string): Unique => ({
  type,
  by: ["name", "resource_group_name"],
  within: "account",
  source: "Azure Resource Manager: a name exists once in its resource group",
});

/** Every name that the services keep unique. */
export const uniques: readonly Unique[] = [
  {
    type: "aws_eks_cluster",
    by: ["name", "region"],
    within: "account",
    source: "EKS API, CreateCluster: ResourceInUseException",
  },
  {
    type: "aws_eks_node_group",
    by: ["cluster_name", "node_group_name", "region"],
    within: "account",
    source: "EKS API, CreateNodegroup: ResourceInUseException",
  },
  {
    type: "aws_eks_addon",
    by: ["cluster_name", "addon_name", "region"],
    within: "account",
    source: "EKS API, CreateAddon: ResourceInUseException",
  },
  {
    type: "aws_eks_access_entry",
    by: ["cluster_name", "principal_arn", "region"],
    within: "account",
    source: "EKS API, CreateAccessEntry: ResourceInUseException",
  },
  { type: "aws_iam_role", by: ["name"], within: "account", source: "IAM API, CreateRole: EntityAlreadyExists" },
  { type: "aws_iam_policy", by: ["name"], within: "account", source: "IAM API, CreatePolicy: EntityAlreadyExists" },
  {
    type: "aws_iam_openid_connect_provider",
    by: ["url"],
    within: "account",
    source: "IAM API, CreateOpenIDConnectProvider: EntityAlreadyExists",
  },
  {
    type: "aws_cloudwatch_log_group",
    by: ["name", "region"],
    within: "account",
    source: "CloudWatch Logs API, ResourceAlreadyExistsException",
  },
  { type: "aws_kms_alias", by: ["name", "region"], within: "account", source: "KMS API, CreateAlias: AlreadyExistsException" },
  {
    type: "aws_lb",
    by: ["name", "region"],
    within: "account",
    source: "Elastic Load Balancing v2 API, DuplicateLoadBalancerName",
  },
  {
    type: "aws_lb_target_group",
    by: ["name", "region"],
    within: "account",
    source: "Elastic Load Balancing v2 API, DuplicateTargetGroupName",
  },
  { type: "aws_security_group", by: ["name", "vpc_id"], within: "account", source: "EC2 API, InvalidGroup.Duplicate" },
  { type: "aws_ecr_repository", by: ["name", "region"], within: "account", source: "ECR API, RepositoryAlreadyExistsException" },
  {
    type: "google_artifact_registry_repository",
    by: ["repository_id", "location", "project"],
    within: "account",
    source: "Artifact Registry REST API, ALREADY_EXISTS",
  },
  ...[
    { type: "google_iam_workload_identity_pool", by: ["workload_identity_pool_id", "project"] },
    {
      type: "google_iam_workload_identity_pool_provider",
      by: ["workload_identity_pool_provider_id", "workload_identity_pool_id", "project"],
    },
  ].map(
    (one): Unique => ({ ...one, within: "account", source: "IAM API, ALREADY_EXISTS; also of one deleted in the last 30 days" }),
  ),
  { type: "aws_db_instance", by: ["identifier", "region"], within: "account", source: "RDS API, DBInstanceAlreadyExists" },
  { type: "aws_db_subnet_group", by: ["name", "region"], within: "account", source: "RDS API, DBSubnetGroupAlreadyExists" },
  {
    type: "aws_secretsmanager_secret",
    by: ["name", "region"],
    within: "account",
    source: "Secrets Manager API, ResourceExistsException",
  },
  {
    type: "google_sql_database_instance",
    by: ["name", "project"],
    within: "account",
    source: "Cloud SQL Admin API, instanceAlreadyExists",
  },
  {
    type: "google_secret_manager_secret",
    by: ["secret_id", "project"],
    within: "account",
    source: "Secret Manager API, ALREADY_EXISTS",
  },
  { type: "google_storage_bucket", by: ["name"], within: "world", source: "Cloud Storage JSON API, 409 conflict" },
  { type: "aws_s3_bucket", by: ["bucket"], within: "world", source: "S3 API, BucketAlreadyExists" },
  {
    type: "azurerm_resource_group",
    by: ["name"],
    within: "account",
    source: "Azure Resource Manager: a group's name exists once in its subscription",
  },
  ...[
    "azurerm_kubernetes_cluster",
    "azurerm_virtual_network",
    "azurerm_public_ip",
    "azurerm_user_assigned_identity",
    "azurerm_traffic_manager_profile",
    "azurerm_dns_zone",
    "azurerm_private_dns_zone",
    "azurerm_private_endpoint",
    "azurerm_managed_disk",
    "azurerm_snapshot",
    "azurerm_linux_virtual_machine",
    "azurerm_network_interface",
    "azurerm_network_security_group",
    "azurerm_nat_gateway",
    "azurerm_data_protection_backup_vault",
  ].map(inGroup),
  world("azurerm_container_registry", "name"),
  world("azurerm_cosmosdb_account", "name"),
  world("azurerm_mysql_flexible_server", "name"),
  world("azurerm_postgresql_flexible_server", "name"),
  world("azurerm_storage_account", "name"),
  world("azurerm_key_vault", "name"),
  {
    type: "azurerm_role_assignment",
    by: ["scope", "principal_id", "role_definition_name"],
    within: "account",
    source: "Azure Authorization REST API, RoleAssignmentExists",
  },
  { type: "google_compute_network", by: ["name", "project"], within: "account", source: "Compute Engine API, alreadyExists" },
  {
    type: "google_compute_subnetwork",
    by: ["name", "region", "project"],
    within: "account",
    source: "Compute Engine API, alreadyExists",
  },
  {
    type: "google_compute_address",
    by: ["name", "region", "project"],
    within: "account",
    source: "Compute Engine API, alreadyExists",
  },
  {
    type: "google_compute_router",
    by: ["name", "region", "project"],
    within: "account",
    source: "Compute Engine API, alreadyExists",
  },
  { type: "google_container_cluster", by: ["name", "location", "project"], within: "account", source: "GKE API, ALREADY_EXISTS" },
  {
    type: "google_container_node_pool",
    by: ["name", "cluster", "location", "project"],
    within: "account",
    source: "GKE API, ALREADY_EXISTS",
  },
  { type: "google_service_account", by: ["account_id", "project"], within: "account", source: "IAM API, ALREADY_EXISTS" },
  {
    type: "helm_release",
    by: ["name", "namespace"],
    within: "account",
    source: "helm 3.18, pkg/action/install.go: cannot re-use a name that is still in use",
    unless: "upgrade_install",
  },
];

/** Namespaces that every cluster has from its first minute (Kubernetes documentation, Namespaces: Initial namespaces). */
const INITIAL_NAMESPACES = ["default", "kube-node-lease", "kube-public", "kube-system"];

/**
 * Why a name can't be given again.
 * @param account the account, subscription or project of the provider; of Kubernetes and Helm the cluster
 */
export function nameTaken(cloud: Cloud, type: string, attributes: ValueObject, account: string): string | undefined {
  if (type.startsWith("kubernetes_")) return objectTaken(cloud, type, attributes, account);
  for (const { type: of, by, within, source, unless } of uniques) {
    if (of !== type || (unless && attributes[unless] === true)) continue;
    const words = by.map((name) => attributes[name] ?? null);
    if (words.includes(null)) continue;
    const other = cloud
      .all(type)
      .find(
        (resource) =>
          (within === "world" || resource.account === account) &&
          by.every((name, i) => (resource.attributes[name] ?? null) === words[i]),
      );
    if (other)
      return `${type} ${called(other)} exists already, made by stack ${other.stack}: ${by.map((name, i) => `${name} "${String(words[i])}"`).join(", ")} can't be given twice. (Source: ${source}.)`;
  }
  return undefined;
}

/** Objects of a cluster: one of a kind by its namespace and name, whichever stack made it. */
function objectTaken(cloud: Cloud, type: string, { id }: ValueObject, account: string): string | undefined {
  const kind = kindOf(type);
  const source = "(Source: Kubernetes API, AlreadyExists.)";
  if (typeof id !== "string") return undefined;
  if (kind === "namespace" && INITIAL_NAMESPACES.includes(id))
    return `Namespace "${id}" is in every cluster from the start, so it can't be made. Use it without making it. ${source}`;
  const service = kind === "namespace" ? serviceOfNamespace(cloud, id, account) : undefined;
  if (service) return `Namespace "${id}" is ${service}'s, which makes it with the cluster. Use another one. ${source}`;
  const inside = cloud.all().filter((resource) => resource.account === account);
  const other = inside.find((resource) => kindOf(resource.type) === kind && resource.attributes.id === id);
  if (other)
    return `${type} ${called(other)} exists already, made by stack ${other.stack}: an object of that kind and name can't be made twice in one cluster. ${source}`;
  const release =
    kind === "namespace" &&
    inside.find(
      ({ type: of, attributes }) => of === "helm_release" && attributes.create_namespace === true && attributes.namespace === id,
    );
  return release
    ? `Namespace "${id}" exists already: release ${called(release)} of stack ${release.stack} made it. ${source}`
    : undefined;
}

/** The service that has made a namespace in its cluster already: a cluster is known by its address. */
function serviceOfNamespace(cloud: Cloud, namespace: string, account: string) {
  const address = account.split(" ")[0]!.replace(/^https:\/\//, "");
  if (address === "") return undefined;
  return Object.entries({ azure: "azurerm_kubernetes_cluster", google: "google_container_cluster" })
    .filter(([, type]) => cloud.all(type).some(({ attributes }) => JSON.stringify(attributes).includes(address)))
    .map(([name]) => madeByService(namespace, name))
    .find((service) => service !== undefined);
}

/** kubernetes_namespace and kubernetes_namespace_v1 are one kind. */
const kindOf = (type: string): string | undefined => /^kubernetes_(.+?)(_v\d+(beta\d+|alpha\d+)?)?$/.exec(type)?.[1];
