import * as azure from "../../../model/limits/azure";

test("ranges of AKS are those of its pages, and two are its own", () => {
  expect(azure.NETWORK).toEqual({ largest: 9, smallest: 20 });
  expect(azure.SERVICES).toEqual({ largest: 13, smallest: 28 });
  expect(azure.RESERVED).toEqual(["172.30.0.0/16", "172.31.0.0/16"]);
  expect([azure.MOST_ALLOWED_RANGES, azure.LEAST_WINDOW_HOURS]).toEqual([200, 4]);
  expect(azure.SYSTEM_POOL).toEqual({ name: "system", rotation: "systemtmp" });
});

test("an upgrade makes a third more of each pool, rounded up, except of spot nodes, which are never more", () => {
  expect(azure.mostNodes([], { max: 3 })).toBe(4);
  expect(azure.mostNodes([{ max: 10, spot: false }], { max: 2 })).toBe(17);
  expect(azure.mostNodes([{ max: 10, spot: true }], { max: 2 })).toBe(13);
});

test("a subnet of Azure has five addresses less, and a node of AKS a /24 of pods", () => {
  expect(azure.nodesIn("10.0.0.0/24")).toBe(251);
  expect(azure.nodesOf("10.0.0.0/16")).toBe(256);
});

test.each(["Standard_NV4as_v4", "Standard_NG8ads_V620_v1", "Standard_NP10s", "Standard_ND96isr_MI300X_v5", "standard_np10s"])(
  "AKS has no drivers for %s",
  (machine) =>
    expect(azure.acceleratorProblem(["Standard_D4ds_v5", machine])).toContain(`AKS installs no drivers for '${machine}'`),
);

test("AKS has drivers for NVIDIA's, and wants none for other machines", () => {
  const machines = "Standard_NC4as_T4_v3 Standard_NV6ads_A10_v5 Standard_ND96asr_v4 Standard_D4ds_v5 x_Standard_NP10s";
  expect(azure.acceleratorProblem(machines.split(" "))).toBeUndefined();
});

test("what is wrong is named with what it should be", () => {
  expect(azure.clusterNameProblem("a".repeat(55))).toContain(`'${"a".repeat(55)}' has 55 characters: `);
  expect(azure.privateZoneProblem("z", "uksouth")).toBe(
    "'z' is neither System nor None nor the resource id of a zone privatelink.uksouth.azmk8s.io",
  );
  const zone = "privateDnsZones/privatelink.uksouth.azmk8s.io";
  expect(azure.privateZoneProblem(`/SUBSCRIPTIONS/a/PRIVATEDNSZONES/${zone.split("/")[1]}`, "uksouth")).toBeUndefined();
  for (const near of [`/subscriptions/a/${zone.replace(".azmk8s", "xazmk8s")}`, `/subscriptions/a/${zone.replace("k.u", "kxu")}`])
    expect(azure.privateZoneProblem(near, "uksouth")).toBeDefined();
  expect(azure.workspaceProblem("w")).toContain("'w' is no resource id of a workspace: ");
  expect(azure.egressProblem("e")).toContain("'e' is no resource id of a public IP: ");
});

test("long-term support is of tier Premium alone", () => {
  expect(azure.longTermSupportProblem("Premium")).toBeUndefined();
  expect(azure.longTermSupportProblem("Standard")).toBe("long-term support needs `tier: Premium`, and this one is Standard");
});

describe("the pool of AKS itself", () => {
  const fields = (change: object) =>
    azure.systemPoolProblems({ machine: "Standard_D4ds_v5", min: 2, max: 3, ...change }).map(([field]) => field);

  test.each([
    [{}, []],
    [{ min: 3 }, []],
    [{ min: 1 }, ["min"]],
    [{ min: 4 }, ["min"]],
    [{ min: 1, max: 0 }, ["min", "min"]],
    [{ machine: "Standard_D2ds_v5" }, ["machine"]],
    [{ machine: "Standard_D3_v2" }, ["machine"]],
    [{ machine: "Standard_B4ms" }, ["machine"]],
    [{ machine: "Standard_DC16ads_v5" }, []],
    [{ machine: "D4ds_Standard_" }, ["machine"]],
    [{ machine: "standard_D4ds_v5", min: 1 }, ["min", "machine"]],
  ])("with %j has problems at %j", (change, expected) => expect(fields(change)).toEqual(expected));

  test("is said what it lacks", () => {
    const of = (change: object) =>
      azure.systemPoolProblems({ machine: "Standard_D4ds_v5", min: 2, max: 3, ...change }).map(([, problem]) => problem);
    expect(of({ min: 1 })).toEqual(["1 is below 2, which AKS wants for its own pods"]);
    expect(of({ min: 4 })).toEqual(["4 is above `max`, which is 3"]);
    expect(of({ machine: "D4ds_v5" })).toEqual([expect.stringContaining("'D4ds_v5' is not spelt as Azure's sizes are")]);
    expect(of({ machine: "Standard_B4ms" })).toEqual([expect.stringContaining("and this is 'Standard_B4ms': take")]);
  });
});

describe("names of pools in AKS", () => {
  test("have twelve characters at most, without hyphens", () => {
    expect(azure.poolNames("main", { spot: false })).toEqual({ name: "main", rotation: "tmp800fff4" });
    expect(azure.poolNames("twelve-chars1", { spot: false }).name).toBe("twelvechars1");
    expect(azure.poolNames("thirteen-chars", { spot: false }).name).toMatch(/^thirteen[0-9a-f]{4}$/);
    expect(azure.poolNames("main", { spot: true }).name).toMatch(/^main[0-9a-f]{4}$/);
  });

  test("are each pool's own, and not AKS's", () => {
    const problems = (...pools: string[]) =>
      azure.poolNameProblems(Object.fromEntries(pools.map((pool) => [pool, { spot: false }])));
    expect(problems("main", "spare")).toEqual([]);
    for (const name of ["system", "sys-tem", "systemtmp"])
      expect(problems("main", name)).toEqual([
        [name, `'${name}' is the name of AKS's own pool (azure.systemPool): choose another`],
      ]);
    expect(problems("web-a", "main", "weba", "we-ba")).toEqual([
      ["weba", "'weba' and 'web-a' are both 'weba' in AKS, which knows no hyphens: rename one"],
      ["we-ba", "'we-ba' and 'weba' are both 'weba' in AKS, which knows no hyphens: rename one"],
    ]);
    expect(azure.poolNameProblems({ "web-a": { spot: true }, weba: { spot: false } })).toEqual([]);
  });
});
