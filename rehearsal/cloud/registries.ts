/** What the services of registries refuse. */
import { equal, type Value } from "../protocol/values";
import type { Refusal } from "./attempt";

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const list = (value: unknown): readonly Value[] => (Array.isArray(value) ? value : []);

/** ECR takes a second configuration without a word, and forgets the first. */
const oneReplication: Refusal = {
  type: "aws_ecr_replication_configuration",
  on: ["create"],
  source: "ECR API, PutReplicationConfiguration: creates or updates the replication configuration of a registry",
  refuse: ({ attributes, account, cloud }) => {
    const other = cloud
      .all("aws_ecr_replication_configuration")
      .find((one) => one.account === account && equal(one.attributes.region, attributes.region));
    return other
      ? `The account's only replication configuration in ${text(attributes.region)} is made by stack ${other.stack}: this one would overwrite it.`
      : undefined;
  },
};

const destinations: Refusal = {
  type: "aws_ecr_replication_configuration",
  on: ["create", "update"],
  source: "ECR API, ReplicationDestination: a registry is not copied to itself",
  refuse: ({ attributes, account }) => {
    const rules = list((list(attributes.replication_configuration)[0] as { rule?: unknown } | undefined)?.rule);
    const all = rules.flatMap((rule) => list((rule as { destination?: unknown } | null)?.destination)) as readonly {
      readonly region?: unknown;
      readonly registry_id?: unknown;
    }[];
    const own = all.find(({ region, registry_id: id }) => region === attributes.region && id === account);
    return own ? `${text(attributes.region)} is the region that is copied from.` : undefined;
  },
};

/** A rule is found by its prefix, and so is a template. */
const onePrefix = (type: string, argument: string, source: string): Refusal => ({
  type,
  on: ["create"],
  source,
  refuse: ({ attributes, account, cloud }) => {
    const other = cloud
      .all(type)
      .find(
        (one) =>
          one.account === account &&
          equal(one.attributes.region, attributes.region) &&
          equal(one.attributes[argument], attributes[argument]),
      );
    return other ? `'${text(attributes[argument])}' is taken in ${text(attributes.region)}, by stack ${other.stack}.` : undefined;
  },
});

/** Azure takes a registry's name from nobody who has it, and makes no replica where the registry is. */
export const registryRefusals: readonly Refusal[] = [
  oneReplication,
  destinations,
  onePrefix("aws_ecr_repository_creation_template", "prefix", "ECR API, TemplateAlreadyExistsException"),
  onePrefix("aws_ecr_pull_through_cache_rule", "ecr_repository_prefix", "ECR API, PullThroughCacheRuleAlreadyExistsException"),
];
