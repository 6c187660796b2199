import { closest, distance } from "fastest-levenshtein";

/**
 * The candidate that was probably meant, if one is near enough: at most a third of its letters differ, capitals not
 * counted.
 */
export function nearestWord(word: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined;
  const plain = candidates.map((candidate) => candidate.toLowerCase());
  const likely = candidates[plain.indexOf(closest(word.toLowerCase(), plain))]!;
  return distance(word.toLowerCase(), likely.toLowerCase()) <= Math.max(1, Math.floor(likely.length / 3)) ? likely : undefined;
}

/** How a message about an unknown word ends: "; did you mean 'sydney'?", or "; allowed: …" where nothing is near. */
export function didYouMean(word: string, candidates: readonly string[], otherwise = "allowed"): string {
  const likely = nearestWord(word, candidates);
  if (likely !== undefined) return `; did you mean '${likely}'?`;
  return candidates.length === 0 ? `; ${otherwise}: none` : `; ${otherwise}: ${candidates.join(", ")}`;
}

/** How values and their kinds are called in messages. */

/** Longest quotation and longest sentence: a file may hold a text of any length. */
const MOST_QUOTED = 300;
const MOST_SAID = 3_000;

/**
 * A line for a terminal, whatever the file has put into it: signs that would move the cursor, colour, hide or turn round what
 * stands there are written as escapes, and what is long is cut.
 */
export function printable(line: string): string {
  const cut = line.replace(/'[^']{300,}'/gsu, (quoted) => `${quoted.slice(0, MOST_QUOTED)}...'`);
  const short = cut.length > MOST_SAID ? `${cut.slice(0, MOST_SAID)}...` : cut;
  return short.replace(
    /[\p{Cc}\p{Cf}\u2028\u2029\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/gu,
    (sign) => `\\u{${sign.codePointAt(0)!.toString(16)}}`,
  );
}

/** A value for people: in quotes where it is text, short where it is long. */
export function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "an empty value";
  if (typeof value === "string") return value.length > 80 ? `'${value.slice(0, 77)}...'` : `'${value}'`;
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : `a list of ${value.length}`;
  return typeof value === "object" ? "a map" : String(value);
}

const EXPECTED: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a map",
  record: "a map",
};

/** How people write truth values: YAML 1.1 took all of these, and YAML 1.2 takes only the first pair. */
const TRUTH: Readonly<Record<string, boolean>> = {
  true: true,
  false: false,
  yes: true,
  no: false,
  on: true,
  off: false,
};

/** The value of the right kind that a value of another kind was meant to be; undefined where there is no telling. */
export function meantBy(value: unknown, expected: string, written: string | undefined): unknown {
  if (expected === "string" && (typeof value === "number" || typeof value === "boolean")) return written ?? String(value);
  if (typeof value !== "string") return undefined;
  if (expected === "array") return [value];
  if (expected === "boolean") return TRUTH[value.toLowerCase()];
  return isNumber(expected) && value.trim() !== "" && !Number.isNaN(Number(value)) ? Number(value) : undefined;
}

/** How a map of fields is written in place of something else: `{ enabled: true }` for `true`. */
function mapOf(value: unknown, fields: readonly string[], needed: readonly string[]): string {
  if (fields.length === 0) return "";
  const short = typeof value === "boolean" ? "enabled" : undefined;
  if (short && fields.includes(short)) return `: write { ${short}: ${String(value)} }`;
  const first = needed.length > 0 ? needed : fields.slice(0, 1);
  const more = fields.length > first.length ? `; it takes ${fields.join(", ")}` : "";
  return `: write its fields, { ${first.map((field) => `${field}: …`).join(", ")} }${more}`;
}

/** The one text that was wrapped into a list, or into a map as its name. */
function wrapped(value: unknown): string | undefined {
  const inner = Array.isArray(value) && value.length === 1 ? value[0] : (value as { name?: unknown } | undefined)?.name;
  return typeof inner === "string" ? inner : undefined;
}

/** A text with a colon and a blank in it, which YAML takes for a map of one. */
function colonInText(value: unknown): string | undefined {
  const [entry, ...more] = typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
  if (entry === undefined || more.length > 0 || !["string", "number"].includes(typeof entry[1])) return undefined;
  return JSON.stringify(`${entry[0]}: ${entry[1]}`);
}

const isNumber = (expected: string) => expected === "number" || expected === "int";

/**
 * What is wrong with a value of another kind than the field's, and how to write it.
 * @param expected zod's name of the kind
 * @param place the value as the file writes it, if the file does (1.30 is not 1.3), whether it can be left out, and the fields
 *   of the map that belongs there
 */
export function wrongKind(
  value: unknown,
  expected: string,
  place: {
    readonly written: string | undefined;
    readonly needed: boolean;
    readonly inList: boolean;
    readonly fields: readonly string[];
    /** Those of the fields that can't be left out. */
    readonly neededFields: readonly string[];
  },
): string {
  const wanted = EXPECTED[expected] ?? expected;
  if (value === null)
    return `is empty: write ${wanted}${place.needed ? "" : `, or remove the ${place.inList ? "entry" : "key"}`}`;
  const meant = meantBy(value, expected, place.written);
  if (meant === undefined) {
    const isNone = `${kindOf(value)} is not ${wanted}`;
    if (expected === "object") return `${isNone}${mapOf(value, place.fields, place.neededFields)}`;
    if (expected === "record") return `${isNone}: write \`name: …\` for each${Array.isArray(value) ? " instead of `- …`" : ""}`;
    if (expected === "string" && wrapped(value) !== undefined) return `${isNone}: write it alone, ${wrapped(value)}`;
    if (expected === "string" && place.inList && colonInText(value) !== undefined)
      return `${isNone}, which a colon makes of it: write it in quotes, ${colonInText(value)}`;
    if (isNumber(expected) && typeof value === "string" && /^\d+ ?%$/.test(value))
      return `${isNone}: write ${parseInt(value, 10)}`;
    if (expected !== "array") return isNone;
    return `${isNone}: write ${typeof value === "object" ? "`- …` for each instead of `name: …`" : `[${String(value)}]`}`;
  }
  if (typeof meant === "boolean")
    return `'${value}' is text to YAML, and this is ${wanted}: write ${String(value).toLowerCase() === String(meant) ? "it without quotes" : String(meant)}`;
  if (Array.isArray(meant)) return `${kindOf(value)} is text, and this is a list: write [${String(value)}]`;
  if (typeof meant === "number") return `'${value}' is text to YAML, and this is ${wanted}: write it without quotes`;
  return `${meant} is a ${typeof value === "number" ? "number" : "truth value"} to YAML, and this is text: write it in quotes, "${meant}"`;
}
