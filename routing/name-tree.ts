import { pathText } from "../model/problems/fleet-error";
import { readFleet } from "../model/reading/read";
import type { Engine, NameSpec, Policy } from "../model/schema/routing";
import { type NameTree, routingTrees } from "./tree";

/** A public name without a fleet file; what is left out has the fleet file's defaults. */
export interface NameOptions {
  /** Relative to the zone: "app", or "@" for the zone itself. */
  readonly name: string;
  /** The zone. Each cluster's `ingress.<cluster>.<zone>` must be in it: names lead there, and it is asked for health. */
  readonly zone: string;
  readonly policy: Policy;
  /** The clusters by name, each with where it is. */
  readonly clusters: Readonly<Record<string, NameCluster>>;
  /** As in a fleet file: `["a", { cluster: "b", weight: 3 }]`. @default - every cluster, in their order */
  readonly members?: readonly unknown[];
  /** Clusters that the name shall not lead to for now. @default - none */
  readonly drain?: readonly string[];
  /** How a member's health is asked for. @default - https://ingress.<cluster>.<zone>/ping every 30 seconds, three times */
  readonly probe?: Partial<NameSpec["probe"]>;
  /** geolocation: the member for clients that no location covers. @default - none */
  readonly default?: string;
  /** @default - 60 */
  readonly ttlSeconds?: number;
  /** @default - "route53" */
  readonly engine?: Engine;
  /** Start of the names of Traffic Manager profiles, which the whole world shares. @default - the name and a hash */
  readonly trafficManagerName?: string;
}

/** Where a cluster is. */
export interface NameCluster {
  /** A region of any cloud: "eu-central-1". @default - `location` says it */
  readonly region?: string;
  /** @default - the region's */
  readonly location?: {
    readonly latitude: number;
    readonly longitude: number;
    readonly country: string;
    readonly continent: string;
  };
  /** Public IPv4 addresses of its ingress. @default 1 */
  readonly addresses?: number;
}

const NOWHERE = "00000000-0000-0000-0000-000000000000";
/** Where a zone is, which says nothing about its names. */
const DNS = {
  route53: { engine: "route53", aws: { accountId: "000000000000" } },
  "traffic-manager": { engine: "azure", azure: { subscriptionId: NOWHERE, tenantId: NOWHERE, resourceGroup: "dns" } },
} as const;

/**
 * The tree of a public name, for the constructs of both engines and for `simulate`.
 * @throws with every problem that a fleet file with this name would have
 */
export function nameTree({ name, zone, clusters, drain = [], engine = "route53", ...spec }: NameOptions): NameTree {
  const read = readFleet(
    {
      fleet: "names",
      dns: { zone, existing: true, ...DNS[engine] },
      // clusters that something else made: the name is all that is looked at
      clusters: Object.fromEntries(Object.entries(clusters).map(([key, cluster], index) => [key, existing(cluster, index)])),
      names: { [name]: given(spec) },
      drain,
    },
    { hasBeside: () => false, sourceOf: () => undefined },
  );
  if ("problems" in read) throw new Error(read.problems.map(({ path, message }) => `${pathText(path)}: ${message}`).join("\n"));
  return routingTrees(read.fleet)[0]!;
}

function existing({ addresses = 1, ...place }: NameCluster, index: number): object {
  // 198.51.100.0/24 is for documentation (RFC 5737): records lead to the clusters' own names
  const ips = Array.from({ length: addresses }, (_, index) => `198.51.100.${index}`);
  return {
    cloud: "existing",
    ...given(place),
    existing: { endpoint: `https://${index}.invalid`, exec: { command: "none" }, ingress: { ips } },
  };
}

/** Without what was left out. */
const given = (options: object): object => Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
