import type { Rights } from "../../model/schema/rights";

/** Pod security standard of a namespace. */
export type PodSecurity = "privileged" | "baseline" | "restricted";

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

/** A namespace that applications run in. It is made here, so that two applications can share it and either can go. */
export interface AppNamespace {
  readonly name: string;
  /** Whether something else owns it: it is only looked at, so that a plan fails where it is missing. */
  readonly existing: boolean;
  readonly podSecurity: PodSecurity;
  /** Namespaces whose pods reach its pods, besides its own. */
  readonly openTo: readonly string[];
  /** What all its pods and claims may take together, by the names of ResourceQuota. @default - no quota */
  readonly quota?: Readonly<Record<string, string>>;
  /** People who get at it, by their identity in the cluster's cloud. @default - nobody but the administrators */
  readonly access?: NamespaceAccess;
  /** What a container gets that says nothing. @default - nothing */
  readonly containerDefaults?: {
    readonly requests: Readonly<Record<string, string>>;
    readonly limits: Readonly<Record<string, string>>;
  };
}

/** Principals of the cluster's own cloud: ARNs, object ids, IAM members; groups of an existing cluster. */
export interface NamespaceAccess {
  /** Who change what is in the namespace. */
  readonly developers: readonly string[];
  /** Who look at it, but not at its Secrets. */
  readonly viewers: readonly string[];
}

/** An application that is somebody in the cluster's cloud. */
export interface AppIdentity {
  readonly app: string;
  readonly namespace: string;
  readonly rights: Rights;
  /** On EKS: ARNs of users of databases that it logs in as. @default - none */
  readonly databaseUsers?: readonly string[];
  /** On AKS: whether it logs in to databases, which it needs an identity for. @default false */
  readonly logsIn?: boolean;
  /** On GKE: servers of databases that it logs in to. @default - none */
  readonly sqlServers?: readonly SqlServer[];
}

/** An instance of Cloud SQL that an application is a user of. */
export interface SqlServer {
  /** Key of the database in the fleet file, and of the server. Construct ids. */
  readonly database: string;
  readonly server: string;
  readonly engine: "mysql" | "postgres";
  /** Name of the instance. */
  readonly instance: string;
  readonly primary: boolean;
  /** Whether another server may be promoted in its place. */
  readonly promotable: boolean;
}
