import { one, type Pair } from "../support";

/** Node pools. */
export const POOLS: readonly Pair[] = [
  [
    "EKS pool of another machine",
    one("eks"),
    one("eks", { pools: { main: { machines: ["m7i.2xlarge"] } } }),
    ["warning pool-replaced"],
  ],
  ["GKE pool of another machine", one("gke"), one("gke", { pools: { main: { machines: ["n2-standard-8"] } } }), []],
  ["GKE pool of other pods", one("gke"), one("gke", { pools: { main: { maxPods: 64 } } }), ["warning pool-replaced"]],
  [
    "AKS pool of another machine",
    one("aks"),
    one("aks", { pools: { main: { machines: ["Standard_D8ds_v5"] } } }),
    ["warning pool-rotated"],
  ],
  [
    "AKS pool becomes spot",
    one("aks", { pools: { main: {}, more: {} } }),
    one("aks", { pools: { main: {}, more: { spot: true } } }),
    ["warning pool-replaced"],
  ],
  ["a pool leaves", one("eks", { pools: { main: {}, more: {} } }), one("eks", { pools: { main: {} } }), ["warning pool-removed"]],
  ["a pool grows", one("eks"), one("eks", { pools: { main: { min: 3, max: 30, labels: { a: "b" } } } }), []],
  [
    "a pool goes back",
    one("eks", { pools: { main: { kubernetes: "1.36" } } }),
    one("eks", { pools: { main: { kubernetes: "1.35" } } }),
    ["warning pool-lowered"],
  ],
  [
    "AKS's own pool of another machine",
    one("aks"),
    one("aks", { azure: { systemPool: { machine: "Standard_D8ds_v5" } } }),
    ["warning pool-rotated"],
  ],
  ["GKE pool grows", one("gke"), one("gke", { pools: { main: { min: 3, max: 30 } } }), []],
  [
    "GKE's pool leaves a zone",
    one("gke"),
    one("gke", { pools: { main: { zones: ["europe-west3-a", "europe-west3-b"] } } }),
    ["warning zones-removed"],
  ],
  ["GKE's pool comes to every zone", one("gke", { pools: { main: { zones: ["europe-west3-a"] } } }), one("gke"), []],
  [
    "GKE leaves a zone",
    one("gke"),
    one("gke", { network: { zones: ["europe-west3-a", "europe-west3-b"] } }),
    ["warning zones-removed"],
  ],
  ["another name of a pool", one("aks", { pools: { main: {} } }), one("aks", { pools: { work: {} } }), ["warning pool-removed"]],
];
