import type { Use } from "./use";

const EC2 = "EC2 API, DependencyViolation";
const ELB = "Elastic Load Balancing v2 API, ResourceInUse";

/** Every use that the services of AWS document. */
export const awsUses: readonly Use[] = [
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
    of: "aws_eks_cluster",
    by: "name",
    user: "aws_eks_addon",
    at: "cluster_name",
    source: "EKS API, ResourceNotFoundException",
    cascades: true,
  },
];
