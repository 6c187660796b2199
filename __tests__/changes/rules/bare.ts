import { FORMAT, type Lock } from "../../../changes/lock/lock";
import type { Change, ChangeRule } from "../../../changes/rules/rule";
import { pathText } from "../../../model/problems/fleet-error";

/** A lock of nothing but what is given. */
export const bare = (facts: Partial<Lock> = {}): Lock => ({
  format: FORMAT,
  fleet: "acme",
  meridian: "0.1.0",
  zone: {},
  state: {},
  clusters: {},
  names: {},
  stacks: {},
  ...facts,
});

/** What one rule says of two such locks: `warning database-passwords databases.shop.passwordVersion`. */
export function heard(rule: ChangeRule, before: Partial<Lock>, after: Partial<Lock>, more: Partial<Change> = {}) {
  return rule({ before: bare(before), after: bare(after), made: {}, ...more }).map(
    ({ severity, id, path }) => `${severity} ${id} ${pathText(path)}`,
  );
}

/** The words of it. */
export function words(rule: ChangeRule, before: Partial<Lock>, after: Partial<Lock>, more: Partial<Change> = {}) {
  return rule({ before: bare(before), after: bare(after), made: {}, ...more }).map(({ message }) => message);
}
