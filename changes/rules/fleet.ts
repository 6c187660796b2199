import type { Problem } from "../../model/problems/problem";
import type { Lock } from "../lock/lock";
import type { ChangeRule, Finding } from "./rule";

const OTHER =
  "A renamed fleet is another fleet: every stack, state and name in a cloud begins with its name, and everything of the first is still there. Put the name back; or, for another fleet, give it a file of its own, which gets a lock file of its own";

/** Nothing of one fleet is compared with anything of another: its stacks would be taken for dropped, or for nothing at all. */
export const otherFleet: ChangeRule = ({ before, after }) =>
  before.fleet === after.fleet ? [] : [renamed(`is '${after.fleet}' now, and was '${before.fleet}' before`)];

/**
 * The same of a lock that is read for a fleet.
 * @param where as people call it
 */
export function otherOwner(lock: Lock | undefined, where: string, fleet: string): readonly Problem[] {
  if (lock === undefined || lock.fleet === fleet) return [];
  const { id, path, message } = renamed(`is '${fleet}', and ${where} is of fleet '${lock.fleet}'`);
  return [{ path, message, rule: id }];
}

const renamed = (what: string): Finding => ({
  id: "fleet-renamed",
  severity: "refused",
  path: ["fleet"],
  message: `${what}. ${OTHER}`,
});
