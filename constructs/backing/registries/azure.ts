import { ContainerRegistry } from "@cdktf/provider-azurerm/lib/container-registry";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { Construct } from "constructs";
import type { Registry } from "../../../model/schema/registries";
import type { PrivateTarget } from "../attachments/azure";

export interface RegistryProps {
  /** Name in its cloud. */
  readonly name: string;
  readonly registry: Registry;
  /** Escaped. */
  readonly tags: Readonly<Record<string, string>>;
}

export interface AzureRegistryProps extends RegistryProps {
  readonly resourceGroup: string;
}

/**
 * Every right twice: a registry knows the first role of each pair as long as its mode is "RBAC registry permissions", and
 * the second alone once it is "RBAC registry and ABAC repository permissions", which azurerm 4.55 can't say and Azure means
 * to make the default (Azure docs, Container Registry: ABAC repository permissions).
 */
export const ACR_ROLES = {
  pull: ["AcrPull", "Container Registry Repository Reader"],
  push: ["AcrPush", "Container Registry Repository Writer"],
} as const;

/** What a private endpoint leads to: all replicas, one address for the registry and one for the data of each. */
export const registryTarget = (key: string, registryId: string): PrivateTarget => ({
  id: `registry-${key}`,
  resourceId: registryId,
  subresource: "registry",
  zone: REGISTRY_ZONE,
});

/** Zone of private registries (Azure Private Link docs, DNS zone values). */
export const REGISTRY_ZONE = "privatelink.azurecr.io";

/** A registry on Azure, in several regions at once: one name, which leads to the nearest of them. */
export class AzureRegistry extends Construct {
  readonly registry: ContainerRegistry;

  constructor(scope: Construct, id: string, { name, registry, resourceGroup, tags }: AzureRegistryProps) {
    super(scope, id);
    const { region, replicas, keep, deletionProtection, push, access } = registry;
    if (region === undefined) throw new Error(`registry ${name} has no region: the fleet was not loaded by loadFleet`);
    const lifecycle = { preventDestroy: deletionProtection };
    const group = new ResourceGroup(this, "group", { name: resourceGroup, location: region, tags: { ...tags }, lifecycle });
    this.registry = new ContainerRegistry(this, "registry", {
      name,
      resourceGroupName: group.name,
      location: region,
      sku: "Premium",
      adminEnabled: false,
      anonymousPullEnabled: false,
      publicNetworkAccessEnabled: access === "public",
      retentionPolicyInDays: keep.untaggedDays,
      // azurerm reads them back in this order: any other would be an update in every plan
      georeplications: [...replicas].sort().map((location) => ({ location, regionalEndpointEnabled: true, tags: { ...tags } })),
      tags: { ...tags },
      lifecycle: {
        ...lifecycle,
        // Zone redundancy is always on, whatever the API shows (Azure docs, March 2026). The day that it shows it, a
        // registry that doesn't say so would be replaced, and a replica made anew.
        ignoreChanges: [
          "zone_redundancy_enabled",
          ...replicas.map((_, index) => `georeplications[${index}].zone_redundancy_enabled`),
        ],
      },
    });
    for (const principalId of push)
      for (const [index, role] of ACR_ROLES.push.entries())
        new RoleAssignment(this, `push-${principalId}-${index}`, {
          scope: this.registry.id,
          roleDefinitionName: role,
          principalId,
        });
  }
}
