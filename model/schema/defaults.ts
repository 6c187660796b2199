/**
 * What a cluster has where nothing else is said: read by the schema of the fleet file and by the constructs, which can
 * be used without one.
 */

export const POOL = {
  architecture: "amd64",
  min: 2,
  max: 6,
  spot: false,
  diskGib: 100,
  maxPods: 110,
} as const;

/** Small and on demand: AKS's own components. */
export const SYSTEM_POOL = { machine: "Standard_D4ds_v5", min: 2, max: 3 } as const;

/** The window in which a cloud may upgrade by itself, UTC. Twelve hours are the least that GKE takes of a weekly one. */
export const MAINTENANCE = { day: "sunday", startHour: 2, durationHours: 12 } as const;

export const LOG_RETENTION_DAYS = 90;

export const API_ACCESS = "public";
export const NAT = "per-zone";

export const EKS_LOG_TYPES = ["api", "audit", "authenticator"] as const;
export const EKS_SUPPORT_TYPE = "STANDARD";
export const EKS_FLOW_LOGS = false;
export const EKS_KEEP_LOGS = false;

export const AKS_TIER = "Standard";
export const AKS_UPGRADE_CHANNEL = "patch";
export const AKS_PRIVATE_DNS_ZONE = "System";
export const AKS_LOG_CATEGORIES = ["kube-apiserver", "kube-audit-admin", "guard"] as const;

export const GKE_RELEASE_CHANNEL = "REGULAR";

/** A virtual machine: two processors; a snapshot every four hours. */
export const SERVER = { size: "Standard_D2s_v5", backup: { everyHours: 4, days: 7 } } as const;
