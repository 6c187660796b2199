import { ComputeAddress } from "@cdktf/provider-google/lib/compute-address";
import { Construct } from "constructs";
import type { IngressAddress } from "../face";
import type { ProjectServices } from "./services";
import type { GkeSettings } from "./settings";

/**
 * A load balancer of its own for a Service, on backend services: what Google recommends instead of the annotation
 * cloud.google.com/l4-rbs. GKE 1.33.1 or later; a Service's class can't be changed.
 */
const LOAD_BALANCER_CLASS = "networking.gke.io/l4-regional-external";

/** The static address of the ingress controller. The cluster depends on it, so it comes first and goes last. */
export class GkeIngress extends Construct {
  readonly address: ComputeAddress;
  readonly face: IngressAddress;

  constructor(scope: Construct, id: string, settings: GkeSettings, services: ProjectServices) {
    super(scope, id);
    const name = `${settings.name}-ingress`;
    this.address = new ComputeAddress(this, "address", {
      provider: settings.provider,
      project: settings.projectId,
      name,
      region: settings.region,
      addressType: "EXTERNAL",
      // GKE's load balancers take only addresses of this tier and of the cluster's own region.
      networkTier: "PREMIUM",
      labels: { ...settings.labels },
      lifecycle: { preventDestroy: settings.deletionProtection },
      dependsOn: services.of("compute"),
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
