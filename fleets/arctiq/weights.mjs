// node fleets/arctiq/weights.mjs fleets/arctiq.yaml canary "sydney=0 toronto=100": writes the weights of a name's members,
// and touches no other character of the file.
import { readFileSync, writeFileSync } from "node:fs";
import { isMap, isScalar, isSeq, parseDocument } from "yaml";

const [file, name, wanted] = process.argv.slice(2);
const weights = new Map((wanted ?? "").split(/\s+/).map((word) => word.split("=")));
const text = readFileSync(file, "utf8");
const members = parseDocument(text).getIn(["names", name, "members"]);
const fail = (message) => {
  console.error(`${file} names.${name}: ${message}`);
  process.exit(1);
};
if (!isSeq(members)) fail("has no members");
const edits = members.items.map((member) => {
  const cluster = isMap(member) && member.get("cluster");
  const weight = isMap(member) && member.get("weight", true);
  if (!isScalar(weight)) return fail("a member has no weight");
  const value = weights.get(cluster);
  if (!/^(\d{1,2}|100)$/.test(value ?? "")) return fail(`no weight from 0 to 100 for ${cluster}`);
  weights.delete(cluster);
  return { from: weight.range[0], to: weight.range[1], value };
});
if (weights.size > 0) fail(`no member is called ${[...weights.keys()].join(", ")}`);
if (edits.every(({ value }) => value === "0")) fail("all weights are 0");
// from the end, so that the places before stay where they are
const changed = edits
  .toSorted((one, other) => other.from - one.from)
  .reduce((all, { from, to, value }) => all.slice(0, from) + value + all.slice(to), text);
writeFileSync(file, changed);
