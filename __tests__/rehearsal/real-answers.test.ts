import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { UNKNOWN } from "../../rehearsal/protocol/values";
import { type Plain, refusalsOf } from "./refused";

/** A configuration that the real provider refused, and the beginning of what it said. */
interface Answer {
  readonly type: string;
  readonly config: Plain;
  readonly said: string;
}

/**
 * What the real providers answered. Their own code at the pinned version, compiled with the packages of the types that the
 * committed fleets use, validated and planned arguments of those fleets that were changed by chance; this is a sample of
 * what it refused, drawn from seeds that no rule was written after (aws: `terraform validate` with 5.100.0, the newest that
 * could be had). docs/rehearsal.md has the figures of the whole seeds.
 */
const answersOf = (provider: string): readonly Answer[] =>
  JSON.parse(gunzipSync(readFileSync(join(__dirname, "answers", `${provider}.json.gz`))).toString("utf8")) as Answer[];

/** References are unknown when a provider is asked first. */
const unknowns = (value: unknown): unknown => {
  if (typeof value === "string") return value.includes("${") ? UNKNOWN : value;
  if (Array.isArray(value)) return value.map(unknowns);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unknowns(inner)]));
};

test.each([
  ["aws-5.100.0", 32],
  ["azurerm-4.55.0", 45],
  ["google-6.50.0", 29],
])("of what %s refused of the types in use, 95 in 100 are refused here", (provider, types) => {
  const answers = answersOf(provider);
  expect([answers.length > 250, new Set(answers.map(({ type }) => type)).size]).toEqual([true, types]);
  const missed = answers.filter(({ type, config }) => refusalsOf(type, unknowns(config) as Plain).length === 0);
  expect(missed.length / answers.length).toBeLessThanOrEqual(0.05);
});
