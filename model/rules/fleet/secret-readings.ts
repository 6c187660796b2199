/** What a text says when it is read as programs read it: with its escapes and percent signs undone, and out of base64. */
import { parseAllDocuments } from "yaml";

/** A run of base64 long enough to hold a login; its lines may be broken. */
const BASE64 = /(?<![A-Za-z0-9+/=])(?:[A-Za-z0-9+/]{4}(?:\r?\n[ \t]*)?){5,}[A-Za-z0-9+/]{0,3}={0,2}/g;
/** What is no text: pictures, archives, certificates in DER, and words that only look like base64. */
const NO_TEXT = /[^\t\n\r\x20-\x7e]/;
/** Base64 in base64 is how Kubernetes' Secrets get into JSON; more than that nobody does. */
const DEEPEST = 2;

/** The text itself, and each way to read it that says something else. */
export function readingsOf(text: string, depth = 0): readonly string[] {
  const plain = [text, unescaped(text), percentDecoded(text)].filter((reading, place, all) => all.indexOf(reading) === place);
  return depth === DEEPEST ? plain : [...plain, ...fromBase64(text).flatMap((inner) => readingsOf(inner, depth + 1))];
}

const unescaped = (text: string) => text.replace(/\\+(["'])/g, "$1").replace(/\\+n/g, "\n");

function percentDecoded(text: string): string {
  if (!/%[2-5][0-9A-F]/i.test(text)) return text;
  // signs of ASCII alone: what isn't percent-encoding as a whole (%20% off) stays as it is
  return text.replace(/%([2-7][0-9A-F])/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

function fromBase64(text: string): readonly string[] {
  const runs = text.match(BASE64) ?? [];
  return runs.map((run) => Buffer.from(run, "base64").toString("latin1")).filter((inner) => !NO_TEXT.test(inner));
}

/** Longer ones are read line by line. */
const LONGEST = 200_000;
/** Words of a manifest, a key or a file of Docker, in which a line doesn't say what its value is. */
const STRUCTURED = /\b(?:kind|value|kty|auths|stringData)["']?[ \t]*:/;

/** The maps and lists that a text is when it is read as JSON, or as YAML where only its structure says what is in it. */
export function structuresOf(text: string): readonly unknown[] {
  const isJson = /^\s*[{[]/.test(text);
  const isFlow = /^[\w.-]+:[ \t]*[{[]/.test(text);
  if (text.length > LONGEST || !(isJson || isFlow || (text.includes("\n") && STRUCTURED.test(text)))) return [];
  const isStructure = (value: unknown) => typeof value === "object" && value !== null;
  try {
    if (isJson) return [JSON.parse(text)].filter(isStructure);
  } catch {
    // perhaps it is YAML
  }
  try {
    const documents = parseAllDocuments(text, { logLevel: "silent" });
    if (!Array.isArray(documents) || documents.some(({ errors }) => errors.length > 0)) return [];
    return documents.map((document) => document.toJS() as unknown).filter(isStructure);
  } catch {
    return []; // aliases without end
  }
}
