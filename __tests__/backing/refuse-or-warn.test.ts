import { existsSync } from "node:fs";
import { join } from "node:path";
import { PAIRS } from "../changes/pairs";
import { type Case, ROWS, saidOf } from "./refuse-or-warn";

/** The rows of the facts that these blocks were built from: each has to be answered. */
const NAMES = [
  "registries: region, name, location",
  "registries: replicas",
  "registries: replication of ECR",
  "registries: access private",
  "registries: pull across clouds",
  "applications: image",
  "databases: engine and cloud",
  "databases: storageGiB",
  "databases: region, name, otherRegion, login, charset",
  "databases: highAvailability",
  "databases: replicas",
  "databases: clusters",
  "databases: restoreFrom",
  "databases: passwordVersion",
  "removal of a protected database, registry or store",
  "servers: disk.restoreFrom",
  "servers: version",
  "servers: address",
  "servers on other clouds",
  "addons: backup",
  "applications: secrets, uses",
  "applications: values",
  "applications: single writers",
  "applications: colours",
  "applications: timeoutSeconds",
  "applications: smoke",
];

test("every row of what must be refused or warned of is answered", () => {
  expect(Object.keys(ROWS)).toEqual(NAMES);
  expect(Object.values(ROWS).every((cases) => cases.length > 0)).toBe(true);
});

const cases = Object.entries(ROWS).flatMap(([row, list]) => list.map((one) => [`${row}: ${one.what}`, one] as const));
const given = new Set(PAIRS.flatMap(([, , , said]) => said.map((text) => text.split(" ")[1])));

test.each(cases)("%s", (_, one: Case) => {
  if ("change" in one) expect(given).toContain(one.change);
  else if ("gone" in one) expect([one.gone.length > 20, existsSync(join(__dirname, "..", one.suite))]).toEqual([true, true]);
  else {
    const { problems, warnings } = saidOf(one.of);
    if ("rule" in one) expect(problems).toEqual([expect.stringMatching(new RegExp(`^${one.rule} `))]);
    else if ("shape" in one) expect(problems.join("\n")).toMatch(one.shape);
    else expect([problems, warnings]).toEqual([[], expect.arrayContaining([expect.stringMatching(one.warns)])]);
  }
});
