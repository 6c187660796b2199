import { loadFleet } from "../../model/reading/load";
import { isJsonObject, type Json, type JsonObject } from "../../output/json";
import { isKnown, replacements } from "../../output/replaces";
import { SETS } from "../../output/replaces/sets";
import { resourcesOf } from "../../output/stack";
import { knowledgeOf } from "../../rehearsal/knowledge";
import { providerSchemas } from "../../rehearsal/schema/store";
import type { Block } from "../../rehearsal/schema/types";
import { coveringFleets, root, synthFleet } from "../support/fleet";

/** Whether a block has an argument, in any element of a list. */
function has(block: Json, path: string): boolean {
  let found: readonly Json[] = [block];
  for (const key of path.split("."))
    found = found
      .flat()
      .flatMap((value) =>
        typeof value === "object" && value !== null && key in value ? [(value as Record<string, Json>)[key]!] : [],
      );
  return found.length > 0;
}

/** Paths of a block's lists that their provider takes as sets; @param shortest how many items such a list has at least */
function setsOf(schema: Block, value: Json, shortest: number, prefix = ""): readonly string[] {
  const given: JsonObject = isJsonObject(value) ? value : {};
  const long = (name: string): boolean => Array.isArray(given[name]) && [given[name]].flat().length >= shortest;
  const attributes = Object.entries(schema.attributes ?? {}).flatMap(([name, { type }]) =>
    Array.isArray(type) && type[0] === "set" && long(name) ? [`${prefix}${name}`] : [],
  );
  const blocks = Object.entries(schema.block_types ?? {}).flatMap(([name, { nesting_mode: mode, block }]) => [
    ...(mode === "set" && long(name) ? [`${prefix}${name}`] : []),
    ...[given[name] ?? []].flat().flatMap((item) => setsOf(block, item, shortest, `${prefix}${name}.`)),
  ]);
  return [...attributes, ...blocks];
}

test("of all that fleets have, whatever the rehearsal knows to replace a resource stands in output/replaces, so that diff says the same", () => {
  const known = new Map<string, Set<string>>();
  for (const fact of replacements)
    known.set(fact.type, new Set([...(known.get(fact.type) ?? []), ...("replaces" in fact ? fact.replaces : [fact.at])]));
  const unsaid = new Set<string>();
  const sets = new Set<string>();
  const types = new Set<string>();
  for (const file of coveringFleets)
    for (const stack of Object.values(synthFleet(loadFleet(`${root}/${file}`)).stacks))
      for (const { type, block } of resourcesOf(JSON.parse(JSON.stringify(stack)))) {
        types.add(type);
        const schema = providerSchemas(type.split("_")[0]!).resource(type);
        const listed = (path: string): boolean => SETS[type]?.includes(path) ?? false;
        if (schema) {
          for (const path of setsOf(schema.block, block, 1)) if (listed(path)) sets.add(`${type}.${path}`);
          for (const path of setsOf(schema.block, block, 2))
            if (!listed(path)) unsaid.add(`${type}.${path}: a list whose order says nothing`);
        }
        if (!isKnown(type)) unsaid.add(`${type}: nothing is known`);
        const { replaces, replacesIf } = knowledgeOf(type);
        for (const path of [...replaces, ...replacesIf.map(({ at }) => at)])
          if (!known.get(type)?.has(path) && has(block, path)) unsaid.add(`${type}.${path}`);
      }
  expect([...unsaid].sort()).toEqual([]);
  const said = Object.entries(SETS).flatMap(([type, paths]) => paths.map((path) => `${type}.${path}`));
  expect([...sets].sort()).toEqual(said.sort());
  expect(types.size).toBeGreaterThan(80);
});
