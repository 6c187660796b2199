import { Route } from "@cdktf/provider-aws/lib/route";
import { VpcPeeringConnection } from "@cdktf/provider-aws/lib/vpc-peering-connection";
import { VpcPeeringConnectionAccepterA as VpcPeeringConnectionAccepter } from "@cdktf/provider-aws/lib/vpc-peering-connection-accepter";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";

export interface PeeringProps {
  /** Name of the peering. */
  readonly name: string;
  /** The cluster's side. */
  readonly cluster: {
    readonly vpcId: string;
    readonly cidr: string;
    readonly region: string;
    /** By zone. */
    readonly routeTables: ReadonlyMap<string, string>;
  };
  /** The database's side, read from its stack. */
  readonly server: {
    readonly vpcId: string;
    readonly cidr: string;
    readonly region: string;
    readonly routeTableId: string;
    readonly securityGroupId: string;
    readonly port: number;
  };
  /** Escaped. */
  readonly tags: Readonly<Record<string, string>>;
}

/** A cluster's way to a server in a VPC of its own: a peering, routes on both sides, and a rule. A rule alone doesn't reach. */
export class Peering extends Construct {
  constructor(scope: Construct, id: string, { name, cluster, server, tags }: PeeringProps) {
    super(scope, id);
    const near = cluster.region === server.region;
    const peering = new VpcPeeringConnection(this, "peering", {
      vpcId: cluster.vpcId,
      peerVpcId: server.vpcId,
      ...(near ? { autoAccept: true } : { peerRegion: server.region }),
      tags: { ...tags, Name: name },
    });
    const accepter = near
      ? undefined
      : new VpcPeeringConnectionAccepter(this, "accepter", {
          region: server.region,
          vpcPeeringConnectionId: peering.id,
          autoAccept: true,
          tags: { ...tags, Name: name },
        });
    // an unaccepted peering takes no routes
    const dependsOn = accepter ? [accepter] : undefined;
    for (const [zone, routeTableId] of cluster.routeTables)
      new Route(this, `there-${zone}`, {
        routeTableId,
        destinationCidrBlock: server.cidr,
        vpcPeeringConnectionId: peering.id,
        dependsOn,
      });
    new Route(this, "back", {
      region: server.region,
      routeTableId: server.routeTableId,
      destinationCidrBlock: cluster.cidr,
      vpcPeeringConnectionId: peering.id,
      dependsOn,
    });
    new VpcSecurityGroupIngressRule(this, "rule", {
      region: server.region,
      securityGroupId: server.securityGroupId,
      cidrIpv4: cluster.cidr,
      ipProtocol: "tcp",
      fromPort: server.port,
      toPort: server.port,
      description: name,
      tags: { ...tags },
    });
  }
}
