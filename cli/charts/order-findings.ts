import type { KubeObject } from "./render";

/** A release, and the namespaces that Terraform has made before it. */
export interface Placed {
  readonly name: string;
  readonly before: readonly string[];
}

/** There in every cluster. */
const ALWAYS = ["default", "kube-system", "kube-public", "kube-node-lease"];

/** Objects in namespaces that nothing has made when their release begins: Helm would be refused, or win a race. */
export function orderFindings({ name, before }: Placed, objects: readonly KubeObject[]): string[] {
  const late = new Set(
    objects.flatMap(({ metadata: { namespace } }) =>
      namespace === undefined || before.includes(namespace) || ALWAYS.includes(namespace) ? [] : [namespace],
    ),
  );
  return [...late]
    .sort()
    .map((namespace) => `release ${name} has objects in namespace ${namespace}, which it doesn't come after`);
}
