import type { TerraformProvider } from "cdktf";
import type { PoolProps } from "../pool";

/** Where an AKS cluster's nodes live, and which address ranges it uses. */
export interface AksNetworkProps {
  /**
   * Range that nodes, pods and services are cut from, e.g. 10.10.0.0/16. Of an `existing` network it is that network's
   * own range, which pods and services must stay out of. @default - the three ranges are given
   */
  readonly cidr?: string;
  /** Range of the nodes' subnet. @default - the first eighth of `cidr` */
  readonly nodes?: string;
  /** Range of the pods; every node takes a /24 of it. Needed with `existing`. @default - the second half of `cidr` */
  readonly pods?: string;
  /** Range of Kubernetes services. Needed with `existing`. @default - the sixteenth of `cidr` after its first eighth */
  readonly services?: string;
  /** Availability zones of the nodes: "1", "2", "3". @default - those of the region */
  readonly zones?: readonly string[];
  /** Resource ids of the static public IPs that nodes leave by. @default - one that AKS makes */
  readonly egressAddresses?: readonly string[];
  /** A subnet that exists already, instead of a network made here. @default - a network made here */
  readonly existing?: {
    /** Resource id of the subnet of the nodes. */
    readonly subnetId?: string;
  };
}

/** Who can reach the Kubernetes API. */
export interface AksApiProps {
  /** Whether the API has a public address. @default public */
  readonly access?: "public" | "private";
  /** Ranges that may reach a public API, at most 200; needed for a public one. @default - none */
  readonly allowFrom?: readonly string[];
}

/** A pool of nodes for workloads, scaled by the cluster autoscaler between `min` and `max`. */
export interface AksPoolProps extends PoolProps {
  /** Size of the nodes; AKS takes one. @default - 4 vCPU and 16 GiB of the pool's architecture */
  readonly machines?: readonly string[];
  /** Most pods on one node, up to 250. @default 110 */
  readonly maxPods?: number;
  /** Availability zones. @default - the cluster's */
  readonly zones?: readonly string[];
  /** Kubernetes minor version of the nodes, at most the control plane's. @default - the control plane's */
  readonly kubernetes?: string;
}

/** The small pool for AKS's own components; workloads can't go there. */
export interface AksSystemPoolProps {
  /** Size of the nodes: at least 4 vCPU, no B series, amd64 or arm64. @default Standard_D4ds_v5 */
  readonly machine?: string;
  /** Fewest nodes. @default 2 */
  readonly min?: number;
  /** Most nodes. @default 3 */
  readonly max?: number;
  /** Kubernetes minor version of its nodes. @default - the control plane's */
  readonly kubernetes?: string;
}

/** Weekly window of the cloud's own upgrades. */
export interface AksMaintenanceProps {
  /** Day of the week. @default sunday */
  readonly day?: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
  /** Hour at which it opens, UTC. @default 2 */
  readonly startHour?: number;
  /** Length in hours, 4 to 24. @default 12 */
  readonly durationHours?: number;
}

/** What AKS upgrades by itself. */
export type AksUpgradeChannel = "patch" | "stable" | "rapid" | "node-image" | "none";

/** An AKS cluster with its network, pools, identities, logs and ingress address. */
export interface AksClusterProps {
  /** Name of the cluster in Azure and start of all names that belong to it: lower case, digits, hyphens, at most 54. */
  readonly name: string;
  /** Short name, for the face. @default - `name` */
  readonly clusterKey?: string;
  /** Azure region, e.g. canadacentral. */
  readonly region: string;
  /**
   * Kubernetes minor version, e.g. 1.36, of control plane and nodes; its patches follow `upgradeChannel`. After AKS has
   * patched by itself a plan may show 1.36.2 -> 1.36 in place: applying that changes nothing (azurerm issues 26946, 31372).
   */
  readonly kubernetes: string;
  readonly network: AksNetworkProps;
  /** @default - public, which needs `allowFrom` */
  readonly api?: AksApiProps;
  /** Pools for workloads by name; at least one on demand. @default - one pool `main` */
  readonly pools?: Readonly<Record<string, AksPoolProps>>;
  /** @default - two to three Standard_D4ds_v5 */
  readonly systemPool?: AksSystemPoolProps;
  /** Object ids of the Entra groups that administer the cluster. @default - none: the runner alone */
  readonly admins?: readonly string[];
  /** Object id of the principal that runs Terraform for what is inside the cluster. */
  readonly runner: string;
  /** Entra tenant. */
  readonly tenantId: string;
  /** Free has no uptime agreement and no cost analysis. @default Standard */
  readonly tier?: "Free" | "Standard" | "Premium";
  /** Two years of support for the version; needs tier Premium. @default false */
  readonly longTermSupport?: boolean;
  /** What AKS upgrades by itself. `stable` and `rapid` move the minor version too, so Terraform then leaves it alone. @default patch */
  readonly upgradeChannel?: AksUpgradeChannel;
  /** Private API: System, None, or the resource id of a zone privatelink.<region>.azmk8s.io. @default System */
  readonly privateDnsZone?: string;
  /** Workspace of the control-plane logs. @default - one made here */
  readonly logAnalyticsWorkspaceId?: string;
  /** Control-plane logs; an empty list sends none. @default - kube-apiserver, kube-audit-admin, guard */
  readonly logCategories?: readonly string[];
  /** Days that a workspace made here keeps logs, 30 to 730. @default 90 */
  readonly logRetentionDays?: number;
  /** @default - Sunday at 02:00 UTC for 12 hours */
  readonly maintenance?: AksMaintenanceProps;
  /** Refuse at plan to destroy cluster, ingress address and resource group. @default true */
  readonly deletionProtection?: boolean;
  /** Tags of everything that takes them. @default - none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Provider of the cluster's subscription. @default - the stack's only one */
  readonly provider?: TerraformProvider;
}
