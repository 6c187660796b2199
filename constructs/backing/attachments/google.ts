import { ComputeAddress } from "@cdktf/provider-google/lib/compute-address";
import { ComputeForwardingRule } from "@cdktf/provider-google/lib/compute-forwarding-rule";
import { ComputeSubnetwork } from "@cdktf/provider-google/lib/compute-subnetwork";
import { DnsManagedZone } from "@cdktf/provider-google/lib/dns-managed-zone";
import { DnsRecordSet } from "@cdktf/provider-google/lib/dns-record-set";
import { Construct } from "constructs";
import { addressAt } from "../../../model/derived/cidr";

export interface ServiceConnectProps {
  /** Name of all that is made. */
  readonly name: string;
  readonly projectId: string;
  /** Self link of the network that is to reach the service. */
  readonly network: string;
  /** Region of the service: an endpoint is where its service is. */
  readonly region: string;
  /** Range of a subnet of the network for the endpoint alone. */
  readonly cidr: string;
  /** The service attachment. */
  readonly target: string;
  /** Name of the service, with a dot at its end. */
  readonly dnsName: string;
}

/** A network's way to a service by Private Service Connect: an address of its own, reached from all of its regions, and the name that leads to it. */
export class ServiceConnect extends Construct {
  constructor(scope: Construct, id: string, props: ServiceConnectProps) {
    super(scope, id);
    const { name, projectId: project, network, region, cidr, target, dnsName } = props;
    const subnet = new ComputeSubnetwork(this, "subnet", { project, name, network, region, ipCidrRange: cidr });
    const address = new ComputeAddress(this, "address", {
      project,
      name,
      region,
      addressType: "INTERNAL",
      subnetwork: subnet.id,
      address: addressAt(cidr, 2),
    });
    new ComputeForwardingRule(this, "endpoint", {
      project,
      name,
      region,
      network,
      target,
      // none: it is no load balancer
      loadBalancingScheme: "",
      ipAddress: address.id,
      allowPscGlobalAccess: true,
    });
    const zone = new DnsManagedZone(this, "zone", {
      project,
      name,
      description: `Leads to the private endpoint ${name}`,
      dnsName,
      visibility: "private",
      privateVisibilityConfig: { networks: [{ networkUrl: network }] },
    });
    new DnsRecordSet(this, "record", {
      project,
      managedZone: zone.name,
      name: zone.dnsName,
      type: "A",
      ttl: 300,
      rrdatas: [address.address],
    });
  }
}
