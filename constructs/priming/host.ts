import type { TerraformProvider } from "cdktf";
import type { AddOnName } from "../../model/add-ons";
import { isWanted } from "../../model/add-ons/charts";
import type { Addons } from "../../model/schema/addons";
import type { EntryLocation, ReadableEntries } from "../backing/entries/location";
import type { ReaderCluster } from "../backing/entries/reader";
import type { AwsFoundation, AzureFoundation, ClusterFace, GoogleFoundation } from "../clusters/face";
import type { ZoneRef } from "../dns/zone";
import type { ChartSource } from "../helm/chart-source";
import type { AppIdentity, AppNamespace } from "./namespace";

/** All that add-ons know of the cluster that they are installed on. It needs no fleet. */
export interface AddOnHost {
  /** Name of the cluster in its cloud, with which the names of roles, identities and file systems start. */
  readonly name: string;
  readonly face: ClusterFace;
  readonly own: OwnCloud;
  /** The zone of public names, `face.name` being the label of the cluster's own names below it. */
  readonly zone: HostZone;
  readonly certificates: HostCertificates;
  /** Settings of the add-ons. `addons.parse({})` of model/schema/addons gives the defaults. */
  readonly addons: Addons;
  /** Start of the names of secrets in the cloud's store, where `addons.externalSecrets.prefix` says nothing. */
  readonly secretPrefix: string;
  /** Starts of names of secrets that are for others than add-ons, though they start with the prefix. @default - none */
  readonly foreignSecrets?: readonly string[];
  /** Databases that the cluster may connect to, with the identity that reads for them. @default - none */
  readonly databases?: { readonly cluster: ReaderCluster; readonly all: readonly HostDatabase[] };
  /** What the namespaces of applications may read, with the cluster as the stores see it. @default - nothing */
  readonly appSecrets?: {
    readonly cluster: ReaderCluster;
    readonly namespaces: readonly { readonly namespace: string; readonly reads: readonly ReadableEntries[] }[];
  };
  /** Namespaces whose pods start anew when a Secret of theirs has changed. @default - none */
  readonly restarted?: readonly string[];
  /** Applications that have rights in the cluster's cloud. @default - none */
  readonly appIdentities?: readonly AppIdentity[];
  /** Registries of other clouds that applications pull from. @default - none */
  readonly pulls?: readonly HostPull[];
  /** Where backups of volumes go. @default - no add-on makes any */
  readonly backups?: HostBackups;
  /** Tags of cloud resources. */
  readonly tags: Readonly<Record<string, string>>;
  /** Where charts come from. */
  readonly charts: ChartSource;
  /** Versions of charts that `addons` leaves open, by the name of the release. @default - the catalogue's */
  readonly chartVersions?: Readonly<Record<string, string>>;
  /** Namespaces of applications. @default - none */
  readonly appNamespaces?: readonly AppNamespace[];
  /**
   * Declares the provider of the cluster's own account where that has not been done, and says what its resources take as
   * `provider`: undefined is the stack's default provider. Whatever is made in the cluster's own cloud asks for it.
   */
  ownProvider(): TerraformProvider | undefined;
}

/** The cluster's own cloud, with what the cluster made there. */
export type OwnCloud = OwnAws | OwnAzure | OwnGoogle | { readonly cloud: "existing" };

export interface OwnAws {
  readonly cloud: "aws";
  readonly region: string;
  readonly accountId: string;
  /** Kubernetes minor version. */
  readonly kubernetes: string;
  /** @default - roles have no permissions boundary */
  readonly permissionsBoundaryArn?: string;
  /** Whether what holds data is protected from being destroyed. */
  readonly deletionProtection: boolean;
  /** What each private subnet is called by, in the order of the foundation's: its zone, or its id. Construct ids. */
  readonly subnetKeys: readonly string[];
  readonly foundation: AwsFoundation;
}

export interface OwnAzure {
  readonly cloud: "azure";
  readonly subscriptionId: string;
  readonly tenantId: string;
  /** The nodes' subnet where it existed before the cluster, which then may see no other of its network. @default - made with the cluster */
  readonly existingSubnet?: { readonly resourceGroup: string; readonly network: string; readonly name: string };
  readonly foundation: AzureFoundation;
}

export interface OwnGoogle {
  readonly cloud: "google";
  readonly projectId: string;
  /** Region of the cluster. */
  readonly region: string;
  /** Whether what holds data is protected from being destroyed. */
  readonly deletionProtection: boolean;
  readonly foundation: GoogleFoundation;
}

export interface HostZone {
  /** Its name as text, not as a reference. */
  readonly name: string;
  /** TTL of the records made in it. */
  readonly ttlSeconds: number;
  /** How pods of the cluster reach it: declares its provider, and reads its state, where that has not been done. */
  reach(): ZoneReach;
}

