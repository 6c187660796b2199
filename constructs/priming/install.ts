import type { Release } from "@cdktf/provider-helm/lib/release";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { AddOnName, ChartName, ChartOf } from "../../model/add-ons";
import type { DefinitionSetName } from "../../model/add-ons/definitions";
import type { Addons } from "../../model/schema/addons";
import type { Values } from "../helm/values";
import type { AddOnHost } from "./host";
import type { AddOnNamespace, OpenPort } from "./namespace";

/**
 * The order in a cluster; each phase begins when the one before is ready, and is destroyed before it: definitions of
 * custom resources and drivers, the operators that serve them, the custom resources, and what uses all that.
 */
export const PHASES = ["definitions", "operators", "resources", "services"] as const;
export type Phase = (typeof PHASES)[number];

/** What an add-on makes on one cluster. Its data, and whether a cluster gets it, is the file of the same name in model/add-ons. */
export interface Install<Name extends AddOnName> {
  /** Its namespace; two add-ons may share one. @default - it needs none of its own */
  readonly namespace?: AddOnNamespace;
  /** What the fleet file's values make others reach, besides. @default - nothing */
  opens?(addons: Addons): readonly OpenPort[];
  /** Makes releases, objects and cloud resources in a scope of its own. */
  install(scope: Construct, host: AddOnHost, installer: AddOnInstaller<ChartOf<Name>>): void;
}

/** Installs the charts of an add-on and objects of any kind. */
export interface AddOnInstaller<Chart extends ChartName> {
  /** The namespaces of all add-ons of the cluster. */
  readonly namespaceNames: readonly string[];
  /** Installs a chart of the add-on, with what the fleet file says of it. */
  chart(scope: Construct, id: string, props: InstallChartProps<Chart>): Release;
  /**
   * Definitions of custom resources, as a release of their own that comes first: a plan updates them. Those that a
   * chart's `crds/` has left in the cluster are taken over, and all stay when the release goes.
   */
  definitions(scope: Construct, id: string, set: DefinitionSetName, name?: string): Release;
  /** Makes Kubernetes objects by the local chart. `id` is the release's name too. */
  objects(scope: Construct, id: string, props: InstallObjectsProps): Release;
}

export interface InstallChartProps<Chart extends ChartName = ChartName> {
  readonly phase: Phase;
  readonly chart: Chart;
  readonly namespace: string;
  /** Meridian's values; the fleet file's are laid over them. Strings may be tokens. */
  readonly values: Values;
  /** Its definitions, where the chart has them in `crds/`. @default - it has none, or as templates */
  readonly definitions?: DefinitionSetName;
  /** Namespaces of others that it makes objects in, where they are made here. @default - none */
  readonly inside?: readonly string[];
  /** Resources that must be there before, besides the earlier phases. @default - none */
  readonly after?: readonly ITerraformDependable[];
}

export interface InstallObjectsProps {
  readonly phase: Phase;
  readonly namespace: string;
  /** Kubernetes objects. Strings may be tokens. */
  readonly objects: readonly Values[];
  /** @default - none */
  readonly after?: readonly ITerraformDependable[];
  /** How long its hooks may take, in seconds. @default 300 */
  readonly timeoutSeconds?: number;
}

/** Where the releases are kept that belong to no add-on's namespace. */
export const BASE_NAMESPACE = "priming";
