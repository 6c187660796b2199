import { readFileSync } from "node:fs";

/** Anything in a synthesized file. */
export type Json = null | string | number | boolean | readonly Json[] | { readonly [key: string]: Json };
/** A JSON object. */
export type JsonObject = { readonly [key: string]: Json };

/** Whether a JSON value is an object. */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An object inside JSON, empty where there is none. */
export function member(value: Json | undefined, ...path: readonly string[]): JsonObject {
  let current: Json | undefined = value;
  for (const key of path) current = isJsonObject(current) ? current[key] : undefined;
  return isJsonObject(current) ? current : {};
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    if (code === "EISDIR") throw new Error(`${file} is a folder, and a file of a synth belongs there: move it away`);
    throw new Error(`${file}: can't be read (${code}). Put its last good version back, and synthesize again`);
  }
}

/**
 * A file of an output folder that holds a JSON object.
 * @throws where it holds none, as after a merge with conflicts, or can't be read
 */
export function readJsonObject(file: string): JsonObject {
  const text = textOf(file);
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch (error) {
    throw new Error(
      `${file}: is no JSON (${(error as Error).message.replace(/\s+/g, " ")}). Put its last good version back, and synthesize again`,
    );
  }
  if (!isJsonObject(value))
    throw new Error(`${file}: holds no JSON object. Put its last good version back, and synthesize again`);
  return value;
}
