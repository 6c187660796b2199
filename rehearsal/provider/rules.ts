/** Holds a configuration against the knowledge table. What is not known yet is not judged. */
import { knowledgeOf } from "../knowledge";
import type { Rule } from "../knowledge/line";
import type { Diagnostic, Step } from "../protocol/messages";
import { isList, isObject, UNKNOWN, type Value, type ValueObject } from "../protocol/values";
import type { Block } from "../schema/types";
import { type Found, spell, valuesAt } from "./paths";

/** Problems of one resource, each at its argument, and of an argument the first: several sources may know of it. */
export function problems(type: string, block: Block, config: ValueObject, when: "validate" | "apply"): Diagnostic[] {
  const seen = new Set<string>();
  return knowledgeOf(type)
    .rules.filter((rule) => (rule.when ?? "validate") === when)
    .flatMap((rule) => broken(rule, block, config))
    .filter(({ attribute, detail }) => {
      const subject = attribute ? spell(attribute.steps) : detail;
      return !seen.has(subject) && seen.add(subject);
    });
}

function broken(rule: Rule, block: Block, config: ValueObject): Diagnostic[] {
  const refuse = (detail: string, steps: readonly Step[] = []): Diagnostic => ({
    severity: 1,
    summary:
      rule.when === "apply"
        ? `${rule.type} would be refused`
        : `Invalid ${steps.length ? "value" : "arguments"} for ${rule.type}`,
    detail: `${detail} (Source: ${rule.source}.)`,
    ...(steps.length > 0 && { attribute: { steps } }),
  });
  const set = (path: string): boolean | undefined => isSet(valuesAt(block, config, path));

  if ("exactlyOne" in rule || "atMostOne" in rule) {
    if ("exactlyOneIn" in rule && rule.exactlyOneIn && set(rule.exactlyOneIn) === false) return [];
    const names = "exactlyOne" in rule ? rule.exactlyOne : rule.atMostOne;
    const states = names.map(set);
    const given = names.filter((_, i) => states[i]);
    if (given.length > 1)
      return [refuse(`${list(given, "and")} exclude each other; leave ${given.length > 2 ? "all but one" : "one"} of them out.`)];
    if ("exactlyOne" in rule && given.length === 0 && !states.includes(undefined))
      return [refuse(`One of ${list(names, "or")} must be set, and exactly one.`)];
    return [];
  }
  if ("atLeastOne" in rule) {
    if (rule.atLeastOneIn && set(rule.atLeastOneIn) !== true) return [];
    return rule.atLeastOne.every((name) => set(name) === false)
      ? [
          refuse(
            `At least one of ${list(rule.atLeastOne, "and")} must be set${rule.atLeastOneIn ? ` in '${rule.atLeastOneIn}'` : ""}.`,
          ),
        ]
      : [];
  }
  if ("needs" in rule) {
    // what isn't known yet counts as given, as in the plugin SDK
    if (set(rule.given) === false) return [];
    const missing = rule.needs.filter((name) => set(name) === false);
    return missing.length
      ? [
          refuse(
            `'${rule.given}' is set and needs ${list(missing, "and")} beside it; set ${missing.length > 1 ? "them" : "it"} too.`,
          ),
        ]
      : [];
  }
  if ("check" in rule) {
    const sentence = rule.check(config);
    return sentence ? [refuse(sentence, rule.at ? (valuesAt(block, config, rule.at)[0]?.steps ?? []) : [])] : [];
  }
  return valuesAt(block, config, rule.at)
    .flatMap(({ value, steps }) => ("length" in rule ? [{ value, steps }] : each(value, steps)))
    .flatMap(({ value, steps }) => {
      const wrong = value === null || value === UNKNOWN ? undefined : misfit(rule, value);
      return wrong ? [refuse(`${spell(steps)} is ${JSON.stringify(value)}; ${wrong}`, steps)] : [];
    });
}

/** undefined where it can't be told yet. */
function isSet(found: readonly Found[]): boolean | undefined {
  if (found.some(({ value }) => value !== null && value !== UNKNOWN && !(isList(value) && value.length === 0))) return true;
  return found.some(({ value }) => value === UNKNOWN) ? undefined : false;
}

/** A list of strings is judged one by one; the way to a set's element ends at the set. */
function each(value: Value, steps: readonly Step[]): Found[] {
  return isList(value) ? value.map((item) => ({ value: item, steps })) : [{ value, steps }];
}

function misfit(
  rule: Exclude<
    Rule,
    { exactlyOne: unknown } | { atLeastOne: unknown } | { atMostOne: unknown } | { needs: unknown } | { check: unknown }
  >,
  value: Value,
): string | undefined {
  if (isObject(value)) return undefined;
  if ("oneOf" in rule) return rule.oneOf.includes(value as string) ? undefined : `allowed: ${rule.oneOf.join(", ")}.`;
  if ("matches" in rule) return rule.matches.test(String(value)) ? undefined : `it must be ${rule.say}.`;
  if ("length" in rule) {
    const size = isList(value) || typeof value === "string" ? value.length : 0;
    const unit = isList(value) ? "elements" : "characters";
    return size >= rule.length[0] && size <= rule.length[1] ? undefined : `${size} ${unit}, allowed are ${span(rule.length)}.`;
  }
  const number = Number(value);
  return number >= rule.between[0] && number <= rule.between[1] ? undefined : `allowed: ${span(rule.between)}.`;
}

function span([from, to]: readonly [number, number]): string {
  return to === Number.POSITIVE_INFINITY ? `${from} or more` : from === to ? String(from) : `${from} to ${to}`;
}

function list(names: readonly string[], word: string): string {
  const quoted = names.map((name) => `'${name}'`);
  return quoted.length < 2 ? quoted.join("") : `${quoted.slice(0, -1).join(", ")} ${word} ${quoted.at(-1)}`;
}
