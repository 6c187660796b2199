import type { Fleet } from "../../model/schema/fleet";
import { type NameTree, routingTrees } from "../../routing/tree";
import { synthEngines } from "../routing/engines";
import { clusterAt, type FleetFile, fleetFileOf, fleetOf } from "../routing/fleets";
import type { StackJson } from "../support/synth";

type Names = NonNullable<FleetFile["names"]>;

const CLUSTERS: FleetFile["clusters"] = {
  sydney: clusterAt(0, 2, 1),
  saopaulo: clusterAt(1, 0, 3),
  toronto: clusterAt(2, 1, 1),
  montreal: clusterAt(3, 1, 1),
};
const APPS: FleetFile["apps"] = { shop: { chart: "shop", repository: "https://charts.example.com", version: "1.0.0" } };

/** The trees of names over four clusters, two of them in one region. */
export function readFleetNames(
  names: Names,
  drain: string[] = [],
  engine: "route53" | "azure" = "route53",
): { readonly fleet: Fleet; readonly trees: readonly NameTree[] } {
  const fleet = fleetOf(fleetFileOf({ clusters: CLUSTERS, apps: APPS, names, drain }, engine));
  return { fleet, trees: routingTrees(fleet) };
}

export function route53Of(names: Names, drain?: string[]): StackJson {
  const { fleet, trees } = readFleetNames(names, drain);
  return synthEngines(fleet, { route53: trees, trafficManager: [] }).route53;
}

export function trafficManagerOf(names: Names, drain?: string[]): StackJson {
  const { fleet, trees } = readFleetNames(names, drain, "azure");
  return synthEngines(fleet, { route53: [], trafficManager: trees }).trafficManager;
}
