/** AKS clusters and Azure DNS zones. Needs @cdktf/provider-azurerm. */
export * from "../constructs/clusters/aks";
export type { AzureFoundation, ClusterFace } from "../constructs/clusters/face";
export * from "../constructs/dns/azure-zone";
export type { ZoneRef } from "../constructs/dns/zone";
