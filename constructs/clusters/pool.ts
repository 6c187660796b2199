/** A taint, spelt as Kubernetes does. */
export interface Taint {
  readonly key: string;
  /** Needed on AKS, which knows no taint without one. @default - none */
  readonly value?: string;
  readonly effect: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
}

/** What a pool of equal nodes has in every cloud. The cluster autoscaler scales it between `min` and `max`. */
export interface PoolProps {
  /** Processor architecture. @default "amd64" */
  readonly architecture?: "amd64" | "arm64";
  /** Fewest nodes, all zones together. @default 2 */
  readonly min?: number;
  /** Most nodes, all zones together. @default 6 */
  readonly max?: number;
  /**
   * Interruptible capacity at a lower price. A change makes a new pool of `min` nodes before the old one goes: raise
   * `min` to the nodes in use first. @default false
   */
  readonly spot?: boolean;
  /** System disk in GiB. @default 100 */
  readonly diskGib?: number;
  /** Kubernetes labels. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Kubernetes taints. @default - none */
  readonly taints?: readonly Taint[];
}
