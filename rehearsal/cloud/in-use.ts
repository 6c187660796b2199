/** What a service does not delete while something else still uses it. */
import { isList, isObject, type Value, type ValueObject } from "../protocol/values";
import type { Cloud, CloudResource } from "./model";

/** One kind of use. */
interface Use {
  /** Type that is used. */
  readonly of: string;
  /** Its attribute by which others name it. @default "id" */
  readonly by?: string;
  /** Type that uses it; "*" for any of the same provider. */
  readonly user: string;
  /** Path of the user's argument; list positions are left out. */
  readonly at: string;
  /** Attributes that are the same in both: what the name is unique in. @default - the account */
  readonly alike?: readonly string[];
  /** The service's own error code or documentation. */
  readonly source: string;
  /** The service deletes the user along with what it uses instead of refusing. @default false */
  readonly cascades?: boolean;
}

const EC2 = "EC2 API, DependencyViolation";
const ELB = "Elastic Load Balancing v2 API, ResourceInUse";
const AZURE_SUBNET = "Azure Network REST API, InUseSubnetCannotBeDeleted";
const COMPUTE = "Compute Engine API, resourceInUseByAnotherResource";

/** Every use that the services document. */
export const uses: readonly Use[] = [
  ...["aws_subnet", "aws_vpc_endpoint", "aws_security_group"].map((user) => ({ of: "aws_vpc", user, at: "vpc_id", source: EC2 })),
  { of: "aws_subnet", user: "aws_nat_gateway", at: "subnet_id", source: EC2 },
  { of: "aws_subnet", user: "aws_lb", at: "subnet_mapping.subnet_id", source: EC2 },
  { of: "aws_subnet", user: "aws_lb", at: "subnets", source: EC2 },
  { of: "aws_subnet", user: "aws_eks_cluster", at: "vpc_config.subnet_ids", source: EC2 },
  { of: "aws_subnet", user: "aws_eks_node_group", at: "subnet_ids", source: EC2 },
  { of: "aws_subnet", user: "aws_instance", at: "subnet_id", source: EC2 },
  { of: "aws_subnet", user: "aws_route_table_association", at: "subnet_id", source: EC2 },
  { of: "aws_route_table", user: "aws_route_table_association", at: "route_table_id", source: EC2 },
  { of: "aws_security_group", user: "aws_lb", at: "security_groups", source: EC2 },
  { of: "aws_security_group", user: "aws_eks_cluster", at: "vpc_config.security_group_ids", source: EC2 },
  { of: "aws_security_group", user: "aws_vpc_security_group_ingress_rule", at: "referenced_security_group_id", source: EC2 },
  { of: "aws_security_group", user: "aws_vpc_security_group_egress_rule", at: "referenced_security_group_id", source: EC2 },
  { of: "aws_eip", user: "aws_nat_gateway", at: "allocation_id", source: "EC2 API, InvalidIPAddress.InUse" },
  { of: "aws_eip", user: "aws_lb", at: "subnet_mapping.allocation_id", source: "EC2 API, InvalidIPAddress.InUse" },
  {
    of: "aws_eks_cluster",
    by: "name",
    user: "aws_eks_node_group",
    at: "cluster_name",
    source: "EKS API, DeleteCluster: ResourceInUseException",
  },
  { of: "aws_lb_target_group", by: "arn", user: "aws_lb_listener", at: "default_action.target_group_arn", source: ELB },
  {
    of: "aws_iam_role",
    by: "name",
    user: "aws_iam_role_policy_attachment",
    at: "role",
    source: "IAM API, DeleteRole: DeleteConflict",
  },
  {
    of: "aws_iam_policy",
    by: "arn",
    user: "aws_iam_role_policy_attachment",
    at: "policy_arn",
    source: "IAM API, DeletePolicy: DeleteConflict",
  },
  { of: "aws_subnet", user: "aws_db_subnet_group", at: "subnet_ids", source: EC2 },
  {
    of: "aws_db_subnet_group",
    by: "name",
    user: "aws_db_instance",
    at: "db_subnet_group_name",
    alike: ["region"],
    source: "RDS API, InvalidDBSubnetGroupStateFault",
  },
  { of: "aws_security_group", user: "aws_db_instance", at: "vpc_security_group_ids", source: EC2 },
  {
    of: "aws_vpc",
    user: "aws_vpc_peering_connection",
    at: "peer_vpc_id",
    source: "VPC peering guide, Delete a VPC with a peering",
  },
  { of: "aws_ebs_volume", user: "aws_volume_attachment", at: "volume_id", source: "EC2 API, VolumeInUse" },
  { of: "aws_route53_health_check", user: "aws_route53_record", at: "health_check_id", source: "Route 53 API, HealthCheckInUse" },
  {
    of: "aws_route53_health_check",
    user: "aws_route53_health_check",
    at: "child_healthchecks",
    source: "Route 53 API, HealthCheckInUse",
  },
  {
    of: "aws_route53_zone",
    user: "aws_route53_hosted_zone_dnssec",
    at: "hosted_zone_id",
    source: "Route 53 API, DeleteHostedZone",
  },

  {
    of: "azurerm_resource_group",
    by: "name",
    user: "*",
    at: "resource_group_name",
    source: "hashicorp/azurerm 4.55.0, features.resource_group.prevent_deletion_if_contains_resources",
  },
  ...["azurerm_kubernetes_cluster_node_pool"].map((user) => ({
    of: "azurerm_subnet",
    user,
    at: "vnet_subnet_id",
    source: AZURE_SUBNET,
  })),
  { of: "azurerm_subnet", user: "azurerm_kubernetes_cluster", at: "default_node_pool.vnet_subnet_id", source: AZURE_SUBNET },
  { of: "azurerm_subnet", user: "azurerm_kubernetes_cluster", at: "api_server_access_profile.subnet_id", source: AZURE_SUBNET },
  { of: "azurerm_subnet", user: "azurerm_network_interface", at: "ip_configuration.subnet_id", source: AZURE_SUBNET },
  { of: "azurerm_subnet", user: "azurerm_private_endpoint", at: "subnet_id", source: AZURE_SUBNET },
  ...["azurerm_mysql_flexible_server", "azurerm_postgresql_flexible_server", "azurerm_cosmosdb_account"].map((of) => ({
    of,
    user: "azurerm_private_endpoint",
    at: "private_service_connection.private_connection_resource_id",
    source: "Azure Private Link docs: an endpoint loses its target; the rehearsal wants it gone before",
  })),
  { of: "azurerm_subnet", user: "azurerm_mysql_flexible_server", at: "delegated_subnet_id", source: AZURE_SUBNET },
  {
    of: "azurerm_network_interface",
    user: "azurerm_linux_virtual_machine",
    at: "network_interface_ids",
    source: "Azure Network REST API, NicInUse",
  },
  {
    of: "azurerm_managed_disk",
    user: "azurerm_virtual_machine_data_disk_attachment",
    at: "managed_disk_id",
    source: "Azure Compute REST API, OperationNotAllowed: disk is attached",
  },
  {
    of: "azurerm_storage_account",
    user: "azurerm_management_lock",
    at: "scope",
    source: "Azure Resource Manager REST API, ScopeLocked",
  },
  {
    of: "azurerm_storage_container",
    by: "storage_account_id",
    user: "azurerm_management_lock",
    at: "scope",
    source: "Azure Resource Manager REST API, ScopeLocked: a lock holds what is below it too",
  },
  {
    of: "azurerm_network_security_group",
    user: "azurerm_network_interface_security_group_association",
    at: "network_security_group_id",
    source: "Azure Network REST API, InUseNetworkSecurityGroupCannotBeDeleted",
  },
  {
    of: "azurerm_nat_gateway",
    user: "azurerm_subnet_nat_gateway_association",
    at: "nat_gateway_id",
    source: "Azure Network REST API, InUseNatGatewayCannotBeDeleted",
  },
  {
    of: "azurerm_public_ip",
    user: "azurerm_nat_gateway_public_ip_association",
    at: "public_ip_address_id",
    source: "Azure Network REST API, PublicIPAddressCannotBeDeleted",
  },
  {
    of: "azurerm_data_protection_backup_policy_disk",
    user: "azurerm_data_protection_backup_instance_disk",
    at: "backup_policy_id",
    source: "Azure Data Protection REST API: a policy with instances can't be deleted",
  },
  {
    of: "azurerm_data_protection_backup_vault",
    user: "azurerm_data_protection_backup_instance_disk",
    at: "vault_id",
    source: "Azure Data Protection REST API: a vault with instances can't be deleted",
  },
  {
    of: "azurerm_public_ip",
    user: "azurerm_kubernetes_cluster",
    at: "network_profile.load_balancer_profile.outbound_ip_address_ids",
    source: "Azure Network REST API, PublicIPAddressCannotBeDeleted",
  },
  {
    of: "azurerm_private_dns_zone",
    by: "name",
    user: "azurerm_private_dns_zone_virtual_network_link",
    at: "private_dns_zone_name",
    alike: ["resource_group_name"],
    source: "Azure Private DNS REST API, CannotDeleteResource",
  },

  ...["a", "aaaa", "caa", "cname", "ns", "txt"].map((kind) => ({
    of: "azurerm_dns_zone",
    by: "name",
    user: `azurerm_dns_${kind}_record`,
    at: "zone_name",
    source: "Azure DNS REST API, RecordSets: ParentResourceNotFound",
    cascades: true,
  })),
  {
    of: "azurerm_virtual_network",
    by: "name",
    user: "azurerm_subnet",
    at: "virtual_network_name",
    source: "Azure Network REST API, ParentResourceNotFound",
    cascades: true,
  },
  {
    of: "azurerm_mysql_flexible_server",
    by: "name",
    user: "azurerm_mysql_flexible_database",
    at: "server_name",
    source: "Azure Database for MySQL REST API, ParentResourceNotFound",
    cascades: true,
  },
  {
    of: "azurerm_cosmosdb_account",
    by: "name",
    user: "azurerm_cosmosdb_mongo_database",
    at: "account_name",
    source: "Cosmos DB REST API, ParentResourceNotFound",
    cascades: true,
  },
  {
    of: "aws_eks_cluster",
    by: "name",
    user: "aws_eks_addon",
    at: "cluster_name",
    source: "EKS API, ResourceNotFoundException",
    cascades: true,
  },

  ...["id", "self_link", "name"].flatMap((by) => [
    ...["google_compute_subnetwork", "google_compute_router", "google_compute_firewall", "google_container_cluster"].map(
      (user) => ({
        of: "google_compute_network",
        by,
        user,
        at: "network",
        source: COMPUTE,
      }),
    ),
    { of: "google_compute_subnetwork", by, user: "google_container_cluster", at: "subnetwork", source: COMPUTE },
    { of: "google_compute_disk", by, user: "google_compute_attached_disk", at: "disk", source: COMPUTE },
  ]),
];

