import type { TerraformProvider } from "cdktf";
import type { PoolProps } from "../pool";

/** What an EKS cluster is made of. The fields are those of the fleet file; defaults are for use without one. */
export interface EksClusterProps {
  /**
   * Name of the cluster in AWS and start of the names of all that belongs to it, 1 to 100 characters. IAM roles are
   * named by it too, so it is unique in the account, not only in the region.
   */
  readonly name: string;
  /** Short name by which the face knows the cluster. @default - `name` */
  readonly clusterKey?: string;
  /** AWS account, twelve digits: the one that the provider works in. */
  readonly accountId: string;
  /** AWS region: the one that the provider works in. */
  readonly region: string;
  /** Kubernetes minor version of the control plane, and of pools that say nothing else, e.g. "1.36". */
  readonly kubernetes: string;
  readonly network: EksNetworkProps;
  readonly api: EksApiProps;
  /** Node pools by name. At least one has nodes at all times and no taint that keeps cluster DNS away. @default - one pool `main` */
  readonly pools?: Readonly<Record<string, EksPoolProps>>;
  /** ARNs of the IAM roles or users that administer the cluster. @default - none besides the runner */
  readonly admins?: readonly string[];
  /** ARN of the IAM role or user that runs Terraform for what is inside the cluster. It administers the cluster too. */
  readonly runner: string;
  /** Role that the provider assumes. If it is the runner itself, tokens are fetched with it. @default - the operator's own credentials */
  readonly assumeRoleArn?: string;
  /**
   * KMS key that encrypts Kubernetes secrets. The control-plane logs have CloudWatch's own encryption then, since that
   * key's policy isn't ours. @default - one made for the cluster, with rotation, for secrets and logs
   */
  readonly secretsKeyArn?: string;
  /** STANDARD: AWS upgrades the cluster at the end of standard support. EXTENDED: it stays, for a price. @default STANDARD */
  readonly supportType?: "STANDARD" | "EXTENDED";
  /** Control-plane logs sent to CloudWatch. @default - api, audit, authenticator */
  readonly logTypes?: readonly EksLogType[];
  /** How long they are kept, in days; a number that CloudWatch knows. @default 90 */
  readonly logRetentionDays?: number;
  /** Log the connections of a VPC made here to CloudWatch, kept as long. @default false */
  readonly flowLogs?: boolean;
  /** Leave the log groups in the account when the cluster goes; they have CloudWatch's own encryption then. @default false */
  readonly keepLogs?: boolean;
  /** Permissions boundary of every role made for the cluster. @default - none */
  readonly permissionsBoundaryArn?: string;
  /**
   * Refuse, at plan, to destroy the cluster, its network, its key and its ingress address. To destroy them, apply
   * `false` first. @default true
   */
  readonly deletionProtection?: boolean;
  /** Versions of the add-ons that EKS installs, by its own names. @default - its default version at each plan */
  readonly addonVersions?: Readonly<Partial<Record<string, string>>>;
  /** Tags, plain text, of everything that takes them, instances, volumes and network interfaces included. @default - none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Provider of the account and region. @default - the stack's default provider */
  readonly provider?: TerraformProvider;
}

export type EksLogType = "api" | "audit" | "authenticator" | "controllerManager" | "scheduler";

/** The VPC: made for the cluster, or one that exists. */
export interface EksNetworkProps {
  /**
   * Range of the VPC, /16 to /20, without host bits. With `existing`, the range that the VPC has: PROXY protocol headers
   * are believed from it.
   */
  readonly cidr: string;
  /**
   * Availability zones, two to four, e.g. sa-east-1a. Only append: a zone's place decides its ranges, and the control
   * plane is in the first two, which EKS never lets it leave. It can't be in those with the ids use1-az3, usw1-az2 and
   * cac1-az3 (EKS user guide, "VPC and subnet requirements"; which name has which id differs for each account).
   * @default - the first three of the region where every account has them; with `existing` not needed
   */
  readonly zones?: readonly string[];
  /** Range of Kubernetes services, private, /12 to /24, outside the VPC's. @default "172.20.0.0/16" */
  readonly services?: string;
  /** A NAT gateway in each zone, or one for all that dies with its zone. @default "per-zone" */
  readonly nat?: "per-zone" | "single";
  /** Allocation ids of the NAT gateways' addresses, one for each in the order of the zones. @default - addresses made here */
  readonly egressAddresses?: readonly string[];
  /** @default - a VPC is made */
  readonly existing?: EksExistingNetworkProps;
}

/** Ids of a VPC, with DNS support and DNS host names on, and its subnets. Absent ones are refused with their names. */
export interface EksExistingNetworkProps {
  readonly vpcId?: string;
  /**
   * Subnets of nodes, with a route to the internet through NAT. The first two are the control plane's as well: in two
   * zones, and always the same, as EKS doesn't let it move to other zones. Append others.
   */
  readonly privateSubnetIds?: readonly string[];
  /** Subnets of the ingress load balancer: one in each zone that has nodes, with a route to an internet gateway. */
  readonly publicSubnetIds?: readonly string[];
}

/** Who reaches the Kubernetes API. It always has an address inside the VPC, which the nodes use. */
export interface EksApiProps {
  /** @default "public" */
  readonly access?: "public" | "private";
  /**
   * Ranges that may reach the API. A public one needs at least one. To a private one they are let in besides the VPC
   * itself: those of peered networks. @default - none
   */
  readonly allowFrom?: readonly string[];
}

/** A group of equal nodes. */
export interface EksPoolProps extends PoolProps {
  /** Machine types in order of preference, of equal size; three or more are best for spot. @default - one with 4 vCPU and 16 GiB */
  readonly machines?: readonly string[];
  /** Fewest nodes. Raised above the number that run now, it needs that many first (EKS refuses it). @default 2 */
  readonly min?: number;
  /** Most pods on one node. @default 110 */
  readonly maxPods?: number;
  /** Zones of the nodes, of a network made here: one, for pods with a volume there. @default - all of the cluster */
  readonly zones?: readonly string[];
  /** Kubernetes minor version of the nodes, at most the control plane's. @default - the control plane's */
  readonly kubernetes?: string;
  /** Release of the nodes' image, e.g. 1.36.2-20261112. @default - the newest when the pool is made */
  readonly image?: string;
}
