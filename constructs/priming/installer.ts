import type { Release } from "@cdktf/provider-helm/lib/release";
import { DataKubernetesNamespaceV1 } from "@cdktf/provider-kubernetes/lib/data-kubernetes-namespace-v1";
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { dependable, type ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { ChartName } from "../../model/add-ons";
import { CHARTS, chartSettings, releaseOf } from "../../model/add-ons/charts";
import type { DefinitionSetName } from "../../model/add-ons/definitions";
import { chartReference, definitionsChart, objectsChart } from "../helm/chart-source";
import { helmRelease } from "../helm/release";
import { mergeValues, type Values } from "../helm/values";
import type { AddOnHost } from "./host";
import {
  type AddOnInstaller,
  BASE_NAMESPACE,
  type InstallChartProps,
  type InstallObjectsProps,
  PHASES,
  type Phase,
} from "./install";
import type { AddOnNamespace } from "./namespace";
import type { OwnInstaller, OwnReleaseProps } from "./own-add-on";

interface Step {
  readonly phase: Phase;
  readonly release: Release;
  readonly namespace: string;
  readonly after: readonly ITerraformDependable[];
  /** Other namespaces that have objects of the release. @default - none */
  readonly inside?: readonly string[];
}

/** Makes a cluster's namespaces and releases, and at the end the order between them. */
export class Installer implements AddOnInstaller<ChartName>, OwnInstaller {
  private readonly namespaces = new Map<string, NamespaceV1>();
  private readonly steps: Step[] = [];

  constructor(
    private readonly scope: Construct,
    private readonly host: AddOnHost,
  ) {}

  get namespaceNames(): readonly string[] {
    return [...this.namespaces.keys()];
  }

  /** A namespace with its pod security standard. Asking again for the same one changes nothing. */
  namespace({ name, podSecurity }: AddOnNamespace): NamespaceV1 {
    const there = this.namespaces.get(name);
    if (there) return there;
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
    return made;
  }

  /** A namespace that something else made: its reading fails a plan where it is missing. */
  existingNamespace(name: string): DataKubernetesNamespaceV1 {
    return new DataKubernetesNamespaceV1(this.scope, `existing-namespace-${name}`, { metadata: { name } });
  }

  chart(scope: Construct, id: string, props: InstallChartProps): Release {
    const pin = CHARTS[props.chart];
    const settings = chartSettings(props.chart, this.host.addons);
    const name = releaseOf(pin);
    const chart = { ...pin, version: settings.version ?? this.host.chartVersions?.[name] ?? pin.version };
    if (props.definitions) this.definitions(scope, "definitions", props.definitions);
    const release = helmRelease(scope, id, {
      name,
      chart: chartReference(scope, this.host.charts, chart),
      namespace: props.namespace,
      values: mergeValues(props.values, settings.values ?? {}),
      timeoutSeconds: settings.timeoutSeconds ?? pin.timeoutSeconds,
      failed: this.host.addons.failedReleases,
      skipCrds: props.definitions === undefined ? undefined : true,
    });
    const { phase, namespace, after = [], inside } = props;
    this.steps.push({ phase, release, namespace, after, inside });
    return release;
  }

  release(scope: Construct, id: string, props: OwnReleaseProps): Release {
    const release = helmRelease(scope, id, {
      name: props.name ?? props.chart.chart,
      chart: chartReference(scope, this.host.charts, props.chart),
      namespace: props.namespace,
      values: props.values,
      timeoutSeconds: props.timeoutSeconds ?? 300,
      failed: this.host.addons.failedReleases,
    });
    this.steps.push({ phase: props.phase, release, namespace: props.namespace, after: props.after ?? [] });
    return release;
  }

  definitions(scope: Construct, id: string, set: DefinitionSetName, name = `${set}-definitions`): Release {
    const release = helmRelease(scope, id, {
      name,
      chart: definitionsChart(scope, set),
      namespace: BASE_NAMESPACE,
      values: {},
      timeoutSeconds: 300,
      failed: this.host.addons.failedReleases,
      takeOwnership: true,
    });
    this.steps.push({ phase: "definitions", release, namespace: BASE_NAMESPACE, after: [] });
    return release;
  }

  objects(scope: Construct, id: string, props: InstallObjectsProps): Release {
    const release = helmRelease(scope, id, {
      name: id,
      chart: objectsChart(scope),
      namespace: props.namespace,
      values: { objects: props.objects },
      timeoutSeconds: props.timeoutSeconds ?? 300,
      failed: this.host.addons.failedReleases,
    });
    const inside = namespacesOf(props.objects);
    this.steps.push({ phase: props.phase, release, namespace: props.namespace, after: props.after ?? [], inside });
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
      for (const { release, namespace, after, inside = [] } of steps) {
        const own = this.namespaces.get(namespace);
        if (!own) throw new Error(`release ${release.name} is in namespace ${namespace}, which no add-on declares`);
        const others = inside.flatMap((name) => this.namespaces.get(name) ?? []);
        release.dependsOn = [...new Set([own, ...others, ...earlier, ...after])].map(dependable);
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

/** The namespaces that objects say themselves. */
const namespacesOf = (objects: readonly Values[]) =>
  objects.flatMap(({ metadata }) => (metadata as { readonly namespace?: string } | undefined)?.namespace ?? []);
