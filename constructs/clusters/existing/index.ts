import type { ExistingSettings } from "../../../model/schema/existing";
import { literal, literalDeep } from "../../cdktf/escape";
import type { ClusterFace } from "../face";

/** A cluster that something else made: its name in the fleet and its face as values. */
export interface ExistingClusterProps {
  /** The cluster's key in the fleet. */
  readonly name: string;
  readonly existing: ExistingSettings;
}

/**
 * The face of a cluster that something else made. No resource: everything is known at synth, so that priming, routing
 * and records work as for a cluster made here. It has no foundation: what an add-on would need from its cloud, it
 * must find by itself.
 */
export function existingFace({ name, existing }: ExistingClusterProps): ClusterFace {
  const { endpoint, certificateAuthority, exec, oidcIssuer, ingress } = existing;
  return {
    name,
    endpoint: literal(endpoint),
    certificateAuthority,
    auth: {
      command: literal(exec.command),
      args: literalDeep(exec.args),
      env: hasKeys(exec.env) ? literalDeep(exec.env) : undefined,
    },
    oidcIssuer: oidcIssuer && literal(oidcIssuer),
    ingress: {
      ips: ingress.ips,
      hostname: ingress.hostname,
      service: { type: "LoadBalancer", annotations: literalDeep(ingress.serviceAnnotations) },
    },
  };
}

function hasKeys(record: Readonly<Record<string, string>>): boolean {
  return Object.keys(record).length > 0;
}
