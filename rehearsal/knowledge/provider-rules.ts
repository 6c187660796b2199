/**
 * What the providers themselves refuse and replace, read out of their source at the pinned tags by
 * scripts/provider-rules: values, patterns, lengths, arguments that exclude or need each other. What only their create code
 * or the service refuses is in the tables beside this file.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { regionsOf } from "../../model/catalog/regions";
import { projectRoot } from "../schema/store";
import { hasHostBits, IPV4_NETWORK } from "./facts";
import type { Line } from "./line";

/** One rule as the file has it. */
interface Packed {
  readonly at?: string;
  readonly oneOf?: readonly (string | number)[];
  readonly anyCase?: boolean;
  readonly orEmpty?: boolean;
  readonly notOneOf?: readonly string[];
  readonly matches?: string;
  readonly flags?: string;
  readonly not?: boolean;
  readonly say?: string;
  readonly length?: readonly [number, number | null];
  readonly items?: readonly [number, number | null];
  readonly between?: readonly [number | null, number | null];
  readonly rule?: string;
  /** A resource's id as its maker prints it, %s for each part. */
  readonly id?: string;
  readonly anyOf?: readonly Packed[];
  readonly allOf?: readonly Packed[];
  readonly exactlyOne?: readonly string[];
  readonly atLeastOne?: readonly string[];
  readonly atMostOne?: readonly string[];
  readonly within?: string;
  readonly given?: string;
  readonly needs?: readonly string[];
  readonly replaces?: string;
  readonly replacesCount?: string;
  /** A location that is spelt otherwise is the same one. */
  readonly replacesElsewhere?: boolean;
}

interface PackedType {
  readonly source: string;
  readonly lines: readonly Packed[];
}

/** Whether a text will do, and in which words one that does is described. */
interface Test {
  readonly test: (text: string) => boolean;
  readonly say: string;
}

const pattern = (form: RegExp, say: string): Test => ({ test: (text) => form.test(text), say });

