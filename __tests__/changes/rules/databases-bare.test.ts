import type { Facts } from "../../../changes/lock/lock";
import {
  databaseAfterPromotion,
  databaseMadeOnce,
  databasePasswords,
  databasePromoted,
  databaseServers,
  databaseStandby,
  databasesMoved,
  databaseTokens,
  databaseVersions,
} from "../../../changes/rules/databases";
import type { ChangeRule } from "../../../changes/rules/rule";
import { heard, words } from "./bare";

const sides = (was: Facts, is: Facts) => [{ databases: { shop: was } }, { databases: { shop: is } }] as const;
const at = "databases.shop";

test.each<[string, ChangeRule, Facts, Facts, readonly string[]]>([
  ["an engine that an older lock didn't note", databasesMoved, {}, { engine: "mysql" }, []],
  ["an engine that is noted no more", databasesMoved, { engine: "mysql" }, {}, []],
  ["the same engine", databasesMoved, { engine: "mysql" }, { engine: "mysql" }, []],
  ["another engine", databasesMoved, { engine: "mysql" }, { engine: "mongo" }, [`refused database-moved ${at}.engine`]],
  ["another cloud", databasesMoved, { cloud: "aws" }, { cloud: "google" }, [`refused database-moved ${at}.cloud`]],
  [
    "another account",
    databasesMoved,
    { cloud: "aws", account: "1" },
    { cloud: "aws", account: "2" },
    [`refused database-moved ${at}.aws`],
  ],
  ["a primary that wasn't noted", databasePromoted, {}, { primary: "b" }, []],
  ["another primary in another region", databasePromoted, { primary: "a", region: "x" }, { primary: "b", region: "y" }, []],
  ["another primary in another cloud", databasePromoted, { primary: "a", cloud: "aws" }, { primary: "b", cloud: "google" }, []],
  [
    "the second server as primary",
    databasePromoted,
    { primary: "a", servers: ["a", "b"] },
    { primary: "b" },
    [`warning database-promoted ${at}.primary`],
  ],
  [
    "the first server as primary again",
    databasePromoted,
    { primary: "b", servers: ["a", "b"] },
    { primary: "a" },
    [`refused database-back ${at}.primary`],
  ],
  [
    "a server that is new as primary",
    databasePromoted,
    { primary: "b", servers: ["a", "b"] },
    { primary: "c" },
    [`warning database-promoted ${at}.primary`],
  ],
  [
    "the first region of Cosmos DB as primary again",
    databasePromoted,
    { primary: "b", servers: ["a", "b"], engine: "mongo" },
    { primary: "a" },
    [`warning database-promoted ${at}.primary`],
  ],
  [
    "replicas in another order on AWS",
    databaseServers,
    { servers: ["a", "b", "c"] },
    { servers: ["a", "c", "b"], cloud: "aws" },
    [`refused database-order ${at}.replicas`],
  ],
  [
    "replicas in another order on Azure",
    databaseServers,
    { servers: ["a", "b", "c"] },
    { servers: ["a", "c", "b"], cloud: "azure" },
    [],
  ],
  [
    "fewer replicas in another region",
    databaseServers,
    { servers: ["a", "b"], region: "x" },
    { servers: ["a"], region: "y" },
    [],
  ],
  [
    "a region less of Cosmos DB",
    databaseServers,
    { servers: ["a", "b"] },
    { servers: ["a"], cloud: "azure", engine: "mongo" },
    [`warning database-replica-gone ${at}.replicas`],
  ],
  [
    "a region less and one more of Cosmos DB",
    databaseServers,
    { servers: ["a", "b"] },
    { servers: ["a", "c"], cloud: "azure", engine: "mongo" },
    [`refused database-regions ${at}.replicas`],
  ],
  [
    "a replica for another of a server",
    databaseServers,
    { servers: ["a", "b"] },
    { servers: ["a", "c"], cloud: "azure", engine: "mysql" },
    [`warning database-replica-gone ${at}.replicas`],
  ],
  ["a source that wasn't noted", databaseMadeOnce, {}, { from: "nothing" }, []],
  ["the same source", databaseMadeOnce, { from: "nothing" }, { from: "nothing" }, []],
  ["another source", databaseMadeOnce, { from: "nothing" }, { from: "s" }, [`warning database-made-once ${at}.restoreFrom`]],
  ["a size that is new in the file", databaseMadeOnce, {}, { storageGiB: 20 }, []],
  ["a size that leaves the file", databaseMadeOnce, { storageGiB: 20 }, {}, []],
  ["the same size", databaseMadeOnce, { storageGiB: 20 }, { storageGiB: 20 }, []],
  ["a smaller size", databaseMadeOnce, { storageGiB: 21 }, { storageGiB: 20 }, [`refused database-smaller ${at}.storageGiB`]],
  ["a larger size", databaseMadeOnce, { storageGiB: 20 }, { storageGiB: 21 }, [`warning database-made-once ${at}.storageGiB`]],
  [
    "a standby for Azure's MySQL",
    databaseStandby,
    { highAvailability: false },
    { highAvailability: true, cloud: "azure", engine: "mysql" },
    [`refused database-standby ${at}.highAvailability`],
  ],
  [
    "a standby for AWS's MySQL",
    databaseStandby,
    { highAvailability: false },
    { highAvailability: true, cloud: "aws", engine: "mysql" },
    [],
  ],
  [
    "a standby for Azure's PostgreSQL",
    databaseStandby,
    { highAvailability: false },
    { highAvailability: true, cloud: "azure", engine: "postgres" },
    [],
  ],
  [
    "a standby that MySQL had",
    databaseStandby,
    { highAvailability: true },
    { highAvailability: true, cloud: "azure", engine: "mysql" },
    [],
  ],
  [
    "no standby for MySQL",
    databaseStandby,
    { highAvailability: false },
    { highAvailability: false, cloud: "azure", engine: "mysql" },
    [],
  ],
  ["passwords that weren't noted", databasePasswords, {}, { passwordVersion: 2 }, []],
  ["passwords that are noted no more", databasePasswords, { passwordVersion: 2 }, {}, []],
  ["the same passwords", databasePasswords, { passwordVersion: 2 }, { passwordVersion: 2 }, []],
  [
    "other passwords",
    databasePasswords,
    { passwordVersion: 1 },
    { passwordVersion: 2 },
    [`warning database-passwords ${at}.passwordVersion`],
  ],
  [
    "databases of a server that wasn't promoted",
    databaseAfterPromotion,
    { primary: "b" },
    { primary: "b", databases: ["x"] },
    [],
  ],
  [
    "one database more with the promotion",
    databaseAfterPromotion,
    { primary: "a", databases: ["x"] },
    { primary: "b", databases: ["x", "y"] },
    [],
  ],
  [
    "one database less after a promotion",
    databaseAfterPromotion,
    { primary: "b", databases: ["x", "y"] },
    { primary: "b", databases: ["x"] },
    [],
  ],
  [
    "one database more after a promotion",
    databaseAfterPromotion,
    { primary: "b", databases: ["x"] },
    { primary: "b", databases: ["x", "y"] },
    [`refused database-after-promotion ${at}.databases`],
  ],
  ["tokens that are taken", databaseTokens, { tokens: true }, { tokens: true, cloud: "azure" }, []],
  ["tokens that never were taken", databaseTokens, {}, { cloud: "azure" }, []],
  ["tokens that another cloud takes back", databaseTokens, { tokens: true }, { cloud: "aws" }, []],
  [
    "tokens that nobody needs any more",
    databaseTokens,
    { tokens: true },
    { cloud: "azure" },
    [`warning database-tokens ${at}.tokens`],
  ],
  ["a version that wasn't noted", databaseVersions, {}, { version: "17" }, []],
  ["a version that is noted no more", databaseVersions, { version: "17" }, {}, []],
  ["the same version", databaseVersions, { version: "17" }, { version: "17" }, []],
  [
    "a lower version of another engine",
    databaseVersions,
    { version: "17", engine: "postgres" },
    { version: "8.4", engine: "mysql" },
    [],
  ],
  ["a lower version", databaseVersions, { version: "17" }, { version: "16" }, [`refused database-version-lowered ${at}.version`]],
  ["a higher version", databaseVersions, { version: "16" }, { version: "17" }, [`warning database-version ${at}.version`]],
])("%s", (_, rule, was, is, expected) => {
  expect(heard(rule, ...sides(was, is))).toEqual(expected);
  expect(heard(rule, {}, { databases: { shop: is } })).toEqual([]);
});

