import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CHARTS } from "../../model/add-ons/charts";
import { root } from "../support/fleet";

/** What the fleet file left open, and which charts were pinned, when a release was made. */
interface Released {
  readonly release: string;
  /** Defaults as docs/fleet.md printed them, by table and field. */
  readonly fields: Readonly<Record<string, string>>;
  readonly charts: Readonly<Record<string, string>>;
}
const released = JSON.parse(readFileSync(join(__dirname, "defaults-0.1.0.json"), "utf8")) as Released;
const changelog = readFileSync(join(root, "CHANGELOG.md"), "utf8");

/** The default of each field, as the reference prints it. */
function defaultsIn(reference: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  let table = "";
  for (const line of reference.split("\n")) {
    if (line.startsWith("#")) table = line.replace(/^[# ]+/, "").replaceAll("`", "");
    const field = /^\| `([^`]+)` \|/.exec(line)?.[1];
    const cells = line.replace(/^\|\s?|\s?\|\s*$/g, "").split(" | ");
    if (field !== undefined && cells[2] !== undefined) found.set(`${table}.${field}`, cells[2].trim());
  }
  return found;
}

test(`every field whose default is another one than in ${released.release} stands in CHANGELOG.md, and every one that is gone`, () => {
  const now = defaultsIn(readFileSync(join(root, "docs/fleet.md"), "utf8"));
  const changed = Object.entries(released.fields).filter(([field, value]) => now.get(field) !== value);
  const unsaid = changed
    .map(([field]) => field)
    .filter((field) => !changelog.includes(`\`${field.replace(/^The file\./, "")}\``));
  expect(unsaid).toEqual([]);
  // the comparison reads the reference
  expect(now.size).toBeGreaterThan(300);
  expect(Object.keys(released.fields).filter((field) => now.get(field) === released.fields[field]).length).toBeGreaterThan(250);
});

test(`a chart that is pinned to another version than in ${released.release} keeps that one as its previous pin, and stands in CHANGELOG.md`, () => {
  const pins = Object.values(CHARTS);
  const moved = pins.filter(({ chart, version }) => released.charts[chart] !== undefined && released.charts[chart] !== version);
  expect(moved.filter(({ chart, previous }) => previous !== released.charts[chart]).map(({ chart }) => chart)).toEqual([]);
  expect(moved.filter(({ chart, version }) => !changelog.includes(`${chart} ${version}`)).map(({ chart }) => chart)).toEqual([]);
  expect(pins.filter(({ chart }) => released.charts[chart] !== undefined).length).toBeGreaterThan(12);
});
