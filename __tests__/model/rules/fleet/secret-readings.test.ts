import { readingsOf, structuresOf } from "../../../../model/rules/fleet/secret-readings";

const base64 = (text: string, times = 1): string =>
  times === 0 ? text : base64(Buffer.from(text).toString("base64"), times - 1);

const LOGIN = "user: admin and password: hunter2";

test.each<[string, string, readonly string[]]>([
  ["itself alone where there is nothing to undo", "password=x", ["password=x"]],
  ["without the escapes of quotes", String.raw`{\"a\":\\'b\'}`, [String.raw`{\"a\":\\'b\'}`, `{"a":'b'}`]],
  ["with lines for the escapes of lines", String.raw`a\nb\\nc`, [String.raw`a\nb\\nc`, "a\nb\nc"]],
  ["without percent signs", "a%3Ab%2fc%40d%7E", ["a%3Ab%2fc%40d%7E", "a:b/c@d~"]],
  ["itself where percent signs say no sign of ASCII that matters", "50%7E of %C3%A9", ["50%7E of %C3%A9"]],
  ["itself and what is in base64", base64(LOGIN), [base64(LOGIN), LOGIN]],
  ["itself and what is in base64, twice", base64(LOGIN, 2), [base64(LOGIN, 2), base64(LOGIN), LOGIN]],
  [
    "each run of base64",
    `${base64(LOGIN)} ${base64(`${LOGIN}!`)}`,
    [`${base64(LOGIN)} ${base64(`${LOGIN}!`)}`, LOGIN, `${LOGIN}!`],
  ],
  ["itself where base64 is no text", base64("\u0000\u0001".repeat(20)), [base64("\u0000\u0001".repeat(20))]],
])("a text is read as %s", (_what, text, readings) => {
  expect(readingsOf(text)).toEqual(readings);
});

test("base64 is read twice, and no more often", () => {
  expect(readingsOf(base64(LOGIN, 3))).toEqual([base64(LOGIN, 3), base64(LOGIN, 2), base64(LOGIN)]);
});

test.each<[string, string, readonly unknown[]]>([
  ["JSON", ' {"a":1}', [{ a: 1 }]],
  ["a list of JSON", "[1]", [[1]]],
  ["YAML that begins like JSON", "{a: b}", [{ a: "b" }]],
  ["YAML in braces behind its key", "a.b-c: {d: e}", [{ "a.b-c": { d: "e" } }]],
  ["YAML in brackets behind its key", "a:[1]\nkind: x", []],
  ["a manifest", "kind: Secret\ndata:\n  a: b", [{ kind: "Secret", data: { a: "b" } }]],
  ["two documents", "kind: A\n---\nkind: B\n---\nword\n---\n", [{ kind: "A" }, { kind: "B" }]],
  ["lines of which none is about structure", "a: b\nc: d", []],
  ["one line about structure", "kind: Secret", []],
  ["a list behind a sentence", "see x: [a]", []],
  ["a sentence before braces", "see {a: b}", []],
  ["YAML with a mistake in one of two documents", "kind: A\n---\nkind: [", []],
  ["YAML with a mistake", "{a: b", []],
  ["aliases of nothing", "kind: *a\nvalue: x", []],
  ["nothing", "", []],
  ["a word", "kind", []],
])("the structures of %s", (_what, text, structures) => {
  expect(structuresOf(text)).toEqual(structures);
});

test("a text of 200000 characters is read for its structure, a longer one line by line", () => {
  const json = (length: number) => `["${"a".repeat(length - 4)}"]`;
  expect(structuresOf(json(200_000))).toHaveLength(1);
  expect(structuresOf(json(200_001))).toEqual([]);
});

test("what YAML warns of is said to nobody", () => {
  const warn = jest.spyOn(process, "emitWarning").mockImplementation(() => undefined);
  structuresOf("kind: !unknown x\nvalue: y");
  expect(structuresOf("kind: x\n? [a, b]\n: y")).toEqual([{ kind: "x", "[ a, b ]": "y" }]);
  expect(warn).not.toHaveBeenCalled();
  warn.mockRestore();
});
