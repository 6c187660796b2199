import type { Cluster } from "../../model/schema/cluster";
import type { Fleet, Pins } from "../../model/schema/fleet";

/** What moves. */
export const KINDS = ["kubernetes", "charts", "addons", "images"] as const;
export type Kind = (typeof KINDS)[number];

/** A version that moves. */
export interface Move {
  readonly cluster: string;
  /** Where the fleet file says it, if it does. */
  readonly path: readonly string[];
  /** What people call it. */
  readonly what: string;
  readonly from: string;
  readonly to: string;
  /** What one should know. */
  readonly notes: readonly string[];
  /** The lock's version of it. */
  readonly pin: Pin;
}

/** A field of a cluster's pins. */
export type Pin =
  | { readonly field: "kubernetes" }
  | { readonly field: "charts" | "pools" | "eksAddons" | "images"; readonly key: string };

/** Why a cluster, or a part of it, stays where it is. */
export interface Stay {
  readonly cluster: string;
  readonly why: string;
}

/** What an upgrade does. */
export interface Upgrade {
  readonly moves: readonly Move[];
  readonly stays: readonly Stay[];
}

/** The clusters that an upgrade is about: those named, otherwise all; a retired one stays as it is. */
export function chosen(fleet: Fleet, names: readonly string[]): readonly Cluster[] {
  return fleet.clusters.filter(({ name, retired }) => !retired && (names.length === 0 || names.includes(name)));
}

/**
 * The pins after an upgrade. A move of the control plane drops the cluster's pins of images and of EKS's add-ons, which
 * are of one minor version.
 */
export function movedPins(pins: Pins, moves: readonly Move[]): Pins {
  const moved: Record<string, Pins[string]> = { ...pins };
  for (const { cluster, pin, to } of moves) {
    const own = moved[cluster] ?? { charts: {}, eksAddons: {}, images: {}, pools: {} };
    moved[cluster] =
      pin.field === "kubernetes"
        ? { ...own, kubernetes: to, eksAddons: {}, images: {} }
        : { ...own, [pin.field]: { ...own[pin.field], [pin.key]: to } };
  }
  return moved;
}

export const minorOf = (version: string): number => Number(version.split(".")[1]);
export const minorVersion = (minor: number): string => `1.${minor}`;
