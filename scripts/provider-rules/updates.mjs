/**
 * Reads out of a provider's source whether an update sends what a plan shows: docs/sent-on-update.md.
 *
 *     node scripts/provider-rules/updates.mjs <azurerm or google> <checkout of the provider at the pinned tag> <version> <synthesized folder>...
 *
 * It prints a line for each type of the folders: the arguments that its update function names, each with the line where
 * it does, and those that it doesn't. What replaces a resource is left out; the rules of `index.mjs` have that.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

const [provider, root, version, ...folders] = process.argv.slice(2);
if (!["azurerm", "google"].includes(provider) || folders.length === 0) {
  console.error(
    "Usage: node scripts/provider-rules/updates.mjs <azurerm or google> <checkout> <version> <synthesized folder>...",
  );
  process.exit(2);
}

/** Arguments of every type of the folders, without what is Terraform's and without the keys of maps. */
function argumentsOf(out) {
  const types = new Map();
  for (const stack of readdirSync(join(out, "stacks"))) {
    const { resource = {} } = JSON.parse(readFileSync(join(out, "stacks", stack, "cdk.tf.json"), "utf8"));
    for (const [type, blocks] of Object.entries(resource))
      for (const block of Object.values(blocks)) walk(block, "", types.get(type) ?? types.set(type, new Set()).get(type));
  }
  return types;
}
const META = ["depends_on", "lifecycle", "provider", "timeouts", "//"];
const MAPS = ["tags", "labels", "node_labels", "resource_labels", "user_labels"];
function walk(block, path, found) {
  for (const [key, value] of Object.entries(block)) {
    if (path === "" && META.includes(key)) continue;
    const at = path === "" ? key : `${path}.${key}`;
    found.add(at);
    if (MAPS.includes(key)) continue;
    for (const item of [value].flat()) if (item !== null && typeof item === "object") walk(item, at, found);
  }
}

/** The functions of a package by name, methods as Type.Name, each with its file and first line. */
const packages = new Map();
function packageOf(folder) {
  if (packages.has(folder)) return packages.get(folder);
  const functions = new Map();
  for (const name of readdirSync(folder).sort()) {
    if (!name.endsWith(".go") || name.endsWith("_test.go")) continue;
    const text = readFileSync(join(folder, name), "utf8");
    for (const match of text.matchAll(/^func (?:\((?:\w+ )?\*?(\w+)\) )?(\w+)\(/gm)) {
      const key = match[1] ? `${match[1]}.${match[2]}` : match[2];
      const body = text.slice(match.index, text.indexOf("\n}\n", match.index) + 2);
      const line = text.slice(0, match.index).split("\n").length;
      if (!functions.has(key)) functions.set(key, { file: join(folder, name), body, line });
    }
  }
  packages.set(folder, functions);
  return functions;
}

/** What takes an answer in, as every update does at its end, names all arguments and sends none. */
const READS = /^flatten|Read$|^(get|list)\w*FromApi$/i;

/** An update function and what it calls of its own package to send. */
function reached(functions, first) {
  const found = new Map();
  const todo = [first];
  for (let name = todo.pop(); name !== undefined; name = todo.pop()) {
    const known = functions.get(name);
    if (!known || found.has(name) || READS.test(name)) continue;
    found.set(name, known);
    const receiver = name.includes(".") ? name.split(".")[0] : undefined;
    for (const [, called] of known.body.matchAll(/\b(\w+)\(/g)) {
      if (functions.has(called)) todo.push(called);
      if (receiver && functions.has(`${receiver}.${called}`)) todo.push(`${receiver}.${called}`);
    }
  }
  return [...found.values()];
}

/** The update function of every type. */
function updates() {
  const found = new Map();
  const add = (type, folder, name) => {
    if (!found.has(type)) found.set(type, { folder, name });
  };
  const untyped = (text, folderOf) => {
    for (const [, type, alias, name] of text.matchAll(/"((?:azurerm|google)_\w+)":\s+(?:(\w+)\.)?(\w+)\(\)/g)) {
      const folder = folderOf(alias);
      const body = existsSync(folder) ? packageOf(folder).get(name)?.body : undefined;
      // data sources stand in maps of their own
      if (body && !/data_?source/i.test(name)) add(type, folder, /Update(?:Context|WithoutTimeout)?:\s*(\w+)/.exec(body)?.[1]);
    }
  };
  if (provider === "google") {
    const folder = join(root, "google", "provider");
    for (const name of readdirSync(folder).filter((name) => name.endsWith(".go")))
      untyped(readFileSync(join(folder, name), "utf8"), (alias) => join(root, "google", "services", alias ?? ""));
    return found;
  }
  const services = join(root, "internal", "services");
  for (const service of readdirSync(services)) {
    const folder = join(services, service);
    const registration = join(folder, "registration.go");
    if (!existsSync(registration)) continue;
    const text = readFileSync(registration, "utf8");
    untyped(text.slice(text.indexOf(") SupportedResources()")), () => folder);
    for (const [name, { body }] of packageOf(folder)) {
      const type = /(?<!Data)Resource\.ResourceType$/.test(name) ? /return "(azurerm_\w+)"/.exec(body)?.[1] : undefined;
      const update = name.replace(/\.ResourceType$/, ".Update");
      if (type) add(type, folder, packageOf(folder).has(update) ? update : undefined);
    }
  }
  return found;
}

/** Names of the Go fields that hold an argument, in the models of azurerm's newer resources. */
function modelFields(folder, argument) {
  const fields = [];
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".go")))
    for (const [, field] of readFileSync(join(folder, name), "utf8").matchAll(
      new RegExp(`^\\s*(\\w+)\\s+\\S+\\s+\`tfschema:"${argument}`, "gm"),
    ))
      fields.push(field);
  return fields;
}

