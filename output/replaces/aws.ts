/** AWS. Provider files are those of the 6.x line. */
import type { Replacement } from "./replacement";

const AWS = "hashicorp/aws 6.x, internal/service";

/** What replaces a resource of AWS, but for EKS. */
export const awsReplacements: readonly Replacement[] = [
  { type: "aws_vpc", replaces: ["cidr_block", "ipv4_ipam_pool_id", "ipv4_netmask_length"], source: `${AWS}/ec2/vpc_.go` },
  {
    type: "aws_subnet",
    replaces: ["vpc_id", "cidr_block", "availability_zone", "availability_zone_id"],
    source: `${AWS}/ec2/vpc_subnet.go`,
  },
  { type: "aws_eip", replaces: ["domain", "network_border_group", "public_ipv4_pool"], source: `${AWS}/ec2/ec2_eip.go` },
  {
    type: "aws_nat_gateway",
    replaces: ["allocation_id", "connectivity_type", "subnet_id"],
    source: `${AWS}/ec2/vpc_nat_gateway.go`,
  },
  { type: "aws_route_table", replaces: ["vpc_id"], source: `${AWS}/ec2/vpc_route_table.go` },
  {
    type: "aws_route",
    replaces: ["route_table_id", "destination_cidr_block", "destination_ipv6_cidr_block"],
    source: `${AWS}/ec2/vpc_route.go`,
  },
  {
    type: "aws_route_table_association",
    replaces: ["subnet_id", "gateway_id"],
    source: `${AWS}/ec2/vpc_route_table_association.go`,
  },
  { type: "aws_vpc_endpoint", replaces: ["vpc_id", "service_name", "vpc_endpoint_type"], source: `${AWS}/ec2/vpc_endpoint.go` },
  {
    type: "aws_security_group",
    replaces: ["vpc_id", "name", "name_prefix", "description"],
    source: `${AWS}/ec2/vpc_security_group.go`,
  },
  {
    type: "aws_vpc_security_group_ingress_rule",
    replaces: ["security_group_id"],
    source: `${AWS}/ec2/vpc_security_group_ingress_rule.go`,
  },
  {
    type: "aws_vpc_security_group_egress_rule",
    replaces: ["security_group_id"],
    source: `${AWS}/ec2/vpc_security_group_ingress_rule.go`,
  },
  { type: "aws_launch_template", replaces: ["name", "name_prefix"], source: `${AWS}/ec2/ec2_launch_template.go` },
  {
    type: "aws_ebs_volume",
    replaces: ["availability_zone", "encrypted", "kms_key_id", "snapshot_id", "outpost_arn"],
    source: `${AWS}/ec2/ebs_volume.go`,
  },
  {
    type: "aws_volume_attachment",
    replaces: ["device_name", "instance_id", "volume_id"],
    source: `${AWS}/ec2/ebs_volume_attachment.go`,
  },
  { type: "aws_iam_role", replaces: ["name", "name_prefix", "path"], source: `${AWS}/iam/role.go` },
  { type: "aws_iam_role_policy", replaces: ["name", "name_prefix", "role"], source: `${AWS}/iam/role_policy.go` },
  { type: "aws_iam_role_policy_attachment", replaces: ["policy_arn", "role"], source: `${AWS}/iam/role_policy_attachment.go` },
  { type: "aws_iam_policy", replaces: ["name", "name_prefix", "path", "description"], source: `${AWS}/iam/policy.go` },
  { type: "aws_iam_openid_connect_provider", replaces: ["url"], source: `${AWS}/iam/openid_connect_provider.go` },
  { type: "aws_kms_key", replaces: ["customer_master_key_spec", "key_usage", "multi_region"], source: `${AWS}/kms/key.go` },
  { type: "aws_kms_alias", replaces: ["name", "name_prefix"], source: `${AWS}/kms/alias.go` },
  {
    type: "aws_flow_log",
    replaces: [
      "deliver_cross_account_role",
      "destination_options",
      "eni_id",
      "iam_role_arn",
      "log_destination",
      "log_destination_type",
      "log_format",
      "max_aggregation_interval",
      "regional_nat_gateway_id",
      "subnet_id",
      "traffic_type",
      "transit_gateway_attachment_id",
      "transit_gateway_id",
      "vpc_id",
    ],
    source: `${AWS}/ec2/vpc_flow_log.go`,
  },
  { type: "aws_cloudwatch_log_group", replaces: ["name", "name_prefix", "log_group_class"], source: `${AWS}/logs/group.go` },
  {
    type: "aws_lb",
    replaces: ["name", "name_prefix", "internal", "load_balancer_type", "customer_owned_ipv4_pool"],
    source: `${AWS}/elbv2/load_balancer.go`,
  },
  {
    type: "aws_lb_target_group",
    replaces: ["name", "name_prefix", "port", "protocol", "protocol_version", "target_type", "vpc_id", "ip_address_type"],
    source: `${AWS}/elbv2/target_group.go`,
  },
  { type: "aws_lb_listener", replaces: ["load_balancer_arn"], source: `${AWS}/elbv2/listener.go` },
  {
    type: "aws_autoscaling_attachment",
    replaces: ["autoscaling_group_name", "elb", "lb_target_group_arn"],
    source: `${AWS}/autoscaling/attachment.go`,
  },
  {
    type: "aws_ecr_repository",
    replaces: ["name", "encryption_configuration.encryption_type", "encryption_configuration.kms_key"],
    source: `${AWS}/ecr/repository.go`,
  },
  {
    type: "aws_efs_file_system",
    replaces: ["creation_token", "encrypted", "kms_key_id", "performance_mode", "availability_zone_name"],
    source: `${AWS}/efs/file_system.go`,
  },
  { type: "aws_route53_record", replaces: ["zone_id", "name"], source: `${AWS}/route53/record.go` },
  { type: "aws_route53_zone", replaces: ["name", "delegation_set_id"], source: `${AWS}/route53/zone.go` },
  {
    type: "aws_route53_health_check",
    replaces: ["type", "request_interval", "measure_latency", "reference_name"],
    source: `${AWS}/route53/health_check.go`,
  },
  {
    type: "aws_route53_key_signing_key",
    replaces: ["hosted_zone_id", "key_management_service_arn", "name"],
    source: `${AWS}/route53/key_signing_key.go`,
  },
  { type: "aws_route53_hosted_zone_dnssec", replaces: ["hosted_zone_id"], source: `${AWS}/route53/hosted_zone_dnssec.go` },
  { type: "aws_default_security_group", replaces: ["vpc_id"], source: `${AWS}/ec2/vpc_default_security_group.go` },
  { type: "aws_efs_mount_target", replaces: ["file_system_id", "subnet_id", "ip_address"], source: `${AWS}/efs/mount_target.go` },
  { type: "aws_internet_gateway", replaces: [], source: `${AWS}/ec2/vpc_internet_gateway.go` },
];
