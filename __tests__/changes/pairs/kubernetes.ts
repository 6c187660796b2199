import { one, type Pair } from "../support";

/** Versions of Kubernetes. */
export const KUBERNETES: readonly Pair[] = [
  ["EKS one minor up", one("eks", { kubernetes: "1.34" }), one("eks", { kubernetes: "1.35" }), []],
  [
    "EKS one minor up, and a pool with it",
    one("eks", { kubernetes: "1.34" }),
    one("eks", { kubernetes: "1.35", pools: { main: { kubernetes: "1.35" } } }),
    ["warning pools-at-once"],
  ],
  ["EKS skips a minor", one("eks", { kubernetes: "1.34" }), one("eks", { kubernetes: "1.36" }), ["refused kubernetes-skipped"]],
  ["AKS skips a minor", one("aks", { kubernetes: "1.34" }), one("aks", { kubernetes: "1.36" }), ["refused kubernetes-skipped"]],
  [
    "GKE's channel moves minors itself",
    one("gke", { kubernetes: "1.34" }),
    one("gke", { kubernetes: "1.36" }),
    ["warning kubernetes-skipped"],
  ],
  [
    "AKS's channel stable moves minors itself",
    one("aks", { kubernetes: "1.34", azure: { upgradeChannel: "stable" } }),
    one("aks", { kubernetes: "1.36", azure: { upgradeChannel: "stable" } }),
    ["warning kubernetes-skipped"],
  ],
  [
    "EKS goes back two minors",
    one("eks", { kubernetes: "1.36" }),
    one("eks", { kubernetes: "1.34" }),
    ["refused kubernetes-lowered-far"],
  ],
  [
    "AKS's control plane goes back",
    one("aks", { kubernetes: "1.36" }),
    one("aks", { kubernetes: "1.35" }),
    ["refused kubernetes-lowered"],
  ],
  [
    "GKE's floor is lowered",
    one("gke", { kubernetes: "1.36" }),
    one("gke", { kubernetes: "1.35" }),
    ["warning kubernetes-lowered"],
  ],
  [
    "all clusters upgraded at once",
    one(
      "eks",
      { kubernetes: "1.35" },
      { clusters: { gke: { cloud: "google", region: "europe-west3", network: { cidr: "10.3.0.0/16" }, kubernetes: "1.35" } } },
    ),
    one(
      "eks",
      { kubernetes: "1.36" },
      { clusters: { gke: { cloud: "google", region: "europe-west3", network: { cidr: "10.3.0.0/16" }, kubernetes: "1.36" } } },
    ),
    ["warning everywhere-at-once"],
  ],
];
