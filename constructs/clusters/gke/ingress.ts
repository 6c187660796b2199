import { ComputeAddress } from "@cdktf/provider-google/lib/compute-address";
import { Construct } from "constructs";
import type { IngressAddress } from "../face";
import type { ProjectServices } from "./services";

/**
 * A load balancer of its own for a Service, on backend services: what Google recommends instead of the annotation
 * cloud.google.com/l4-rbs. GKE 1.33.1 or later; a Service's class can't be changed.
 */
const LOAD_BALANCER_CLASS = "networking.gke.io/l4-regional-external";

export interface IngressProps {
  readonly name: string;
  readonly projectId: string;
  readonly region: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly deletionProtection: boolean;
  readonly services: ProjectServices;
}

/** The static address of the ingress controller. The cluster depends on it, so it comes first and goes last. */
export class Ingress extends Construct {
  readonly address: ComputeAddress;
  readonly face: IngressAddress;

  constructor(scope: Construct, id: string, props: IngressProps) {
    super(scope, id);
    const name = `${props.name}-ingress`;
    this.address = new ComputeAddress(this, "address", {
      project: props.projectId,
      name,
      region: props.region,
      addressType: "EXTERNAL",
      // GKE's load balancers take only addresses of this tier and of the cluster's own region.
      networkTier: "PREMIUM",
      labels: { ...props.labels },
      lifecycle: { preventDestroy: props.deletionProtection },
      dependsOn: props.services.of("compute"),
    });
    this.face = {
      ips: [this.address.address],
      service: {
        type: "LoadBalancer",
        // The address's name, not its digits. A name that GKE doesn't find is skipped without an error and the Service
        // gets some other address: compare the two after the first apply.
        annotations: { "networking.gke.io/load-balancer-ip-addresses": name },
        loadBalancerClass: LOAD_BALANCER_CLASS,
      },
    };
  }
}
