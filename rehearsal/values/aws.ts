/** What AWS decides when it makes something: ids, ARNs, endpoints. Forms as in the services' API references. */

import type { ValueObject } from "../protocol/values";
import { first, type Inventor, type Subject, text } from "./context";
import { base64Certificate } from "./generic";

/** AWS's own example account, for a provider that names none. */
const EXAMPLE_ACCOUNT = "123456789012";

/** Account of a provider: that of the role it assumes, else the one it is allowed to use. */
export function awsAccount(provider: ValueObject): string {
  const [, ofRole] = /^arn:[^:]*:iam::(\d{12}):/.exec(text(first(provider, "assume_role"), "role_arn")) ?? [];
  const [allowed] = Array.isArray(provider.allowed_account_ids) ? provider.allowed_account_ids : [];
  return ofRole ?? (typeof allowed === "string" ? allowed : EXAMPLE_ACCOUNT);
}

/** Region of a resource: its own argument (aws 6.x has one on every regional resource), else the provider's. */
export function awsRegion({ known, provider }: Subject): string {
  return text(known, "region", text(provider, "region", "us-east-1"));
}

function partition(region: string): string {
  return region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

export function arn(subject: Subject, service: string, resource: string, global = false): string {
  const region = awsRegion(subject);
  return `arn:${partition(region)}:${service}:${global ? "" : region}:${awsAccount(subject.provider)}:${resource}`;
}

/** An EC2-style resource: "vpc-0abc…" and an ARN with it. */
export function ec2(prefix: string, kind: string): Inventor {
  return (subject) => {
    const id = `${prefix}-0${subject.seed.hex(16)}`;
    return { id, arn: arn(subject, "ec2", `${kind}/${id}`), owner_id: awsAccount(subject.provider) };
  };
}

function zoneId(subject: Subject): string {
  const zone = text(subject.known, "availability_zone", `${awsRegion(subject)}a`);
  return `${zone.slice(0, -1).replace(/^(\w+)-(\w)\w*-(\d)$/, "$1$2$3")}-az${zone.charCodeAt(zone.length - 1) - 96}`;
}

/** Name that the user gave, or made from the prefix that he gave. */
function named(subject: Subject, argument = "name"): string {
  const { known, seed } = subject;
  return text(known, argument, `${text(known, `${argument}_prefix`, "rehearsal-")}${seed.digits(18)}`);
}

const iamNamed =
  (kind: string): Inventor =>
  (subject) => {
    const name = named(subject);
    return { id: name, name, arn: arn(subject, "iam", `${kind}/${name}`, true), unique_id: `AROA${subject.seed.letters(17)}` };
  };

/** Resource types of AWS. */
export const awsInventors: Readonly<Record<string, Inventor>> = {
  aws_vpc: (s) => ({
    ...ec2("vpc", "vpc")(s),
    main_route_table_id: `rtb-0${s.seed.hex(16, "rtb")}`,
    default_route_table_id: `rtb-0${s.seed.hex(16, "rtb")}`,
    default_security_group_id: `sg-0${s.seed.hex(16, "sg")}`,
    default_network_acl_id: `acl-0${s.seed.hex(16, "acl")}`,
    dhcp_options_id: `dopt-0${s.seed.hex(16, "dopt")}`,
  }),
  aws_subnet: (s) => ({ ...ec2("subnet", "subnet")(s), availability_zone: `${awsRegion(s)}a`, availability_zone_id: zoneId(s) }),
  aws_internet_gateway: ec2("igw", "internet-gateway"),
  aws_route_table: ec2("rtb", "route-table"),
  aws_route: (s) => ({ id: `r-${text(s.known, "route_table_id")}${s.seed.digits(9)}`, origin: "CreateRoute", state: "active" }),
  aws_route_table_association: (s) => ({ id: `rtbassoc-0${s.seed.hex(16)}` }),
  aws_security_group: (s) => ({ ...ec2("sg", "security-group")(s), name: named(s) }),
  aws_vpc_security_group_ingress_rule: securityGroupRule,
  aws_vpc_security_group_egress_rule: securityGroupRule,
  aws_vpc_endpoint: (s) => ({ ...ec2("vpce", "vpc-endpoint")(s), prefix_list_id: `pl-${s.seed.hex(8)}`, state: "available" }),
  aws_eip: (s) => {
    const id = `eipalloc-0${s.seed.hex(16)}`;
    const ip = s.seed.publicIp();
    const dns = `ec2-${ip.replaceAll(".", "-")}.${awsRegion(s)}.compute.amazonaws.com`;
    return { id, allocation_id: id, arn: arn(s, "ec2", `elastic-ip/${id}`), public_ip: ip, public_dns: dns, private_ip: "" };
  },
  aws_nat_gateway: (s) => ({ ...ec2("nat", "natgateway")(s), public_ip: s.seed.publicIp(), private_ip: s.seed.privateIp() }),
  aws_launch_template: (s) => ({ ...ec2("lt", "launch-template")(s), name: named(s), latest_version: 1, default_version: 1 }),
  aws_ebs_volume: ec2("vol", "volume"),
  aws_ebs_snapshot: ec2("snap", "snapshot"),
  aws_instance: (s) => ({ ...ec2("i", "instance")(s), public_ip: s.seed.publicIp(), private_ip: s.seed.privateIp() }),
  aws_iam_role: iamNamed("role"),
  aws_iam_policy: iamNamed("policy"),
  aws_iam_instance_profile: iamNamed("instance-profile"),
  aws_iam_openid_connect_provider: (s) => {
    const url = text(s.known, "url").replace(/^https:\/\//, "");
    const own = arn(s, "iam", `oidc-provider/${url}`, true);
    return { id: own, arn: own, thumbprint_list: [s.seed.hex(40)] };
  },
  aws_kms_key: (s) => ({ id: s.seed.uuid(), key_id: s.seed.uuid(), arn: arn(s, "kms", `key/${s.seed.uuid()}`) }),
  aws_kms_alias: (s) => ({ id: text(s.known, "name"), arn: arn(s, "kms", text(s.known, "name")) }),
  aws_cloudwatch_log_group: (s) => ({ id: named(s), name: named(s), arn: arn(s, "logs", `log-group:${named(s)}`) }),
  aws_flow_log: ec2("fl", "vpc-flow-log"),
  aws_eks_cluster: eksCluster,
  aws_eks_node_group: (s) => {
    const cluster = text(s.known, "cluster_name");
    const name = named(s, "node_group_name");
    return {
      id: `${cluster}:${name}`,
      node_group_name: name,
      arn: arn(s, "eks", `nodegroup/${cluster}/${name}/${s.seed.uuid()}`),
      status: "ACTIVE",
      resources: [{ autoscaling_groups: [{ name: `eks-${name}-${s.seed.uuid()}` }], remote_access_security_group_id: "" }],
    };
  },
  aws_eks_addon: (s) => {
    const [cluster, name] = [text(s.known, "cluster_name"), text(s.known, "addon_name")];
    return {
      id: `${cluster}:${name}`,
      arn: arn(s, "eks", `addon/${cluster}/${name}/${s.seed.uuid()}`),
      addon_version: "v1.0.0-eksbuild.1",
    };
  },
  aws_eks_access_entry: (s) => ({
    id: `${text(s.known, "cluster_name")}:${text(s.known, "principal_arn")}`,
    access_entry_arn: arn(s, "eks", `access-entry/${text(s.known, "cluster_name")}/role/${s.seed.uuid()}`),
    user_name: text(s.known, "principal_arn"),
  }),
  aws_eks_pod_identity_association: (s) => {
    const id = `a-${s.seed.hex(17)}`;
    const own = arn(s, "eks", `podidentityassociation/${text(s.known, "cluster_name")}/${id}`);
    return { id, association_id: id, association_arn: own, external_id: s.seed.uuid() };
  },
  aws_lb: (s) => {
    const name = named(s);
    const own = arn(s, "elasticloadbalancing", `loadbalancer/net/${name}/${s.seed.hex(16)}`);
    return {
      id: own,
      arn: own,
      name,
      arn_suffix: own.replace(/^.*:loadbalancer\//, ""),
      dns_name: `${name}-${s.seed.hex(16)}.elb.${awsRegion(s)}.amazonaws.com`,
      zone_id: `Z${s.seed.letters(13, awsRegion(s))}`,
    };
  },
  aws_lb_target_group: (s) => {
    const own = arn(s, "elasticloadbalancing", `targetgroup/${named(s)}/${s.seed.hex(16)}`);
    return { id: own, arn: own, name: named(s), arn_suffix: own.replace(/^.*:/, "") };
  },
  aws_lb_listener: (s) => {
    const own = `${text(s.known, "load_balancer_arn").replace(":loadbalancer/", ":listener/")}/${s.seed.hex(16)}`;
    return { id: own, arn: own };
  },
  aws_route53_zone: (s) => {
    const id = `Z${s.seed.letters(20)}`;
    const servers = ["com", "net", "org", "co.uk"].map((end, i) => `ns-${100 + i * 512}.awsdns-${10 + i}.${end}`);
    return { id, zone_id: id, arn: `arn:aws:route53:::hostedzone/${id}`, name_servers: servers, primary_name_server: servers[0] };
  },
  aws_route53_record: (s) => {
    const [name, type] = [text(s.known, "name"), text(s.known, "type")];
    const set = text(s.known, "set_identifier");
    return { id: [text(s.known, "zone_id"), name, type, ...(set ? [set] : [])].join("_"), fqdn: name.replace(/\.$/, "") };
  },
  aws_route53_health_check: (s) => ({ id: s.seed.uuid(), arn: `arn:aws:route53:::healthcheck/${s.seed.uuid()}` }),
  aws_route53_delegation_set: (s) => ({
    id: `N${s.seed.letters(20)}`,
    name_servers: ["com", "net", "org", "co.uk"].map((end, i) => `ns-${200 + i * 512}.awsdns-${20 + i}.${end}`),
  }),
  aws_route53_key_signing_key: (s) => ({
    id: `${text(s.known, "hosted_zone_id")},${text(s.known, "name")}`,
    key_tag: 12345,
    ds_record: `12345 13 2 ${s.seed.hex(64).toUpperCase()}`,
    digest_value: s.seed.hex(64).toUpperCase(),
    public_key: Buffer.from(s.seed.hex(64)).toString("base64"),
  }),
  aws_ecr_repository: (s) => ({
    id: text(s.known, "name"),
    arn: arn(s, "ecr", `repository/${text(s.known, "name")}`),
    registry_id: awsAccount(s.provider),
    repository_url: `${awsAccount(s.provider)}.dkr.ecr.${awsRegion(s)}.amazonaws.com/${text(s.known, "name")}`,
  }),
  aws_efs_file_system: (s) => {
    const id = `fs-0${s.seed.hex(16)}`;
    return { id, arn: arn(s, "elasticfilesystem", `file-system/${id}`), dns_name: `${id}.efs.${awsRegion(s)}.amazonaws.com` };
  },
  aws_s3_bucket: (s) => {
    const name = text(s.known, "bucket", `rehearsal-${s.seed.hex(12)}`);
    return { id: name, bucket: name, arn: `arn:aws:s3:::${name}`, bucket_domain_name: `${name}.s3.amazonaws.com` };
  },
};

function securityGroupRule(subject: Subject) {
  const id = `sgr-0${subject.seed.hex(16)}`;
  return { id, security_group_rule_id: id, arn: arn(subject, "ec2", `security-group-rule/${id}`) };
}

function eksCluster(subject: Subject): ReturnType<Inventor> {
  const { known, seed } = subject;
  const name = text(known, "name");
  const region = awsRegion(subject);
  const id = seed.hex(32).toUpperCase();
  return {
    id: name,
    arn: arn(subject, "eks", `cluster/${name}`),
    endpoint: `https://${id}.gr7.${region}.eks.amazonaws.com`,
    certificate_authority: [{ data: base64Certificate(id) }],
    identity: [{ oidc: [{ issuer: `https://oidc.eks.${region}.amazonaws.com/id/${id}` }] }],
    platform_version: "eks.1",
    status: "ACTIVE",
    version: "1.36",
    vpc_config: { cluster_security_group_id: `sg-0${seed.hex(16, "cluster")}`, vpc_id: `vpc-0${seed.hex(16, "vpc")}` },
    kubernetes_network_config: { service_ipv4_cidr: "10.100.0.0/16", service_ipv6_cidr: "" },
  };
}

/** Data sources of AWS. */
export const awsFixtures: Readonly<Record<string, Inventor>> = {
  aws_availability_zones: (s) => {
    const region = awsRegion(s);
    const names = ["a", "b", "c"].map((letter) => `${region}${letter}`);
    return {
      id: region,
      names,
      zone_ids: names.map((name) => zoneId({ ...s, known: { availability_zone: name } })),
      group_names: [region],
    };
  },
  aws_caller_identity: ({ provider }) => ({
    id: awsAccount(provider),
    account_id: awsAccount(provider),
    arn: `arn:aws:iam::${awsAccount(provider)}:user/rehearsal`,
    user_id: "AIDAREHEARSAL",
  }),
  aws_partition: (s) => ({
    id: partition(awsRegion(s)),
    partition: partition(awsRegion(s)),
    dns_suffix: awsRegion(s).startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com",
    reverse_dns_prefix: "com.amazonaws",
  }),
  aws_region: (s) => ({
    id: awsRegion(s),
    name: awsRegion(s),
    region: awsRegion(s),
    endpoint: `ec2.${awsRegion(s)}.amazonaws.com`,
  }),
  // each minor version has a default of its own
  aws_eks_addon_version: (s) => ({
    id: text(s.known, "addon_name"),
    version: `v${text(s.known, "kubernetes_version", "1.20")}.4-eksbuild.2`,
  }),
  aws_ebs_snapshot: (s) => ({
    ...ec2("snap", "snapshot")(s),
    snapshot_id: `snap-0${s.seed.hex(16)}`,
    state: "completed",
    volume_size: 100,
  }),
  aws_route53_zone: (s) => ({ ...awsInventors.aws_route53_zone?.(s), caller_reference: "rehearsal" }),
  aws_iam_policy_document: (s) => ({
    id: s.seed.digits(10),
    json: '{"Version":"2012-10-17","Statement":[]}',
    minified_json: '{"Version":"2012-10-17","Statement":[]}',
  }),
  aws_ami: (s) => ({ id: `ami-0${s.seed.hex(16)}`, image_id: `ami-0${s.seed.hex(16)}`, architecture: "x86_64" }),
  aws_ssm_parameter: (s) => ({ id: text(s.known, "name"), value: `ami-0${s.seed.hex(16)}`, type: "String" }),
};
