import type { Problem, Rule, Rules } from "../../problems/problem";
import type { Fleet } from "../../schema/fleet";
import { drainedNames, unknownDrained } from "./drain";
import { engineProblems } from "./engines";
import { locationProblems } from "./locations";
import { memberProblems } from "./members";
import { nameProblems } from "./names";

/**
 * What public names must keep: most of it is refused by Route53 or Traffic Manager themselves, but only when half of
 * the records are made, and some of it by nobody. Rules look at a name only where its members are sound.
 */
export const routing: Rules = {
  names: nameProblems,
  members: (fleet) => Object.keys(fleet.names).flatMap((key) => memberProblems(fleet, key)),
  locations: soundNames(locationProblems),
  engines: soundNames(engineProblems),
  "drain-unknown": unknownDrained,
  "drain-all": soundNames(drainedNames),
};

function soundNames(problems: (fleet: Fleet, key: string) => readonly Problem[]): Rule {
  return (fleet) =>
    Object.keys(fleet.names).flatMap((key) => (memberProblems(fleet, key).length > 0 ? [] : problems(fleet, key)));
}
