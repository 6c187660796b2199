import { misfits, otherwiseMade } from "../../../changes/lock/fits";
import { lockText } from "../../../changes/lock/lock";
import { pinsOf } from "../../../changes/lock/pins";
import { bare } from "../rules/bare";

test("a lock's text has its keys in order, a line for each element, and nothing that isn't set", () => {
  const lock = bare({ state: { b: ["y", "x"], a: 1 }, unprotected: undefined, names: { z: {}, a: { list: [] } } });
  expect(lockText(lock)).toBe(`{
  "format": 1,
  "fleet": "acme",
  "meridian": "0.1.0",
  "clusters": {},
  "names": {
    "a": {
      "list": []
    },
    "z": {}
  },
  "stacks": {},
  "state": {
    "a": 1,
    "b": [
      "y",
      "x"
    ]
  },
  "zone": {}
}
`);
});

test("twenty misfits are listed in order, of more their number is", () => {
  const state = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${String(count - at).padStart(2, "0")}`, 1]));
  const found = (count: number) => misfits(bare({ state: state(count) }), bare());
  expect(found(20)).toHaveLength(20);
  expect(found(20)[0]).toBe("state.k01: 1 in the lock file, nothing by the fleet file");
  expect(found(21)[20]).toBe("and 1 more");
  expect(misfits(bare(), bare({ state: { a: "x" } }))).toEqual(["state.a: nothing in the lock file, x by the fleet file"]);
});

test("another Meridian makes a stack otherwise where both have it and its digest is another", () => {
  const of = (stacks: Record<string, string>) =>
    bare({
      stacks: Object.fromEntries(Object.entries(stacks).map(([id, digest]) => [id, { digest, protected: [], fixed: {} }])),
    });
  expect(otherwiseMade(of({ a: "1", b: "1", old: "1" }), of({ a: "1", b: "2", fresh: "1" }))).toEqual(["b"]);
});

test("a lock pins what it says of each cluster, and of pools what is a text", () => {
  expect(pinsOf(undefined)).toEqual({});
  const pools = { main: { kubernetes: "1.35", image: "i" }, other: { kubernetes: 1 } };
  expect(pinsOf(bare({ clusters: { a: { cloud: "aws" }, b: { cloud: "aws", kubernetes: "1.36", pools } } }))).toEqual({
    a: { charts: {}, eksAddons: {}, images: {}, pools: {} },
    b: { kubernetes: "1.36", charts: {}, eksAddons: {}, images: { main: "i" }, pools: { main: "1.35" } },
  });
});