/** How the cluster's pods reach the zone. */
export type ZoneReach = Route53Reach | AzureReach;

export interface Route53Reach {
  readonly engine: "route53";
  readonly zone: Extract<ZoneRef, { engine: "route53" }>;
  /** Provider of the zone's account. */
  readonly provider: TerraformProvider;
  /** ARN of the IAM OIDC provider that trusts the cluster's tokens, in the zone's account. @default - the cluster has no issuer */
  readonly oidcProviderArn?: string;
  /** Partition of the zone's account. */
  readonly partition: string;
  /** Permissions boundary of roles in the zone's account. @default - none is known */
  readonly permissionsBoundaryArn?: string;
}

export interface AzureReach {
  readonly engine: "azure";
  readonly zone: Extract<ZoneRef, { engine: "azure" }>;
  /** Provider of the zone's subscription. */
  readonly provider: TerraformProvider;
  readonly subscriptionId: string;
  readonly tenantId: string;
}

/** A database server that the cluster may connect to. */
export interface HostDatabase {
  /** Key in the fleet file. */
  readonly key: string;
  readonly engine: "mysql" | "postgres";
  readonly location: EntryLocation;
  /** Entry of the administrator. @default - the cloud's API makes logins, they are only tried */
  readonly admin?: string;
  /** The databases, with the entries that lead to the primary. */
  readonly logins: readonly { readonly database: string; readonly entry: string }[];
  /** Those of them with a second user, for applications that log in by what they are. @default - none */
  readonly identities?: readonly string[];
  /** Applications that are users of their own, of which database. @default - none */
  readonly members?: readonly { readonly app: string; readonly database: string; readonly user: string }[];
  /** On Azure, where there are members: the servers whose administrator in Entra says who they are. */
  readonly entra?: {
    readonly tenantId: string;
    readonly servers: readonly {
      /** Construct id. */
      readonly key: string;
      readonly name: string;
      readonly resourceGroup: string;
      /** Place among all servers that were ever made. */
      readonly place: number;
      /** Whether a promotion has left it behind. */
      readonly fenced: boolean;
    }[];
  };
  /** Another number for other passwords or another primary: everything is done again. */
  readonly version: number;
}

/** A registry of another cloud that some namespaces pull from, and how their service account gets tokens there. */
export interface HostPull {
  /** Of the service account, the generator and the Secret. */
  readonly name: string;
  readonly namespaces: readonly string[];
  /** Hosts that a login is for, the registry's first. */
  readonly hosts: readonly string[];
  readonly by:
    | { readonly cloud: "aws"; readonly region: string; readonly roleArn: (namespace: string) => string }
    | { readonly cloud: "azure"; readonly tenantId: string; readonly clientId: (namespace: string) => string }
    | { readonly cloud: "google"; readonly projectId: string; readonly audience: string; readonly email: string };
}

/** A store of backups in the cluster's own cloud. */
export interface HostBackups {
  /** The identity that reads the password. */
  readonly cluster: ReaderCluster;
  readonly store: {
    /** Name of the bucket; of the storage account on Azure. */
    readonly name: string;
    readonly region: string;
    /** On Azure. */
    readonly azure?: {
      readonly subscriptionId: string;
      readonly resourceGroup: string;
      readonly container: string;
      /** Resource id of the store's group, which holds nothing else. */
      readonly groupId: string;
      /** Where snapshots of volumes are made: it outlives the cluster. */
      readonly snapshotGroup: string;
      readonly snapshotGroupId: string;
    };
  };
  /** Entry of the password that backups are encrypted with. */
  readonly password: { readonly entry: string; readonly location: EntryLocation };
  /** Folder of this cluster in the store, and of no other. */
  readonly prefix: string;
  /** A backup to restore volumes from. @default - none */
  readonly restored?: {
    /** Name of the restore: another one is another restore. */
    readonly name: string;
    readonly location: string;
    readonly prefix: string;
    readonly backup: string;
    /** @default - all */
    readonly namespaces?: readonly string[];
  };
}

/** What certificates are to be had. */
export interface HostCertificates {
  /** The issuers that cert-manager gets. */
  readonly issuers: "letsencrypt" | "none";
  /** The public names, in full, that the cluster can prove to a certificate authority. */
  readonly publicNames: readonly string[];
  /** Whether the cluster asks for the certificate of the public names itself; else it takes what another has stored. */
  readonly asksForPublic: boolean;
}

/** Whether the host gets an add-on. */
export const hasAddOn = ({ addons, own }: AddOnHost, name: AddOnName) => isWanted(name, { addons, cloud: own.cloud });

/** Name that the cluster's own names are below. */
export const ownDomain = ({ face, zone }: AddOnHost) => `${face.name}.${zone.name}`;
