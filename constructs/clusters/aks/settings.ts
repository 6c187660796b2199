import type { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import type { TerraformProvider } from "cdktf";
import { zonesOf } from "../../../model/derived/zones";
import * as otherwise from "../../../model/schema/defaults";
import {
  apiSettings,
  type ClusterApi,
  type ClusterMaintenance,
  type ClusterPool,
  maintenanceSettings,
  poolsSettings,
} from "../settings";
import type { AksClusterProps, AksSystemPoolProps, AksUpgradeChannel } from "./props";
import { type AksRanges, aksRanges } from "./ranges";

/** The props with every default filled in. */
export interface AksSettings {
  readonly name: string;
  readonly clusterKey: string;
  readonly region: string;
  readonly kubernetes: string;
  readonly network: {
    readonly ranges: AksRanges;
    /** Zones of the nodes; empty in a region without. */
    readonly zones: readonly string[];
    /** All that the region has; empty where it has none, or isn't known. */
    readonly regionalZones: readonly string[];
    /** Resource ids. @default - one that AKS makes */
    readonly egressAddresses?: readonly string[];
  };
  readonly api: ClusterApi;
  readonly pools: Readonly<Record<string, ClusterPool>>;
  readonly systemPool: Required<Omit<AksSystemPoolProps, "kubernetes">> & Pick<AksSystemPoolProps, "kubernetes">;
  readonly admins: readonly string[];
  readonly runner: string;
  readonly tenantId: string;
  readonly tier: "Free" | "Standard" | "Premium";
  readonly longTermSupport: boolean;
  readonly upgradeChannel: AksUpgradeChannel;
  readonly privateDnsZone: string;
  readonly logAnalyticsWorkspaceId?: string;
  readonly logCategories: readonly string[];
  readonly logRetentionDays: number;
  readonly maintenance: ClusterMaintenance;
  readonly deletionProtection: boolean;
  readonly tags: Record<string, string>;
  readonly provider?: TerraformProvider;
}

/** What every part of a cluster is made with. */
export interface AksPart extends Pick<AksSettings, "name" | "region" | "tags" | "provider"> {
  /** The cluster's own group, not that of the nodes, which dies with the cluster. */
  readonly resourceGroup: ResourceGroup;
}

/** @throws where the props can't become a cluster, with every reason */
export function aksSettings(props: AksClusterProps): AksSettings {
  const { network, systemPool } = props;
  const regionalZones = zonesOf("azure", props.region);
  const settings: AksSettings = {
    ...props,
    clusterKey: props.clusterKey ?? props.name,
    network: {
      ranges: aksRanges(props.name, network),
      zones: network.zones ?? regionalZones,
      regionalZones,
      egressAddresses: network.egressAddresses,
    },
    api: apiSettings(props.api),
    pools: poolsSettings("azure", props.pools),
    systemPool: {
      machine: systemPool?.machine ?? otherwise.SYSTEM_POOL.machine,
      min: systemPool?.min ?? otherwise.SYSTEM_POOL.min,
      max: systemPool?.max ?? otherwise.SYSTEM_POOL.max,
      kubernetes: systemPool?.kubernetes,
    },
    admins: props.admins ?? [],
    tier: props.tier ?? otherwise.AKS_TIER,
    longTermSupport: props.longTermSupport ?? false,
    upgradeChannel: props.upgradeChannel ?? otherwise.AKS_UPGRADE_CHANNEL,
    privateDnsZone: props.privateDnsZone ?? otherwise.AKS_PRIVATE_DNS_ZONE,
    logCategories: props.logCategories ?? otherwise.AKS_LOG_CATEGORIES,
    logRetentionDays: props.logRetentionDays ?? otherwise.LOG_RETENTION_DAYS,
    maintenance: maintenanceSettings(props.maintenance),
    deletionProtection: props.deletionProtection ?? true,
    tags: { ...props.tags },
  };
  return settings;
}

/** Whether the zone is one of the user's own, not AKS's and not none. */
export function isPrivateDnsZoneId(zone: string): boolean {
  return zone !== "System" && zone !== "None";
}
