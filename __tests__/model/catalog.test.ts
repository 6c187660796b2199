import { unknownMachine } from "../../model/catalog/aws-machines";
import { distanceKm, nearest } from "../../model/catalog/distance";
import { versionProblem, versionWarnings } from "../../model/catalog/kubernetes-versions";
import { DEFAULT_MACHINES, googleDiskType, machineProblem, poolMachines } from "../../model/catalog/machines";
import { findAnyRegion, findRegion, noSuchRegion, regionsOf } from "../../model/catalog/regions";
import { locationOf } from "../../model/derived/location";
import { shorten } from "../../model/derived/names";
import { clusterZones, isZoneName, zonesOf } from "../../model/derived/zones";
import type { Cluster, MadeCluster } from "../../model/schema/cluster";
import { pool } from "../../model/schema/pool";
import { fleetWarnings } from "../../model/warnings";
import { type Data, fleetWith } from "./support";

const cluster = (name: string, changes: Data = {}): Cluster =>
  fleetWith({ clusters: { [name]: changes } }).clusters.find((one) => one.name === name)!;

describe("regions", () => {
  test("every region has a place on Earth and an AWS region that exists", () => {
    for (const cloud of ["aws", "azure", "google"] as const)
      for (const { region, awsRegion, latitude, longitude, country, continent } of regionsOf(cloud)) {
        expect([region, findRegion("aws", awsRegion)?.region]).toEqual([region, awsRegion]);
        expect(Math.abs(latitude)).toBeLessThan(72);
        expect(Math.abs(longitude)).toBeLessThanOrEqual(180);
        expect(country).toMatch(/^[A-Z]{2}$/);
        expect(["AF", "AS", "EU", "NA", "OC", "SA"]).toContain(continent);
      }
  });

  test("no two clouds share a region's name", () => {
    const names = (["aws", "azure", "google"] as const).flatMap((cloud) => regionsOf(cloud).map(({ region }) => region));
    expect(names.length).toBe(new Set(names).size);
    expect(findAnyRegion("canadacentral")?.cloud).toBe("azure");
  });

  test.each([
    ["google", "australia-southeast9", "'australia-southeast9' is no Google region; did you mean 'australia-southeast1'?"],
    ["azure", "Canada Central", "'Canada Central' is no Azure region; did you mean 'canadacentral'?"],
    ["aws", "australia-southeast1", "'australia-southeast1' is no AWS region, but one of Google; did you mean 'ap-southeast-2'?"],
    ["google", "mx-central-1", "'mx-central-1' is no Google region, but one of AWS; did you mean 'northamerica-south1'?"],
  ] as const)("%s %s", (cloud, name, message) => {
    expect(noSuchRegion(cloud, name)).toBe(message);
  });

  test("a name that is like none lists them all", () => {
    expect(noSuchRegion("aws", "the-moon")).toMatch(/^'the-moon' is no AWS region that is known here; .* us-east-1, us-east-2/);
  });
});

describe("places of clusters", () => {
  test("come from the region", () => {
    expect(locationOf(cluster("gke", { region: "australia-southeast1" }))).toEqual({
      cloud: "google",
      region: "australia-southeast1",
      latitude: -33.87,
      longitude: 151.21,
      country: "AU",
      continent: "OC",
      awsRegion: "ap-southeast-2",
      azureRegion: "australiaeast",
    });
  });

  test.each([
    ["eks", "us-east-1", "eastus"],
    ["eks", "sa-east-1", "brazilsouth"],
    ["eks", "ap-south-1", "centralindia"],
    ["gke", "europe-west10", "germanywestcentral"],
    ["aks", "francesouth", "francesouth"],
  ])("%s in %s is near Azure's %s", (name, region, azureRegion) => {
    expect(locationOf(cluster(name, { region }))?.azureRegion).toBe(azureRegion);
  });

  test("follow the file where it says otherwise, neighbours included", () => {
    const location = { latitude: 48.2, longitude: 16.4, country: "AT" };
    expect(locationOf(cluster("gke", { location }))).toMatchObject({ ...location, continent: "EU", azureRegion: "austriaeast" });
    expect(locationOf(cluster("gke", { location: { ...location, awsRegion: "eu-north-1" } }))?.awsRegion).toBe("eu-north-1");
  });

  test("are not made up", () => {
    const old = { cloud: "existing", name: "old", region: "nowhere", location: {} } as Cluster;
    expect(locationOf(old)).toBeUndefined();
  });

  test("distances are those of the ellipsoid, in kilometres", () => {
    const paris = { latitude: 48.8566, longitude: 2.3522 };
    const sydney = { latitude: -33.8688, longitude: 151.2093 };
    // 16 960 km by several calculators of geodesics
    expect(distanceKm(paris, sydney)).toBeCloseTo(16960, -2);
    expect(distanceKm(paris, paris)).toBe(0);
    expect(nearest(paris, [sydney, paris])).toBe(paris);
  });
});

