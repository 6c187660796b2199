import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../support/fleet";

/** How many items each reference system has: 0 jldeen, 1 Aurora, 2 Arctiq, 3 Davies, 4 Stacc. Items are `<system>.<number>`. */
const ITEMS = [20, 34, 37, 20, 12];

const page = readFileSync(join(root, "docs/seeds.md"), "utf8");
/** The rows of the page: id, what the system says, what became of it. */
const rows = [...page.matchAll(/^\| (\d+\.\d+) \| (.+?) \| (.+?) \|$/gm)].map(([, id, what, became]) => ({
  id,
  what,
  became: became!,
}));

test("every item of every reference system has one row, in order", () => {
  const ids = ITEMS.flatMap((count, system) => Array.from({ length: count }, (_, index) => `${system}.${index + 1}`));
  expect(rows.map(({ id }) => id)).toEqual(ids);
});

test("each row says that it is covered, by what it is replaced, or why it is refused", () => {
  for (const { id, became } of rows)
    expect({ id, became }).toEqual({ id, became: expect.stringMatching(/^\*\*(covered|replaced|refused)\*\* \S/) });
  // a reason is a sentence
  for (const { id, became } of rows.filter((row) => row.became.startsWith("**refused**")))
    expect({ id, words: became.split(" ").length > 6 }).toEqual({ id, words: true });
});

test("what is covered or replaced names where, and a test or page that holds it", () => {
  for (const { id, became } of rows.filter((row) => !row.became.startsWith("**refused**")))
    expect({ id, named: /`[^`]+\.(test\.ts|yaml|md|sh|json|yml|js)`/.test(became) }).toEqual({ id, named: true });
});

test("every file that the page names is there", () => {
  const names = [...page.matchAll(/`([\w./-]+\.(?:test\.ts|yaml|md|sh|json|yml|js))`/g)].map(([, name]) => name!);
  expect(names.length).toBeGreaterThan(100);
  expect([...new Set(names)].filter((name) => !existsSync(join(root, name)))).toEqual([]);
});
