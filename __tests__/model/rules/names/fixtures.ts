import { routing } from "../../../../model/rules/names";
import { clusterAt, type FleetFile, fleetFileOf, fleetOf } from "../../../routing/fleets";

const CLUSTERS: FleetFile["clusters"] = {
  sydney: clusterAt(0, 2, 1),
  saopaulo: clusterAt(1, 0, 3),
  toronto: clusterAt(2, 1, 1),
  montreal: clusterAt(3, 1, 1),
  old: { ...clusterAt(4, 3, 1), retired: true },
  hosted: { ...clusterAt(5, 3, 0), retired: true },
};
export const withHosted: FleetFile["clusters"] = { ...CLUSTERS, hosted: clusterAt(5, 3, 0) };
export const hostedAlone: FleetFile["clusters"] = { hosted: clusterAt(5, 3, 0), hosted2: clusterAt(6, 4, 0) };
const APPS: FleetFile["apps"] = {
  shop: { chart: "shop", repository: "https://charts.example.com", version: "1.0.0", clusters: ["sydney", "toronto"] },
};

export type Names = NonNullable<FleetFile["names"]>;
export interface Parts {
  readonly names: Names;
  readonly drain?: string[];
  readonly engine?: "route53" | "azure";
  readonly clusters?: FleetFile["clusters"];
  readonly ttlSeconds?: number;
  readonly withoutAzure?: boolean;
}

/** What the rules say, each with its place. */
export function problems({
  names,
  drain = [],
  engine = "route53",
  clusters = CLUSTERS,
  ttlSeconds = 60,
  withoutAzure,
}: Parts): string[] {
  const file = fleetFileOf({ clusters, names, drain, apps: APPS }, engine);
  const fleet = fleetOf({ ...file, dns: { ...file.dns, ttlSeconds, ...(withoutAzure && { azure: undefined }) } });
  return Object.values(routing)
    .flatMap((rule) => rule(fleet))
    .map(({ path, message }) => `${path.join(".")}: ${message}`);
}

export const one = (spec: Names[string]): Parts => ({ names: { app: spec } });
export const azure = (spec: Names[string]): Parts => ({ names: { app: spec }, engine: "azure" });
export const tm = { engine: "traffic-manager" } as const;
