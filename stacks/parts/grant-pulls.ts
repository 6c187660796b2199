import { AzurePulls, CachePulls, GooglePulls } from "../../constructs/backing/registries/pulls";
import { stackIds } from "../../model/derived/names";
import { registriesOf, registryId, registryName } from "../../model/derived/registries";
import type { Cluster } from "../../model/schema/cluster";
import type { FleetStack } from "../fleet-stack";
import type { NodeIdentity } from "./make-cluster";

/**
 * The rights of a cluster's nodes on the registries of its own cloud: the kubelet pulls as what the node is. EKS's and
 * GKE's nodes may pull whatever is in their own account or project.
 */
export function grantPulls(stack: FleetStack, cluster: Cluster, nodes: NodeIdentity | undefined): void {
  const { fleet, text } = stack.context;
  for (const [key, registry] of registriesOf(text, cluster)) {
    const id = `registry-${key}-pull`;
    if (nodes?.cloud === "azure" && registry.cloud === "azure") {
      stack.after(stackIds.registry(fleet.name, key));
      new AzurePulls(stack, id, { registryId: registryId(fleet, key, registry), objectId: nodes.objectId });
    }
    if (nodes?.cloud === "aws" && registry.cloud === "aws" && Object.keys(registry.caches).length > 0)
      new CachePulls(stack, id, {
        roleName: nodes.roleName,
        accountId: registry.aws!.accountId,
        region: registry.region!,
        prefixes: Object.keys(registry.caches),
        policyName: `pull-${key}`,
      });
    const elsewhere =
      cluster.cloud === "google" && registry.cloud === "google" && cluster.google.projectId !== registry.google?.projectId;
    if (elsewhere && nodes?.cloud === "google") {
      stack.after(stackIds.registry(fleet.name, key));
      new GooglePulls(stack, id, {
        projectId: registry.google!.projectId,
        location: registry.region!,
        repository: registryName(fleet, key, registry),
        email: nodes.email,
      });
    }
  }
}
