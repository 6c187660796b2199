import {
  DEFAULT_VERSIONS,
  INSTANCE_NAME,
  isBurstable,
  isOffered,
  isReserved,
  sizeSpelling,
  versionsOf,
} from "../../../model/limits/databases";

test("a size of one's own is told by an example of its cloud and engine", () => {
  const such = (cloud: "aws" | "azure" | "google", engine: "mysql" | "postgres" | "mongo") =>
    sizeSpelling({ cloud, engine }).such;
  expect(such("aws", "mysql")).toBe("db.m7g.large");
  expect(such("google", "postgres")).toBe("db-custom-2-7680");
  expect(such("azure", "mysql")).toBe("GP_Standard_D2ds_v4");
  expect(such("azure", "postgres")).toBe("GP_Standard_D2ds_v5");
  expect(such("azure", "mongo")).toBe("4000, in steps of a thousand");
});

test.each([
  ["azure", "mysql", ["B_Standard_B1ms", "B_Standard_B20ms", "GP_Standard_D64ads_v5", "MO_Standard_E80ids_v4"]],
  ["azure", "postgres", ["B_Standard_B1ms", "GP_Standard_E2s_v3", "MO_Standard_D96ads_v6"]],
  ["azure", "mongo", ["99000"]],
  ["aws", "postgres", ["db.r6id.24xlarge", "db.t4g.micro", "db.x2iedn.xlarge"]],
  ["google", "postgres", ["db-custom-64-262144", "db-perf-optimized-N-128"]],
] as const)("sizes of %s %s are taken as that cloud spells them", (cloud, engine, sizes) => {
  const { pattern } = sizeSpelling({ cloud, engine });
  expect(sizes.filter((size) => !pattern.test(size))).toEqual([]);
});

test("a database of no version is of a version that each cloud has which has the engine", () => {
  expect(DEFAULT_VERSIONS).toEqual({ mysql: "8.4", postgres: "17", mongo: "7.0" });
  expect(versionsOf({ cloud: "google", engine: "mongo" })).toEqual([]);
  const offered = (["mysql", "postgres", "mongo"] as const).map((engine) =>
    (["aws", "azure", "google"] as const).filter((cloud) => isOffered({ cloud, engine })),
  );
  expect(offered).toEqual([["aws", "azure", "google"], ["aws", "azure", "google"], ["azure"]]);
});

test("names that one of the clouds keeps are kept on all, and those that only contain one aren't", () => {
  const kept =
    "admin administrator root guest public sa mysql sys information performance postgres template rdsadmin cloudsqladmin azuresu local config pg pgdata";
  expect(kept.split(" ").filter((name) => !isReserved(name))).toEqual([]);
  expect(["admins", "shoppg", "sale", "mylocal"].filter(isReserved)).toEqual([]);
});

test("an instance of Cloud SQL has 98 characters at most and ends in no hyphen", () => {
  const sound = ["a", "a-9", `a${"b".repeat(97)}`];
  const wrong = ["", "9a", "a-", "A", "a_b", `a${"b".repeat(98)}`, " a", "a "];
  expect([...sound, ...wrong].filter((name) => INSTANCE_NAME.test(name))).toEqual(sound);
});

test("only a size that begins with B_ is burstable", () => {
  expect(["B_Standard_B2s", "GP_Standard_D2ds_v5", "db.B_"].filter(isBurstable)).toEqual(["B_Standard_B2s"]);
});
