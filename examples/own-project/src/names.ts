import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { TerraformStack } from "cdktf";
import { compileRoute53, nameTree } from "meridian";
import { existingRoute53Zone, Route53Names } from "meridian/aws";

const ZONE = "k8s.example.com";

/**
 * Route53 names alone: shop.k8s.example.com leads to the nearer of two clusters. Each answers at
 * ingress.<cluster>.k8s.example.com, which whoever made the cluster writes into the zone.
 */
export function names(stack: TerraformStack): void {
  new AwsProvider(stack, "aws", { region: "eu-central-1" });
  const shop = nameTree({
    name: "shop",
    zone: ZONE,
    policy: "latency",
    clusters: { frankfurt: { region: "eu-central-1" }, virginia: { region: "us-east-1" } },
  });
  const zone = existingRoute53Zone(stack, "zone", { name: ZONE });
  new Route53Names(stack, "names", {
    plan: compileRoute53([shop]),
    zoneId: zone.zoneId,
    address: (cluster) => {
      throw new Error(`no name asks for an address of ${cluster}: none is multivalue`);
    },
  });
}
