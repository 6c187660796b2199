import * as aws from "../../../model/limits/aws";
import * as azure from "../../../model/limits/azure";
import {
  isBurstable,
  isOffered,
  isReserved,
  PORTS,
  POSTGRES_DISKS,
  PRIVATE_ZONES,
  sizeName,
  versionsOf,
} from "../../../model/limits/databases";
import { LARGEST_WEIGHT, leastCommonMultiple, nameProblem, ROUTE53, TRAFFIC_MANAGER } from "../../../model/limits/dns";
import * as google from "../../../model/limits/google";
import { poolSizeProblems, windowProblem } from "../../../model/limits/kubernetes";
import { CACHE_PREFIX, MULTI_REGIONS, OPEN_UPSTREAMS } from "../../../model/limits/registries";
import { POSTGRES_VERSIONS, SERVER_PORTS, snapshotsProblem } from "../../../model/limits/servers";

const label = (length: number) => "a".repeat(length);
/** Three labels of 63 characters and one that fills it up. */
const nameOf = (length: number) => [label(63), label(63), label(63), label(length - 192)].join(".");

test("a record's name has 253 characters at most, and 63 between dots", () => {
  expect(nameProblem(nameOf(253))).toBeUndefined();
  expect(nameProblem(nameOf(254))).toBe("254 characters, and DNS takes 253");
  expect(nameProblem(`${label(63)}.example.com`)).toBeUndefined();
  expect(nameProblem(`www.${label(64)}.com`)).toContain("of 64 characters between dots, and DNS takes 63");
});

test("the services' quotas are those of their pages", () => {
  expect(ROUTE53).toEqual({
    recordsOfOneName: 100,
    geoproximityOfOneName: 30,
    recordsOfZone: 10_000,
    healthChecks: 200,
    newHealthChecksADay: 1_000,
  });
  expect(TRAFFIC_MANAGER).toEqual({ endpointsOfProfile: 200, profiles: 200, levels: 10 });
  expect(LARGEST_WEIGHT).toEqual({ route53: 255, "traffic-manager": 1000 });
});

test("weights are spread over the fewest shares that are equal for all addresses", () => {
  expect([leastCommonMultiple(4, 6), leastCommonMultiple(1, 7), leastCommonMultiple(5, 0)]).toEqual([12, 7, 5]);
});

describe("a pool", () => {
  const sound = { min: 1, max: 3, maxPods: 110, diskGib: 100 };
  const fields = (change: object, limits = aws.POOL) => poolSizeProblems({ ...sound, ...change }, limits).map(([field]) => field);

  test.each([
    ["no fewer than no node", { min: 0 }, { min: -1 }, "min"],
    ["no less than one at most", { min: 0, max: 1 }, { min: 0, max: 0 }, "max"],
    ["no more than a thousand", { max: 1000 }, { max: 1001 }, "max"],
    ["at most as many as it may", { min: 3 }, { min: 4 }, "min"],
    ["eight pods on a node of EKS", { maxPods: 8 }, { maxPods: 7 }, "maxPods"],
    ["250 pods on a node of EKS", { maxPods: 250 }, { maxPods: 251 }, "maxPods"],
    ["20 GiB of disk on EKS", { diskGib: 20 }, { diskGib: 19 }, "diskGib"],
  ])("has %s", (_, sounding, wrong, field) => {
    expect(fields(sounding)).toEqual([]);
    expect(fields(wrong)).toEqual([field]);
  });

  test.each([
    ["AKS", azure.POOL, { maxPods: 10, diskGib: 30 }, { maxPods: 9, diskGib: 29 }],
    ["AKS", azure.POOL, { maxPods: 250 }, { maxPods: 251 }],
    ["GKE", google.POOL, { maxPods: 8, diskGib: 20 }, { maxPods: 7, diskGib: 19 }],
    ["GKE", google.POOL, { maxPods: 256 }, { maxPods: 257 }],
  ])("of %s has that cloud's own limits", (_, limits, sounding, wrong) => {
    expect(fields(sounding, limits)).toEqual([]);
    expect(fields(wrong, limits)).toEqual(Object.keys(wrong));
  });

  test("of AKS has a name of its own as spot, since a change makes another pool", () => {
    const [regular, spot] = [azure.poolNames("main", { spot: false }), azure.poolNames("main", { spot: true })];
    expect(regular.name).toBe("main");
    expect(spot.name).not.toBe(regular.name);
    expect(spot.rotation).not.toBe(regular.rotation);
    expect(azure.poolNames("a-long-pool-name", { spot: true }).name).not.toBe(
      azure.poolNames("a-long-pool-name", { spot: false }).name,
    );
  });
});