/** A resource that is asked about, and the account of the provider that asks. */
export interface Question {
  readonly cloud: Cloud;
  readonly type: string;
  readonly attributes: ValueObject;
  readonly account: string;
}

/** The first thing that still uses a resource, as the service's refusal to delete it. */
export function stillUsed(question: Question): string | undefined {
  const found = firstUser(question, ({ cascades }) => !cascades);
  return found
    ? `${question.type} ${found.name} is still used by ${found.user.type} ${called(found.user)} of stack ${found.user.stack}; destroy that first. (Source: ${found.use.source}.)`
    : undefined;
}

/**
 * Something that used a resource before it was made: it can do so only by a name that it knew, and the cloud would have
 * refused it then. The rehearsal can tell it from what exists outside the fleet only now.
 */
export function usedTooEarly(question: Question): string | undefined {
  const found = firstUser(question, ({ by }) => by !== undefined && by !== "id");
  return found
    ? `${question.type} ${found.name} is made only now, but ${found.user.type} ${called(found.user)} of stack ${found.user.stack} used it already: the cloud would have refused that. Let that stack depend on this one. (Source: ${found.use.source}.)`
    : undefined;
}

interface Used {
  readonly use: Use;
  readonly user: CloudResource;
  readonly name: string;
}

function firstUser({ cloud, type, attributes, account }: Question, counts: (use: Use) => boolean): Used | undefined {
  for (const use of uses.filter(({ of }) => of === type).filter(counts)) {
    const name = attributes[use.by ?? "id"];
    if (typeof name !== "string" || name === "") continue;
    const provider = `${type.split("_")[0]}_`;
    const user = cloud.all(use.user === "*" ? undefined : use.user).find(
      (other) =>
        (use.user !== "*" || (other.type.startsWith(provider) && other.type !== type)) &&
        // An id is unique in the world, a name only in its account.
        ((use.by ?? "id") === "id" || other.account === account) &&
        (use.alike ?? []).every((attribute) => other.attributes[attribute] === attributes[attribute]) &&
        names(other, use.at, name),
    );
    if (user) return { use, user, name };
  }
  return undefined;
}

/** What people call a resource. */
export function called({ attributes }: CloudResource): string {
  for (const name of ["name", "cluster_name", "id"]) if (typeof attributes[name] === "string") return attributes[name];
  return "without a name";
}

function names({ attributes }: CloudResource, path: string, name: string): boolean {
  let values: Value[] = [attributes];
  for (const step of path.split("."))
    values = values
      .flatMap((value) => (isList(value) ? value : [value]))
      .flatMap((value) => (isObject(value) ? [value[step] ?? null] : []));
  return values.some((value) => value === name || (isList(value) && value.includes(name)));
}
