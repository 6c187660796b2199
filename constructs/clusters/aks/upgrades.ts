import type { KubernetesClusterConfig } from "@cdktf/provider-azurerm/lib/kubernetes-cluster";
import type { ClusterMaintenance } from "../settings";
import type { AksUpgradeChannel } from "./props";
import type { AksSettings } from "./settings";

/**
 * How a pool is upgraded. All three values are always written: where the service reports one that the configuration
 * lacks, azurerm plans to change it for ever (surge) or to replace the cluster (drain timeout).
 */
export const UPGRADE_SETTINGS = { maxSurge: "33%", drainTimeoutInMinutes: 30, nodeSoakDurationInMinutes: 0 } as const;

/** Whether AKS itself goes to the next minor version, so that Terraform must not lead it back. */
export function channelMovesMinor(channel: AksUpgradeChannel): boolean {
  return channel === "stable" || channel === "rapid";
}

type Upgrades = Pick<
  KubernetesClusterConfig,
  "automaticUpgradeChannel" | "nodeOsUpgradeChannel" | "maintenanceWindowAutoUpgrade" | "maintenanceWindowNodeOs"
>;

/** NodeImage is the one channel for node images that goes with every channel of the cluster. */
export function upgrades({ upgradeChannel, maintenance }: AksSettings): Upgrades {
  if (upgradeChannel === "none") return { nodeOsUpgradeChannel: "None" };
  return {
    automaticUpgradeChannel: upgradeChannel,
    nodeOsUpgradeChannel: "NodeImage",
    maintenanceWindowAutoUpgrade: { ...weekly(maintenance) },
    maintenanceWindowNodeOs: { ...weekly(maintenance) },
  };
}

/** A weekly window in azurerm's shape; for upgrades of the cluster and of the nodes' images alike. */
interface Window {
  readonly frequency: "Weekly";
  readonly interval: 1;
  /** Hours. */
  readonly duration: number;
  /** Monday to Sunday: azurerm accepts a weekly window without a day, AKS doesn't. */
  readonly dayOfWeek: string;
  /** hh:mm; azurerm takes any text. */
  readonly startTime: string;
  readonly utcOffset: "+00:00";
}

/** The window without a first day: azurerm reads one only as RFC 3339 and sends anything else as the year 1. */
function weekly({ day, startHour, durationHours }: ClusterMaintenance): Window {
  return {
    frequency: "Weekly",
    interval: 1,
    duration: durationHours,
    dayOfWeek: `${day[0]!.toUpperCase()}${day.slice(1)}`,
    startTime: `${String(startHour).padStart(2, "0")}:00`,
    utcOffset: "+00:00",
  };
}
