/** AWS: network, launch templates, disks. Provider files are those of the 6.x line. */
import type { ValueObject } from "../protocol/values";
import { hasHostBits, IPV4_NETWORK, inner, maskOf } from "./facts";
import type { Line } from "./line";

const EC2 = "hashicorp/aws 6.x, internal/service/ec2";

/** A sentence where a network is too large, too small or not a network address. */
const network =
  (argument: string, from: number, to: number) =>
  (config: ValueObject): string | undefined => {
    const value = inner(config, argument);
    if (typeof value !== "string") return undefined;
    if (!IPV4_NETWORK.test(value)) return `'${argument}' is "${value}"; it must be an IPv4 network such as 10.0.0.0/16.`;
    if (hasHostBits(value))
      return `'${argument}' is "${value}", which has bits set behind its mask; write the network's own address.`;
    const mask = maskOf(value);
    return mask < from || mask > to ? `'${argument}' is "${value}"; its mask must be /${from} to /${to}.` : undefined;
  };

/** Facts about EC2 and VPC. */
export const awsLines: readonly Line[] = [
  { type: "aws_vpc", check: network("cidr_block", 16, 28), at: "cidr_block", source: `${EC2}/vpc_.go` },
  { type: "aws_vpc", at: "instance_tenancy", oneOf: ["default", "dedicated"], source: `${EC2}/vpc_.go` },
  {
    type: "aws_subnet",
    check: network("cidr_block", 16, 28),
    at: "cidr_block",
    source: `${EC2}/vpc_subnet.go; mask: Amazon VPC User Guide, "Subnet sizing"`,
  },
  { type: "aws_subnet", atMostOne: ["availability_zone", "availability_zone_id"], source: `${EC2}/vpc_subnet.go` },
  { type: "aws_eip", at: "domain", oneOf: ["vpc", "standard"], source: `${EC2}/ec2_eip.go` },
  { type: "aws_nat_gateway", at: "connectivity_type", oneOf: ["public", "private"], source: `${EC2}/vpc_nat_gateway.go` },
  {
    type: "aws_route",
    exactlyOne: [
      "carrier_gateway_id",
      "core_network_arn",
      "egress_only_gateway_id",
      "gateway_id",
      "local_gateway_id",
      "nat_gateway_id",
      "network_interface_id",
      "transit_gateway_id",
      "vpc_endpoint_id",
      "vpc_peering_connection_id",
    ],
    source: `${EC2}/vpc_route.go`,
  },
  {
    type: "aws_route_table_association",
    exactlyOne: ["subnet_id", "gateway_id"],
    source: `${EC2}/vpc_route_table_association.go`,
  },
  {
    type: "aws_vpc_endpoint",
    at: "vpc_endpoint_type",
    oneOf: ["Interface", "Gateway", "GatewayLoadBalancer", "Resource", "ServiceNetwork"],
    source: "EC2 API, VpcEndpointType",
  },
  { type: "aws_security_group", atMostOne: ["name", "name_prefix"], source: `${EC2}/vpc_security_group.go` },
  {
    type: "aws_security_group",
    at: "name",
    matches: /^(?!sg-).{1,255}$/,
    say: "1 to 255 characters that don't begin with sg-",
    source: `${EC2}/vpc_security_group.go`,
  },
  ...(["aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"] as const).flatMap((type): Line[] => [
    {
      type,
      exactlyOne: ["cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id"],
      source: `${EC2}/vpc_security_group_ingress_rule.go`,
    },
    { type, check: network("cidr_ipv4", 0, 32), at: "cidr_ipv4", source: `${EC2}/vpc_security_group_ingress_rule.go` },
    {
      type,
      at: "cidr_ipv6",
      matches: /^[0-9a-f:.]*:[0-9a-f:.]*\/\d{1,3}$/i,
      say: "an IPv6 network such as 2001:db8::/56",
      source: `${EC2}/vpc_security_group_ingress_rule.go`,
    },
    { type, at: "from_port", between: [-1, 65535], source: `${EC2}/vpc_security_group_ingress_rule.go` },
    { type, at: "to_port", between: [-1, 65535], source: `${EC2}/vpc_security_group_ingress_rule.go` },
  ]),
  { type: "aws_launch_template", atMostOne: ["name", "name_prefix"], source: `${EC2}/ec2_launch_template.go` },
  { type: "aws_launch_template", recomputes: ["latest_version"], source: `${EC2}/ec2_launch_template.go, CustomizeDiff` },
  {
    type: "aws_launch_template",
    at: "metadata_options.http_tokens",
    oneOf: ["optional", "required"],
    source: "EC2 API, LaunchTemplateHttpTokensState",
  },
  {
    type: "aws_launch_template",
    at: "metadata_options.http_put_response_hop_limit",
    between: [1, 64],
    source: `${EC2}/ec2_launch_template.go`,
  },
  {
    type: "aws_launch_template",
    at: "block_device_mappings.ebs.volume_type",
    oneOf: ["standard", "io1", "io2", "gp2", "gp3", "sc1", "st1"],
    source: "EC2 API, VolumeType",
  },
  {
    type: "aws_ebs_volume",
    at: "type",
    oneOf: ["standard", "io1", "io2", "gp2", "gp3", "sc1", "st1"],
    source: "EC2 API, VolumeType",
  },
];
