import { placementOf } from "../../derived/placement";
import { tokenPulls, tokenSecret, wayToPull } from "../../derived/pulls";
import type { Problem, Rule } from "../../problems/problem";
import type { App } from "../../schema/apps";
import type { Cluster } from "../../schema/cluster";
import type { Fleet } from "../../schema/fleet";

/** What pulls with a token or a login has something in the cluster that fetches it. */
export const pulls: Rule = (fleet) => [
  ...Object.entries(fleet.apps).flatMap(([name, app]) => appProblems(fleet, name, app)),
  ...fleet.clusters.flatMap((cluster) => trustedTwice(fleet, cluster)),
];

function appProblems(fleet: Fleet, name: string, app: App): Problem[] {
  const key = app.image?.registry;
  const registry = key === undefined ? undefined : fleet.registries[key];
  if (key === undefined || !registry) return [];
  const path = ["apps", name, "image", "registry"];
  const placed = placementOf(fleet, app);
  return fleet.clusters
    .filter((cluster) => placed.includes(cluster.name))
    .flatMap((cluster): Problem[] => {
      const way = wayToPull(cluster, registry);
      const why = way === "token" || way === "secret" ? storeProblem(cluster, way) : undefined;
      if (why !== undefined) return [{ path, message: `'${name}' pulls from '${key}' on ${cluster.name}, where ${why}` }];
      if (way !== "token" || Object.keys(fleet.apps).every((other) => other !== tokenSecret(key))) return [];
      return [
        {
          path: ["apps", tokenSecret(key)],
          atKey: true,
          message: `the service account of that name pulls from '${key}': call this application otherwise`,
        },
      ];
    })
    .slice(0, 1);
}

function storeProblem({ cloud, addons }: Cluster, way: "token" | "secret"): string | undefined {
  if (cloud === "existing")
    return "no secret store is known that has its login: leave `secret` out, and give the namespace a Secret under `image.pullSecrets`";
  const { enabled, keyVaultId } = addons.externalSecrets;
  if (!enabled)
    return `external-secrets is missing, which fetches the ${way === "token" ? "tokens" : "login"}: write \`addons: { externalSecrets: { enabled: true } }\` there`;
  if (way === "secret" && cloud === "azure" && keyVaultId === undefined)
    return "external-secrets has no key vault that has the login: write its resource id as `addons.externalSecrets.keyVaultId`";
  return undefined;
}

/** An AWS account takes an issuer once: the zone's from the cluster's stack, another from that of the one registry there. */
function trustedTwice(fleet: Fleet, cluster: Cluster): Problem[] {
  const { engine, aws: zone } = fleet.dns;
  const accounts = new Map<string, string>();
  return tokenPulls(fleet, cluster).flatMap(({ key, registry: { cloud, aws } }): Problem[] => {
    if (cloud !== "aws" || !aws || (engine === "route53" && aws.accountId === zone?.accountId)) return [];
    const other = accounts.get(aws.accountId);
    accounts.set(aws.accountId, key);
    if (other === undefined) return [];
    return [
      {
        path: ["registries", key],
        message: `'${cluster.name}' pulls from '${other}' in account ${aws.accountId} too, and an account trusts a cluster's tokens once: put the repositories of both into one registry`,
      },
    ];
  });
}
