import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { FleetError, loadFleet } from "../../../model/reading/load";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "layers-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Writes the files and loads dev.yaml; or what is wrong, the folder's name taken off. */
function loaded(files: Readonly<Record<string, string>>, name = "dev.yaml") {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return loadFleet(join(folder, name));
}

function problems(files: Readonly<Record<string, string>>): readonly string[] {
  try {
    loaded(files);
    return [];
  } catch (error) {
    if (!(error instanceof FleetError)) throw error;
    return error.message.replaceAll(`${folder}/`, "").split("\n");
  }
}

const BASE = `fleet: prod
x-machines: &machines { min: 3, max: 6 }
dns: { zone: prod.example.com, aws: { accountId: "111122223333" } }
tags: { team: shop, tier: gold }
defaults:
  api: { allowFrom: [203.0.113.0/24] }
  aws: { accountId: "111122223333", admins: ["arn:aws:iam::111122223333:role/a"], runner: "arn:aws:iam::111122223333:role/r" }
clusters:
  one: { cloud: aws, region: eu-west-1, network: { cidr: 10.1.0.0/16 }, pools: { main: *machines } }
  two: { cloud: aws, region: eu-west-2, network: { cidr: 10.2.0.0/16 } }
`;
const DEV = `fleet: dev
extends: base.yaml
dns: { zone: dev.example.com }
tags: { tier: null, purpose: tests }
clusters:
  one: { pools: { main: { min: 2 } } }
  two: null
`;

test("a fleet is laid over the one that it extends: maps by key, lists replace, null removes; its name is its own", () => {
  const fleet = loaded({ "dev.yaml": DEV, "base.yaml": BASE });
  expect(fleet.name).toBe("dev");
  expect(fleet.dns).toMatchObject({ zone: "dev.example.com", aws: { accountId: "111122223333" } });
  expect(fleet.tags).toEqual({ team: "shop", purpose: "tests" });
  expect(fleet.clusters.map(({ name }) => name)).toEqual(["one"]);
  expect(fleet.clusters[0]).toMatchObject({ region: "eu-west-1", pools: { main: { min: 2, max: 6 } } });
  expect(fleet).not.toHaveProperty("extends");
});

test("the base stays a fleet of its own", () => {
  expect(loaded({ "base.yaml": BASE }, "base.yaml").clusters.map(({ name }) => name)).toEqual(["one", "two"]);
});

test("bases extend bases, by a path from the file that says so", () => {
  const fleet = loaded({
    "dev.yaml": "fleet: dev\nextends: shared/middle.yaml\ntags: { purpose: tests }\n",
    "shared/middle.yaml": "fleet: middle\nextends: ../base.yaml\ntags: { tier: silver }\n",
    "base.yaml": BASE,
  });
  expect(fleet.tags).toEqual({ team: "shop", tier: "silver", purpose: "tests" });
});

test("what is wrong is said at its line of the file that has it", () => {
  const base = BASE.replace("eu-west-1", "eu-west-9").replace("{ team: shop", "{ team: 7");
  expect(problems({ "dev.yaml": DEV.replace("min: 2", "min: two"), "base.yaml": base })).toEqual([
    expect.stringMatching(/^dev\.yaml:6:32 clusters\.one\.pools\.main\.min: /),
    expect.stringMatching(/^base\.yaml:4:15 tags\.team: /),
    expect.stringMatching(/^base\.yaml:9:30 clusters\.one\.region: 'eu-west-9' is no AWS region/),
  ]);
});

test("of a file whose base is missing nothing else is said: it would be guessed", () => {
  expect(problems({ "dev.yaml": DEV })).toHaveLength(1);
  expect(problems({ "dev.yaml": DEV, "base.yaml": "fleet: [\n" }).filter((line) => line.includes("is missing"))).toEqual([]);
});

test.each([
  [
    "a base that isn't there",
    { "dev.yaml": DEV },
    /^dev\.yaml:2:10 extends: 'base\.yaml' is no file: there is no base\.yaml\. Write the path/,
  ],
  [
    "a circle",
    { "dev.yaml": DEV, "base.yaml": "extends: dev.yaml\n" },
    /base\.yaml:1:10 extends: 'dev\.yaml' leads back to itself/,
  ],
  [
    "a remote base",
    { "dev.yaml": DEV.replace("base.yaml", "https://example.com/base.yaml") },
    /is no file: a base lies in the same repository/,
  ],
  [
    "a path of one machine",
    { "dev.yaml": DEV.replace("base.yaml", "/home/ann/base.yaml") },
    /^dev\.yaml:2:10 extends: '\/home\/ann\/base\.yaml' is a path of one machine: write it from this file/,
  ],
  ["no path", { "dev.yaml": DEV.replace("base.yaml", "[base.yaml]") }, /^dev\.yaml:2:10 extends: must name a fleet file/],
  [
    "the base's own name",
    { "dev.yaml": DEV.replace("fleet: dev", "fleet: prod"), "base.yaml": BASE },
    /^dev\.yaml:1:8 fleet: 'prod' is the fleet of base\.yaml/,
  ],
  ["no name", { "dev.yaml": DEV.replace("fleet: dev\n", ""), "base.yaml": BASE }, /^dev\.yaml:1:1 fleet: /],
])("%s is refused", (_what, files, message) => {
  expect(problems(files).join("\n")).toMatch(message);
});

test("keys that begin with x- hold anchors; other unknown keys are refused", () => {
  expect(problems({ "dev.yaml": BASE })).toEqual([]);
  expect(problems({ "dev.yaml": BASE.replace("x-machines", "y-machines") })).toEqual([expect.stringMatching(/y-machines/)]);
});
