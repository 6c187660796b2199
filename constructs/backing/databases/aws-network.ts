import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import { part } from "../../../model/derived/cidr";
import type { DatabaseServer } from "../../../model/derived/databases";
import { zonesOf } from "../../../model/derived/zones";
import { serverOutput } from "./outputs";

export interface AwsDataNetworkProps {
  readonly name: string;
  readonly server: DatabaseServer;
  readonly cidr: string;
  readonly deletionProtection: boolean;
  /** Escaped. */
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * A VPC with nothing but a database server, and no way to the internet. Clusters attach themselves: they peer with it,
 * bring the routes of both sides, and their own rule in its security group.
 */
export class AwsDataNetwork extends Construct {
  readonly subnetGroup: DbSubnetGroup;
  readonly securityGroup: SecurityGroup;

  constructor(scope: Construct, id: string, props: AwsDataNetworkProps) {
    super(scope, id);
    const { name, server, cidr } = props;
    const { region } = server;
    const tags = { ...props.tags, Name: name };
    const lifecycle = { preventDestroy: props.deletionProtection };
    const vpc = new Vpc(this, "vpc", {
      region,
      cidrBlock: cidr,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags,
      lifecycle,
    });
    new DefaultSecurityGroup(this, "default-security-group", {
      region,
      vpcId: vpc.id,
      tags: { ...tags, Name: `${name}-unused` },
    });
    const table = new RouteTable(this, "routes", { region, vpcId: vpc.id, tags });
    const subnets = zonesOf("aws", region)
      .slice(0, 3)
      .map((zone, index) => {
        const subnet = new Subnet(this, `subnet-${zone}`, {
          region,
          vpcId: vpc.id,
          availabilityZone: zone,
          cidrBlock: part(cidr, 2, index),
          tags: { ...tags, Name: `${name}-${zone}` },
          lifecycle,
        });
        new RouteTableAssociation(this, `association-${zone}`, { region, subnetId: subnet.id, routeTableId: table.id });
        return subnet.id;
      });
    this.subnetGroup = new DbSubnetGroup(this, "subnets", { region, name, subnetIds: subnets, tags, lifecycle });
    this.securityGroup = new SecurityGroup(this, "access", {
      region,
      name,
      description: "Database: who comes in is said by the rules of each cluster",
      vpcId: vpc.id,
      tags,
    });
    for (const [what, value] of Object.entries({
      vpc_id: vpc.id,
      route_table_id: table.id,
      security_group_id: this.securityGroup.id,
    })) {
      const output = new TerraformOutput(this, what, { value, description: `Of the server ${server.key}, for clusters.` });
      output.overrideLogicalId(serverOutput(what, server));
    }
  }
}
