import { appsOn, namespaceOf } from "../../derived/placement";
import { principalProblem } from "../../limits/aws";
import type { Problem, Rule } from "../../problems/problem";
import type { Cluster } from "../../schema/cluster";
import type { Fleet } from "../../schema/fleet";
import type { Namespace } from "../../schema/namespaces";

const CLOUDS = ["aws", "azure", "google", "existing"] as const;
const ROLES = ["developers", "viewers"] as const;

type Access = NonNullable<Namespace["access"]["aws"]>;

/** People who get at a namespace are of a cloud where it is, and are one thing to it. */
export const namespaceAccess: Rule = (fleet) =>
  Object.entries(fleet.namespaces).flatMap(([name, { access, existing }]) =>
    CLOUDS.flatMap((cloud): Problem[] => {
      const given: Access | undefined = access[cloud];
      if (!given) return [];
      const path = ["namespaces", name, "access", cloud];
      if (existing) return [{ path, message: "the namespace is another's, who gives access to it: take it out" }];
      const clusters = clustersOf(fleet, name).filter((cluster) => cluster.cloud === cloud);
      if (clusters.length === 0)
        return [
          { path, message: `no application runs in it on a cluster in cloud '${cloud}', so that there is nothing to get at` },
        ];
      return ROLES.flatMap((role) =>
        given[role].flatMap((who, index): Problem[] => {
          const message = why(given, role, who, index) ?? problemOf(who, clusters);
          return message === undefined ? [] : [{ path: [...path, role, index], message }];
        }),
      );
    }),
  );

const clustersOf = (fleet: Fleet, namespace: string): readonly Cluster[] =>
  fleet.clusters.filter((cluster) =>
    Object.entries(appsOn(fleet, cluster.name)).some(([name, app]) => namespaceOf(name, app) === namespace),
  );

function why(given: Access, role: (typeof ROLES)[number], who: string, index: number): string | undefined {
  if (given[role].indexOf(who) < index) return `'${who}' is there twice`;
  return role === "viewers" && given.developers.includes(who) ? `'${who}' is a developer, who sees more` : undefined;
}

function problemOf(who: string, clusters: readonly Cluster[]): string | undefined {
  for (const cluster of clusters) {
    if (cluster.cloud === "aws") {
      const wrong = principalProblem(who);
      if (wrong !== undefined) return wrong;
      const { admins, runner } = cluster.aws;
      if ([...admins, runner].includes(who))
        return `'${who}' administers ${cluster.name}, and EKS takes one entry of each: take it out, it sees everything`;
    }
    if (cluster.cloud === "google" && who.startsWith("group:") && cluster.google.securityGroup === undefined)
      return `'${who}' is a group, and ${cluster.name} knows none: write google.securityGroup there (gke-security-groups@ your domain, of which it must be a member), or name people`;
  }
  return undefined;
}
