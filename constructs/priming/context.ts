import type { TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import type { Addons } from "../../model/schema/addons";
import type { AwsCluster, AzureCluster, Cluster, ExistingCluster, GoogleCluster } from "../../model/schema/cluster";
import type { Fleet } from "../../model/schema/fleet";
import type { AwsFoundation, AzureFoundation, ClusterFace, GoogleFoundation } from "../clusters/face";
import type { ZoneRef } from "../dns/zone";
import type { Installer } from "./installer";

/** A cluster with what its own cloud has made for it. */
export type CloudHalf =
  | { readonly cloud: "aws"; readonly cluster: AwsCluster; readonly foundation: AwsFoundation }
  | { readonly cloud: "azure"; readonly cluster: AzureCluster; readonly foundation: AzureFoundation }
  | { readonly cloud: "google"; readonly cluster: GoogleCluster; readonly foundation: GoogleFoundation }
  | { readonly cloud: "existing"; readonly cluster: ExistingCluster };

/** How the cluster's pods reach the fleet's zone. */
export interface ZoneReach {
  readonly zone: ZoneRef;
  /** Provider of the zone's account. */
  readonly provider: TerraformProvider;
  /** ARN of the IAM OIDC provider that trusts the cluster's tokens, in the zone's account. @default - Azure zone, or no issuer */
  readonly oidcProviderArn?: string;
}

/** All that add-ons know of their cluster. */
export interface PrimingContext {
  readonly fleet: Fleet;
  readonly cluster: Cluster;
  readonly addons: Addons;
  readonly face: ClusterFace;
  readonly half: CloudHalf;
  readonly reach: ZoneReach;
  /** Tags of cloud resources. */
  readonly tags: Readonly<Record<string, string>>;
}

/** Pod security standard of a namespace. */
export type PodSecurity = "privileged" | "baseline" | "restricted";

/** Something installed before applications: data, and a function that says what it is made of on one cluster. */
export interface AddOn {
  /** Also the construct id of what it makes: a contract. */
  readonly name: string;
  /** Whether a cluster gets it. */
  wanted(context: PrimingContext): boolean;
  /** Its namespace; two add-ons may share one. @default - it needs none of its own */
  readonly namespace?: AddOnNamespace;
  /** Makes releases, objects and cloud resources in a scope of its own. */
  install(scope: Construct, context: PrimingContext, installer: Installer): void;
}

export interface AddOnNamespace {
  readonly name: string;
  readonly podSecurity: PodSecurity;
  /** What other namespaces may reach; the rest is closed. @default - nothing */
  readonly open?: readonly OpenPort[];
}

/** A port of an add-on that others need. */
export interface OpenPort {
  readonly port: number | string;
  readonly protocol?: "TCP" | "UDP";
  /** Labels of the pods that have it. @default - every pod of the namespace */
  readonly pods?: Readonly<Record<string, string>>;
  /** Who: everybody, or the pods of the cluster. Webhooks are called by the control plane, so by everybody. */
  readonly from: "anywhere" | "cluster";
}
