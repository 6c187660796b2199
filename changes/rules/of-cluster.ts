/** The cluster that a stack is of, among some: `acme-eu-west-app-shop` is `eu-west`'s, not `eu`'s. */
export function clusterOfStack(fleet: string, stack: string, clusters: readonly string[]): string | undefined {
  const own = clusters.filter((name) => {
    const start = `${fleet}-${name}-`;
    return stack.startsWith(start) && /^(cluster|priming|apps|app-.+|pull-.+)$/.test(stack.slice(start.length));
  });
  return own.sort((one, other) => other.length - one.length)[0];
}
