import type { Release } from "@cdktf/provider-helm/lib/release";
import { DataKubernetesNamespaceV1 } from "@cdktf/provider-kubernetes/lib/data-kubernetes-namespace-v1";
import { dependable, type ITerraformDependable, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { type ChartReference, type ChartSource, chartReference, folderChart, ownChart } from "../helm/chart-source";
import { helmRelease } from "../helm/release";
import type { Values } from "../helm/values";
import type { AppChart, AppRelease } from "./app-release";
import { imageTag } from "./image-tag";
import { secretsRelease } from "./secrets";
import { smokeRelease } from "./smoke";

export interface AppReleasesProps {
  /** An application after those that it comes after. */
  readonly apps: readonly AppRelease[];
  /** Where charts come from. */
  readonly source: ChartSource;
}

/**
 * The releases of a cluster's applications. The namespaces are priming's; each is read here, because reading one fails a
 * plan and a destroy when the API can't be reached, while to helm 3.1.1 that means that nothing is installed.
 */
export class AppReleases extends Construct {
  private readonly namespaces = new Map<string, DataKubernetesNamespaceV1>();

  constructor(scope: Construct, id: string, props: AppReleasesProps) {
    super(scope, id);
    const last = new Map<string, Release>();
    for (const app of props.apps) {
      const before = app.after.flatMap((name) => last.get(name) ?? []);
      const namespace = this.namespace(app.namespace);
      const secrets = app.secrets.length > 0 ? [secretsRelease(this, app, namespace)] : [];
      const release = this.release(app, this.chart(app.chart, props.source), [namespace, ...secrets, ...before]);
      last.set(app.name, app.smoke ? smokeRelease(this, app, app.smoke, release) : release);
    }
    this.forgetNamespaces();
  }

  private release(app: AppRelease, chart: ChartReference, after: readonly ITerraformDependable[]): Release {
    const { values } = app;
    const release = helmRelease(this, app.name, {
      name: app.name,
      chart,
      namespace: app.namespace,
      values: app.tagAt ? withValueAt(values, app.tagAt, imageTag(this)) : values,
      timeoutSeconds: app.timeoutSeconds,
      failed: app.failed,
    });
    release.dependsOn = after.map(dependable);
    return release;
  }

  private chart(chart: AppChart, source: ChartSource): ChartReference {
    switch (chart.from) {
      case "own":
        return ownChart(this, "service");
      case "folder":
        return folderChart(this, source, chart.path);
      case "repository":
        return chartReference(this, source, chart);
    }
  }

  private namespace(name: string): DataKubernetesNamespaceV1 {
    const there = this.namespaces.get(name);
    const read = there ?? new DataKubernetesNamespaceV1(this, `namespace-${name}`, { metadata: { name } });
    this.namespaces.set(name, read);
    return read;
  }

  /** Up to 0.1 the namespaces were made in this state: it lets go of them, and destroys nothing. */
  private forgetNamespaces(): void {
    const addresses = [...this.namespaces.values()].map((read) => `kubernetes_namespace_v1.${read.friendlyUniqueId}`);
    TerraformStack.of(this).addOverride(
      "removed",
      addresses.sort().map((from) => ({ from, lifecycle: { destroy: false } })),
    );
  }
}

/** A copy with a value at some keys, in maps made for it where there are none. */
function withValueAt(values: Values, [key, ...rest]: readonly string[], value: string): Values {
  if (key === undefined) return values;
  const below = values[key];
  const inner = below !== null && typeof below === "object" && !Array.isArray(below) ? (below as Values) : {};
  return { ...values, [key]: rest.length === 0 ? value : withValueAt(inner, rest, value) };
}
