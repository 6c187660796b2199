import type { TerraformProvider } from "cdktf";
import { GKE_RELEASE_CHANNEL } from "../../../model/schema/defaults";
import {
  apiSettings,
  type ClusterApi,
  type ClusterMaintenance,
  type ClusterPool,
  maintenanceSettings,
  poolsSettings,
} from "../settings";
import { googleLabels } from "./labels";
import type { GkeClusterProps, GkeNetworkProps } from "./props";

/** The props with every default filled in. */
export interface GkeSettings {
  readonly name: string;
  readonly clusterKey: string;
  readonly projectId: string;
  readonly region: string;
  readonly kubernetes: string;
  readonly network: GkeNetworkProps;
  readonly api: ClusterApi;
  readonly pools: Readonly<Record<string, ClusterPool>>;
  /** The runner and the administrators, each once. */
  readonly members: readonly string[];
  readonly grantAccess: boolean;
  readonly releaseChannel: "RAPID" | "REGULAR" | "STABLE" | "EXTENDED";
  readonly dnsEndpoint: boolean;
  readonly controlPlaneCidr?: string;
  readonly securityGroup?: string;
  readonly secretsKey?: string;
  readonly maintenance: ClusterMaintenance;
  readonly deletionProtection: boolean;
  readonly labels: Readonly<Record<string, string>>;
  readonly provider?: TerraformProvider;
}

/** @throws where the props can't become a cluster, with every reason */
export function gkeSettings(props: GkeClusterProps): GkeSettings {
  const settings: GkeSettings = {
    ...props,
    clusterKey: props.clusterKey ?? props.name,
    api: apiSettings(props.api),
    pools: poolsSettings("google", props.pools),
    members: [...new Set([...(props.admins ?? []), props.runner])],
    grantAccess: props.grantAccess ?? true,
    releaseChannel: props.releaseChannel ?? GKE_RELEASE_CHANNEL,
    dnsEndpoint: props.dnsEndpoint ?? false,
    maintenance: maintenanceSettings(props.maintenance),
    deletionProtection: props.deletionProtection ?? true,
    labels: googleLabels(props.tags ?? {}),
  };
  return settings;
}
