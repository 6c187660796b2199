/** What stands behind a cluster's name in the ids of its stacks. */
const OWN = /^(cluster|priming|apps|app-.+|pull-.+)$/;

/** The cluster that a stack is of, of those that there are: `acme-eu-west-app-shop` is `eu-west`'s, not `eu`'s. */
export function clusterOfStack(fleet: string, stack: string, isCluster: (name: string) => boolean): string | undefined {
  if (!stack.startsWith(`${fleet}-`)) return undefined;
  const rest = stack.slice(fleet.length + 1);
  // the longest name first
  for (let end = rest.lastIndexOf("-"); end > 0; end = rest.lastIndexOf("-", end - 1)) {
    const name = rest.slice(0, end);
    if (OWN.test(rest.slice(end + 1)) && isCluster(name)) return name;
  }
  return undefined;
}
