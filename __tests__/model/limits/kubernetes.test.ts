import * as kubernetes from "../../../model/limits/kubernetes";

const says = (found: string | undefined, problem: string | undefined) =>
  problem === undefined ? expect(found).toBeUndefined() : expect(found).toContain(problem);

test.each([
  ["10.0.0.0/16", undefined],
  ["10.0.0.0", "'10.0.0.0' is no IPv4 range: four numbers to 255"],
  ["10.0.0.1/16", "'10.0.0.1/16' has bits behind its prefix length: write 10.0.0.0/16"],
  ["203.0.113.0/24", "'203.0.113.0/24' is not for private networks"],
])("a private range is not %s, or is: %j", (range, problem) => says(kubernetes.privateRangeProblem(range), problem));

test.each([
  ["203.0.113.0/24", undefined],
  ["0.0.0.0/1", undefined],
  ["0.0.0.0/0", "0.0.0.0/0 opens the Kubernetes API to everybody"],
  ["203.0.113.7/0", "opens the Kubernetes API to everybody"],
  ["everywhere/0", "'everywhere/0' is no IPv4 range"],
])("an API that is open to %s: %j", (range, problem) => says(kubernetes.allowedRangeProblem(range), problem));

test.each([
  [16, undefined],
  [20, undefined],
  [15, "'10.0.0.0/15' is too large: /16 to /20; a /16 is right for most"],
  [21, "'10.0.0.0/21' is too small: /16 to /20"],
])("a network of /%i", (prefix, problem) =>
  says(kubernetes.networkSizeProblem(`10.0.0.0/${prefix}`, { largest: 16, smallest: 20 }), problem),
);

test("a part of a network is named with what it is for", () => {
  const part = (prefix: number, smallest = 24) =>
    kubernetes.partSizeProblem(`10.0.0.0/${prefix}`, "pods", "GKE", { largest: 20, smallest });
  expect([part(20), part(24)]).toEqual([undefined, undefined]);
  expect(part(19)).toBe("10.0.0.0/19 for pods is a /19, and GKE takes /20 to /24");
  expect(part(25)).toBe("10.0.0.0/25 for pods is a /25, and GKE takes /20 to /24");
  expect(part(21, 20)).toBe("10.0.0.0/21 for pods is a /21, and GKE takes a /20");
});

test("room is said in whole nodes, and never as fewer than none", () => {
  const room = (nodes: number, most: number, each?: string) => kubernetes.roomProblem("10.0.0.0/28", "nodes", nodes, most, each);
  expect(room(4, 4)).toBeUndefined();
  expect(room(3.9, 4)).toMatch(/^10\.0\.0\.0\/28 for nodes has room for 3 nodes, and the pools can grow to 4 while/);
  expect(room(-3, 4, " of a /24")).toContain("has room for 0 nodes of a /24, and");
});

test("sizes of a pool are said with their limits, each at its field", () => {
  const limits = { pods: [8, 250], diskGib: 20 } as const;
  expect(kubernetes.poolSizeProblems({ min: -1, max: 1001, maxPods: 251, diskGib: 19 }, limits)).toEqual([
    ["max", "1001 is not from 1 to 1000"],
    ["min", "-1 is below 0"],
    ["maxPods", "251 is not from 8 to 250"],
    ["diskGib", "19 GiB are too little: at least 20"],
  ]);
  expect(kubernetes.poolSizeProblems({ min: 2, max: 1, maxPods: 8, diskGib: 20 }, limits)).toEqual([
    ["min", "2 is above `max`, which is 1"],
  ]);
});

test.each([
  ["aws", [{ min: 1 }], true],
  ["aws", [{ min: 0 }], false],
  ["aws", [{ min: 0 }, { min: 2 }], true],
  ["aws", [], false],
  ["aws", [{ min: 1, spot: true }], true],
  ["azure", [{ min: 1, spot: true }], false],
  ["azure", [{ min: 1 }], true],
  ["google", [{ min: 1, taints: ["PreferNoSchedule"] }], true],
  ["google", [{ min: 1, taints: ["PreferNoSchedule", "NoSchedule"] }], false],
  ["google", [{ min: 1, taints: ["NoExecute"] }], false],
] as const)("on %s add-ons have a place in %j: %s", (cloud, pools, steady) => {
  const all = pools.map((pool: { min: number; spot?: boolean; taints?: readonly string[] }) => ({
    spot: false,
    ...pool,
    taints: (pool.taints ?? []).map((effect) => ({ key: "a", effect })),
  }));
  expect(kubernetes.hasSteadyPool(all, cloud)).toBe(steady);
});

test("only on AKS add-ons want a pool that isn't spot", () => {
  expect(kubernetes.steadyProblem("azure")).toContain("`min` of 1 or more, not spot, and no taints");
  for (const cloud of ["aws", "google"] as const)
    expect(kubernetes.steadyProblem(cloud)).toContain("`min` of 1 or more and no taints");
});

test.each([
  ["Team.example.com/a", "is no key for Kubernetes"],
  ["/a", "'/a' is no key for Kubernetes"],
  ["a/b/c", "is no key for Kubernetes"],
  ["-a.com/a", "is no key for Kubernetes"],
  ["a.com-/a", "is no key for Kubernetes"],
  ["kubernetes.io/a", "'kubernetes.io' belongs to Kubernetes and the clouds"],
  ["x.kubernetes.azure.com/a", "'x.kubernetes.azure.com' belongs"],
  ["cloud.google.com/a", "'cloud.google.com' belongs"],
  ["mykubernetes.io/a", undefined],
  ["k8s.io.example.com/a", undefined],
  ["k8s.io", undefined],
  ["a/b", undefined],
])("of the key %s: %j", (key, problem) => says(kubernetes.keyProblem(key), problem));

test("a label's value may be empty", () => {
  expect(kubernetes.valueProblem("")).toBeUndefined();
  expect(kubernetes.valueProblem("a b")).toContain("'a b' is no value for Kubernetes");
});

test("a window is said with the hours that the service wants", () => {
  expect(kubernetes.windowProblem({ startHour: 24, durationHours: 3 }, 4)).toEqual([
    "startHour",
    "24 is no hour of the day, 0 to 23",
  ]);
  expect(kubernetes.windowProblem({ startHour: 1, durationHours: 3 }, 4)).toEqual(["durationHours", "3 hours are not 4 to 24"]);
});

test("clouds make namespaces of their own, each its own", () => {
  const made = (cloud: string) =>
    "gatekeeper-system gmp-public gmp-system gke-managed-cim xgatekeeper-system gatekeeper-systems xgmp-system gmp-systems agke-managed-x gke-managed-"
      .split(" ")
      .filter((name) => kubernetes.madeByService(name, cloud) !== undefined);
  expect(made("azure")).toEqual(["gatekeeper-system"]);
  expect(made("google")).toEqual(["gmp-public", "gmp-system", "gke-managed-cim"]);
  expect([...made("aws"), ...made("existing")]).toEqual([]);
  expect(kubernetes.madeByService("gmp-system", "google")).toBe("GKE");
  expect(kubernetes.madeByService("gatekeeper-system", "azure")).toBe("AKS");
});
