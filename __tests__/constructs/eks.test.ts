import { type Block, resources, theResource } from "../support/synth";
import { REGION, resourceLike, synthEks, unusual, usual, ZONES } from "./eks-fixtures";

const stack = synthEks(usual);
const other = synthEks(unusual);
const controlPlane = theResource(stack, "aws_eks_cluster");

describe("the stack of an EKS cluster", () => {
  test("is this for a usual cluster", () => {
    expect(stack).toMatchSnapshot();
  });

  test("is this for a private cluster in an existing network with a spot pool of arm machines", () => {
    expect(other).toMatchSnapshot();
  });
});

describe("the control plane", () => {
  test("comes after its log group and its role's policies, and goes before them", () => {
    expect(controlPlane.depends_on).toEqual(
      expect.arrayContaining([
        resourceLike(stack, "aws_cloudwatch_log_group", "logs").address,
        resourceLike(stack, "aws_iam_role_policy_attachment", "cluster-AmazonEKSClusterPolicy").address,
        resourceLike(stack, "aws_iam_role_policy", "cluster-secrets-key").address,
      ]),
    );
  });

  test("writes to the log group of that name, which is encrypted by the cluster's own key", () => {
    const group = theResource(stack, "aws_cloudwatch_log_group");
    expect(group).toMatchObject({ name: "/aws/eks/arctiq-saopaulo/cluster", retention_in_days: 90 });
    const key = resourceLike(stack, "aws_kms_key", "key");
    expect(group.kms_key_id).toBe(`\${${key.address}.arn}`);
    const logs = JSON.parse(key.block.policy as string).Statement[1];
    expect(logs.Principal.Service).toBe("logs.sa-east-1.amazonaws.com");
    expect(logs.Condition.ArnEquals["kms:EncryptionContext:aws:logs:arn"]).toBe(
      "arn:aws:logs:sa-east-1:123456789012:log-group:/aws/eks/arctiq-saopaulo/cluster",
    );
  });

  test("with the user's own key leaves the logs to CloudWatch's encryption and makes no key", () => {
    expect(other.resource?.aws_kms_key).toBeUndefined();
    expect(theResource(other, "aws_cloudwatch_log_group").kms_key_id).toBeUndefined();
    expect(theResource(other, "aws_eks_cluster").encryption_config).toMatchObject({
      provider: { key_arn: unusual.secretsKeyArn },
    });
  });

  test("without log types has no log group", () => {
    const quiet = synthEks({ ...usual, logTypes: [] });
    expect(quiet.resource?.aws_cloudwatch_log_group).toBeUndefined();
  });

  test("makes nobody an administrator but by an access entry", () => {
    expect(controlPlane.access_config).toEqual({
      authentication_mode: "API",
      bootstrap_cluster_creator_admin_permissions: false,
    });
    expect(controlPlane.bootstrap_self_managed_addons).toBe(false);
  });

  test("takes the public API's ranges and keeps the private address that the nodes use", () => {
    expect(controlPlane.vpc_config).toMatchObject({
      endpoint_public_access: true,
      endpoint_private_access: true,
      public_access_cidrs: ["203.0.113.0/24", "198.51.100.7/32"],
    });
  });

  test("of a private API has no public address, and its group admits the VPC and the ranges given", () => {
    const config = theResource(other, "aws_eks_cluster").vpc_config as Block;
    expect(config).toMatchObject({ endpoint_public_access: false, endpoint_private_access: true });
    expect(config.public_access_cidrs).toBeUndefined();
    const admitted = Object.values(resources(other, "aws_vpc_security_group_ingress_rule")).filter(
      (rule) => rule.from_port === 443,
    );
    const group = expect.stringMatching(/^\$\{aws_eks_cluster\..*cluster_security_group_id\}$/);
    expect(admitted.filter((rule) => rule.cidr_ipv4 !== "0.0.0.0/0")).toEqual([
      expect.objectContaining({ cidr_ipv4: "10.64.0.0/16", to_port: 443, security_group_id: group }),
      expect.objectContaining({ cidr_ipv4: "10.99.0.0/16", to_port: 443, security_group_id: group }),
    ]);
  });

  test.each([3, 4])("is in the first two zones, as it was, when the network gets zone number %i", (count) => {
    const inZones = (letters: readonly string[]) =>
      synthEks({
        ...usual,
        region: "us-west-2",
        network: { cidr: "10.20.0.0/16", zones: letters.map((zone) => `us-west-2${zone}`) },
      });
    const all = ["a", "b", "c", "d"].slice(0, count);
    const [before, after] = [inZones(["a", "b"]), inZones(all)];
    expect(theResource(after, "aws_eks_cluster")).toEqual(theResource(before, "aws_eks_cluster"));
    expect((theResource(after, "aws_eks_cluster").vpc_config as Block).subnet_ids).toEqual(
      ["a", "b"].map((zone) => `\${${resourceLike(after, "aws_subnet", `private-us-west-2${zone}`).address}.id}`),
    );
    expect(resourceLike(after, "aws_eks_node_group", "nodes").block.subnet_ids).toHaveLength(count);
  });

  test("is in the first two subnets of an existing network, as it was, when an id is appended", () => {
    const inSubnets = (...privateSubnetIds: readonly string[]) =>
      synthEks({ ...unusual, network: { ...unusual.network, existing: { ...unusual.network.existing, privateSubnetIds } } });
    const [before, after] = [inSubnets("subnet-0a2", "subnet-0a1"), inSubnets("subnet-0a2", "subnet-0a1", "subnet-0a0")];
    expect(theResource(after, "aws_eks_cluster")).toEqual(theResource(before, "aws_eks_cluster"));
    expect((theResource(after, "aws_eks_cluster").vpc_config as Block).subnet_ids).toEqual(["subnet-0a2", "subnet-0a1"]);
  });
});

