import type { EksClusterProps } from "../../constructs/clusters/eks";
import { type Block, resources, synthStacks, theResource } from "../support/synth";
import { buildEks, resourceLike, synthEks, unusual, usual, ZONES } from "./eks-fixtures";

const stack = synthEks(usual);
const balancer = theResource(stack, "aws_lb");
const ownGroup = `\${${resourceLike(stack, "aws_security_group", "security-group").address}.id}`;
const clusterGroup = expect.stringMatching(/^\$\{aws_eks_cluster\.[^.]+\.vpc_config\[0\]\.cluster_security_group_id\}$/);

function faceOf(props: EksClusterProps) {
  let face: ReturnType<typeof buildEks>["face"] | undefined;
  synthStacks((app) => {
    face = buildEks(app, props).face;
  });
  return face!;
}

describe("the ingress load balancer", () => {
  test("may reach the nodes: without the egress rule every target would be unhealthy", () => {
    expect(theResource(stack, "aws_vpc_security_group_egress_rule")).toMatchObject({
      security_group_id: ownGroup,
      ip_protocol: "tcp",
      from_port: 30080,
      to_port: 30081,
      referenced_security_group_id: clusterGroup,
    });
  });

  test("is let in by the nodes, on the node ports only", () => {
    expect(resourceLike(stack, "aws_vpc_security_group_ingress_rule", "nodes-from-balancer").block).toMatchObject({
      security_group_id: clusterGroup,
      ip_protocol: "tcp",
      from_port: 30080,
      to_port: 30081,
      referenced_security_group_id: ownGroup,
    });
  });

  test("has its security group from the start, since it can't be given one later", () => {
    expect(balancer.security_groups).toEqual([ownGroup]);
  });

  test("has one fixed address in each zone, and the face says which", () => {
    const addresses = ZONES.map((zone) => resourceLike(stack, "aws_eip", `ingress_address-${zone}`).address);
    expect((balancer.subnet_mapping as Block[]).map((mapping) => mapping.allocation_id)).toEqual(
      addresses.map((address) => `\${${address}.id}`),
    );
    expect(stack.output?.ingress_ips?.value).toEqual(addresses.map((address) => `\${${address}.public_ip}`));
    expect(stack.output?.ingress_alias_name?.value).toMatch(/^\$\{aws_lb\..*\.dns_name\}$/);
    expect(stack.output?.ingress_alias_zone_id?.value).toMatch(/^\$\{aws_lb\..*\.zone_id\}$/);
  });

  test("sends PROXY protocol to groups that can be replaced in use: the port is in the name", () => {
    for (const [id, nodePort, port] of [
      ["http", 30080, 80],
      ["https", 30081, 443],
    ] as const) {
      const targets = resourceLike(stack, "aws_lb_target_group", `${id}-targets`);
      expect(targets.block).toMatchObject({
        name: `${id}-${nodePort}-arctiq-saopaulo`,
        port: nodePort,
        protocol: "TCP",
        target_type: "instance",
        proxy_protocol_v2: true,
        preserve_client_ip: "false",
        lifecycle: { create_before_destroy: true },
      });
      expect(resourceLike(stack, "aws_lb_listener", `${id}-listener`).block).toMatchObject({
        port,
        protocol: "TCP",
        default_action: [{ type: "forward", target_group_arn: `\${${targets.address}.arn}` }],
      });
    }
  });

  test("has every pool behind both ports: a group without targets would be unhealthy for DNS", () => {
    const two = synthEks({ ...usual, pools: { main: {}, batch: { spot: true, min: 0 } } });
    expect(Object.keys(resources(two, "aws_autoscaling_attachment")).map((id) => id.replace(/_[0-9A-F]{8}$/, ""))).toEqual([
      "cluster_ingress_http-batch",
      "cluster_ingress_http-main",
      "cluster_ingress_https-batch",
      "cluster_ingress_https-main",
    ]);
  });

  test("fits the limit of names whatever the cluster's, and never starts with internal-", () => {
    const long = synthEks({ ...usual, name: "internal-a-cluster-with-a-long-name-7" });
    const names = [
      theResource(long, "aws_lb").name,
      ...Object.values(resources(long, "aws_lb_target_group")).map((group) => group.name),
    ];
    expect(new Set(names).size).toBe(3);
    for (const name of names) expect(name).toMatch(/^(?!internal-)[a-z0-9][a-z0-9-]{0,30}[a-z0-9]$/);
  });
});

describe("the face of an EKS cluster", () => {
  test("tells priming node ports and whose PROXY headers to believe, all known at synth", () => {
    expect(faceOf(unusual).ingress.service).toEqual({
      type: "NodePort",
      httpNodePort: 30080,
      httpsNodePort: 30081,
      proxyProtocolFrom: ["10.64.0.0/16"],
    });
  });

  test("fetches tokens as whoever the operator is, in JSON whatever their profile says", () => {
    expect(faceOf(usual)).toMatchObject({
      name: "saopaulo",
      auth: {
        command: "aws",
        args: ["eks", "get-token", "--cluster-name", "arctiq-saopaulo", "--region", "sa-east-1", "--output", "json"],
      },
    });
  });

  test("fetches tokens by the role that Terraform assumes where that is the runner, and by no other", () => {
    expect(faceOf(unusual).auth.args.slice(-2)).toEqual(["--role-arn", usual.runner]);
    const deployer = "arn:aws:iam::123456789012:role/deployer";
    expect(faceOf({ ...usual, assumeRoleArn: deployer }).auth.args).not.toContain("--role-arn");
  });

  test("has the cluster's endpoint, authority and issuer", () => {
    expect(stack.output?.endpoint?.value).toMatch(/^\$\{aws_eks_cluster\.[^.]+\.endpoint\}$/);
    expect(stack.output?.certificate_authority?.value).toMatch(
      /^\$\{aws_eks_cluster\.[^.]+\.certificate_authority\[0\]\.data\}$/,
    );
    expect(stack.output?.oidc_issuer?.value).toMatch(/^\$\{aws_eks_cluster\.[^.]+\.identity\[0\]\.oidc\[0\]\.issuer\}$/);
  });
});
