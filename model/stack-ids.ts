/**
 * Ids of the stacks: the names of their folders, their state and their manifest entries. They are a contract: another
 * id is another state. A fleet's name has no hyphen, so no id of one fleet can be an id of another.
 */
export const stackIds = {
  global: (fleet: string) => `${fleet}-global`,
  data: (fleet: string) => `${fleet}-data`,
  cluster: (fleet: string, cluster: string) => `${fleet}-${cluster}-cluster`,
  priming: (fleet: string, cluster: string) => `${fleet}-${cluster}-priming`,
  apps: (fleet: string, cluster: string) => `${fleet}-${cluster}-apps`,
  route53: (fleet: string) => `${fleet}-route53`,
  trafficManager: (fleet: string) => `${fleet}-traffic-manager`,
} as const;
