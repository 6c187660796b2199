import type { ExistingSettings } from "../../../model/schema/existing";
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
    endpoint,
    certificateAuthority,
    auth: {
      command: exec.command,
      args: exec.args,
      env: hasKeys(exec.env) ? exec.env : undefined,
    },
    oidcIssuer,
    ingress: {
      ips: ingress.ips,
      hostname: ingress.hostname,
      alias:
        ingress.hostname !== undefined && ingress.zoneId !== undefined
          ? { name: ingress.hostname, zoneId: ingress.zoneId }
          : undefined,
      service: { type: "LoadBalancer", annotations: ingress.serviceAnnotations },
    },
  };
}

function hasKeys(record: Readonly<Record<string, string>>): boolean {
  return Object.keys(record).length > 0;
}
