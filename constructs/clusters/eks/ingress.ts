import { AutoscalingAttachment } from "@cdktf/provider-aws/lib/autoscaling-attachment";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { shorten } from "../../../model/derived/names";
import { type IngressAddress, NODE_PORTS } from "../face";
import type { EksNetwork } from "./network";
import type { NodePool } from "./node-pools";
import { type EksSettings, named } from "./settings";

export interface IngressInput {
  readonly network: EksNetwork;
  readonly clusterSecurityGroupId: string;
  readonly pools: readonly NodePool[];
}

/** Longest name of a load balancer or target group (Elastic Load Balancing API reference). */
const NAME_MAX = 32;

const PORTS = [
  { id: "http", port: 80, nodePort: NODE_PORTS.http },
  { id: "https", port: 443, nodePort: NODE_PORTS.https },
] as const;

/**
 * A network load balancer of Terraform's own with fixed addresses, in front of fixed ports of every node. It needs
 * nothing inside the cluster to exist, to be pointed to, or to be destroyed.
 */
export function eksIngress(parent: Construct, settings: EksSettings, input: IngressInput): IngressAddress {
  const scope = new Construct(parent, "ingress");
  const { name, provider } = settings;
  const lifecycle = { preventDestroy: settings.deletionProtection };
  const securityGroup = balancerSecurityGroup(scope, settings, input);

  const addresses = new Map(
    [...input.network.publicSubnets].map(([zone, subnetId]) => [
      subnetId,
      new Eip(scope, `address-${zone}`, { provider, domain: "vpc", tags: named(settings, `${name}-ingress-${zone}`), lifecycle }),
    ]),
  );
  const balancer = new Lb(scope, "balancer", {
    provider,
    // The part that tells it is first: names that start with `internal-` are refused.
    name: shorten(`ingress-${name}`, NAME_MAX),
    loadBalancerType: "network",
    internal: false,
    ipAddressType: "ipv4",
    // Can't be given later: a balancer made without one has none for ever.
    securityGroups: [securityGroup.id],
    subnetMapping: [...addresses].map(([subnetId, address]) => ({ subnetId, allocationId: address.id })),
    enableCrossZoneLoadBalancing: true,
    enableZonalShift: true,
    enableDeletionProtection: settings.deletionProtection,
    tags: named(settings, `${name}-ingress`),
    lifecycle,
    dependsOn: [...input.network.publicRoutes],
  });

  for (const { id, port, nodePort } of PORTS) {
    const targets = new LbTargetGroup(scope, `${id}-targets`, {
      provider,
      // A group in use can't be deleted and its port can't be changed: another port is another group, made first.
      name: shorten(`${id}-${nodePort}-${name}`, NAME_MAX),
      port: nodePort,
      protocol: "TCP",
      targetType: "instance",
      vpcId: input.network.vpcId,
      proxyProtocolV2: true,
      preserveClientIp: "false",
      deregistrationDelay: "60",
      connectionTermination: true,
      healthCheck: { protocol: "TCP", port: "traffic-port", interval: 10, healthyThreshold: 2, unhealthyThreshold: 2 },
      tags: named(settings, `${name}-${id}`),
      lifecycle: { createBeforeDestroy: true },
    });
    new LbListener(scope, `${id}-listener`, {
      provider,
      loadBalancerArn: balancer.arn,
      port,
      protocol: "TCP",
      defaultAction: [{ type: "forward", targetGroupArn: targets.arn }],
      tags: settings.tags,
    });
    for (const pool of input.pools)
      new AutoscalingAttachment(scope, `${id}-${pool.name}`, {
        provider,
        autoscalingGroupName: pool.autoscalingGroupName,
        lbTargetGroupArn: targets.arn,
        // Like the pool's: otherwise replacing a pool detaches the old one before the new one exists.
        lifecycle: { createBeforeDestroy: true },
      });
  }

  return {
    ips: [...addresses.values()].map((address) => address.publicIp),
    alias: { name: balancer.dnsName, zoneId: balancer.zoneId },
    service: {
      type: "NodePort",
      httpNodePort: NODE_PORTS.http,
      httpsNodePort: NODE_PORTS.https,
      proxyProtocolFrom: [settings.network.cidr],
    },
  };
}

/** In from everywhere to the two public ports, out to the node ports only, and the nodes let in nothing else of it. */
function balancerSecurityGroup(scope: Construct, settings: EksSettings, input: IngressInput): SecurityGroup {
  const { name, provider } = settings;
  const group = new SecurityGroup(scope, "security-group", {
    provider,
    name: `ingress-${name}`,
    description: `Ingress load balancer of ${name}`,
    vpcId: input.network.vpcId,
    tags: named(settings, `${name}-ingress`),
  });
  for (const { id, port } of PORTS)
    new VpcSecurityGroupIngressRule(scope, `${id}-in`, {
      provider,
      securityGroupId: group.id,
      description: `${id} from everywhere`,
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
      cidrIpv4: "0.0.0.0/0",
      tags: settings.tags,
    });
  const nodePorts = {
    provider,
    ipProtocol: "tcp",
    fromPort: Math.min(...Object.values(NODE_PORTS)),
    toPort: Math.max(...Object.values(NODE_PORTS)),
    tags: settings.tags,
  };
  // Terraform takes away the rule that lets everything out, and health checks need one too.
  new VpcSecurityGroupEgressRule(scope, "to-nodes", {
    ...nodePorts,
    securityGroupId: group.id,
    description: "Node ports of the ingress controller",
    referencedSecurityGroupId: input.clusterSecurityGroupId,
  });
  new VpcSecurityGroupIngressRule(scope, "nodes-from-balancer", {
    ...nodePorts,
    securityGroupId: input.clusterSecurityGroupId,
    description: "Ingress load balancer",
    referencedSecurityGroupId: group.id,
  });
  return group;
}
