import { createHash } from "node:crypto";
import type { Release } from "@cdktf/provider-helm/lib/release";
import { dependable } from "cdktf";
import type { Construct } from "constructs";
import { ownChart } from "../helm/chart-source";
import { helmRelease } from "../helm/release";
import type { AppRelease, Smoke } from "./app-release";
import { IMAGE_TAG } from "./image-tag";

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
