import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { dependable } from "cdktf";
import { Construct } from "constructs";
import type { App } from "../../model/schema/apps";
import { type ChartSource, chartReference } from "../helm/chart-source";
import { helmRelease } from "../helm/release";

export interface AppReleasesProps {
  /** Applications by name, which is the name of the release too. */
  readonly apps: Readonly<Record<string, App>>;
  /** Where charts come from. */
  readonly source: ChartSource;
}

/**
 * The releases of a cluster's applications, each after its namespace: a namespace's refresh fails a plan when the API
 * can't be reached, while to helm 3.1.1 that means that nothing is installed.
 */
export class AppReleases extends Construct {
  constructor(scope: Construct, id: string, props: AppReleasesProps) {
    super(scope, id);
    const namespaces = new Map<string, NamespaceV1>();
    for (const [name, app] of Object.entries(props.apps)) {
      const namespace = app.namespace ?? name;
      if (!namespaces.has(namespace)) namespaces.set(namespace, this.namespace(namespace));
      const release = helmRelease(this, name, {
        name,
        chart: chartReference(this, props.source, app),
        namespace,
        values: app.values,
        timeoutSeconds: app.timeoutSeconds,
      });
      release.dependsOn = [dependable(namespaces.get(namespace)!)];
    }
  }

  private namespace(name: string): NamespaceV1 {
    return new NamespaceV1(this, `namespace-${name}`, {
      metadata: {
        name,
        labels: { "app.kubernetes.io/managed-by": "meridian", "pod-security.kubernetes.io/enforce": "baseline" },
      },
      timeouts: { delete: "15m" },
    });
  }
}