function lineOf(functions, patterns) {
  for (const pattern of patterns)
    for (const { file, body, line } of functions) {
      const match = pattern.exec(body);
      if (match) return `${relative(root, file).split("/").pop()}:${line + body.slice(0, match.index).split("\n").length - 1}`;
    }
}

const rulesFile = join(
  dirname(fileURLToPath(import.meta.url)),
  "..",
  "..",
  "rehearsal",
  "schemas",
  `rules-${provider}-${version}.json.gz`,
);
const rules = JSON.parse(gunzipSync(readFileSync(rulesFile)).toString("utf8"));
const replacing = (type) => (rules[type] ? JSON.parse(rules[type]).lines.flatMap((line) => line.replaces ?? []) : []);
const known = updates();
const types = new Map();
for (const folder of folders)
  for (const [type, found] of argumentsOf(folder))
    if (type.startsWith(`${provider}_`)) types.set(type, new Set([...(types.get(type) ?? []), ...found]));
for (const [type, found] of [...types].sort(([one], [other]) => (one < other ? -1 : 1))) {
  const { folder, name } = known.get(type) ?? {};
  const functions = name ? reached(packageOf(folder), name) : [];
  const replaces = replacing(type);
  const sent = [];
  const not = [];
  for (const argument of [...found].sort()) {
    if (replaces.some((path) => argument === path || argument.startsWith(`${path}.`))) continue;
    // a block counts by what is in it
    if ([...found].some((other) => other.startsWith(`${argument}.`))) continue;
    const leaf = argument.split(".").pop();
    const path = argument.split(".").join("(\\.0)?\\.");
    const effective = MAPS.includes(leaf) ? [`effective_${leaf === "resource_labels" ? "labels" : leaf}`, leaf] : [leaf];
    const at = lineOf(functions, [
      new RegExp(`(HasChanges?|Get\\w*)\\([^)\\n]*"${path}"`),
      ...effective.map((word) => new RegExp(`"[\\w.]*\\b${word}"`)),
      ...(folder && provider === "azurerm" ? modelFields(folder, leaf).map((field) => new RegExp(`\\.${field}\\b`)) : []),
    ]);
    (at ? sent : not).push(at ? `${argument} ${at}` : argument);
  }
  console.log(JSON.stringify({ type, update: name ?? null, sent, not }));
}
