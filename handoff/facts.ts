import type { Fleet } from "../model/schema/fleet";
import { type ShellFacts, shellFacts } from "../verify/for-shell";

/** What a page says of a fleet in the fleet file's own words. */
export interface FleetFacts {
  readonly zone: string;
  readonly clusters: readonly {
    readonly name: string;
    /** EKS, AKS, GKE or existing. */
    readonly kind: string;
    readonly region: string;
    readonly kubernetes: string;
    readonly range: string;
    /** Drained or retired, or nothing. */
    readonly note: string;
  }[];
  readonly names: readonly { readonly name: string; readonly policy: string; readonly app: string }[];
  /** What the world must see. */
  readonly seen: ShellFacts;
}

/** The note of a cluster that serves no more. */
export const RETIRED = "retired";

const KINDS = { aws: "EKS", azure: "AKS", google: "GKE", existing: "existing" } as const;

/** The facts of a fleet file, in its order. */
export function factsOf(fleet: Fleet): FleetFacts {
  return {
    zone: fleet.dns.zone,
    clusters: fleet.clusters.map((cluster) => ({
      name: cluster.name,
      kind: KINDS[cluster.cloud],
      region: cluster.region ?? "",
      kubernetes: "kubernetes" in cluster ? cluster.kubernetes : "",
      range: "network" in cluster && "cidr" in cluster.network ? String(cluster.network.cidr ?? "") : "",
      note: cluster.retired ? RETIRED : fleet.drain.includes(cluster.name) ? "drained" : "",
    })),
    names: Object.entries(fleet.names).map(([name, { policy, app }]) => ({
      name: name === "@" ? fleet.dns.zone : `${name}.${fleet.dns.zone}`,
      policy,
      app: app ?? "",
    })),
    seen: shellFacts(fleet),
  };
}
