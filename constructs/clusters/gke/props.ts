import type { TerraformProvider } from "cdktf";
import type { PoolProps } from "../pool";

/** A GKE cluster with its network, its pools and its ingress address. Field names are those of the fleet file. */
export interface GkeClusterProps {
  /** Name in Google Cloud and start of the names around it: at most 40 lower-case letters, digits and hyphens. */
  readonly name: string;
  /** Short name by which routing and records know the cluster. @default - `name` */
  readonly clusterKey?: string;
  /** Google Cloud project of everything here. */
  readonly projectId: string;
  /** Region of the cluster; its control plane runs in several zones of it. */
  readonly region: string;
  /** Kubernetes minor version to start with, such as 1.36; the release channel moves it on. At least 1.34, for the class of the ingress's load balancer. */
  readonly kubernetes: string;
  readonly network: GkeNetworkProps;
  /** Who reaches the Kubernetes API. A public one needs `allowFrom`, or the DNS endpoint. */
  readonly api: GkeApiProps;
  /** Node pools by name. At least one has nodes at all times and no taint that keeps cluster DNS away. @default - one pool `main` */
  readonly pools?: Readonly<Record<string, GkePoolProps>>;
  /** IAM members that administer the cluster, such as group:platform@example.com. @default - none besides the runner */
  readonly admins?: readonly string[];
  /** IAM member that runs Terraform for what is inside the cluster. */
  readonly runner: string;
  /**
   * Give admins and runner roles/container.admin in the project. It is the project's, not the cluster's: where several
   * states share a project, the one destroyed first takes the grant from the others, so grant it once, above them, with
   * `grantClusterAdmin`, and say false here.
   * @default true
   */
  readonly grantAccess?: boolean;
  /** @default "REGULAR" */
  readonly releaseChannel?: "RAPID" | "REGULAR" | "STABLE" | "EXTENDED";
  /**
   * Open the control plane's DNS endpoint to traffic from outside the VPC, guarded by IAM alone; it is then the
   * endpoint of the face.
   * @default false
   */
  readonly dnsEndpoint?: boolean;
  /** A /28 for the control plane. @default - none: the endpoint takes an address of the nodes' subnet */
  readonly controlPlaneCidr?: string;
  /** Google group, gke-security-groups@<domain>, whose member groups RBAC knows. @default - RBAC knows no groups */
  readonly securityGroup?: string;
  /**
   * Cloud KMS key, projects/…/locations/…/keyRings/…/cryptoKeys/…, that encrypts Kubernetes secrets. GKE's service agent
   * must already be allowed to use it: the grant belongs to the owner of the key, who may share it between clusters.
   * @default - one made for the cluster, rotated every 90 days
   */
  readonly secretsKey?: string;
  /** When GKE may upgrade by itself. @default - Sundays from 02:00 UTC, twelve hours */
  readonly maintenance?: GkeMaintenanceProps;
  /**
   * Refuse, at plan, to destroy or replace cluster, ingress address and encryption key. To destroy: apply with false,
   * which changes no more than the cluster's own flag, then destroy.
   * @default true
   */
  readonly deletionProtection?: boolean;
  /** Labels of everything that takes them, in any spelling: `googleLabels` makes them Google's. @default - none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Provider of the project and region. @default - the stack's default provider */
  readonly provider?: TerraformProvider;
}

/** Where the nodes are: a network made here from `cidr`, or an existing one. */
export interface GkeNetworkProps {
  /** Range of the whole network, a /16 for most. @default - needed unless `existing` is given */
  readonly cidr?: string;
  /** Range of the nodes' subnet. @default - the first eighth of `cidr` */
  readonly nodes?: string;
  /** Range of the pods. @default - the second half of `cidr` */
  readonly pods?: string;
  /** Range of the services. @default - a part of `cidr` beside the nodes' */
  readonly services?: string;
  /** Zones of the nodes, such as australia-southeast1-a. @default - Google's choice of three in the region */
  readonly zones?: readonly string[];
  /** Static addresses of the region that Cloud NAT uses: projects/…/regions/…/addresses/…. @default - Google's choice */
  readonly egressAddresses?: readonly string[];
  /** A network that exists, with NAT for the nodes. All four are needed. @default - one made here */
  readonly existing?: {
    /** Name or self link of the VPC network. */
    readonly network?: string;
    /** Name or self link of the subnetwork in the cluster's region. */
    readonly subnetwork?: string;
    /** Name of its secondary range for pods. */
    readonly podsRange?: string;
    /** Name of its secondary range for services. */
    readonly servicesRange?: string;
  };
}

export interface GkeApiProps {
  /** private: no public address at all. @default "public" */
  readonly access?: "public" | "private";
  /**
   * Ranges that may reach the API; a public API lists the people's and the runner's.
   * @default - of a private API every private range, since only the network and its peers reach it
   */
  readonly allowFrom?: readonly string[];
}

/** Equal nodes that scale between min and max. */
export interface GkePoolProps extends PoolProps {
  /** Machine type; GKE takes one. @default - a general-purpose one of the architecture with 4 vCPU and 16 GiB */
  readonly machines?: readonly string[];
  /** Most pods on a node, 8 to 256: sizes the block of addresses that each node takes. @default 110 */
  readonly maxPods?: number;
  /** @default - the cluster's zones */
  readonly zones?: readonly string[];
}

/** A weekly window, UTC. */
export interface GkeMaintenanceProps {
  /** @default sunday */
  readonly day?: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
  /** Hour at which it opens, 0 to 23. @default 2 */
  readonly startHour?: number;
  /** Length in hours, 12 to 24: GKE refuses less than 48 hours in any 32 days. @default 12 */
  readonly durationHours?: number;
}
