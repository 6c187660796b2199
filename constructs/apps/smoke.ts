import { createHash } from "node:crypto";
import type { Release } from "@cdktf/provider-helm/lib/release";
import { dependable } from "cdktf";
import type { Construct } from "constructs";
import { ownChart } from "../helm/chart-source";
import { helmRelease } from "../helm/release";
import type { AppRelease } from "./app-releases";
import { IMAGE_TAG } from "./image-tag";

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

/**
 * Asks an application whose chart doesn't ask itself: a release of its own after it, whose failure fails the apply. Its
 * values change with the application's, so that it asks again.
 */
export function smokeRelease(scope: Construct, app: AppRelease, smoke: Smoke, release: Release): Release {
  const asking = helmRelease(scope, `${app.name}-smoke`, {
    name: `${app.name}-smoke`,
    chart: ownChart(scope, "smoke"),
    namespace: app.namespace,
    values: {
      smoke: { ...smoke },
      of: app.tagAt ? `${digestOf(app)} \${var.${IMAGE_TAG}}` : digestOf(app),
    },
    timeoutSeconds: smoke.timeoutSeconds + 60,
    failed: app.failed,
  });
  asking.dependsOn = [dependable(release)];
  return asking;
}

/** Changes with all that an application is installed from. */
function digestOf({ chart, values }: AppRelease): string {
  return createHash("sha256")
    .update(JSON.stringify([chart, values]))
    .digest("hex")
    .slice(0, 12);
}
