import { one, type Pair } from "../support";

const stores = (region: string) => one("eks", {}, { backups: { main: { cloud: "aws", region } } });

/** Clusters and stacks that leave. */
export const LEAVING: readonly Pair[] = [
  ["a store of backups leaves", stores("eu-west-1"), one("eks"), ["refused stack-dropped"]],
  ["a store of backups in another region", stores("eu-west-1"), stores("eu-central-1"), ["refused backup-moved"]],
  [
    "a cluster leaves unretired",
    one("eks", {}, { clusters: { gke: { cloud: "google", region: "europe-west3", network: { cidr: "10.3.0.0/16" } } } }),
    one("eks"),
    ["refused cluster-dropped", "refused cluster-dropped", "warning provider-gone"],
  ],
  [
    "a retired cluster leaves",
    one(
      "eks",
      {},
      { clusters: { gke: { cloud: "google", region: "europe-west3", network: { cidr: "10.3.0.0/16" }, retired: true } } },
    ),
    one("eks"),
    ["refused cluster-not-destroyed", "warning provider-gone"],
  ],
  [
    "a retired cluster leaves, and was destroyed",
    one(
      "eks",
      {},
      { clusters: { gke: { cloud: "google", region: "europe-west3", network: { cidr: "10.3.0.0/16" }, retired: true } } },
    ),
    one("eks", {}, { destroyedStacks: ["acme-gke-cluster", "acme-gke-priming"] }),
    ["warning provider-gone"],
  ],
  [
    "a stack that was destroyed long ago",
    one("eks"),
    one("eks", {}, { destroyedStacks: ["acme-route53"] }),
    ["note destroyed-past"],
  ],
  [
    "a stack that is made is said to be destroyed",
    one("eks"),
    one("eks", {}, { destroyedStacks: ["acme-global"] }),
    ["refused destroyed-stack-made"],
  ],
];
