import { join } from "node:path";
import { loadFleet } from "../../model/reading/load";
import { root } from "../support/fleet";
import { CHOICES, UNUSUAL } from "./unusual/fleets";
import { UNSET } from "./unusual/unset";

const isUnset = (id: string) => Object.keys(UNSET).some((whole) => id === whole || id.startsWith(`${whole}.`));

/** Whoever adds a field to the schema sets it there: the wiring test then asks whether it arrives. */
test("every optional field, branch and value of the schema is set away from its default by an unusual fleet", () => {
  const set = new Set(UNUSUAL.flatMap(({ settings }) => settings.map(({ id }) => id)));
  expect(CHOICES.filter((id) => !set.has(id) && !isUnset(id))).toEqual([]);
  expect([...set].filter(isUnset)).toEqual([]);
});

test("what stays unset is a field of the schema", () => {
  expect(Object.keys(UNSET).filter((id) => !CHOICES.some((one) => one === id || one.startsWith(`${id}.`)))).toEqual([]);
});

test.each(UNUSUAL.map(({ file }) => file))("%s is a fleet file without a problem", (file) => {
  expect(loadFleet(join(root, "__tests__/fleets/unusual", file)).name).toMatch(/^odd/);
});
