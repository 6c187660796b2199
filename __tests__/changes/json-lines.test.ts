import { jsonLines } from "../../changes/lock/json-lines";

test("each value's line is that of its key, whatever stands between, and a key twice is told with its line", () => {
  const { of, twice } = jsonLines('\n{\n  "a": {\n\n    "b": [1,\n 2], "c": "x"\n  },\n  "a": 1\n}\n');
  expect([...of]).toEqual([
    ["", 2],
    ["a", 8],
    ["a.b", 5],
    ["a.b.0", 5],
    ["a.b.1", 6],
    ["a.c", 6],
  ]);
  expect(twice).toEqual([{ path: "a", line: 8 }]);
});
