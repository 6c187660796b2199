import type { Continent } from "../model/schema/common";
import type { Engine } from "../model/schema/routing";

/** Somebody who asks, as the DNS services see them: by the resolver's or the EDNS client subnet's place. */
export interface Client {
  /** ISO 3166-1. @default - not known: only default locations match */
  readonly country?: string;
  readonly continent?: Continent;
  /** State of the USA. */
  readonly state?: string;
  /** Degrees north. */
  readonly latitude: number;
  /** Degrees east. */
  readonly longitude: number;
}

/** Whether a cluster's probe succeeds. */
export type Health = (cluster: string) => boolean;

/**
 * What cannot be computed, only measured: milliseconds from a client to a region of the engine's own cloud (AWS regions
 * for Route53, Azure's for Traffic Manager). Two regions must never be equally far, or the answer is not determined.
 */
export type LatencyOracle = (client: Client, region: string) => number;

/** All that an answer depends on besides the tree. */
export interface World {
  readonly engine: Engine;
  readonly client: Client;
  readonly health: Health;
  readonly latency: LatencyOracle;
}
