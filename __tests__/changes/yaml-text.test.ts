import { parse } from "yaml";
import { flow, replaced, withCopy, withEntry, withItem, without } from "../../changes/edit/yaml-text";

const TEXT = `fleet: f
clusters:
  # the first one
  one: &one # ours
    cloud: aws
    network: { cidr: 10.1.0.0/16 } # routed

  two: { cloud: google } # small
names:
  app: { policy: latency }
  www:
    policy: weighted
    members:
      - one # first
      - cluster: two
        weight: 3
      - { cluster: three, weight: 1 }
# the end
`;

/** The lines that are not the same: `-` before, `+` after. */
function changed(after: string): readonly string[] {
  const [old, fresh] = [TEXT.split("\n"), after.split("\n")];
  return [
    ...old.filter((line) => !fresh.includes(line)).map((line) => `-${line}`),
    ...fresh.filter((line) => !old.includes(line)).map((line) => `+${line}`),
  ];
}

test.each<[string, string, readonly string[]]>([
  [
    "a scalar in a flow map",
    replaced(TEXT, ["clusters", "one", "network", "cidr"], "10.2.0.0/16"),
    ["-    network: { cidr: 10.1.0.0/16 } # routed", "+    network: { cidr: 10.2.0.0/16 } # routed"],
  ],
  [
    "an item, with its comment kept",
    replaced(TEXT, ["names", "www", "members", 0], "{ cluster: one, weight: 2 }"),
    ["-      - one # first", "+      - { cluster: one, weight: 2 } # first"],
  ],
  [
    "an item that is a block",
    replaced(TEXT, ["names", "www", "members", 1], "two"),
    ["-      - cluster: two", "-        weight: 3", "+      - two"],
  ],
  ["a new entry of a block", withEntry(TEXT, ["clusters", "one"], "retired", "true"), ["+    retired: true"]],
  [
    "a new entry of a flow map",
    withEntry(TEXT, ["clusters", "two"], "retired", "true"),
    ["-  two: { cloud: google } # small", "+  two: { cloud: google, retired: true } # small"],
  ],
  ["another value of an entry", withEntry(TEXT, ["clusters", "one"], "cloud", "azure"), ["-    cloud: aws", "+    cloud: azure"]],
  ["a new entry of the file", withItem(TEXT, ["destroyedStacks"], "f-one-apps"), ["+destroyedStacks: [f-one-apps]"]],
  ["an item more in a block", withItem(TEXT, ["names", "www", "members"], "four"), ["+      - four"]],
  ["a block's item less", without(TEXT, ["names", "www", "members", 0]), ["-      - one # first"]],
  ["an entry less", without(TEXT, ["clusters", "two"]), ["-  two: { cloud: google } # small"]],
  [
    "a flow map's entry less",
    without(TEXT, ["names", "www", "members", 2, "weight"]),
    ["-      - { cluster: three, weight: 1 }", "+      - { cluster: three }"],
  ],
  ["a copy of a block, without its anchor", withCopy(TEXT, ["clusters", "one"], "next"), ["+  next: # ours"]],
  ["a copy of a flow map", withCopy(TEXT, ["clusters", "two"], "next"), ["+  next: { cloud: google } # small"]],
])("%s", (_, after, lines) => {
  expect(changed(after)).toEqual(lines);
  expect(parse(after)).toBeDefined();
});

test("a copy has all that the first one has", () => {
  const data = parse(withCopy(TEXT, ["clusters", "one"], "next")) as { clusters: Record<string, unknown> };
  expect(Object.keys(data.clusters)).toEqual(["one", "next", "two"]);
  expect(data.clusters.next).toEqual(data.clusters.one);
});

test.each([
  ["an entry", (text: string) => withEntry(text, ["clusters", "one"], "retired", "true")],
  ["an item", (text: string) => withItem(text, ["names", "www", "members"], "four")],
  ["a copy", (text: string) => withCopy(text, ["clusters", "one"], "next")],
  ["an entry less", (text: string) => without(text, ["clusters", "two"])],
  ["a new entry of the file", (text: string) => withItem(text, ["destroyedStacks"], "f-one-apps")],
])("a file with Windows' line ends keeps them, and %s has them too", (_, edit) => {
  expect(edit(TEXT.replaceAll("\n", "\r\n"))).toBe(edit(TEXT).replaceAll("\n", "\r\n"));
});

test("lists in flow grow and shrink, and what isn't in the text itself is said", () => {
  const list = "a: [x, y]\nb: *c\n";
  expect(withItem(list, ["a"], "z")).toBe("a: [x, y, z]\nb: *c\n");
  expect(without(list, ["a", 0])).toBe("a: [y]\nb: *c\n");
  expect(without(list, ["a", 1])).toBe("a: [x]\nb: *c\n");
  expect(() => replaced(list, ["b", "d"], "1")).toThrow("b.d is not written in this file itself");
  expect(() => withEntry(list, ["b"], "d", "1")).toThrow("b is not written in this file itself, but behind an anchor");
  expect(withItem("a:\n  - x", ["a"], "y")).toBe("a:\n  - x\n  - y\n");
});

test("what isn't there leaves the text as it is, and the first entry behind an item's dash leaves the dash to the next", () => {
  expect(without(TEXT, ["clusters", "nobody"])).toBe(TEXT);
  expect(without(TEXT, ["clusters", "two", "region"])).toBe(TEXT);
  expect(without(TEXT, ["fleet", "nobody"])).toBe(TEXT);
  expect(without(TEXT, ["fleet"])).toBe(TEXT.slice(TEXT.indexOf("clusters")));
  expect(without("a:\n  - x: 1 # one\n    y: 2\n", ["a", 0, "x"])).toBe("a:\n  - y: 2\n");
  expect(without("a: { x: 1, y: 2, z: 3 }\n", ["a", "y"])).toBe("a: { x: 1, z: 3 }\n");
  expect(without("a: { x: 1 }\n", ["a", "x"])).toBe("a: {  }\n");
  expect(without("a: [x,y]\n", ["a", 0])).toBe("a: [y]\n");
  expect(without("a: [x,y]\n", ["a", 1])).toBe("a: [x]\n");
  expect(withItem("a:\n  - x\nb: 1\n", ["a"], "y")).toBe("a:\n  - x\n  - y\nb: 1\n");
});

test("flow text is what was meant", () => {
  const value = { cluster: "a-b", weight: 3, place: { latitude: -1.5 }, note: "yes", no: undefined, text: "a: b" };
  expect(parse(flow(value))).toEqual({ cluster: "a-b", weight: 3, place: { latitude: -1.5 }, note: "yes", text: "a: b" });
});
