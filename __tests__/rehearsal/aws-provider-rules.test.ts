import { changed, type Plain, refusalsOf, steps } from "./refused";

const ROLE = "arn:aws:iam::111122223333:role/one";
const KEY = "arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-4000-8000-000000000001";
const POLICY = '{"Version":"2012-10-17","Statement":[]}';

/** Configurations that the real provider takes. */
const BASES: Readonly<Record<string, Plain>> = {
  aws_db_instance: {
    identifier: "shop",
    engine: "postgres",
    engine_version: "17",
    instance_class: "db.m7g.large",
    allocated_storage: 32,
    max_allocated_storage: 320,
    storage_type: "gp3",
    username: "root0",
    password: "hunter2hunter2",
    backup_retention_period: 14,
    backup_window: "03:00-04:00",
    maintenance_window: "sun:04:00-sun:05:00",
    monitoring_interval: 0,
    kms_key_id: KEY,
    final_snapshot_identifier: "shop-last",
  },
  aws_db_subnet_group: { name: "shop", subnet_ids: ["subnet-1", "subnet-2"] },
  aws_ecr_repository: {
    name: "shop",
    image_tag_mutability: "IMMUTABLE",
    encryption_configuration: [{ encryption_type: "AES256" }],
  },
  aws_ecr_lifecycle_policy: { repository: "shop", policy: '{"rules":[]}' },
  aws_ecr_pull_through_cache_rule: { ecr_repository_prefix: "quay", upstream_registry_url: "quay.io" },
  aws_ecr_replication_configuration: {
    replication_configuration: [{ rule: [{ destination: [{ region: "eu-central-1", registry_id: "111122223333" }] }] }],
  },
  aws_secretsmanager_secret: { name: "data-db-shop", recovery_window_in_days: 7 },
  aws_s3_bucket: { bucket: "data-backup-1a2b3c" },
  aws_iam_role: { name: "one", assume_role_policy: POLICY, permissions_boundary: "arn:aws:iam::111122223333:policy/most" },
  aws_iam_role_policy: { name: "one", role: "one", policy: POLICY },
  aws_iam_openid_connect_provider: { url: "https://oidc.example.com", client_id_list: ["sts.amazonaws.com"] },
  aws_kms_key: { deletion_window_in_days: 30, policy: POLICY },
  aws_cloudwatch_log_group: { name: "/aws/eks/one/cluster", retention_in_days: 90 },
  aws_launch_template: { name: "one", block_device_mappings: [{ ebs: [{ volume_type: "gp3", iops: 3000 }] }] },
  aws_lb_target_group: {
    name: "one",
    port: 30080,
    protocol: "TCP",
    vpc_id: "vpc-1",
    health_check: [{ protocol: "HTTP", path: "/healthz", port: "30080", healthy_threshold: 2 }],
  },
  aws_subnet: { vpc_id: "vpc-1", cidr_block: "10.0.0.0/24" },
  aws_vpc_security_group_ingress_rule: {
    security_group_id: "sg-1",
    ip_protocol: "tcp",
    from_port: 1,
    to_port: 2,
    cidr_ipv4: "10.0.0.0/8",
  },
  aws_vpc_peering_connection: { vpc_id: "vpc-1", peer_vpc_id: "vpc-2" },
  aws_eks_pod_identity_association: { cluster_name: "one", namespace: "shop", service_account: "shop", role_arn: ROLE },
  aws_eks_node_group: {
    cluster_name: "one",
    node_role_arn: ROLE,
    subnet_ids: ["subnet-1"],
    scaling_config: [{ min_size: 1, max_size: 3, desired_size: 1 }],
  },
  aws_efs_file_system: { creation_token: "one" },
};

test.each(Object.keys(BASES))("%s as the real provider takes it is not refused", (type) => {
  expect(refusalsOf(type, BASES[type]!)).toEqual([]);
});

