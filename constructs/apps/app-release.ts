import type { Values } from "../helm/values";

/** Where an application's chart comes from: the project's own, a folder beside the fleet file, or a repository. */
export type AppChart =
  | { readonly from: "own" }
  | { readonly from: "folder"; readonly path: string }
  | { readonly from: "repository"; readonly chart: string; readonly repository: string; readonly version: string };

/** An application as it is installed on one cluster. */
export interface AppRelease {
  /** Also the name of the Helm release and the construct id: a contract. */
  readonly name: string;
  readonly namespace: string;
  readonly chart: AppChart;
  /** Values, everything filled in that synth knows. */
  readonly values: Values;
  /** Keys in the values at which the tag stands, where it is a variable of the stack. @default - the values hold it */
  readonly tagAt?: readonly string[];
  /** What is asked after each release of a chart that doesn't ask itself. @default - nothing */
  readonly smoke?: Smoke;
  /** Secrets that it needs in its namespace, from stores that are there. */
  readonly secrets: readonly {
    readonly secret: string;
    readonly entry: string;
    readonly store: string;
    /** Of the registry whose login it is. @default - it is the application's own */
    readonly host?: string | undefined;
    /** Fields besides those of the entry. @default - none */
    readonly fields?: Readonly<Record<string, string>> | undefined;
  }[];
  /** Names of the applications of this stack that come before. */
  readonly after: readonly string[];
  readonly failed: "remove" | "keep";
  /** How long the release may take to become ready, in seconds. */
  readonly timeoutSeconds: number;
}

/** What is asked after a release, from inside the cluster, through its ingress controller. */
export interface Smoke {
  readonly host: string;
  readonly path: string;
  /** Status of the answer. */
  readonly expect: number;
  readonly timeoutSeconds: number;
  /** Service of the ingress controller, as `<service>.<namespace>`. */
  readonly ingress: string;
  /** Whether the ingress controller takes only connections that begin with PROXY's header. */
  readonly proxyProtocol: boolean;
  /** Image with curl and a shell. */
  readonly image: string;
}
