import { shortHash } from "../../model/derived/names";
import type { NameTree, ProbePlan } from "../tree";

/** A cluster's health check: one probe of its endpoint, and the switch above it that drains. */
export interface CheckPlan {
  /** Construct id: cluster, two hyphens, which no key has, and what is asked. Names that ask the same share one check. */
  readonly id: string;
  readonly cluster: string;
  /** Host that is asked: never the public name itself, whose answer depends on the check. */
  readonly host: string;
  readonly probe: ProbePlan;
  readonly drained: boolean;
}

/** Host that a probe of a cluster asks. */
export function probeHost(tree: Pick<NameTree, "zone" | "probe">, cluster: string): string {
  return `${tree.probe.app ?? "ingress"}.${cluster}.${tree.zone}`;
}

/** What a probe asks, as part of an id: `ingress` or `app-<app>`, and a hash where the question isn't the usual one. */
function probeId(probe: ProbePlan): string {
  const { app, protocol, port, path, intervalSeconds, failureThreshold } = probe;
  const what = app === undefined ? "ingress" : `app-${app}`;
  const question = [protocol, port, path ?? "", intervalSeconds, failureThreshold].join(" ");
  const usual = ["https", 443, app === undefined ? "/ping" : "/", 30, 3].join(" ");
  return question === usual ? what : `${what}-${shortHash(question)}`;
}

/** The check of a cluster as a name's members have it. */
export function checkOf(tree: Pick<NameTree, "zone" | "probe">, cluster: string, drained: boolean): CheckPlan {
  return { id: `${cluster}--${probeId(tree.probe)}`, cluster, host: probeHost(tree, cluster), probe: tree.probe, drained };
}
