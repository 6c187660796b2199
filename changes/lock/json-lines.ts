/** Where things stand in a JSON text, which JSON.parse doesn't say. */
export interface JsonLines {
  /** Number of the line of each value, by its path: `clusters.toronto.cloud`. */
  readonly of: ReadonlyMap<string, number>;
  /** Keys that are there twice in one map, as a merge leaves them: JSON.parse takes the last without a word. */
  readonly twice: readonly { readonly path: string; readonly line: number }[];
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

interface Level {
  readonly path: string;
  /** Keys of a map; of a list none. */
  readonly keys?: Set<string>;
  /** The key whose value comes, or the position in a list. */
  at: string | number;
}

/** @param text valid JSON */
export function jsonLines(text: string): JsonLines {
  const of = new Map<string, number>();
  const twice: { path: string; line: number }[] = [];
  const levels: Level[] = [];
  let [line, seen, expectsKey] = [1, 0, false];
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    for (let at = text.indexOf("\n", seen); at >= 0 && at < index; at = text.indexOf("\n", at + 1)) {
      line++;
      seen = at + 1;
    }
    const level = levels.at(-1);
    const path = level === undefined ? "" : [level.path, String(level.at)].filter((part) => part !== "").join(".");
    if (token === "{" || token === "[") {
      of.set(path, line);
      levels.push({ path, at: token === "{" ? "" : 0, ...(token === "{" && { keys: new Set() }) });
      expectsKey = token === "{";
    } else if (token === "}" || token === "]") {
      levels.pop();
      expectsKey = false;
    } else if (token === ",") {
      if (typeof level?.at === "number") level.at++;
      expectsKey = level?.keys !== undefined;
    } else if (token === ":") expectsKey = false;
    else if (expectsKey && level?.keys) {
      level.at = JSON.parse(token) as string;
      if (level.keys.has(level.at)) twice.push({ path: [level.path, level.at].filter((part) => part !== "").join("."), line });
      level.keys.add(level.at);
    } else of.set(path, line);
  }
  return { of, twice };
}