describe("flow logs", () => {
  const logged = synthEks({ ...usual, flowLogs: true, logRetentionDays: 365 });
  const group = resourceLike(logged, "aws_cloudwatch_log_group", "flow-logs_group");

  test("are none unless asked for, and refused of a network that somebody else owns", () => {
    expect(stack.resource?.aws_flow_log).toBeUndefined();
    expect(() => synthEks({ ...unusual, flowLogs: true })).toThrow(
      /flowLogs: a network that exists is logged by whoever owns it/,
    );
  });

  test("are of the whole VPC, kept as long as the control plane's", () => {
    expect(group.block).toMatchObject({ name: "/aws/vpc/arctiq-saopaulo/flow-logs", retention_in_days: 365 });
    expect(theResource(logged, "aws_flow_log")).toMatchObject({
      traffic_type: "ALL",
      vpc_id: `\${${resourceLike(logged, "aws_vpc", "vpc").address}.id}`,
      log_destination: `\${${group.address}.arn}`,
      depends_on: [resourceLike(logged, "aws_iam_role_policy", "flow-logs_policy").address],
    });
  });

  test("are written by a role that only the flow logs of this account and region may take, into this group alone", () => {
    const trust = JSON.parse(resourceLike(logged, "aws_iam_role", "flow-logs_role").block.assume_role_policy as string);
    expect(trust.Statement).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "vpc-flow-logs.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": "123456789012" },
          ArnLike: { "aws:SourceArn": "arn:aws:ec2:sa-east-1:123456789012:vpc-flow-log/*" },
        },
      },
    ]);
    const [rights] = JSON.parse(resourceLike(logged, "aws_iam_role_policy", "flow-logs_policy").block.policy as string).Statement;
    expect(rights.Resource).toEqual([`\${${group.address}.arn}`, `\${${group.address}.arn}:*`]);
    expect(rights.Action).not.toContain("logs:CreateLogGroup");
  });
});

test("log groups that outlive the cluster are not encrypted by its key, which doesn't", () => {
  const kept = synthEks({ ...usual, flowLogs: true, keepLogs: true });
  const groups = Object.values(resources(kept, "aws_cloudwatch_log_group"));
  expect(groups).toHaveLength(2);
  for (const group of groups) {
    expect(group).toMatchObject({ skip_destroy: true });
    expect(group.kms_key_id).toBeUndefined();
  }
});

