import * as z from "zod";
import { type Path, samePath, valueAt, without } from "../problems/paths";
import type { Problem } from "../problems/problem";
import { didYouMean, kindOf, meantBy, nearestWord, wrongKind } from "../problems/wording";
import { appImage } from "../schema/apps";
import { serviceValues } from "../schema/service";
import { memberMeant, membersMeant } from "./members-meant";
import { isMap } from "./merge";

type Issue = z.core.$ZodIssue;

/** What a file itself writes, before defaults are merged. */
export interface Written {
  /** Whether another key stands where the file writes the last key of a path. */
  hasBeside(path: Path, key: string): boolean;
  /** A single value as it was written. @default - not a single value, or not written */
  sourceOf(path: Path): string | undefined;
}

/** Something of the wrong shape, and what was meant by it if that can be guessed. */
export interface ShapeProblem extends Problem {
  /** The key or the value that was meant. @default - no telling */
  readonly meant?: { readonly key: string } | { readonly value: unknown };
  /** Whether the key is one that people choose, and not spelt as such keys are; what stands below it was not looked at. @default false */
  readonly badName?: boolean;
}

/** Reads data by a schema and says in words what is wrong with it, a problem for each thing; `more` where they are too many. */
export function check<T>(
  schema: z.ZodType<T>,
  data: unknown,
  written: Written,
): { readonly value: T } | { readonly problems: readonly ShapeProblem[]; readonly more?: true } {
  // Compiling a parser for each map, zod's way with large inputs, takes longer than reading a fleet file once.
  const issuesOf = (some: unknown) => schema.safeParse(some, { error: hint, jitless: true });
  const result = issuesOf(data);
  if (result.success) return { value: result.data };
  const isNeeded = (path: Path): boolean => {
    const rest = without(data, path);
    const issues = issuesOf(rest).error?.issues ?? [];
    const found = issues.flatMap((issue) => problemsOf(issue, [], { data: rest, written, isNeeded: () => false }));
    return found.some((problem) => problem.missing && samePath(problem.path, path));
  };
  const problems: ShapeProblem[] = [];
  // zod measures a text that stands for a list, too
  const strange = result.error.issues.filter(({ code }) => code === "invalid_type");
  const issues = result.error.issues.filter(
    ({ code, path }) =>
      !["too_big", "too_small"].includes(code) || !strange.some((other) => samePath(keysOf(other.path), keysOf(path))),
  );
  let left = issues.length;
  for (const issue of issues) {
    // Whoever has written so much wrong mends what is said first; each problem more costs a look at the whole file.
    if (problems.length >= MOST_PROBLEMS)
      return { problems: [...problems.slice(0, MOST_PROBLEMS), more(issue, left)], more: true };
    problems.push(...problemsOf(issue, [], { data, written, isNeeded }));
    left -= 1;
  }
  if (problems.length <= MOST_PROBLEMS) return { problems };
  const [last] = problems.slice(MOST_PROBLEMS);
  return {
    problems: [...problems.slice(0, MOST_PROBLEMS), { ...last!, ...unsaid(problems.length - MOST_PROBLEMS) }],
    more: true,
  };
}

const keysOf = (path: readonly PropertyKey[]): Path => path.map((key) => (typeof key === "symbol" ? String(key) : key));

/** Most problems of shape that are said one by one. */
const MOST_PROBLEMS = 200;

const unsaid = (count: number) => ({
  message: `here and at ${count - 1} further places more is wrong: mend what is said already, and read the file again`,
});

const more = (issue: Issue, count: number): ShapeProblem => ({
  path: keysOf(issue.path),
  ...unsaid(count),
});

/**
 * zod asks for the message where the schema gives none of its own. What is needed to word it is the schema itself,
 * which only this question shows: allowed keys, and what a missing field is for. The wording comes after, with the path.
 */
function hint(issue: z.core.$ZodRawIssue): string {
  if (issue.code === "unrecognized_keys" && issue.inst instanceof z.ZodObject) return Object.keys(issue.inst.shape).join(" ");
  // a map whose keys are a choice
  if (issue.code === "unrecognized_keys" && issue.inst instanceof z.ZodRecord)
    return [...(issue.inst.keyType._zod.values ?? [])].map(String).join(" ");
  const description = (issue.inst && z.globalRegistry.get(issue.inst as z.ZodType)?.description) ?? "";
  if (issue.code === "invalid_value") return description;
  if (issue.code !== "invalid_type") return "";
  const shape: [string, z.core.$ZodType][] = issue.inst instanceof z.ZodObject ? Object.entries(issue.inst.shape) : [];
  const needed = shape.filter(([, field]) => field._zod.optin === undefined);
  return [description, ...[shape, needed].map((some) => some.map(([field]) => field).join(" "))].join(FIELDS_AFTER);
}

