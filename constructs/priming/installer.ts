import type { Release } from "@cdktf/provider-helm/lib/release";
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { dependable, type TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { CHARTS, type ChartName } from "../../model/catalog/charts";
import { literalDeep } from "../cdktf/escape";
import { chartReference, objectsChart } from "../helm/chart-source";
import { helmRelease } from "../helm/release";
import { mergeValues, type Values } from "../helm/values";
import type { AddOnNamespace, PrimingContext } from "./context";

/**
 * The order in a cluster; each phase begins when the one before is ready, and is destroyed before it: definitions of
 * custom resources and drivers, the operators that serve them, the custom resources, and what uses all that.
 */
export const PHASES = ["definitions", "operators", "resources", "services"] as const;
export type Phase = (typeof PHASES)[number];

/** What the fleet file may change of one chart. */
export interface ChartSettings {
  readonly version?: string;
  readonly values?: Values;
  readonly timeoutSeconds?: number;
}

export interface InstallChartProps {
  readonly phase: Phase;
  readonly chart: ChartName;
  readonly namespace: string;
  /** Meridian's values. Strings may be tokens. */
  readonly values: Values;
  /** The fleet file's settings, laid over them. @default - none */
  readonly settings?: ChartSettings;
  /** Name of the release. @default - the chart's */
  readonly name?: string;
  /** Resources that must be there before, besides the earlier phases. @default - none */
  readonly after?: readonly TerraformResource[];
}

export interface InstallObjectsProps {
  readonly phase: Phase;
  readonly namespace: string;
  /** Kubernetes objects. Strings may be tokens. */
  readonly objects: readonly Values[];
  /** @default - none */
  readonly after?: readonly TerraformResource[];
}

interface Step {
  readonly phase: Phase;
  readonly release: Release;
  readonly namespace: string;
  readonly after: readonly TerraformResource[];
}

/** Where all releases of a cluster's own namespaces and objects are kept. */
export const BASE_NAMESPACE = "priming";

/** Makes a cluster's namespaces and releases, and at the end the order between them. */
export class Installer {
  private readonly namespaces = new Map<string, NamespaceV1>();
  private readonly steps: Step[] = [];

  constructor(
    private readonly scope: Construct,
    private readonly context: PrimingContext,
  ) {}

  /** A namespace with its pod security standard. Asking again for the same one changes nothing. */
  namespace({ name, podSecurity }: AddOnNamespace): void {
    if (this.namespaces.has(name)) return;
    const made = new NamespaceV1(this.scope, `namespace-${name}`, {
      metadata: {
        name,
        labels: {
          "app.kubernetes.io/managed-by": "meridian",
          "pod-security.kubernetes.io/enforce": podSecurity,
          "pod-security.kubernetes.io/warn": podSecurity,
          "pod-security.kubernetes.io/audit": podSecurity,
        },
      },
      // its volumes are given back to the cloud before it is gone
      timeouts: { delete: "15m" },
    });
    this.namespaces.set(name, made);
  }

  /** Installs a chart of the catalogue. */
  chart(scope: Construct, id: string, props: InstallChartProps): Release {
    const pin = CHARTS[props.chart];
    const { settings = {} } = props;
    const chart = { ...pin, version: settings.version ?? pin.version };
    const release = helmRelease(scope, id, {
      name: props.name ?? pin.chart,
      chart: chartReference(scope, this.context.fleet, chart),
      namespace: props.namespace,
      values: mergeValues(props.values, literalDeep(settings.values ?? {})),
      timeoutSeconds: settings.timeoutSeconds ?? pin.timeoutSeconds,
      failed: this.context.addons.failedReleases,
    });
    this.steps.push({ phase: props.phase, release, namespace: props.namespace, after: props.after ?? [] });
    return release;
  }

  /** Makes Kubernetes objects by the local chart. `id` is the release's name too. */
  objects(scope: Construct, id: string, props: InstallObjectsProps): Release {
    const release = helmRelease(scope, id, {
      name: id,
      chart: objectsChart(scope),
      namespace: props.namespace,
      values: { objects: props.objects },
      timeoutSeconds: 300,
      failed: this.context.addons.failedReleases,
    });
    this.steps.push({ phase: props.phase, release, namespace: props.namespace, after: props.after ?? [] });
    return release;
  }

  /**
   * Says what comes after what, once everything is there. Every release depends on namespaces: their refresh fails a
   * plan when the API can't be reached, which a release's refresh does not.
   */
  order(): void {
    this.orderNamespaces();
    let earlier: Release[] = [];
    for (const phase of PHASES) {
      const steps = this.steps.filter((step) => step.phase === phase);
      for (const { release, namespace, after } of steps) {
        const own = this.namespaces.get(namespace);
        if (!own) throw new Error(`release ${release.name} is in namespace ${namespace}, which no add-on declares`);
        release.dependsOn = [...new Set([own, ...earlier, ...after])].map(dependable);
      }
      if (steps.length > 0) earlier = steps.map((step) => step.release);
    }
  }

  /** Volumes in a namespace are given back while the drivers still run: drivers come before it and go after it. */
  private orderNamespaces(): void {
    const definitions = this.steps.filter(({ phase }) => phase === "definitions");
    const first = new Set(definitions.map(({ namespace }) => namespace));
    for (const [name, namespace] of this.namespaces)
      if (!first.has(name) && definitions.length > 0) namespace.dependsOn = definitions.map(({ release }) => dependable(release));
  }
}
