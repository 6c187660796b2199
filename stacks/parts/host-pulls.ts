import type { AddOnHost, HostPull } from "../../constructs/priming/host";
import { stackIds } from "../../model/derived/names";
import { type TokenPull, tokenPulls, tokenSecret } from "../../model/derived/pulls";
import { nearestRegion, pulledHosts } from "../../model/derived/registries";
import type { Cluster } from "../../model/schema/cluster";
import type { FleetStack } from "../fleet-stack";
import { pullOutput } from "../pull-stack";

/** The registries of other clouds that a cluster's applications pull from, as priming sees them. */
export function hostPulls(stack: FleetStack, cluster: Cluster): AddOnHost["pulls"] {
  const pulls = tokenPulls(stack.context.text, cluster);
  return pulls.length === 0 ? undefined : pulls.map((pull) => hostPull(stack, cluster, pull));
}

function hostPull(stack: FleetStack, cluster: Cluster, { key, registry, namespaces }: TokenPull): HostPull {
  const { fleet } = stack.context;
  const region = nearestRegion(registry, cluster);
  const outputs = stack.read(`pull-${key}`, stackIds.pull(fleet.name, cluster.name, key));
  const read = (name: string) => outputs.getString(pullOutput(name));
  const common = { name: tokenSecret(key), namespaces, hosts: pulledHosts(fleet, key, registry, cluster) };
  const { aws, azure, google } = registry;
  if (registry.cloud === "aws" && aws) return { ...common, by: { cloud: "aws", region, roleArn: read } };
  if (registry.cloud === "azure" && azure) return { ...common, by: { cloud: "azure", tenantId: azure.tenantId, clientId: read } };
  if (registry.cloud === "google" && google)
    return { ...common, by: { cloud: "google", projectId: google.projectId, audience: read("audience"), email: read("email") } };
  throw new Error(`registry ${key} has no account: the fleet was not loaded by loadFleet`);
}
