/** Add-ons of a cluster, and the order between them. Needs all five provider bindings. */
export { clusterProviders } from "../constructs/helm/providers";
export type { Values } from "../constructs/helm/values";
export type {
  AddOnHost,
  AzureReach,
  HostCertificates,
  HostZone,
  OwnAws,
  OwnAzure,
  OwnCloud,
  OwnGoogle,
  Route53Reach,
  ZoneReach,
} from "../constructs/priming/host";
export type { InstallObjectsProps, Phase } from "../constructs/priming/install";
export type { AddOnNamespace, OpenPort, PodSecurity } from "../constructs/priming/namespace";
export type { OwnAddOn, OwnAddOns, OwnInstaller, OwnReleaseProps } from "../constructs/priming/own-add-on";
export { Priming } from "../constructs/priming/priming";
export { ADD_ONS, type AddOnName } from "../model/add-ons";
export { type Addons, addons } from "../model/schema/addons";
