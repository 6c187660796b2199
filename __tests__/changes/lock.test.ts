import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { madeBy } from "../../changes/diff/diff";
import { judge } from "../../changes/judge";
import { lockFileOf, readLock } from "../../changes/lock/file";
import { misfits } from "../../changes/lock/fits";
import { lockText } from "../../changes/lock/lock";
import { parseLock } from "../../changes/lock/parse";
import { lockMode } from "../../changes/lock/policy";
import { over } from "../model/support";
import { one, said, sideOf } from "./support";

const folder = mkdtempSync(join(tmpdir(), "lock-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const base = one("eks", {}, { clusters: { gke: { cloud: "google", region: "europe-west3", network: { cidr: "10.3.0.0/16" } } } });
const lock = sideOf(base).lock;

test("a lock is written and read back, the same bytes for the same fleet, without a time or a path of a machine", () => {
  const text = lockText(lock);
  expect(parseLock(text, "x.lock.json")).toEqual(lock);
  expect(lockText(sideOf(base).lock)).toBe(text);
  expect(text).not.toMatch(/\d{4}-\d\d-\d\dT|\/tmp|\/home/);
  expect(text.endsWith("}\n")).toBe(true);
});

test("its lines are a fact each, and its keys stand in order whatever the order of the fleet file", () => {
  const lines = lockText(lock).split("\n");
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(160);
  const turned = { ...base, clusters: Object.fromEntries(Object.entries(base.clusters as object).reverse()) };
  expect(lockText(sideOf(turned).lock)).toBe(lockText(lock));
});

test("what two people change in two clusters merges, as git merges it", () => {
  const write = (name: string, data: typeof base) => {
    const file = join(folder, name);
    writeFileSync(file, lockText(sideOf(data).lock));
    return file;
  };
  const common = write("common", base);
  const mine = write("mine", over(base, { clusters: { eks: { pools: { main: { max: 9 } } } } }));
  const theirs = write("theirs", over(base, { clusters: { gke: { kubernetes: "1.35" } } }));
  const merged = spawnSync("git", ["merge-file", "-p", mine, common, theirs], { encoding: "utf8" });
  expect(merged.status).toBe(0);
  const both = over(base, { clusters: { eks: { pools: { main: { max: 9 } } }, gke: { kubernetes: "1.35" } } });
  expect(misfits(parseLock(merged.stdout, "merged"), sideOf(both).lock)).toEqual([]);
});

test("a lock lies beside its fleet file", () => {
  expect(lockFileOf("fleets/arctiq.yaml")).toBe(join("fleets", "arctiq.lock.json"));
});

describe("a lock that can't be used is one clear sentence", () => {
  const text = lockText(lock);
  const refusal = (content: string) => {
    try {
      parseLock(content, "x.lock.json");
    } catch (error) {
      return (error as Error).message;
    }
    return "";
  };

  const lineOf = (word: string) => text.slice(0, text.indexOf(word)).split("\n").length;

  test.each([
    [
      "of a newer format",
      text.replace('"format": 1', '"format": 2'),
      /^x\.lock\.json: is of format 2, .* Take the Meridian that wrote it/,
    ],
    [
      "cut off",
      text.slice(0, text.indexOf('"cloud"') + 3),
      new RegExp(`^x\\.lock\\.json:${lineOf('"cloud"')}: .* Put its last good version back`),
    ],
    ["cut off between two lines", text.slice(0, text.indexOf('"cloud"')), /^x\.lock\.json:\d+: ends there as if it were cut off/],
    ["that is empty", "\n", /^x\.lock\.json: is empty\. Put its last good version back/],
    [
      "with a slip",
      text.replace('"cloud": "aws",', '"cloud": "aws",,'),
      new RegExp(`^x\\.lock\\.json:${lineOf('"cloud"')}: is no JSON there`),
    ],
    ["with conflict markers", text.replace("{\n", "{\n<<<<<<< HEAD\n"), /^x\.lock\.json:2: has conflict markers of a merge\./],
    [
      "with conflict markers and Windows' line ends",
      text.replace("{\n", "{\n=======\n").replaceAll("\n", "\r\n"),
      /^x\.lock\.json:2: has conflict markers of a merge\./,
    ],
    [
      "with a key that a merge left twice",
      text.replace(/( +"cloud": "aws",\n)/, "$1$1"),
      new RegExp(`^x\\.lock\\.json:${lineOf('"cloud"') + 1}: has clusters\\.eks\\.cloud a second time`),
    ],
    ["that is a list", "[1, 2]", /^x\.lock\.json:1: is no lock file of Meridian \(the file: /],
    ["that is none", '{ "lockfileVersion": 3 }', /^x\.lock\.json: is no lock file of Meridian \(format/],
    [
      "with a wrong field",
      text.replace('"cloud": "aws"', '"cloud": 1'),
      new RegExp(`^x\\.lock\\.json:${lineOf('"cloud"')}: is no lock file of Meridian \\(clusters\\.eks\\.cloud`),
    ],
  ])("%s", (_, content, words) => {
    expect(refusal(content)).toMatch(words);
    expect(refusal(content)).not.toContain("\n");
  });

  test("a mark in front and Windows' line ends change nothing", () => {
    expect(parseLock(`\uFEFF${text.replaceAll("\n", "\r\n")}`, "x.lock.json")).toEqual(lock);
  });

  test("a folder is said in a sentence", () => {
    expect(() => readLock(folder)).toThrow(`${folder}: is a folder, and a lock file is looked for there`);
  });

  test("fields that this Meridian doesn't know are let through", () => {
    expect(refusal(text.replace('"fleet":', '"later": true,\n  "fleet":'))).toBe("");
  });
});

test("a lock that doesn't fit names the lines; another Meridian's digests alone are no misfit", () => {
  const other = sideOf(over(base, { clusters: { eks: { kubernetes: "1.35" } } })).lock;
  expect(misfits(lock, other)).toContain("clusters.eks.kubernetes: 1.36 in the lock file, 1.35 by the fleet file");
  const stacks = Object.fromEntries(Object.entries(lock.stacks).map(([id, stack]) => [id, { ...stack, digest: "0" }]));
  expect(misfits({ ...lock, stacks }, lock)).not.toEqual([]);
  expect(misfits({ ...lock, stacks, meridian: "0.0.9" }, lock)).toEqual([]);
  // nor what an older one didn't note of a stack
  const unnoted = Object.fromEntries(Object.entries(lock.stacks).map(([id, { providers: _, ...stack }]) => [id, stack]));
  expect(misfits({ ...lock, stacks: unnoted }, lock)).not.toEqual([]);
  expect(misfits({ ...lock, stacks: unnoted, meridian: "0.0.9" }, lock)).toEqual([]);
  // nor of an existing cluster; what both noted and isn't the same is one
  const primed = (objects?: readonly string[]) => ({
    ...lock,
    clusters: { eks: { cloud: "existing", ...(objects && { objects }) } },
  });
  expect(misfits({ ...primed(), meridian: "0.0.9" }, primed(["gateway-api"]))).toEqual([]);
  expect(misfits({ ...primed([]), meridian: "0.0.9" }, primed(["gateway-api"]))).not.toEqual([]);
});

test("what a later Meridian learns to replace a resource was not absent from an older lock; what both knew was", () => {
  const [before, after] = ["10.100.0.0/16", "10.101.0.0/16"].map((services) =>
    sideOf(one("eks", { deletionProtection: false, network: { services } })),
  );
  const change = { before: before!.lock, after: after!.lock, made: madeBy(after!.stacks) };
  const [stack, address] = ["acme-eks-cluster", "aws_eks_cluster.cluster_A4C38409"];
  const without = (knows: number | undefined) => {
    const { knows: _, ...rest } = before!.lock;
    const { fixed, ...facts } = rest.stacks[stack]!;
    const { "kubernetes_network_config.service_ipv4_cidr": range, ...known } = fixed[address]!;
    expect(range).toBe("10.100.0.0/16");
    const stacks = { ...rest.stacks, [stack]: { ...facts, fixed: { ...fixed, [address]: known } } };
    return { ...rest, ...(knows !== undefined && { knows }), stacks };
  };
  expect(said(judge(change))).toEqual(["refused cluster-replaced"]);
  // 1 is what every lock that says it has known of EKS's range
  expect(said(judge({ ...change, before: without(1) }))).toEqual(["refused cluster-replaced"]);
  expect(said(judge({ ...change, before: without(undefined) }))).toEqual([]);
});

test("who may write the lock", () => {
  const person = { exists: true, usualFolder: true, ci: false, underCdktf: false };
  expect(lockMode(person)).toBe("write");
  expect(lockMode({ ...person, usualFolder: false })).toBe("read");
  expect(lockMode({ ...person, usualFolder: false, named: true })).toBe("write");
  expect(lockMode({ ...person, frozen: true })).toBe("frozen");
  expect(lockMode({ ...person, ci: true })).toBe("frozen");
  expect(lockMode({ ...person, ci: true, exists: false })).toBe("read");
  expect(lockMode({ ...person, underCdktf: true })).toBe("frozen");
  expect(lockMode({ ...person, underCdktf: true, exists: false })).toBe("read");
  expect(lockMode({ ...person, underCdktf: true, environment: "write" })).toBe("write");
  expect(lockMode({ ...person, environment: "off" })).toBe("off");
  expect(() => lockMode({ ...person, environment: "yes" })).toThrow("MERIDIAN_LOCK: 'yes' is none of write, frozen, off");
});

test("no secret and no whole file is in a lock", () => {
  expect(lockText(lock)).not.toMatch(/BEGIN |password|203\.0\.113/);
});
