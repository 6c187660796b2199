import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { root } from "../support/fleet";

/** How many items each reference system has: 0 jldeen, 1 Aurora, 2 Arctiq, 3 Davies, 4 Stacc. Items are `<system>.<number>`. */
const ITEMS = [20, 34, 37, 20, 12];
/** Their fleets, in the same order. */
const SYSTEMS = ["jldeen", "aurora", "arctiq", "davies", "stacc"];
/** What a row names that stands in no fleet file and is no command of npm's. */
const OUTSIDE = ["make release-STACK", "latest", "--nights", "image_tag", "*.prod1706.idesk.haufe.example", "*"];

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

test("of every test file that a row names it says which test, and that is there", () => {
  for (const { id, became } of rows) {
    const named = [...became.matchAll(/`(__tests__\/[\w./-]+\.test\.ts)`(?: \(\*(.+?)\*\))?/g)];
    for (const [, file, title] of named) {
      expect({ id, file, title }).toEqual({ id, file, title: expect.any(String) });
      const titles = [...readFileSync(join(root, file!), "utf8").matchAll(/"([^"\n]*)"|`([^`\n]*)`/g)].map(
        (found) => found[1] ?? found[2]!,
      );
      expect({ id, file, title, there: titles.some((one) => one.includes(title!)) }).toMatchObject({ there: true });
    }
  }
});

test("every field, entry and command that a row names is there", () => {
  const commands = Object.keys((JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: object }).scripts);
  const schema = readFileSync(join(root, "docs/fleet.schema.json"), "utf8");
  const fleets = SYSTEMS.map((name) => parse(readFileSync(join(root, `fleets/${name}.yaml`), "utf8"), { merge: true }) as object);
  const unknown = rows.flatMap(({ id, became }) =>
    [...became.matchAll(/`([^`]+)`/g)]
      .map(([, span]) => span!)
      .filter((span) => !/^(__tests__|docs|fleets)\//.test(span))
      .filter((span) => {
        const [, command] = /^npm run (\S+)/.exec(span) ?? [];
        if (command !== undefined) return !commands.includes(command);
        const word = span.replace(/:.*$/, "");
        const inFleet = word.split(".").reduce<unknown>(
          (at, key) => {
            return typeof at === "object" && at !== null ? (at as Record<string, unknown>)[key] : undefined;
          },
          fleets[Number(id.split(".")[0])],
        );
        const anywhere = JSON.stringify(fleets[Number(id.split(".")[0])]).includes(`"${word}"`);
        const isField = word.split(".").every((key) => schema.includes(`"${key}"`));
        return inFleet === undefined && !anywhere && !isField && !OUTSIDE.includes(span);
      })
      .map((span) => `${id} ${span}`),
  );
  expect(unknown).toEqual([]);
});
