import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

type Path = readonly string[];
type Found = { readonly [list in keyof TemplateReads]: Path[] };

/** What the templates of a chart do with its values. */
export interface TemplateReads {
  /** Paths that are read. */
  readonly read: readonly Path[];
  /** Paths that seem to be read, where what is above them is a map. */
  readonly fields: readonly Path[];
  /** Paths of maps that are gone through key by key: the keys are the user's. */
  readonly keyed: readonly Path[];
  /** Paths whose value is given on whole, so that whatever keys a map has there arrive somewhere. */
  readonly whole: readonly Path[];
}

/** Larger files are definitions of custom resources, with hardly a template in them. */
const LARGEST = 400_000;
const VALUE = /\.Values\.([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)(?![\w.])/g;
/** How far after `with` its fields are looked for, in characters. */
const WITH_REACH = 400;

/** Reads every template of a folder. It looks at words, not at Go's syntax: it may find too much, seldom too little. */
export function templateReads(folder: string): TemplateReads {
  const found: Found = { read: [], fields: [], keyed: [], whole: [] };
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const path = join(folder, file);
    if (!statSync(path).isFile() || statSync(path).size > LARGEST) continue;
    const text = readFileSync(path, "utf8");
    for (const [, path] of text.matchAll(VALUE)) found.read.push(path!.split("."));
    found.read.push(...indexed(text));
    for (const action of text.matchAll(/\{\{-?([\s\S]*?)-?\}\}/g))
      readAction(action[1]!.trim(), text, action.index + action[0].length, found);
  }
  return found;
}

/** One `{{ … }}` of a template. `end` is where it ends in the text. */
function readAction(action: string, text: string, end: number, into: Found): void {
  if (action.startsWith("/*")) return;
  for (const [, found, key] of action.matchAll(/hasKey\s+\$?\w*\.Values\.([\w.]+)\s+"([^"]+)"/g))
    into.read.push([...found!.split("."), key!]);
  // a condition only asks whether there is something
  if (/^(else\s+)?if\b/.test(action)) return;
  const paths = [...action.matchAll(VALUE)].map(([, found]) => found!.split("."));
  if (/^(else\s+)?with\b/.test(action)) {
    const block = text.slice(end, end + WITH_REACH);
    for (const path of paths) readBlock(path, block, into);
    return;
  }
  const variable = /^(\$\w+)\s*:?=\s*\$?\w*\.Values\.[\w.]+$/.exec(action)?.[1];
  if (variable !== undefined) {
    for (const path of paths) readVariable(path, variable, text, into);
    return;
  }
  (/^range\b/.test(action) ? into.keyed : into.whole).push(...paths);
  // A value whose name has dots in it is reached by `index` alone: grafana.ini, sections and keys of which are the user's.
  if (/^range\b/.test(action)) into.whole.push(...indexed(action));
}

/** Paths that `index .Values "a" "b"` reaches. */
const indexed = (text: string): Path[] =>
  [...text.matchAll(/index\s+\$?\w*\.Values((?:\s+"[^"]+")+)/g)].map(([, names]) =>
    [...names!.matchAll(/"([^"]+)"/g)].map(([, name]) => name!),
  );

/** The block of a `with`: the value is the dot. */
function readBlock(path: Path, block: string, into: Found): void {
  if (/\{\{-?[^}]*(?<![\w$.])\.(?=[\s)|}])/.test(block)) into.whole.push(path);
  for (const [, key] of block.matchAll(/(?<![\w$)])\.([A-Za-z_]\w*)/g)) into.fields.push([...path, key!]);
}

/** A variable that is the value: its fields, and whether it is used by itself besides. */
function readVariable(path: Path, variable: string, text: string, into: Found): void {
  const name = `\\${variable}`;
  for (const [, key] of text.matchAll(new RegExp(`${name}\\.([A-Za-z_]\\w*)`, "g"))) into.fields.push([...path, key!]);
  const used = [...text.matchAll(new RegExp(`(\\bif\\s+)?${name}(?![\\w.])(?!\\s*:?=)`, "g"))];
  if (used.some(([, condition]) => condition === undefined)) into.whole.push(path);
}
