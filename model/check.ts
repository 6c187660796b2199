import * as z from "zod";
import { didYouMean } from "./did-you-mean";
import { isMap } from "./merge";
import type { Problem } from "./problem";
import { kindOf, wrongKind } from "./wording";

type Issue = z.core.$ZodIssue;
type Path = readonly (string | number)[];

/**
 * Reads data by a schema and says in words what is wrong with it, a problem for each thing.
 * @param sourceOf a single value as the file writes it, if the file does
 */
export function check<T>(
  schema: z.ZodType<T>,
  data: unknown,
  sourceOf: (path: Path) => string | undefined,
): { readonly value: T } | { readonly problems: readonly Problem[] } {
  // Compiling a parser for each map, zod's way with large inputs, takes longer than reading a fleet file once.
  const result = schema.safeParse(data, { error: hint, jitless: true });
  if (result.success) return { value: result.data };
  return { problems: result.error.issues.flatMap((issue) => problemsOf(issue, [], { data, sourceOf })) };
}

/**
 * zod asks for the message where the schema gives none of its own. What is needed to word it is the schema itself,
 * which only this question shows: allowed keys, and what a missing field is for. The wording comes after, with the path.
 */
function hint(issue: z.core.$ZodRawIssue): string {
  if (issue.code === "unrecognized_keys" && issue.inst instanceof z.ZodObject) return Object.keys(issue.inst.shape).join(" ");
  if (issue.code === "invalid_type" || issue.code === "invalid_value")
    return (issue.inst && z.globalRegistry.get(issue.inst as z.ZodType)?.description) ?? "";
  return "";
}

interface Source {
  readonly data: unknown;
  readonly sourceOf: (path: Path) => string | undefined;
}

function problemsOf(issue: Issue, base: Path, source: Source): Problem[] {
  const path = [...base, ...issue.path.map((key) => (typeof key === "symbol" ? String(key) : key))];
  const value = valueAt(source.data, path);
  const one = (message: string): Problem[] => [{ path, message, ...(value === undefined && { missing: true }) }];
  // The schema's own words say what is right; who reads them also wants to see what was wrong.
  const own = (otherwise: string) => one(`${kindOf(value)} is not valid: ${issue.message || otherwise}`);
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => ({
        path: [...path, key],
        atKey: true,
        message: unknownKey(key, issue.message.split(" "), value),
      }));
    case "invalid_type":
      if (value === undefined) return one(missing(issue.message));
      return one(wrongKind(value, issue.expected, source.sourceOf(path)));
    case "invalid_value":
      if (value === undefined) return one(missing(issue.message, issue.values.map(String)));
      return one(notAmong(value, issue.values));
    case "too_small":
      return issue.message
        ? own("")
        : one(`${kindOf(value)} is too little: at least ${issue.minimum}${unit(issue.origin, issue.minimum)}`);
    case "too_big":
      return issue.message
        ? own("")
        : one(`${kindOf(value)} is too much: at most ${issue.maximum}${unit(issue.origin, issue.maximum)}`);
    case "invalid_format":
      if (issue.message) return own("");
      if ("prefix" in issue) return own(`it starts with '${issue.prefix}'`);
      if ("includes" in issue) return own(`it contains '${issue.includes}'`);
      return own(issue.format);
    case "invalid_key":
      return [{ path, atKey: true, message: `'${path.at(-1)}' is not valid: ${issue.issues[0]?.message ?? ""}` }];
    case "invalid_union":
      return unionProblems(issue, path, value, source);
    default:
      return own("it can't be used here");
  }
}

function unionProblems(issue: z.core.$ZodIssueInvalidUnion, path: Path, value: unknown, source: Source): Problem[] {
  if (issue.discriminator !== undefined) {
    const options = "options" in issue && Array.isArray(issue.options) ? issue.options.map(String) : [];
    return value === undefined
      ? [{ path, message: missing("", options), missing: true }]
      : [{ path, message: notAmong(value, options) }];
  }
  const values = issue.errors.flatMap((branch) =>
    branch.map((inner) => (inner.code === "invalid_value" ? inner.values : undefined)),
  );
  if (values.every((inner) => inner !== undefined)) return [{ path, message: notAmong(value, values.flat()) }];
  // A map was written and some branch takes maps: the branch with the fewest objections is the one that was meant.
  const branches = issue.errors.filter((branch) =>
    branch.every((inner) => inner.path.length > 0 || inner.code === "unrecognized_keys"),
  );
  const meant = branches.toSorted((one, other) => count(one) - count(other))[0];
  if (meant && isMap(value)) return meant.flatMap((inner) => problemsOf(inner, path, source));
  return [{ path, message: `${kindOf(value)} is not valid: ${issue.message || "it can't be used here"}` }];
}

const count = (branch: readonly Issue[]) =>
  branch.reduce((sum, issue) => sum + (issue.code === "unrecognized_keys" ? issue.keys.length : 1), 0);

const UNITS: Readonly<Record<string, readonly [string, string]>> = {
  array: ["entry", "entries"],
  string: ["character", "characters"],
};

function unit(origin: string, count: number | bigint): string {
  const words = UNITS[origin];
  return words ? ` ${Number(count) === 1 ? words[0] : words[1]}` : "";
}

/** What people call the clouds besides the names that the fleet file has for them. */
const CLOUD_WORDS: ReadonlyMap<string, string> = new Map([
  ["eks", "aws"],
  ["amazon", "aws"],
  ["aks", "azure"],
  ["azurerm", "azure"],
  ["gke", "google"],
  ["gcp", "google"],
]);

function notAmong(value: unknown, allowed: readonly z.core.util.Primitive[]): string {
  const words = allowed.map(String);
  const synonym = typeof value === "string" ? CLOUD_WORDS.get(value.toLowerCase()) : undefined;
  if (synonym !== undefined && words.includes(synonym)) return `'${value}' is not allowed; did you mean '${synonym}'?`;
  if (typeof value !== "string" || words.length === 1) return `${kindOf(value)} is not allowed; allowed: ${words.join(", ")}`;
  return `'${value}' is not allowed${didYouMean(value, words)}`;
}

function missing(description: string, allowed: readonly string[] = []): string {
  const choice = allowed.length > 0 ? `; allowed: ${allowed.join(", ")}` : "";
  return `is missing${description && `: ${description.replace(/\.$/, "")}`}${choice}`;
}

function unknownKey(key: string, allowed: readonly string[], inside: unknown): string {
  const cloud = isMap(inside) && typeof inside.cloud === "string" ? inside.cloud : undefined;
  if (cloud !== undefined && ["aws", "azure", "google", "existing"].includes(key))
    return `'${key}' is for clusters with \`cloud: ${key}\`, and this one has \`cloud: ${cloud}\`: remove it, or write it under \`defaults\``;
  return `there is no field '${key}' here${didYouMean(key, allowed)}`;
}

function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>((inside, key) => {
    if (Array.isArray(inside)) return inside[Number(key)];
    return isMap(inside) && Object.hasOwn(inside, key) ? inside[key] : undefined;
  }, data);
}
