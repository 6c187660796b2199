import type { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import type { TerraformProvider } from "cdktf";

/** What every part of a cluster is made with. */
export interface AksPart {
  /** Name of the cluster, and start of the part's own. */
  readonly name: string;
  readonly region: string;
  /** The cluster's own group, not that of the nodes, which dies with the cluster. */
  readonly resourceGroup: ResourceGroup;
  /** Escaped already. */
  readonly tags: Record<string, string>;
  /** @default - the stack's only provider */
  readonly provider?: TerraformProvider;
}
