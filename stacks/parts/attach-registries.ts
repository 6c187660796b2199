import { PrivateEndpoints } from "../../constructs/backing/attachments/azure";
import { type AzureRegistry, REGISTRY_ZONE, registryTarget } from "../../constructs/backing/registries/azure";
import { clusterName, shortHash } from "../../model/derived/names";
import { registriesOf, registryGroup, registryId } from "../../model/derived/registries";
import { registryNetworks } from "../../model/derived/shared-networks";
import type { Cluster } from "../../model/schema/cluster";
import type { Registry } from "../../model/schema/registries";
import type { FleetStack } from "../fleet-stack";
import { endpointSubnet } from "./attach-databases";
import type { ClusterNetwork } from "./make-cluster";

type Tags = Readonly<Record<string, string>>;

/** A cluster's own ways to private registries, in the network that was made with it. */
export function attachRegistries(stack: FleetStack, cluster: Cluster, network: ClusterNetwork | undefined, tags: Tags): void {
  const { fleet, text } = stack.context;
  const registries = registriesOf(text, cluster).filter(([, { access }]) => access === "private");
  if (registries.length === 0 || network?.cloud !== "azure") return;
  new PrivateEndpoints(stack, "registries", {
    name: clusterName(fleet.name, cluster.name),
    resourceGroup: network.resourceGroup,
    location: network.location,
    networkId: network.networkId,
    subnetId: endpointSubnet(stack, cluster, network).id,
    targets: registries.map(([key, registry]) => registryTarget(key, registryId(fleet, key, registry))),
    tags,
  });
}

/**
 * Ways into networks that exist: where images are pushed from, and those of clusters that may pull. Each network once,
 * however many clusters are in it.
 */
export function attachRegistryNetworks(
  stack: FleetStack,
  key: string,
  registry: Registry,
  made: AzureRegistry,
  tags: Tags,
): void {
  const { fleet, text } = stack.context;
  const { privateDnsZoneId } = registry;
  for (const { networkId, subnetId, location } of registryNetworks(text, key, registry)) {
    const hash = shortHash(networkId.toLowerCase());
    new PrivateEndpoints(stack, `network-${hash}`, {
      name: `${fleet.name}-${key}-${hash}`,
      resourceGroup: `${registryGroup(fleet, key)}-${hash}`,
      ownGroup: true,
      location,
      networkId,
      subnetId,
      targets: [registryTarget(key, registryId(fleet, key, registry))],
      zoneIds: privateDnsZoneId ? { [REGISTRY_ZONE]: privateDnsZoneId } : undefined,
      after: [made.registry],
      tags,
    });
  }
}
