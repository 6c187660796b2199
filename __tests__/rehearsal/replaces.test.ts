import { loadFleet } from "../../model/reading/load";
import type { Json } from "../../output/json";
import { isKnown, replacements } from "../../output/replaces";
import { resourcesOf } from "../../output/stack";
import { knowledgeOf } from "../../rehearsal/knowledge";
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

test("of all that fleets have, whatever the rehearsal knows to replace a resource stands in output/replaces, so that diff says the same", () => {
  const known = new Map<string, Set<string>>();
  for (const fact of replacements)
    known.set(fact.type, new Set([...(known.get(fact.type) ?? []), ...("replaces" in fact ? fact.replaces : [fact.at])]));
  const unsaid = new Set<string>();
  const types = new Set<string>();
  for (const file of coveringFleets)
    for (const stack of Object.values(synthFleet(loadFleet(`${root}/${file}`)).stacks))
      for (const { type, block } of resourcesOf(JSON.parse(JSON.stringify(stack)))) {
        types.add(type);
        if (!isKnown(type)) unsaid.add(`${type}: nothing is known`);
        const { replaces, replacesIf } = knowledgeOf(type);
        for (const path of [...replaces, ...replacesIf.map(({ at }) => at)])
          if (!known.get(type)?.has(path) && has(block, path)) unsaid.add(`${type}.${path}`);
      }
  expect([...unsaid].sort()).toEqual([]);
  expect(types.size).toBeGreaterThan(80);
});