/** Between what a field is for, the fields in it and those of them that it needs, in the one text that zod passes on. */
const FIELDS_AFTER = "\n";

interface Source {
  readonly data: unknown;
  readonly written: Written;
  /** Whether a field can't be left out. */
  readonly isNeeded: (path: Path) => boolean;
}

function problemsOf(issue: Issue, base: Path, source: Source): ShapeProblem[] {
  const path = [...base, ...keysOf(issue.path)];
  const value = valueAt(source.data, path);
  const one = (message: string): ShapeProblem[] => [{ path, message, ...(value === undefined && { missing: true }) }];
  const among = (allowed: readonly z.core.util.Primitive[]): ShapeProblem[] => {
    const meant = wordMeant(value, allowed.map(String));
    return [{ path, message: notAmong(value, allowed), ...(meant !== undefined && { meant: { value: meant } }) }];
  };
  // The schema's own words say what is right; who reads them also wants to see what was wrong.
  const own = (otherwise: string) => one(`${kindOf(value)} is not valid: ${issue.message || otherwise}`);
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => unknownKey([...path, key], issue.message.split(" "), value, source.written));
    case "invalid_type": {
      const [description = "", ...lists] = issue.message.split(FIELDS_AFTER);
      if (value === undefined) return one(missing(path, description));
      // the schema's own words
      if (lists.length === 0 && description !== "" && value !== null) return own("");
      const [fields = [], neededFields = []] = lists.map((list) => list.split(" ").filter(Boolean));
      const written = source.written.sourceOf(path);
      const meant = meantBy(value, issue.expected, written);
      if (path.at(-1) === "members" && isMap(value)) return one(membersMeant(value));
      const needed = value === null && source.isNeeded(path);
      const inList = typeof path.at(-1) === "number";
      const message = wrongKind(value, issue.expected, { written, needed, inList, fields, neededFields });
      return [{ path, message, ...(meant !== undefined && { meant: { value: meant } }) }];
    }
    case "invalid_value":
      if (value === undefined) return one(missing(path, issue.message, issue.values.map(String)));
      return among(issue.values);
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
      if ("prefix" in issue) return own(`it must start with '${issue.prefix}'`);
      if ("includes" in issue) return own(`it must have '${issue.includes}' in it`);
      return own(issue.format);
    case "invalid_key":
      return [{ path, atKey: true, badName: true, message: `'${path.at(-1)}' is not valid: ${issue.issues[0]?.message ?? ""}` }];
    case "invalid_union":
      return unionProblems(issue, path, value, source, among);
    default:
      return own("it can't be used here");
  }
}

function unionProblems(
  issue: z.core.$ZodIssueInvalidUnion,
  path: Path,
  value: unknown,
  source: Source,
  among: (allowed: readonly z.core.util.Primitive[]) => ShapeProblem[],
): ShapeProblem[] {
  if (issue.discriminator !== undefined) {
    const options = "options" in issue && Array.isArray(issue.options) ? issue.options.map(String) : [];
    return value === undefined ? [{ path, message: missing(path, "", options), missing: true }] : among(options);
  }
  const values = issue.errors.flatMap((branch) =>
    branch.map((inner) => (inner.code === "invalid_value" ? inner.values : undefined)),
  );
  if (values.every((inner) => inner !== undefined)) return among(values.flat());
  // A map was written and some branch takes maps: the branch with the fewest strange keys, then objections, is the one that was meant.
  const branches = issue.errors.filter((branch) =>
    branch.every((inner) => inner.path.length > 0 || inner.code === "unrecognized_keys"),
  );
  const meant = branches.toSorted((one, other) => strange(one) - strange(other) || count(one) - count(other))[0];
  const member = isMap(value) && path.at(-2) === "members" ? memberMeant(value) : undefined;
  if (member !== undefined) return [{ path, message: member }];
  if (meant && isMap(value)) return meant.flatMap((inner) => problemsOf(inner, path, source));
  return [{ path, message: `${kindOf(value)} is not valid: ${issue.message || "it can't be used here"}` }];
}

/** How many keys a branch doesn't know, and how many objections it has in all. */
const strange = (branch: readonly Issue[]) =>
  branch.reduce((sum, issue) => sum + (issue.code === "unrecognized_keys" ? issue.keys.length : 0), 0);
const count = (branch: readonly Issue[]) => strange(branch) + branch.filter(({ code }) => code !== "unrecognized_keys").length;

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

