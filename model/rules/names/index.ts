import type { Problem, Rule } from "../../problems/problem";
import { drainProblems } from "./drain";
import { engineProblems } from "./engines";
import { locationProblems } from "./locations";
import { memberProblems } from "./members";
import { nameProblems } from "./names";

/**
 * What public names must keep: most of it is refused by Route53 or Traffic Manager themselves, but only when half of
 * the records are made, and some of it by nobody. Rules look at a name only where its members are sound.
 */
export const routing: Rule = (fleet) => {
  const problems: Problem[] = [...nameProblems(fleet)];
  const broken = new Set<string>();
  for (const key of Object.keys(fleet.names)) {
    const found = memberProblems(fleet, key);
    problems.push(...found);
    if (found.length > 0) broken.add(key);
    else problems.push(...locationProblems(fleet, key), ...engineProblems(fleet, key));
  }
  return [...problems, ...drainProblems(fleet, broken)];
};
