import { type ResolveOptions, Tokenization } from "cdktf";

/**
 * How cdktf 0.21 writes tokens: in a string, a list or the key of a map with a marker, as a number of about -1e289 or
 * -8e298, and beside the key of a map with one of three values that mean nothing elsewhere, of which one is a number
 * below zero (its lib/tokens/private/encoding.js and lib/tokens/token.js). Ordinary text that looks alike is
 * resolved by cdktf, and comes out as it was.
 */
const TOKEN_IN_TEXT = /TfToken\[|e\+2|Map Token Value/;

/**
 * Makes cdktf resolve only what may have a token in it. It resolves each element and then the whole stack once more,
 * looks for four kinds of tokens in every string on the way and makes a context for each, which was half of a synth's
 * time; few of the strings have a token. The step that only looks for references is left as it is.
 */
export function resolveTokensOnly(): void {
  const resolve = Tokenization.resolve;
  Tokenization.resolve = (value: unknown, options: ResolveOptions) =>
    options.preparing ? resolve(value, options) : resolved(value, (part) => resolve(part, options));
}

/** The same as `resolve(value)`, which is asked for the parts that may have a token. */
function resolved(value: unknown, resolve: (part: unknown) => unknown): unknown {
  if (typeof value === "string" || typeof value === "number") return mayBeToken(value) ? resolve(value) : value;
  if (value === undefined || value === null || typeof value === "boolean" || value instanceof Date) return value;
  if (Array.isArray(value)) {
    // a list may be one token as a whole
    if (value.some(mayBeToken)) return resolve(value);
    return value.map((item) => resolved(item, resolve)).filter((item) => item !== undefined);
  }
  if (typeof value !== "object" || Tokenization.isResolvable(value) || "_children" in value) return resolve(value);
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    if (TOKEN_IN_TEXT.test(key)) return resolve(value);
    const written = resolved((value as Record<string, unknown>)[key], resolve);
    if (written !== undefined) result[key] = written;
  }
  return result;
}

function mayBeToken(value: unknown): boolean {
  return typeof value === "string" ? TOKEN_IN_TEXT.test(value) : typeof value === "number" && value < 0;
}
