import { stringify } from "yaml";
import { pathText } from "../../model/problems/fleet-error";
import { FleetError } from "../../model/reading/load";
import { fleetOf, synthFleet } from "../support/fleet";

const ID = "00000000-0000-0000-0000-000000000001";
const network = (second: number) => ({ network: { cidr: `10.${second}.0.0/16` }, api: { allowFrom: ["203.0.113.0/24"] } });
const CLUSTERS = {
  sydney: {
    cloud: "google",
    region: "australia-southeast1",
    ...network(10),
    google: { projectId: "shop-platform", admins: ["group:a@example.com"], runner: "user:r@example.com" },
  },
  saopaulo: {
    cloud: "aws",
    region: "sa-east-1",
    ...network(20),
    aws: { accountId: "111122223333", admins: ["arn:aws:iam::111122223333:role/a"], runner: "arn:aws:iam::111122223333:role/r" },
  },
  toronto: {
    cloud: "azure",
    region: "canadacentral",
    ...network(30),
    azure: { subscriptionId: ID, tenantId: ID, admins: [ID], runner: ID },
  },
};

/** Text of a fleet with a cluster in each cloud (sydney: Google, saopaulo: AWS, toronto: Azure) and these applications. */
export const appsText = (apps: object, more: object = {}) =>
  stringify({
    fleet: "f",
    dns: { zone: "k8s.example.com", aws: { accountId: "111122223333" } },
    clusters: CLUSTERS,
    apps,
    ...more,
  });

export const appsOutput = (apps: object, more: object = {}) => synthFleet(fleetOf(appsText(apps, more)));

/** Values of the release of a name in a stack. */
export function valuesIn(
  stack: { readonly resource?: Readonly<Record<string, Readonly<Record<string, unknown>>>> },
  name: string,
) {
  const releases = Object.values(stack.resource?.helm_release ?? {}) as { name: string; values: string[] }[];
  const release = releases.find((one) => one.name === name);
  if (!release) throw new Error(`no release '${name}', only ${releases.map((one) => one.name).join(", ")}`);
  return JSON.parse(release.values[0]!) as Record<string, unknown>;
}

/** An application's image, and another's chart. */
export const image = { repository: "ghcr.io/team/shop", tag: "1.2.3" };
export const chart = { chart: "web", repository: "https://charts.example.com", version: "1.0.0" };

/** What is wrong with the fleet, without its place in the file. */
export function problems(apps: object, more: object = {}): readonly string[] {
  try {
    fleetOf(appsText(apps, more));
    return [];
  } catch (error) {
    if (!(error instanceof FleetError)) throw error;
    return error.problems.map(({ path, message }) => `${pathText(path)}: ${message}`);
  }
}

/** The same, a line for each problem. */
export const problemsText = (apps: object, more: object = {}): string => problems(apps, more).join("\n");

/** A fleet of one cluster that something else made, with Traefik on it, which needs no cloud. */
export const onExistingCluster = (cluster: string, more: object) => ({
  fleet: "f",
  dns: { zone: "k8s.example.com", aws: { accountId: "111122223333" } },
  clusters: {
    [cluster]: {
      cloud: "existing",
      region: "eu-west-1",
      addons: { ingress: { controller: "traefik" } },
      existing: {
        endpoint: "https://api.example.com",
        exec: { command: "token" },
        ingress: { ips: ["203.0.113.1"], serviceAnnotations: { k3s: "any" } },
      },
    },
  },
  ...more,
});