describe("zones", () => {
  test.each([
    ["aws", "sa-east-1", "sa-east-1a sa-east-1b sa-east-1c"],
    ["aws", "ap-northeast-1", "ap-northeast-1a ap-northeast-1c ap-northeast-1d"],
    ["google", "us-east1", "us-east1-b us-east1-c us-east1-d"],
    ["azure", "canadacentral", "1 2 3"],
    ["azure", "ukwest", ""],
    ["aws", "nowhere", ""],
  ] as const)("of %s %s: %s", (cloud, region, zones) => {
    expect(zonesOf(cloud, region).join(" ")).toBe(zones);
  });

  test("a cluster is in the first three of its region, or in those that it names, in their order", () => {
    expect(clusterZones(cluster("eks", { region: "us-west-2" }) as MadeCluster)).toEqual([
      "us-west-2a",
      "us-west-2b",
      "us-west-2c",
    ]);
    const zones = ["us-west-2d", "us-west-2b"];
    expect(clusterZones(cluster("eks", { region: "us-west-2", network: { zones } }) as MadeCluster)).toEqual(zones);
  });

  test("a zone that the catalogue doesn't know is a warning only", () => {
    const fleet = fleetWith({ clusters: { gke: { network: { zones: ["europe-west3-a", "europe-west3-z"] } } } });
    expect(isZoneName("google", "europe-west3", "europe-west3-z")).toBe(true);
    expect(fleetWarnings(fleet, new Date("2026-11-01"))).toEqual([
      "clusters.gke.network.zones: 'europe-west3-z' is not known here; europe-west3 has europe-west3-a, europe-west3-b, europe-west3-c",
    ]);
  });
});

test("spot pools of EKS with few machine types are a warning", () => {
  const warnings = (machines: string[]) =>
    fleetWarnings(
      fleetWith({ clusters: { eks: { pools: { main: {}, spot: { spot: true, machines } } } } }),
      new Date("2026-11-01"),
    );
  expect(warnings(["m6i.large"])).toEqual([
    "clusters.eks.pools.spot: spot capacity is found best among three or more machine types of equal size; name them under `machines`",
  ]);
  expect(warnings(["m6i.large", "m6a.large", "m5.large"])).toEqual([]);
});