/** The word of a choice that was meant, if there is telling. */
function wordMeant(value: unknown, words: readonly string[]): string | undefined {
  if (typeof value !== "string" || words.length === 1) return undefined;
  return cloudMeant(value, words) ?? nearestWord(value, words);
}

/** The cloud that somebody calls otherwise, where it is among the words. */
function cloudMeant(word: string, words: readonly string[]): string | undefined {
  const cloud = CLOUD_WORDS.get(word.toLowerCase());
  return cloud !== undefined && words.includes(cloud) ? cloud : undefined;
}

function notAmong(value: unknown, allowed: readonly z.core.util.Primitive[]): string {
  const words = allowed.map(String);
  const meant = wordMeant(value, words);
  return `${kindOf(value)} is not allowed; ${meant === undefined ? `allowed: ${words.join(", ")}` : `did you mean '${meant}'?`}`;
}

/** What a cluster's block must say at least; of the clouds it may stand in the defaults. */
const LEAST: Readonly<Record<string, string>> = {
  aws: "accountId, runner and admins",
  azure: "subscriptionId, tenantId, runner and admins",
  google: "projectId, runner and admins",
};

function missing(path: Path, description: string, allowed: readonly string[] = []): string {
  const block = String(path.at(-1));
  if (path[0] === "clusters" && path.length === 3 && LEAST[block] !== undefined)
    return `is missing: write ${LEAST[block]} there, or under \`defaults.${block}\``;
  const choice = allowed.length > 0 ? `; allowed: ${allowed.join(", ")}` : "";
  return `is missing${description && `: ${description.replace(/\.$/, "")}`}${choice}`;
}

const ONE_PASSWORD =
  "a backup is read from the cluster's own store, since each store has a password of its own and Velero knows one";
/** Fields that people look for and that are left out for a reason, by the block that they would be in. */
const NOT_HERE: Readonly<Record<string, string>> = {
  "restore.fleet": `${ONE_PASSWORD}. Data of another fleet comes by a server's disk (servers.*.disk.restoreFrom.fleet), or by a copy that you make (docs/backups.md)`,
  "restore.store": `${ONE_PASSWORD}: \`addons.backup.store\` names it`,
};

function unknownKey(path: Path, allowed: readonly string[], inside: unknown, written: Written): ShapeProblem {
  const key = String(path.at(-1));
  const at = (message: string, meant?: string): ShapeProblem => ({
    path,
    atKey: true,
    message,
    ...(meant !== undefined && { meant: { key: meant } }),
  });
  if (key === "cloud" && path.length === 1 && allowed.includes("addons"))
    return at("'cloud' is said by each cluster for itself: write it there, and remove it here");
  const cloud = path[0] === "clusters" && path.length === 3 && isMap(inside) ? inside.cloud : undefined;
  if (cloud !== undefined && ["aws", "azure", "google", "existing"].includes(key))
    return at(
      `'${key}' is for clusters with \`cloud: ${key}\`, and this one has \`cloud: ${cloud}\`: remove it${key === "existing" ? "" : ", or write it under `defaults`"}`,
    );
  const reason = NOT_HERE[`${path.at(-2)}.${key}`];
  if (reason !== undefined) return at(`there is no field '${key}' here: ${reason}`);
  const place = path[0] === "apps" ? appPlaceOf(path, key, allowed) : undefined;
  if (place !== undefined) return at(`there is no field '${key}' here: write it under ${place}`);
  const likely = cloudMeant(key, allowed) ?? nearestWord(key, allowed);
  if (likely !== undefined && written.hasBeside(path, likely))
    return at(`there is no field '${key}' here, and '${likely}' is here already: remove it`);
  // What people look for here is often a chart like any other.
  const elsewhere = path.at(-2) === "addons" && likely === undefined ? "; any other chart is an application, under `apps`" : "";
  return at(`there is no field '${key}' here${didYouMean(likely ?? key, allowed)}${elsewhere}`, likely);
}

/** Where a field of an application stands that was written beside its place: what the project's own chart takes, or of its image. */
function appPlaceOf(path: Path, key: string, allowed: readonly string[]): string | undefined {
  const isApp = path.length === 3;
  if (!isApp && !(path.length === 5 && path[2] === "perCluster")) return undefined;
  const values = Object.keys(serviceValues.shape);
  const image = isApp ? Object.keys(appImage.shape) : [];
  const likely = nearestWord(key, [...allowed, ...values, ...image]);
  if (likely === undefined || allowed.includes(likely)) return undefined;
  return `\`${values.includes(likely) ? "values" : "image"}\`${likely === key ? "" : `, as ${likely}`}`;
}
