import type { Fleet } from "../schema/fleet";
import type { NameSpec } from "../schema/routing";
import { clustersOf, engineOf, membersOf } from "./members";

/** How long clients can go on being led to a cluster that has failed, and what that time is made of. */
export interface Recovery {
  readonly intervalSeconds: number;
  readonly failureThreshold: number;
  /** How long a resolver keeps the answer that was true a moment ago. */
  readonly ttlSeconds: number;
  /** interval × threshold + TTL. What the services themselves need to spread the news is not in it. */
  readonly seconds: number;
}

/** TTL of an alias onto an AWS load balancer (Route 53 Developer Guide, "Choosing between alias and non-alias records"). */
const LOAD_BALANCER_TTL_SECONDS = 60;

/** The worst recovery of a name. @default - undefined: simple leads to its one cluster, dead or alive */
export function recoveryOf(fleet: Fleet, key: string, spec: NameSpec): Recovery | undefined {
  if (spec.policy === "simple") return undefined;
  const { intervalSeconds, failureThreshold } = spec.probe;
  const ttlSeconds = ttlOf(fleet, key, spec);
  return { intervalSeconds, failureThreshold, ttlSeconds, seconds: intervalSeconds * failureThreshold + ttlSeconds };
}

/** Traffic Manager and multivalue have the name's own TTL; Route53's aliases that of the records at their end. */
function ttlOf(fleet: Fleet, key: string, spec: NameSpec): number {
  if (engineOf(fleet, spec) === "traffic-manager" || spec.policy === "multivalue") return spec.ttlSeconds;
  const leaves = new Set(clustersOf(membersOf(fleet, key, spec)));
  const aliased = fleet.clusters.some(
    (cluster) =>
      leaves.has(cluster.name) &&
      (cluster.cloud === "aws" || (cluster.cloud === "existing" && cluster.existing.ingress.zoneId !== undefined)),
  );
  return Math.max(fleet.dns.ttlSeconds, aliased ? LOAD_BALANCER_TTL_SECONDS : 0);
}

/** `150 s (every 30 s × 3 + TTL 60 s)`. */
export function recoveryInWords({ intervalSeconds, failureThreshold, ttlSeconds, seconds }: Recovery): string {
  return `${seconds} s (a probe every ${intervalSeconds} s × ${failureThreshold} failures + TTL ${ttlSeconds} s)`;
}
