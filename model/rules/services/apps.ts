import type { Problem, Rule } from "../../problems/problem";
import { didYouMean } from "../../problems/wording";
import type { Fleet } from "../../schema/fleet";

/** A namespace as Kubernetes spells it (RFC 1123). */
const NAMESPACE = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** Applications go to clusters that are there, into namespaces that can be. */
export const apps: Rule = (fleet) =>
  Object.entries(fleet.apps).flatMap(([name, { repository, namespace, clusters }]): Problem[] => {
    const at = (field: readonly (string | number)[], message: string): Problem => ({ path: ["apps", name, ...field], message });
    const problems = (clusters ?? []).flatMap((cluster, index) => {
      const problem = placementProblem(fleet, cluster);
      return problem === undefined ? [] : [at(["clusters", index], problem)];
    });
    if (!/^(https|oci):\/\/[^/]+/.test(repository))
      problems.push(at(["repository"], `'${repository}' is no chart repository: a URL that starts with https:// or oci://`));
    else if (/^[a-z]+:\/\/[^/@]*@/.test(repository))
      problems.push(
        at(
          ["repository"],
          "the URL has a user or password in it, and would show them to everybody who reads the output: remove them",
        ),
      );
    if (namespace !== undefined && !NAMESPACE.test(namespace))
      problems.push(at(["namespace"], `'${namespace}' is no namespace: at most 63 lower-case letters, digits and hyphens`));
    if (namespace !== undefined && /^kube-/.test(namespace))
      problems.push(at(["namespace"], `'${namespace}' is Kubernetes' own: take another namespace`));
    return problems;
  });

function placementProblem(fleet: Fleet, name: string): string | undefined {
  const cluster = fleet.clusters.find((candidate) => candidate.name === name);
  const inUse = fleet.clusters.filter(({ retired }) => !retired).map((candidate) => candidate.name);
  if (!cluster) return `no cluster is called '${name}'${didYouMean(name, inUse, "clusters")}`;
  return undefined;
}
