import { Release } from "@cdktf/provider-helm/lib/release";
import type { Construct } from "constructs";
import type { ChartReference } from "./chart-source";
import type { Values } from "./values";

export interface HelmReleaseProps {
  /** Name of the release, at most 53 characters. */
  readonly name: string;
  readonly chart: ChartReference;
  /** A namespace that exists: Helm never deletes the ones that it makes. */
  readonly namespace: string;
  /** Values of the chart. Strings may be tokens; a literal `${` must be escaped already. */
  readonly values: Values;
  /** How long the release may take to become ready, in seconds. */
  readonly timeoutSeconds: number;
  /** What becomes of a release that fails. @default "remove" */
  readonly failed?: "remove" | "keep";
  /** Revisions kept for `helm rollback`; each is a secret in the namespace. @default 10 */
  readonly maxHistory?: number;
  /** Leaves out what is in the chart's `crds/`, which Helm would never update. @default false */
  readonly skipCrds?: boolean;
  /** Takes over objects that somebody else has made. @default false */
  readonly takeOwnership?: boolean;
}

/**
 * A Helm release that waits until what it installs is ready, takes back what failed and finds itself again.
 *
 * `upgrade_install` with an exact version adopts a release that Terraform has lost: to helm 3.1.1 an API that can't be
 * reached means that nothing is installed (hashicorp/terraform-provider-helm#1669), and the next apply would then fail
 * with "cannot re-use a name that is still in use".
 */
export function helmRelease(scope: Construct, id: string, props: HelmReleaseProps): Release {
  const remove = (props.failed ?? "remove") === "remove";
  return new Release(scope, id, {
    name: props.name,
    ...props.chart,
    namespace: props.namespace,
    createNamespace: false,
    values: [JSON.stringify(props.values)],
    timeout: props.timeoutSeconds,
    atomic: remove,
    cleanupOnFail: remove,
    wait: true,
    waitForJobs: true,
    upgradeInstall: true,
    maxHistory: props.maxHistory ?? 10,
    skipCrds: props.skipCrds,
    takeOwnership: props.takeOwnership,
  });
}
