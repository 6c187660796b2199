import { stringify } from "yaml";
import type { z } from "zod";
import { type Fleet, fleetFile } from "../../model/schema/fleet";
import type { NameSpec } from "../../model/schema/routing";

export type FleetFile = z.input<typeof fleetFile>;

/** Places with an AWS and an Azure region each, so that both engines see the same groups of clusters. */
export const PLACES = [
  { latitude: -23.55, longitude: -46.63, country: "BR", continent: "SA", awsRegion: "sa-east-1", azureRegion: "brazilsouth" },
  { latitude: 43.65, longitude: -79.38, country: "CA", continent: "NA", awsRegion: "ca-central-1", azureRegion: "canadacentral" },
  {
    latitude: -33.87,
    longitude: 151.21,
    country: "AU",
    continent: "OC",
    awsRegion: "ap-southeast-2",
    azureRegion: "australiaeast",
  },
  {
    latitude: 50.11,
    longitude: 8.68,
    country: "DE",
    continent: "EU",
    awsRegion: "eu-central-1",
    azureRegion: "germanywestcentral",
  },
  {
    latitude: 1.35,
    longitude: 103.82,
    country: "SG",
    continent: "AS",
    awsRegion: "ap-southeast-1",
    azureRegion: "southeastasia",
  },
  {
    latitude: -33.92,
    longitude: 18.42,
    country: "ZA",
    continent: "AF",
    awsRegion: "af-south-1",
    azureRegion: "southafricanorth",
  },
] as const;

/** An existing cluster at one of the places, with some public addresses. */
export function clusterAt(index: number, place: number, addresses: number): FleetFile["clusters"][string] {
  const ips = Array.from({ length: addresses }, (_, address) => `198.18.${index}.${address + 1}`);
  return {
    cloud: "existing",
    location: { ...PLACES[place]! },
    existing: { endpoint: `https://api-${index}.example.com`, exec: { command: "true" }, ingress: { ips } },
  };
}

/** The same cluster behind a host name, which only a CNAME leads to. */
export function behindHostName(cluster: FleetFile["clusters"][string], name: string): FleetFile["clusters"][string] {
  return withIngress(cluster, { hostname: `lb.${name}.example.net` });
}

/** The same cluster with another way in. */
export function withIngress(
  cluster: FleetFile["clusters"][string],
  ingress: { readonly ips: string[] } | { readonly hostname: string },
): FleetFile["clusters"][string] {
  if (cluster.cloud !== "existing") throw new Error("it is no existing cluster");
  return { ...cluster, existing: { ...cluster.existing, ingress } };
}

export const ZONE = "k8s.example.com";
const SUBSCRIPTION = "00000000-0000-0000-0000-000000000001";

/** The rest of a fleet file around clusters and names. */
export function fleetFileOf(
  parts: Pick<FleetFile, "clusters" | "names" | "drain" | "apps">,
  engine: "route53" | "azure",
): FleetFile {
  const dns = {
    zone: ZONE,
    engine,
    existing: true,
    aws: { accountId: "111122223333" },
    azure: { subscriptionId: SUBSCRIPTION, tenantId: SUBSCRIPTION, resourceGroup: "dns" },
  };
  return { fleet: "proof", dns, ...parts };
}

/** Reads a fleet file as data: its shape only, as rules are for the tests to apply. */
export function fleetOf(file: FleetFile): Fleet {
  const { fleet, clusters, defaults: _, ...rest } = fleetFile.parse(file);
  return { ...rest, name: fleet, clusters: Object.entries(clusters).map(([name, cluster]) => ({ ...cluster, name })) };
}

/** The cluster of each address in a fleet. */
export function clusterOfAddress(fleet: Fleet): ReadonlyMap<string, string> {
  return new Map(
    fleet.clusters.flatMap((cluster) =>
      cluster.cloud === "existing" ? cluster.existing.ingress.ips.map((ip) => [ip, cluster.name] as const) : [],
    ),
  );
}

/** The fleet with one of its names only. */
export function onlyName(fleet: Fleet, key: string): Fleet {
  return { ...fleet, names: { [key]: fleet.names[key] as NameSpec } };
}

/** A fleet file as a person would write it. */
export function printed(file: FleetFile): string {
  return stringify(file, { lineWidth: 0 });
}
