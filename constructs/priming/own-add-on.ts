import type { Release } from "@cdktf/provider-helm/lib/release";
import type { TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import type { Values } from "../helm/values";
import type { AddOnHost } from "./host";
import type { InstallObjectsProps, Phase } from "./install";
import type { AddOnNamespace } from "./namespace";

/** An add-on that is not Meridian's: of a project that uses it as a library. */
export interface OwnAddOn {
  /** Its namespace. @default - it needs none of its own */
  readonly namespace?: AddOnNamespace;
  /** Makes releases, objects and cloud resources in a scope of its own. */
  install(scope: Construct, host: AddOnHost, installer: OwnInstaller): void;
}

/** Own add-ons by name: a name becomes a part of addresses, so keep it. */
export type OwnAddOns = Readonly<Record<string, OwnAddOn>>;

/** Installs what an own add-on brings, each in its phase. */
export interface OwnInstaller {
  /** Installs a chart of any repository. */
  release(scope: Construct, id: string, props: OwnReleaseProps): Release;
  /** Makes Kubernetes objects by the local chart. `id` is the release's name too. */
  objects(scope: Construct, id: string, props: InstallObjectsProps): Release;
}

export interface OwnReleaseProps {
  readonly phase: Phase;
  readonly chart: {
    readonly chart: string;
    /** https://… or oci://… */
    readonly repository: string;
    /** Exact version. */
    readonly version: string;
  };
  readonly namespace: string;
  /** Values of the chart. Strings may be tokens; a literal `${` must be escaped already. */
  readonly values: Values;
  /** Name of the release. @default - the chart's */
  readonly name?: string;
  /** How long the release may take to become ready, in seconds. @default 300 */
  readonly timeoutSeconds?: number;
  /** Resources that must be there before, besides the earlier phases. @default - none */
  readonly after?: readonly TerraformResource[];
}
