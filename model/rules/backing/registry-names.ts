import { registryName, registryRegions } from "../../derived/registries";
import { REGISTRY_NAMES } from "../../limits/registries";
import type { Problem, Rule } from "../../problems/problem";
import type { Fleet } from "../../schema/fleet";
import type { Registry } from "../../schema/registries";

/** Names of registries are such as their cloud takes, and no two have one: nor the account's only replication. */
export const registryNames: Rule = (fleet) => {
  const entries = Object.entries(fleet.registries);
  return entries.flatMap(([key, registry], index): Problem[] => {
    if (registry.cloud === "external") return [];
    const name = registryName(fleet, key, registry);
    const earlier = entries.slice(0, index);
    const { pattern, words } = REGISTRY_NAMES[registry.cloud];
    const path = ["registries", key, ...(registry.name === undefined ? [] : ["name"])];
    if (!pattern.test(name)) return [{ path, message: `'${name}' can't be its name on ${registry.cloud}: ${words}` }];
    return [
      ...earlier.flatMap(([other, one]) => taken(fleet, [other, one], [key, registry], name, path)),
      ...cachesTaken(earlier, key, registry),
      ...replicationTaken(earlier, key, registry),
    ];
  });
};

type Entry = readonly [key: string, registry: Registry];

function taken(fleet: Fleet, [other, one]: Entry, [, registry]: Entry, name: string, path: Problem["path"]): Problem[] {
  if (one.cloud !== registry.cloud || !meet(one, registry)) return [];
  const otherName = registryName(fleet, other, one);
  const both =
    one.cloud === "aws" ? shared(registryRepositories(otherName, one), registryRepositories(name, registry)) : undefined;
  if (otherName !== name && both !== undefined)
    return [{ path, message: `repository '${both}' is registry '${other}'s already: give one of them another \`name\`` }];
  if (otherName !== name) return [];
  return [{ path, message: `'${name}' is the name of registry '${other}' already: give one of them another \`name\`` }];
}

const registryRepositories = (name: string, { repositories }: Registry) =>
  repositories.map((repository) => `${name}/${repository}`);
const shared = (one: readonly string[], other: readonly string[]) => one.find((name) => other.includes(name));

/** Whether two registries are where one name can't be given twice: on Azure that is everywhere. */
function meet(one: Registry, other: Registry): boolean {
  switch (one.cloud) {
    case "azure":
      return true;
    case "aws":
      return sameAccount(one, other) && registryRegions(one).some((region) => registryRegions(other).includes(region));
    case "google":
      return one.google?.projectId === other.google?.projectId && one.region === other.region;
    case "external":
      return false;
  }
}

const sameAccount = (one: Registry, other: Registry) =>
  one.cloud === "aws" && other.cloud === "aws" && one.aws?.accountId === other.aws?.accountId;

function cachesTaken(earlier: readonly Entry[], key: string, registry: Registry): Problem[] {
  return Object.keys(registry.caches).flatMap((prefix): Problem[] => {
    const other = earlier.find(
      ([, one]) => sameAccount(one, registry) && meet(one, registry) && Object.hasOwn(one.caches, prefix),
    );
    if (!other) return [];
    return [
      {
        path: ["registries", key, "caches", prefix],
        message: `registry '${other[0]}' has a cache of that name in the same account and region: take another, or take its images from there`,
      },
    ];
  });
}

/** ECR API reference, PutReplicationConfiguration: one for each region of an account, and a second overwrites the first without a word. */
function replicationTaken(earlier: readonly Entry[], key: string, registry: Registry): Problem[] {
  const owns = ({ replicas, replication }: Registry) => replicas.length > 0 && replication === "own";
  if (registry.cloud !== "aws" || !owns(registry)) return [];
  const other = earlier.find(([, one]) => sameAccount(one, registry) && one.region === registry.region && owns(one));
  if (!other) return [];
  return [
    {
      path: ["registries", key, "replicas"],
      message: `registry '${other[0]}' is copied from the same account and region, which has one replication configuration: put both registries' repositories into one, or write \`replication: external\` and let something else copy`,
    },
  ];
}