const RULES: Readonly<Record<string, Test>> = {
  notEmpty: pattern(/[\s\S]/, "not empty"),
  notBlank: pattern(/\S/, "not empty"),
  empty: pattern(/^$/, "empty"),
  uuid: pattern(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i, "a UUID"),
  time: pattern(
    /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i,
    "a time such as 2026-01-31T04:00:00Z",
  ),
  ipv4: { test: (text) => isIpv4(text), say: "an IPv4 address" },
  ip: { test: (text) => isIpv4(text) || /^[0-9a-f:.]*:[0-9a-f:.]+$/i.test(text), say: "an IP address" },
  cidr: {
    test: (text) => isNetwork(text) || /^[0-9a-f:.]+:[0-9a-f:.]*\/\d{1,3}$/i.test(text),
    say: "a network such as 10.1.0.0/16",
  },
  network: {
    test: (text) => (isNetwork(text) && !hasHostBits(text)) || /^[0-9a-f:.]+:[0-9a-f:.]*\/\d{1,3}$/i.test(text),
    say: "a network such as 10.1.0.0/16, without bits behind its mask",
  },
  network4: {
    test: (text) => isNetwork(text) && !hasHostBits(text),
    say: "an IPv4 network such as 10.1.0.0/16, without bits behind its mask",
  },
  network6: pattern(/^[0-9a-f:.]+:[0-9a-f:.]*\/\d{1,3}$/i, "an IPv6 network"),
  arn: pattern(
    /^arn:aws(-[a-z]+)*:[^:]*:([a-z]{2}(-[a-z]+)+-\d{1,2})?:(aws|aws-managed|third-party|aws-marketplace|partner-managed|\d{12}|cw.{10})?:.+/,
    "an ARN: arn:aws:iam::111122223333:role/name",
  ),
  jsonObject: { test: (text) => /^\s*\{/.test(text) && isJson(text), say: "a policy in JSON" },
  resourceId: pattern(/^\/subscriptions\/[^/]+(\/[^/]+)*$/i, "a resource's id: /subscriptions/…"),
  https: pattern(/^https:\/\/[^/\s]+/, "a URL with https://"),
  http: pattern(/^https?:\/\/[^/\s]+/, "a URL"),
  base64: pattern(/^[A-Za-z0-9+/]+={0,2}$/, "base64"),
  json: { test: isJson, say: "JSON" },
  duration: pattern(/^P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/, "a duration such as P1D"),
  goDuration: pattern(/^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$/, "a duration such as 10m"),
  resourceGroupName: pattern(/^[-\w.()]{0,89}[-\w()]$/, "1 to 90 letters, digits, - _ ( ) or dots, not a dot at the end"),
  location: {
    test: (text) => AZURE_LOCATIONS.has(text.toLowerCase().replaceAll(" ", "")),
    say: "a region of Azure such as westeurope",
  },
};

const AZURE_LOCATIONS: ReadonlySet<string> = new Set(["global", ...regionsOf("azure").map(({ region }) => region)]);

function isIpv4(text: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(text) && text.split(".").every((part) => Number(part) <= 255);
}

function isNetwork(text: string): boolean {
  const [address = "", mask = ""] = text.split("/");
  return IPV4_NETWORK.test(text) && isIpv4(address) && Number(mask) <= 32;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A type's rules are only parsed when the type is asked for. */
const packed = new Map<string, string>();

function load(): void {
  const folder = join(projectRoot(), "rehearsal", "schemas");
  for (const file of readdirSync(folder).filter((name) => name.startsWith("rules-"))) {
    const types = JSON.parse(gunzipSync(readFileSync(join(folder, file))).toString("utf8")) as Record<string, string>;
    for (const [type, text] of Object.entries(types)) packed.set(type, text);
  }
}

/** What the provider's own source says of a type; nothing for types of providers that it was not read of. */
export function providerLines(type: string): readonly Line[] {
  if (packed.size === 0) load();
  const text = packed.get(type);
  if (text === undefined) return [];
  const { source, lines } = JSON.parse(text) as PackedType;
  return [givenId(type, source), ...lines.flatMap((line) => lineOf(type, source, line))];
}

/** `id` looks as if it could be set, and is the plugin SDK's own (terraform-plugin-sdk v2, schemaMap.Validate: "Invalid or unknown key"). */
const givenId = (type: string, source: string): Line => ({
  type,
  source,
  at: "id",
  check: ({ id }) => ((id ?? null) === null ? undefined : "'id' is the provider's own: leave it out."),
});

function lineOf(type: string, source: string, line: Packed): readonly Line[] {
  const fact = { type, source };
  const { at, exactlyOne, atLeastOne, atMostOne, within, given, needs, replaces, replacesCount, items, between } = line;
  if (exactlyOne) return [{ ...fact, exactlyOne, ...(within && { exactlyOneIn: within }) }];
  if (atLeastOne) return [{ ...fact, atLeastOne, ...(within && { atLeastOneIn: within }) }];
  if (atMostOne) return [{ ...fact, atMostOne }];
  if (given && needs) return [{ ...fact, given, needs }];
  if (replaces) return [{ ...fact, replaces: [replaces] }];
  if (replacesCount) return [{ ...fact, at: replacesCount, replacesIf: (before, after) => sizeOf(before) !== sizeOf(after) }];
  if (!at) return [];
  if (line.replacesElsewhere) return [moves(fact, at)];
  if (items) return [{ ...fact, at, length: [items[0], items[1] ?? Number.POSITIVE_INFINITY] }];
  if (between)
    return [{ ...fact, at, between: [between[0] ?? Number.NEGATIVE_INFINITY, between[1] ?? Number.POSITIVE_INFINITY] }];
  if (line.oneOf && !line.anyCase) return [{ ...fact, at, oneOf: line.orEmpty ? [...line.oneOf, ""] : line.oneOf }];
  const { test, say } = testOf(line);
  return [{ ...fact, at, matches: { test }, say }];
}

/** "West Europe" and westeurope are one place. */
const moves = (fact: { readonly type: string; readonly source: string }, at: string): Line => ({
  ...fact,
  at,
  replacesIf: (before, after) => placeOf(before) !== placeOf(after),
});
const placeOf = (location: unknown) => String(location).toLowerCase().replaceAll(" ", "");

const sizeOf = (value: unknown): number => (Array.isArray(value) ? value.length : 0);

/** A rule on one text. */
function testOf(line: Packed): Test {
  if (line.orEmpty) {
    const { orEmpty: _, ...rest } = line;
    const { test, say } = testOf(rest);
    return { test: (text) => text === "" || test(text), say };
  }
  if (line.anyOf) {
    const tests = line.anyOf.map(testOf);
    return { test: (text) => tests.some(({ test }) => test(text)), say: tests.map(({ say }) => say).join(", or ") };
  }
  if (line.allOf) {
    const tests = line.allOf.map(testOf);
    return { test: (text) => tests.every(({ test }) => test(text)), say: tests.map(({ say }) => say).join(", and ") };
  }
  if (line.rule) return RULES[line.rule] ?? { test: () => true, say: line.rule };
  if (line.id) {
    const form = new RegExp(
      `^${line.id
        .replaceAll(".", "\\.")
        .replace(/^\/%s\//, "/.+/")
        .replaceAll("%s", "[^/]+")}$`,
    );
    return pattern(form, `an id of the form ${line.id.replaceAll("%s", "…")}`);
  }
  if (line.oneOf) {
    const words = line.oneOf.map(String);
    return { test: (text) => words.some((word) => word.toLowerCase() === text.toLowerCase()), say: `one of ${words.join(", ")}` };
  }
  if (line.notOneOf) return { test: (text) => !line.notOneOf?.includes(text), say: `none of ${line.notOneOf.join(", ")}` };
  if (line.length) {
    const [least, most] = [line.length[0], line.length[1] ?? Number.POSITIVE_INFINITY];
    return {
      test: (text) => text.length >= least && text.length <= most,
      say: most === Number.POSITIVE_INFINITY ? `${least} characters or more` : `${least} to ${most} characters`,
    };
  }
  if (line.between) {
    const [least, most] = [line.between[0] ?? Number.NEGATIVE_INFINITY, line.between[1] ?? Number.POSITIVE_INFINITY];
    return { test: (text) => Number(text) >= least && Number(text) <= most, say: `${least} to ${most}` };
  }
  const form = new RegExp(asHere(line.matches ?? ""), line.flags);
  const fits = (text: string) => form.test(text) !== (line.not ?? false);
  return { test: fits, say: line.say ?? `a text that ${line.not ? "does not match" : "matches"} ${line.matches}` };
}

/** Go's words for the two ends of a text, which JavaScript takes for letters. */
const asHere = (pattern: string): string => pattern.replace(/^\\A/, "^").replace(/\\z$/, "$");
