/** AWS: identity, keys, logs, load balancers, registries, file systems. Provider files are those of the 6.x line. */
import type { ValueObject } from "../protocol/values";
import { ARN, inner } from "./facts";
import type { Line } from "./line";

const IAM = "hashicorp/aws 6.x, internal/service/iam";
const ELB = "hashicorp/aws 6.x, internal/service/elbv2";

const role = (config: ValueObject): string | undefined => {
  const policy = inner(config, "assume_role_policy");
  if (typeof policy !== "string") return undefined;
  try {
    JSON.parse(policy);
    return undefined;
  } catch {
    return `'assume_role_policy' is no JSON: ${policy.slice(0, 60)}`;
  }
};

/** Facts about what stands around a cluster. */
export const awsServiceLines: readonly Line[] = [
  {
    type: "aws_iam_role",
    at: "name",
    matches: /^[\w+=,.@-]{1,64}$/,
    say: "1 to 64 letters, digits or +=,.@-_",
    source: `${IAM}/role.go`,
  },
  { type: "aws_iam_role", at: "name_prefix", length: [1, 38], source: `${IAM}/role.go` },
  { type: "aws_iam_role", atMostOne: ["name", "name_prefix"], source: `${IAM}/role.go` },
  { type: "aws_iam_role", check: role, at: "assume_role_policy", source: `${IAM}/role.go` },
  { type: "aws_iam_role", at: "max_session_duration", between: [3600, 43200], source: `${IAM}/role.go` },
  {
    type: "aws_iam_role_policy_attachment",
    at: "policy_arn",
    matches: ARN,
    say: "an ARN",
    source: `${IAM}/role_policy_attachment.go`,
  },
  {
    type: "aws_iam_openid_connect_provider",
    at: "url",
    matches: /^https:\/\//,
    say: "an https URL",
    source: `${IAM}/openid_connect_provider.go`,
  },
  {
    type: "aws_iam_openid_connect_provider",
    at: "client_id_list",
    length: [1, 100],
    source: "IAM API, CreateOpenIDConnectProvider",
  },
  {
    type: "aws_kms_key",
    at: "deletion_window_in_days",
    between: [7, 30],
    source: "hashicorp/aws 6.x, internal/service/kms/key.go",
  },
  {
    type: "aws_kms_key",
    at: "key_usage",
    oneOf: ["ENCRYPT_DECRYPT", "SIGN_VERIFY", "GENERATE_VERIFY_MAC", "KEY_AGREEMENT"],
    source: "KMS API, KeyUsageType",
  },
  {
    type: "aws_kms_alias",
    at: "name",
    matches: /^alias\/(?!aws\/)[0-9A-Za-z_/-]+$/,
    say: "alias/ and letters, digits, _, / or -, not alias/aws/",
    source: "hashicorp/aws 6.x, internal/service/kms/alias.go",
  },
  {
    type: "aws_cloudwatch_log_group",
    at: "retention_in_days",
    oneOf: [0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653],
    source: "hashicorp/aws 6.x, internal/service/logs/group.go",
  },

  {
    type: "aws_flow_log",
    exactlyOne: [
      "eni_id",
      "regional_nat_gateway_id",
      "subnet_id",
      "vpc_id",
      "transit_gateway_id",
      "transit_gateway_attachment_id",
    ],
    source: "hashicorp/aws 6.x, internal/service/ec2/vpc_flow_log.go",
  },
  {
    type: "aws_flow_log",
    at: "max_aggregation_interval",
    oneOf: [60, 600],
    source: "hashicorp/aws 6.x, internal/service/ec2/vpc_flow_log.go",
  },
  {
    type: "aws_flow_log",
    at: "traffic_type",
    oneOf: ["ACCEPT", "REJECT", "ALL"],
    source: "EC2 API, TrafficType",
  },

  { type: "aws_lb", at: "load_balancer_type", oneOf: ["application", "network", "gateway"], source: `${ELB}/load_balancer.go` },
  {
    type: "aws_lb",
    at: "ip_address_type",
    oneOf: ["ipv4", "dualstack", "dualstack-without-public-ipv4"],
    source: `${ELB}/load_balancer.go`,
  },
  {
    type: "aws_lb",
    at: "name",
    matches: /^(?!internal-)(?!-)[0-9A-Za-z-]{1,32}(?<!-)$/,
    say: "1 to 32 letters, digits or hyphens, no hyphen at either end, not internal-",
    source: `${ELB}/load_balancer.go`,
  },
  { type: "aws_lb", atMostOne: ["name", "name_prefix"], source: `${ELB}/load_balancer.go` },
  { type: "aws_lb", atMostOne: ["subnets", "subnet_mapping"], source: `${ELB}/load_balancer.go` },
  {
    type: "aws_lb_target_group",
    at: "name",
    matches: /^(?!-)[0-9A-Za-z-]{1,32}(?<!-)$/,
    say: "1 to 32 letters, digits or hyphens, no hyphen at either end",
    source: `${ELB}/target_group.go`,
  },
  {
    type: "aws_lb_target_group",
    at: "protocol",
    oneOf: ["HTTP", "HTTPS", "TCP", "TLS", "UDP", "TCP_UDP", "GENEVE", "QUIC", "TCP_QUIC"],
    source: "Elastic Load Balancing v2 API, ProtocolEnum",
  },
  {
    type: "aws_lb_target_group",
    at: "target_type",
    oneOf: ["instance", "ip", "lambda", "alb"],
    source: `${ELB}/target_group.go`,
  },
  { type: "aws_lb_target_group", at: "health_check.protocol", oneOf: ["HTTP", "HTTPS", "TCP"], source: `${ELB}/target_group.go` },
  { type: "aws_lb_target_group", at: "health_check.interval", between: [5, 300], source: `${ELB}/target_group.go` },
  { type: "aws_lb_target_group", at: "health_check.healthy_threshold", between: [2, 10], source: `${ELB}/target_group.go` },
  { type: "aws_lb_target_group", at: "health_check.unhealthy_threshold", between: [2, 10], source: `${ELB}/target_group.go` },
  { type: "aws_lb_target_group", at: "port", between: [1, 65535], source: `${ELB}/target_group.go` },
  { type: "aws_lb_listener", at: "port", between: [1, 65535], source: `${ELB}/listener.go` },
  {
    type: "aws_lb_listener",
    at: "protocol",
    oneOf: ["HTTP", "HTTPS", "TCP", "TLS", "UDP", "TCP_UDP", "GENEVE", "QUIC", "TCP_QUIC"],
    source: "Elastic Load Balancing v2 API, ProtocolEnum",
  },
  {
    type: "aws_lb_listener",
    at: "default_action.type",
    oneOf: ["forward", "authenticate-oidc", "authenticate-cognito", "redirect", "fixed-response", "jwt-validation"],
    source: "Elastic Load Balancing v2 API, ActionTypeEnum",
  },
  {
    type: "aws_autoscaling_attachment",
    exactlyOne: ["elb", "lb_target_group_arn"],
    source: "hashicorp/aws 6.x, internal/service/autoscaling/attachment.go",
  },
  {
    type: "aws_ecr_repository",
    at: "image_tag_mutability",
    oneOf: ["MUTABLE", "IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION", "MUTABLE_WITH_EXCLUSION"],
    source: "ECR API, ImageTagMutability",
  },
  {
    type: "aws_ecr_repository",
    at: "name",
    matches: /^(?=.{2,256}$)[a-z0-9]+([._/-]+[a-z0-9]+)*$/,
    say: "2 to 256 lower-case letters, digits and single separators",
    source: "ECR API, CreateRepository",
  },
  { type: "aws_efs_file_system", at: "performance_mode", oneOf: ["generalPurpose", "maxIO"], source: "EFS API, PerformanceMode" },
  {
    type: "aws_efs_file_system",
    at: "throughput_mode",
    oneOf: ["bursting", "provisioned", "elastic"],
    source: "EFS API, ThroughputMode",
  },
];
