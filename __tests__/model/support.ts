import { stringify } from "yaml";
import { FleetError, pathText } from "../../model/problems/fleet-error";
import { parseFleet } from "../../model/reading/load";
import type { Fleet } from "../../model/schema/fleet";

export type Data = { [key: string]: unknown };

const runner = "arn:aws:iam::111122223333:role/terraform";

/** A small fleet without a problem: EKS, AKS and GKE, with all that is needed in `defaults`. */
export const SOUND: Data = {
  fleet: "acme",
  dns: { zone: "k8s.example.com" },
  defaults: {
    api: { allowFrom: ["203.0.113.0/24"] },
    aws: { accountId: "111122223333", admins: ["arn:aws:iam::111122223333:role/platform"], runner },
    azure: {
      subscriptionId: "00000000-0000-0000-0000-000000000001",
      tenantId: "00000000-0000-0000-0000-000000000002",
      admins: ["00000000-0000-0000-0000-000000000003"],
      runner: "00000000-0000-0000-0000-000000000004",
    },
    google: { projectId: "acme-platform", admins: ["group:platform@example.com"], runner: "user:ci@example.com" },
  },
  clusters: {
    eks: { cloud: "aws", region: "eu-west-1", network: { cidr: "10.1.0.0/16" } },
    aks: { cloud: "azure", region: "uksouth", network: { cidr: "10.2.0.0/16" } },
    gke: { cloud: "google", region: "europe-west3", network: { cidr: "10.3.0.0/16" } },
  },
};

const isData = (value: unknown): value is Data => typeof value === "object" && value !== null && !Array.isArray(value);

/** Data with more laid over it: maps by key; undefined takes a key away. */
export function over(base: Data, more: Data): Data {
  const merged: Data = { ...base };
  for (const [key, value] of Object.entries(more)) {
    const under = merged[key];
    if (value === undefined) delete merged[key];
    else merged[key] = isData(under) && isData(value) ? over(under, value) : value;
  }
  return merged;
}

/** The sound fleet with changes, read as a fleet file. */
export function fleetWith(changes: Data = {}): Fleet {
  return parseFleet(stringify(over(SOUND, changes)), "fleet.yaml");
}

/** What is wrong with a text: a line for each problem, as people see it but for the rules' ids at the ends. */
export function problemsOfText(text: string): string[] {
  const { problems } = errorOf(() => parseFleet(text, "x.yaml"));
  return new FleetError(problems.map(({ rule: _, ...problem }) => problem)).message.split("\n");
}

/** What is wrong with the sound fleet after changes: "clusters.eks.region: '…'", without positions. */
export function problemsWith(changes: Data): string[] {
  return errorOf(() => fleetWith(changes)).problems.map(({ path, message }) => `${pathText(path)}: ${message}`);
}

function errorOf(run: () => unknown): FleetError {
  try {
    run();
  } catch (error) {
    if (error instanceof FleetError) return error;
    throw error;
  }
  return new FleetError([]);
}
