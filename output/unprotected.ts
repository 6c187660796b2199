/** A synthesized folder without deletion protection, as an operator who has no fleet file makes it. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { copyFolder } from "./copy";
import { readStacks } from "./folder";
import { isJsonObject, type Json, type JsonObject } from "./json";
import { resourcesOf } from "./stack";

/** The clouds' own switches. */
export const SWITCHES: ReadonlySet<string> = new Set([
  "deletion_protection",
  "deletion_protection_enabled",
  "enable_deletion_protection",
  // Azure's backup vaults have a word for it
  "soft_delete",
]);

const OFF = new Map<Json, Json>([
  [true, false],
  ["On", "Off"],
]);

/** Copies a folder; in the copy nothing is protected. */
export function copyUnprotected(synthesized: string, out: string): void {
  copyFolder(synthesized, out);
  for (const { folder, config } of readStacks(out))
    writeFileSync(join(out, folder, "cdk.tf.json"), JSON.stringify(unprotected(config), null, 2));
}

/** A stack's JSON with every switch off and every `prevent_destroy` gone. */
export function unprotected(config: JsonObject): JsonObject {
  return isJsonObject(config.resource) ? { ...config, resource: freed(config.resource) as JsonObject } : config;
}

function freed(value: Json): Json {
  if (Array.isArray(value)) return value.map(freed);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== "prevent_destroy")
      .map(([key, inner]) => [key, switchedOff(key, inner as Json)]),
  );
}

function switchedOff(key: string, value: Json): Json {
  return SWITCHES.has(key) && OFF.has(value) ? OFF.get(value)! : freed(value);
}

/** Addresses of the resources that a cloud itself keeps from being deleted. */
export function flagged(config: JsonObject): readonly string[] {
  return resourcesOf(config).flatMap(({ address, block }) => (isOn(block) ? [address] : []));
}

function isOn(value: Json): boolean {
  if (Array.isArray(value)) return value.some(isOn);
  return (
    isJsonObject(value) &&
    Object.entries(value).some(([key, inner]) => (SWITCHES.has(key) ? OFF.has(inner as Json) : isOn(inner as Json)))
  );
}