describe("deletion protection", () => {
  const protectedTypes = ["aws_eks_cluster", "aws_kms_key", "aws_lb", "aws_vpc", "aws_subnet"];

  test("refuses at plan to destroy cluster, key, ingress and network, and sets the clouds' own flags", () => {
    for (const type of protectedTypes)
      for (const block of Object.values(resources(stack, type))) expect(block.lifecycle).toMatchObject({ prevent_destroy: true });
    for (const zone of ZONES)
      expect(resourceLike(stack, "aws_eip", `ingress_address-${zone}`).block.lifecycle).toEqual({ prevent_destroy: true });
    expect(controlPlane.deletion_protection).toBe(true);
    expect(theResource(stack, "aws_lb").enable_deletion_protection).toBe(true);
  });

  test("taken away changes nothing else, so that the first step of a destroy plans only flags", () => {
    const off = synthEks({ ...usual, deletionProtection: false });
    const text = JSON.stringify(off).replace(
      /"(prevent_destroy|deletion_protection|enable_deletion_protection)":false/g,
      '"$1":true',
    );
    expect(JSON.parse(text)).toEqual(stack);
    expect(JSON.stringify(off)).not.toMatch(/"(prevent_destroy|deletion_protection|enable_deletion_protection)":true/);
  });
});

describe("the network", () => {
  test("has DNS on, a public and a private subnet in each zone, and the tags that load balancers look for", () => {
    expect(theResource(stack, "aws_vpc")).toMatchObject({ enable_dns_support: true, enable_dns_hostnames: true });
    for (const zone of ZONES) {
      expect(resourceLike(stack, "aws_subnet", `private-${zone}`).block).toMatchObject({
        availability_zone: zone,
        map_public_ip_on_launch: false,
        tags: { "kubernetes.io/role/internal-elb": "1" },
      });
      expect(resourceLike(stack, "aws_subnet", `public-${zone}`).block).toMatchObject({
        availability_zone: zone,
        map_public_ip_on_launch: false,
        tags: { "kubernetes.io/role/elb": "1" },
      });
    }
  });

  test("keeps the NAT gateways until nodes have drained: they come after the public routes and all associations", () => {
    const publicRoutes = [
      resourceLike(stack, "aws_route", "public-default").address,
      ...ZONES.map((zone) => resourceLike(stack, "aws_route_table_association", `public-association-${zone}`).address),
    ];
    for (const nat of Object.values(resources(stack, "aws_nat_gateway"))) expect(nat.depends_on).toEqual(publicRoutes);
    expect(theResource(stack, "aws_lb").depends_on).toEqual(publicRoutes);
  });

  test("with a single NAT gateway only has its routes elsewhere, so that the choice can change under a living cluster", () => {
    const single = synthEks({ ...usual, network: { ...usual.network, nat: "single" } });
    const nat = resourceLike(single, "aws_nat_gateway", `nat-${ZONES[0]}`).address;
    for (const zone of ZONES)
      expect(resourceLike(single, "aws_route", `private-default-${zone}`).block.nat_gateway_id).toBe(`\${${nat}.id}`);
    expect(Object.keys(resources(single, "aws_route_table"))).toEqual(Object.keys(resources(stack, "aws_route_table")));
    expect(resources(single, "aws_route_table_association")).toEqual(resources(stack, "aws_route_table_association"));
  });

  test("sends images' layers to S3 past the NAT gateways", () => {
    expect(theResource(stack, "aws_vpc_endpoint")).toMatchObject({
      service_name: `com.amazonaws.${REGION}.s3`,
      vpc_endpoint_type: "Gateway",
    });
    expect(theResource(stack, "aws_vpc_endpoint").route_table_ids).toHaveLength(3);
  });

  test("that exists is used by its ids and gets nothing", () => {
    for (const type of ["aws_vpc", "aws_subnet", "aws_nat_gateway", "aws_route", "aws_default_security_group"])
      expect(other.resource?.[type]).toBeUndefined();
    expect((theResource(other, "aws_eks_cluster").vpc_config as Block).subnet_ids).toEqual(["subnet-0a1", "subnet-0a2"]);
    expect((theResource(other, "aws_lb").subnet_mapping as Block[]).map((mapping) => mapping.subnet_id)).toEqual([
      "subnet-0b1",
      "subnet-0b2",
    ]);
  });
});
