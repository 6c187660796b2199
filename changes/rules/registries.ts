import type { Facts } from "../lock/lock";
import { type Change, type ChangeRule, type Finding, shown, transition } from "./rule";

const listOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value : []);

/** Registries that were there before and are there now, in the same cloud. */
function kept({ before, after }: Change): readonly (readonly [key: string, was: Facts, is: Facts])[] {
  return Object.entries(after.registries ?? {}).flatMap(([key, is]) => {
    const was = before.registries?.[key];
    return was === undefined || was.cloud !== is.cloud ? [] : [[key, was, is] as const];
  });
}

/** A replica of ECR has only what was pushed after it was made, and clusters near it ask there at once. */
export const replicasAdded: ChangeRule = (change) =>
  kept(change).flatMap(([key, was, is]): Finding[] => {
    if (is.cloud !== "aws") return [];
    const fresh = listOf(is.replicas).filter((region) => !listOf(was.replicas).includes(region));
    const before = listOf(was.near).map((entry) => entry.split(" ")[0]);
    const moved = listOf(is.near).filter((entry) => {
      const [cluster, region] = entry.split(" ");
      return before.includes(cluster) && fresh.includes(region!);
    });
    if (moved.length === 0) return [];
    const path = ["registries", key, "replicas"];
    const clusters = moved.map((entry) => entry.split(" ")[0]).join(", ");
    const stack = `${change.after.fleet}-registry-${key}`;
    return [
      {
        id: "replica-empty",
        severity: "refused",
        path,
        transition: transition(path, was.replicas, is.replicas),
        message: `${clusters} would pull from ${fresh.join(", ")}, where ECR copies nothing that was pushed before. Accept this change, apply ${stack}, release every image under a new tag or copy those that run (crane cp), and only then apply the applications' stacks`,
      },
    ];
  });

/** A replica that leaves the file. */
export const replicasRemoved: ChangeRule = (change) =>
  kept(change).flatMap(([key, was, is]): Finding[] => {
    const gone = listOf(was.replicas).filter((region) => !listOf(is.replicas).includes(region));
    if (gone.length === 0) return [];
    const path = ["registries", key, "replicas"];
    return [
      {
        id: "replica-removed",
        severity: "warning",
        path,
        transition: transition(path, was.replicas, is.replicas),
        message:
          is.cloud === "aws"
            ? `the repositories in ${shown(gone)} stay in AWS with their images, and go on costing: delete them there by hand once no pod needs them`
            : `the copy in ${shown(gone)} is deleted; what pulls there pulls from farther away, and while a private endpoint is changed perhaps not at all`,
      },
    ];
  });

/** ecr/pull_through_cache_rule.go, resourcePullThroughCacheRuleUpdate: a login is sent where there is one, so that none takes nothing away. */
export const cacheLogins: ChangeRule = (change) =>
  kept(change).flatMap(([key, was, is]) =>
    listOf(is.caches)
      .filter((cache) => listOf(was.caches).includes(`${cache} login`))
      .map((cache): Finding => {
        const path = ["registries", key, "caches", cache, "secretArn"];
        return {
          id: "cache-login",
          severity: "refused",
          path,
          transition: transition(path, "a secret", "none"),
          message: `the provider never takes a login away: every later plan would show it again, and ECR go on using it. Take the cache '${cache}' out, apply, and put it back without \`secretArn\`; what it has cached stays`,
        };
      }),
  );

/** One replication configuration for each region of an account, which is overwritten without a word (ECR API, PutReplicationConfiguration). */
export const replicationOwned: ChangeRule = ({ before, after }) =>
  Object.entries(after.registries ?? {}).flatMap(([key, is]): Finding[] => {
    const was = before.registries?.[key];
    if (is.replication !== "own" || was?.replication === "own") return [];
    const path = ["registries", key, "replication"];
    return [
      {
        id: "replication-owned",
        severity: "warning",
        path,
        transition: transition(path, was?.replication ?? "none", "own"),
        message: `takes the one replication configuration that the account has in ${shown(is.region)}: what another fleet or somebody else has written there is overwritten. Ask \`aws ecr describe-registry --region ${shown(is.region)}\` first; where it isn't empty write \`replication: external\``,
      },
    ];
  });
