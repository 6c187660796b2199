import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { type ITerraformDependable, Token } from "cdktf";
import { Construct } from "constructs";
import { awsLayout } from "../../../model/derived/addresses";
import { type EksSettings, named } from "./settings";

/** The part of a VPC that a cluster lives in. */
export interface EksNetwork {
  readonly vpcId: string;
  /** One in each zone, by zone; of an existing network by id. */
  readonly privateSubnets: ReadonlyMap<string, string>;
  readonly publicSubnets: ReadonlyMap<string, string>;
  /** Route tables of the private subnets, by zone; of an existing network none is touched. */
  readonly privateTables: ReadonlyMap<string, string>;
  /** What gives the private subnets their way out: nodes can't start before it and can't drain without it. */
  readonly privateRoutes: readonly ITerraformDependable[];
  /** What makes the public subnets public, the internet gateway included. */
  readonly publicRoutes: readonly ITerraformDependable[];
}

/** Makes the VPC, or describes the existing one by the same words. */
export function eksNetwork(scope: Construct, settings: EksSettings): EksNetwork {
  const { existing } = settings.network;
  if (!existing) return makeNetwork(new Construct(scope, "network"), settings);
  // A subnet of the same stack has no id yet: its place in the list stands for it.
  const byId = (ids: readonly string[]) => new Map(ids.map((id, index) => [Token.isUnresolved(id) ? `${index}` : id, id]));
  return {
    vpcId: existing.vpcId,
    privateSubnets: byId(existing.privateSubnetIds),
    publicSubnets: byId(existing.publicSubnetIds),
    privateTables: new Map(),
    privateRoutes: [],
    publicRoutes: [],
  };
}

function makeNetwork(scope: Construct, settings: EksSettings): EksNetwork {
  const { name, region, provider } = settings;
  const { cidr, zones, egressAddresses } = settings.network;
  const layout = awsLayout({ cidr, zones: [...zones] });
  // A new range would replace VPC and subnets under a living cluster: refused at plan like the cluster's own end.
  const lifecycle = { preventDestroy: settings.deletionProtection };

  const vpc = new Vpc(scope, "vpc", {
    provider,
    cidrBlock: cidr,
    enableDnsSupport: true,
    enableDnsHostnames: true,
    tags: named(settings, name),
    lifecycle,
  });
  // AWS makes this group with every VPC, open within itself; nothing here uses it, and nothing should.
  new DefaultSecurityGroup(scope, "default-security-group", { provider, vpcId: vpc.id, tags: named(settings, `${name}-unused`) });

  const subnet = (kind: "public" | "private", role: string, zone: string, cidrBlock: string) =>
    new Subnet(scope, `${kind}-${zone}`, {
      provider,
      vpcId: vpc.id,
      availabilityZone: zone,
      cidrBlock,
      mapPublicIpOnLaunch: false,
      tags: { ...named(settings, `${name}-${kind}-${zone}`), [`kubernetes.io/role/${role}`]: "1" },
      lifecycle,
    });

  const gateway = new InternetGateway(scope, "internet-gateway", { provider, vpcId: vpc.id, tags: named(settings, name) });
  const publicTable = new RouteTable(scope, "public-routes", {
    provider,
    vpcId: vpc.id,
    tags: named(settings, `${name}-public`),
  });
  const publicRoutes: ITerraformDependable[] = [
    new Route(scope, "public-default", {
      provider,
      routeTableId: publicTable.id,
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId: gateway.id,
    }),
  ];
  const publicSubnets = new Map<string, string>();
  zones.forEach((zone, index) => {
    const made = subnet("public", "elb", zone, layout.publicSubnets[index]!);
    publicSubnets.set(zone, made.id);
    publicRoutes.push(
      new RouteTableAssociation(scope, `public-association-${zone}`, {
        provider,
        subnetId: made.id,
        routeTableId: publicTable.id,
      }),
    );
  });

  const gateways = new Map(
    natZones(settings).map((zone, index) => {
      const natName = named(settings, `${name}-nat-${zone}`);
      const allocationId =
        egressAddresses?.[index] ?? new Eip(scope, `nat-address-${zone}`, { provider, domain: "vpc", tags: natName }).id;
      const nat = new NatGateway(scope, `nat-${zone}`, {
        provider,
        allocationId,
        subnetId: publicSubnets.get(zone)!,
        tags: natName,
        // The associations too, or a destroy takes them first and nodes drain without a way out.
        dependsOn: publicRoutes,
      });
      return [zone, nat];
    }),
  );

  const privateRoutes: ITerraformDependable[] = [];
  const privateTables: RouteTable[] = [];
  const privateSubnets = new Map<string, string>();
  // A table for each zone even with one gateway, so that going from one to several only repoints routes.
  zones.forEach((zone, index) => {
    const made = subnet("private", "internal-elb", zone, layout.privateSubnets[index]!);
    privateSubnets.set(zone, made.id);
    const table = new RouteTable(scope, `private-routes-${zone}`, {
      provider,
      vpcId: vpc.id,
      tags: named(settings, `${name}-private-${zone}`),
    });
    privateTables.push(table);
    const nat = gateways.get(zone) ?? gateways.get(zones[0]!)!;
    privateRoutes.push(
      new Route(scope, `private-default-${zone}`, {
        provider,
        routeTableId: table.id,
        destinationCidrBlock: "0.0.0.0/0",
        natGatewayId: nat.id,
      }),
      new RouteTableAssociation(scope, `private-association-${zone}`, {
        provider,
        subnetId: made.id,
        routeTableId: table.id,
      }),
    );
  });

  // Costs nothing and keeps the layers of images off the NAT gateways.
  new VpcEndpoint(scope, "s3", {
    provider,
    vpcId: vpc.id,
    serviceName: `com.amazonaws.${region}.s3`,
    vpcEndpointType: "Gateway",
    routeTableIds: privateTables.map((table) => table.id),
    tags: named(settings, `${name}-s3`),
  });
  return {
    vpcId: vpc.id,
    privateSubnets,
    publicSubnets,
    privateTables: new Map(zones.map((zone, index) => [zone, privateTables[index]!.id])),
    privateRoutes,
    publicRoutes,
  };
}

function natZones({ network }: EksSettings): readonly string[] {
  return network.nat === "single" ? network.zones.slice(0, 1) : network.zones;
}