test("one replica is destroyed, two are, and the first is what applications read", () => {
  const said = (...is: string[]) =>
    words(databaseServers, ...sides({ servers: ["a", "b", "c"] }, { servers: is, cloud: "aws" }))[0];
  expect(said("a", "b")).toMatch(/^c is destroyed, .*`…-read-c`/);
  expect(said("a")).toMatch(/^b, c are destroyed, .*`…-read-b`/);
});

test("passwords of a lower number were perhaps lost in a merge, those of a higher weren't", () => {
  const said = (was: number, is: number) =>
    words(databasePasswords, ...sides({ passwordVersion: was }, { passwordVersion: is }))[0];
  expect(said(2, 1)).toMatch(/^makes every password of the server anew, though the number is lower/);
  expect(said(1, 2)).toMatch(/^makes every password of the server anew\. Apply acme-data-shop, /);
});

test("a login of MySQL is made for every host, and the way back to a server is a new one in its region", () => {
  const added = (engine: string) =>
    words(
      databaseAfterPromotion,
      ...sides({ databases: ["x"], primary: "b" }, { databases: ["x", "y"], primary: "b", engine }),
    )[0];
  expect(added("mysql")).toContain("gcloud sql users create y --host=%)");
  expect(added("postgres")).toContain("gcloud sql users create y)");
  const back = words(databasePromoted, ...sides({ primary: "w", servers: ["eastus-12", "w"] }, { primary: "eastus-12" }))[0];
  expect(back).toContain("append eastus to `replicas`");
});