test.each([
  ["m9z.large", /no machines 'm9z', but m8a/],
  ["z9.metal", /no machines 'z9', but z1d/],
  ["m6i.xxlarge", /no 'm6i\.xxlarge'; m6i comes as large, xlarge, 2xlarge/],
  ["qq1.large", /no machines 'qq1', but m8i/],
])("%s, which AWS didn't have, is a warning: it may be newer than the list", (machine, words) => {
  const fleet = fleetWith({ clusters: { eks: { pools: { main: { machines: [machine, "m6i.large"] } } } } });
  expect(fleetWarnings(fleet, new Date("2026-11-01"))).toEqual([
    expect.stringMatching(/^clusters\.eks\.pools\.main\.machines: AWS had .*unless it is newer, the pool can't be made$/),
  ]);
  expect(fleetWarnings(fleet, new Date("2026-11-01"))[0]).toMatch(words);
});

test.each([
  ...DEFAULT_MACHINES.filter((machine) => /^\w+\.\w+$/.test(machine)),
  "t3.nano",
  "m8i-flex.large",
  "u7in-16tb.224xlarge",
])("%s is a machine that AWS has", (machine) => {
  expect(unknownMachine(machine)).toBeUndefined();
});

describe("Kubernetes versions", () => {
  const on = (date: string, changes: Data) => versionWarnings(fleetWith({ clusters: { eks: changes } }), new Date(date));

  test("the default is supported everywhere, without a word", () => {
    expect(versionWarnings(fleetWith({}), new Date("2026-11-21"))).toEqual([]);
  });

  test.each([
    ["2026-09-01", []],
    ["2026-11-21", ["clusters.eks.kubernetes: standard support of Kubernetes 1.34 on EKS ends on 2026-12-02: plan the upgrade"]],
    [
      "2026-12-02T12:00:00Z",
      ["clusters.eks.kubernetes: standard support of Kubernetes 1.34 on EKS ended on 2026-12-02: upgrade"],
    ],
  ])("on %s 1.34 has the warnings %j", (date, warnings) => {
    expect(on(date, { kubernetes: "1.34" })).toEqual(warnings);
  });

  test("extended support counts where it is paid for", () => {
    expect(on("2027-01-01", { kubernetes: "1.34", aws: { supportType: "EXTENDED" } })).toEqual([]);
  });

  test("of a version without dates it is said that there are none", () => {
    expect(on("2026-11-21", { kubernetes: "1.37" })).toEqual([
      "clusters.eks.kubernetes: this catalogue doesn't know yet whether EKS has Kubernetes 1.37, nor how long",
    ]);
  });

  test("a retired cluster is not spoken of", () => {
    expect(on("2030-01-01", { kubernetes: "1.34", retired: true }).filter((line) => line.includes("eks"))).toEqual([]);
  });

  test("the date is never a reason to refuse", () => {
    jest.useFakeTimers({ now: new Date("2040-01-01") });
    try {
      expect(versionProblem(cluster("eks", { kubernetes: "1.34" }) as MadeCluster)).toBeUndefined();
    } finally {
      jest.useRealTimers();
    }
  });
});

describe("machines", () => {
  test.each([
    ["aws", "m6i.xlarge", "amd64"],
    ["aws", "m7g.large", "arm64"],
    ["aws", "c7gn.2xlarge", "arm64"],
    ["aws", "im4gn.large", "arm64"],
    ["aws", "a1.xlarge", "arm64"],
    ["aws", "g5.xlarge", "amd64"],
    ["aws", "g4dn.xlarge", "amd64"],
    ["aws", "r7gd.large", "arm64"],
    ["azure", "Standard_D4ds_v5", "amd64"],
    ["azure", "Standard_D4pds_v5", "arm64"],
    ["azure", "Standard_NP10s", "amd64"],
    ["azure", "Standard_E4-2ps_v6", "arm64"],
    ["google", "e2-standard-4", "amd64"],
    ["google", "t2a-standard-4", "arm64"],
    ["google", "c4a-standard-8", "arm64"],
    ["google", "n2-custom-4-8192", "amd64"],
  ] as const)("%s %s is %s", (cloud, machine, architecture) => {
    expect(machineProblem(cloud, machine, architecture)).toBeUndefined();
    expect(machineProblem(cloud, machine, architecture === "arm64" ? "amd64" : "arm64")).toContain(
      `'${machine}' is an ${architecture} machine`,
    );
  });

  test.each(["aws", "azure", "google"] as const)("%s has a default of each architecture", (cloud) => {
    for (const architecture of ["amd64", "arm64"] as const) {
      const [machine, ...others] = poolMachines(cloud, pool.parse({ architecture }));
      expect(others).toEqual([]);
      expect(machineProblem(cloud, machine, architecture)).toBeUndefined();
    }
  });

  test("Google's newer families boot from Hyperdisk", () => {
    expect(["e2-standard-4", "n2-standard-4", "t2a-standard-4"].map(googleDiskType)).toEqual([
      "pd-balanced",
      "pd-balanced",
      "pd-balanced",
    ]);
    expect(["c4a-standard-4", "n4-standard-4"].map(googleDiskType)).toEqual(["hyperdisk-balanced", "hyperdisk-balanced"]);
  });
});

test("names are cut to a length and stay different", () => {
  expect(shorten("acme-sydney", 20)).toBe("acme-sydney");
  const [one, other] = ["a-very-long-name-that-ends-in-one", "a-very-long-name-that-ends-in-two"].map((name) =>
    shorten(name, 20),
  );
  expect(one).toMatch(/^a-very-long-n-[0-9a-f]{6}$/);
  expect(one!.length).toBe(20);
  expect(one).not.toBe(other);
});