test.each([
  [{ startHour: 0, durationHours: 4 }, undefined],
  [{ startHour: 23, durationHours: 24 }, undefined],
  [{ startHour: -1, durationHours: 4 }, "startHour"],
  [{ startHour: 24, durationHours: 4 }, "startHour"],
  [{ startHour: 1.5, durationHours: 4 }, "startHour"],
  [{ startHour: 2, durationHours: 3 }, "durationHours"],
  [{ startHour: 2, durationHours: 25 }, "durationHours"],
  [{ startHour: 2, durationHours: 4.5 }, "durationHours"],
])("a window of %j", (window, field) => expect(windowProblem(window, 4)?.[0]).toBe(field));

describe("databases", () => {
  test("have the versions that each cloud has", () => {
    expect(versionsOf({ cloud: "aws", engine: "postgres" })).toEqual(["14", "15", "16", "17"]);
    expect(versionsOf({ cloud: "azure", engine: "postgres" })).toEqual(["14", "15", "16", "17", "18"]);
    expect(versionsOf({ cloud: "google", engine: "postgres" })).toEqual(["14", "15", "16", "17"]);
    for (const cloud of ["aws", "azure", "google"] as const)
      expect(versionsOf({ cloud, engine: "mysql" })).toEqual(["8.0", "8.4"]);
    expect(versionsOf({ cloud: "azure", engine: "mongo" })).toEqual(["5.0", "6.0", "7.0"]);
    expect(versionsOf({ cloud: "aws", engine: "mongo" })).toEqual([]);
    expect(isOffered({ cloud: "google", engine: "mongo" })).toBe(false);
  });

  test("have three sizes by name, and others by the cloud's own", () => {
    const sizes = (cloud: "aws" | "azure" | "google", engine: "mysql" | "postgres" | "mongo") =>
      ["small", "medium", "large", "own"].map((size) => sizeName({ cloud, engine, size }));
    expect(sizes("azure", "mysql")).toEqual(["B_Standard_B2s", "GP_Standard_D2ds_v4", "GP_Standard_D8ds_v4", "own"]);
    expect(sizes("azure", "postgres")).toEqual(["B_Standard_B2s", "GP_Standard_D2ds_v5", "GP_Standard_D8ds_v5", "own"]);
    expect(sizes("azure", "mongo")).toEqual(["1000", "4000", "20000", "own"]);
    expect(sizes("aws", "mysql")).toEqual(["db.t4g.small", "db.m7g.large", "db.m7g.2xlarge", "own"]);
    expect(sizes("google", "postgres")).toEqual(["db-custom-1-3840", "db-custom-2-7680", "db-custom-8-30720", "own"]);
    expect([isBurstable("B_Standard_B2s"), isBurstable("GP_Standard_B2s")]).toEqual([true, false]);
  });

  test("have names that no cloud keeps for itself", () => {
    expect(["root", "pgadmin", "azuresu", "shop"].map(isReserved)).toEqual([true, true, true, false]);
  });
});

test("databases, registries and servers are as their services' pages say", () => {
  expect(PORTS).toEqual({ mysql: 3306, postgres: 5432, mongo: 10255 });
  expect(PRIVATE_ZONES).toEqual({
    mysql: "privatelink.mysql.database.azure.com",
    postgres: "privatelink.postgres.database.azure.com",
    mongo: "privatelink.mongo.cosmos.azure.com",
  });
  expect(POSTGRES_DISKS).toEqual([32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384]);
  expect(CACHE_PREFIX).toEqual({ min: 2, max: 30 });
  expect(MULTI_REGIONS).toEqual(["us", "europe", "asia"]);
  expect(OPEN_UPSTREAMS).toEqual(["public.ecr.aws", "registry.k8s.io", "quay.io"]);
  expect(POSTGRES_VERSIONS).toEqual(["14", "15", "16", "17", "18"]);
  expect(SERVER_PORTS).toEqual({ nfs: 2049, postgres: 5432 });
});

test("a disk has 450 snapshots by Azure Backup at most", () => {
  expect(snapshotsProblem({ everyHours: 4, days: 75 })).toBeUndefined();
  expect(snapshotsProblem({ everyHours: 4, days: 76 })).toContain("are 456 snapshots, and a disk has at most 450");
});