/** What `terraform validate` refuses with the real provider, 5.100.0: type, path, value. */
const REFUSED: readonly (readonly [string, string, unknown])[] = [
  ...Object.keys(BASES)
    .filter((type) => !/ingress_rule|pod_identity/.test(type))
    .map((type) => [type, "id", "mine"] as const),
  ["aws_db_instance", "identifier", "Shop"],
  ["aws_db_instance", "identifier", "shop--one"],
  ["aws_db_instance", "identifier", "shop-"],
  ["aws_db_instance", "identifier_prefix", "shop"],
  ["aws_db_instance", "backup_retention_period", 36],
  ["aws_db_instance", "backup_window", "3-4"],
  ["aws_db_instance", "maintenance_window", "sunday:04:00-05:00"],
  ["aws_db_instance", "kms_key_id", "one"],
  ["aws_db_instance", "monitoring_interval", 7],
  ["aws_db_instance", "final_snapshot_identifier", "1-last"],
  ["aws_db_instance", "engine_lifecycle_support", "forever"],
  ["aws_db_subnet_group", "name", "Shop!"],
  ["aws_ecr_repository", "image_tag_mutability", "NEVER"],
  ["aws_ecr_repository", "encryption_configuration.0.encryption_type", "ROT13"],
  ["aws_ecr_lifecycle_policy", "policy", "{rules"],
  ["aws_ecr_pull_through_cache_rule", "ecr_repository_prefix", "Quay"],
  ["aws_ecr_pull_through_cache_rule", "credential_arn", "one"],
  ["aws_ecr_replication_configuration", "replication_configuration.0.rule.0.destination.0.registry_id", "1234"],
  ["aws_ecr_replication_configuration", "replication_configuration.0.rule.0.destination.0.region", "Ireland"],
  ["aws_secretsmanager_secret", "recovery_window_in_days", 3],
  ["aws_secretsmanager_secret", "name", "shop db"],
  ["aws_secretsmanager_secret", "name_prefix", "shop"],
  ["aws_s3_bucket", "bucket_prefix", "data"],
  ["aws_iam_role", "permissions_boundary", "most"],
  ["aws_iam_role", "name", "x".repeat(65)],
  ["aws_iam_role", "max_session_duration", 60],
  ["aws_iam_role_policy", "name", "x".repeat(129)],
  ["aws_iam_role_policy", "name_prefix", "one"],
  ["aws_iam_role_policy", "policy", "[]"],
  ["aws_iam_openid_connect_provider", "url", "http://oidc.example.com"],
  ["aws_kms_key", "policy", "{no"],
  ["aws_kms_key", "deletion_window_in_days", 3],
  ["aws_cloudwatch_log_group", "name", "one group"],
  ["aws_cloudwatch_log_group", "name_prefix", "one"],
  ["aws_cloudwatch_log_group", "retention_in_days", 42],
  ["aws_launch_template", "block_device_mappings.0.ebs.0.volume_type", "gp4"],
  ["aws_lb_target_group", "health_check.0.path", "healthz"],
  ["aws_lb_target_group", "health_check.0.port", "http"],
  ["aws_lb_target_group", "health_check.0.healthy_threshold", 11],
  ["aws_lb_target_group", "protocol", "QUIET"],
  ["aws_subnet", "ipv6_cidr_block", "2001:db8::1"],
  ["aws_subnet", "private_dns_hostname_type_on_launch", "name"],
  ["aws_subnet", "cidr_block", "10.0.0.0"],
  ["aws_vpc_security_group_ingress_rule", "cidr_ipv4", "10.0.0.1/8"],
  ["aws_vpc_security_group_ingress_rule", "cidr_ipv6", "2001:db8::1"],
  ["aws_eks_pod_identity_association", "role_arn", "one"],
  ["aws_eks_node_group", "capacity_type", "CHEAP"],
  ["aws_eks_node_group", "scaling_config.0.max_size", 0],
  ["aws_efs_file_system", "creation_token", "x".repeat(65)],
  ["aws_efs_file_system", "throughput_mode", "fast"],
];

test.each(REFUSED)("%s: %s = %j is refused, as the real provider does", (type, path, value) => {
  const [refusal] = refusalsOf(type, changed(BASES[type], steps(path), value) as Plain);
  expect(refusal).toMatch(/\(Source: .+\.\)$/);
});
