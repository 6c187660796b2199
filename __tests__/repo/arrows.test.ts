import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

const root = resolve(__dirname, "../..");
const MAKING = ["model", "routing", "constructs", "stacks"];
const READING = ["output", "changes", "handoff", "verify", "rehearsal"];

/** Which rooms a room may import. output, changes and rehearsal read what was synthesized; they make nothing. */
const ARROWS: Record<string, readonly string[]> = {
  model: [],
  routing: ["model"],
  constructs: ["model", "routing"],
  stacks: ["model", "routing", "constructs"],
  output: ["model"],
  changes: ["model", "routing", "output"],
  handoff: ["model", "routing", "output", "verify"],
  verify: ["model", "routing"],
  rehearsal: ["model", "output"],
  cli: [...MAKING, ...READING, "scripts"],
  scripts: ["model", "verify"],
  entries: [...MAKING, ...READING, "cli"],
};

/** Folders that hold sources but are no rooms: what nothing imports. */
const NO_ROOMS = ["__tests__", "bench", "examples"];

interface Import {
  readonly file: string;
  readonly target: string;
}

function importsOf(room: string): Import[] {
  return readdirSync(join(root, room), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) => {
      const path = join(room, file);
      const source = readFileSync(join(root, path), "utf8");
      return [...source.matchAll(/(?:from|import|require)\s*\(?\s*"([^"]+)"/g)].map((match) => {
        const target = match[1]!;
        return { file: path, target: target.startsWith(".") ? relative(root, join(root, dirname(path), target)) : target };
      });
    });
}

const shown = (imports: readonly Import[]) => imports.map(({ file, target }) => `${file} imports ${target}`);
const isRoom = (target: string) => Object.hasOwn(ARROWS, target.split("/")[0]!);

test("every folder of sources is a room with its arrows", () => {
  const folders = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !/^(\.|node_modules$|dist$|coverage$|cdktf\.out)/.test(entry.name))
    .map(({ name }) => name)
    .filter((name) => readdirSync(join(root, name), { recursive: true, encoding: "utf8" }).some((file) => file.endsWith(".ts")));
  expect(folders.filter((name) => !NO_ROOMS.includes(name) && !Object.hasOwn(ARROWS, name))).toEqual([]);
});

test.each(Object.entries(ARROWS))("%s imports no room but %p", (room, allowed) => {
  const wrong = importsOf(room).filter(({ target }) => {
    const other = target.split("/")[0]!;
    return isRoom(target) && other !== room && !allowed.includes(other);
  });
  expect(shown(wrong)).toEqual([]);
});

test("no room imports main.ts or the tests", () => {
  const wrong = Object.keys(ARROWS)
    .flatMap(importsOf)
    .filter(({ target }) => target === "main" || target.startsWith("__tests__"));
  expect(shown(wrong)).toEqual([]);
});

test("model and routing know neither cdktf nor, but for load.ts, the file system", () => {
  const wrong = [...importsOf("model"), ...importsOf("routing")].filter(
    ({ file, target }) =>
      /^(cdktf|constructs$|@cdktf)/.test(target) || (/^(node:)?fs/.test(target) && file !== join("model", "reading", "load.ts")),
  );
  expect(shown(wrong)).toEqual([]);
});

test("only constructs import provider bindings, always by deep path", () => {
  const wrong = Object.keys(ARROWS)
    .flatMap(importsOf)
    .filter(
      ({ file, target }) =>
        target.startsWith("@cdktf/") && !(file.startsWith("constructs") && /^@cdktf\/provider-\w+\/lib\/.+/.test(target)),
    );
  expect(shown(wrong)).toEqual([]);
});

test("a wrong arrow would be seen", () => {
  expect(importsOf("stacks").some(({ target }) => target.startsWith("constructs/"))).toBe(true);
  expect(importsOf("constructs").some(({ target }) => target.startsWith("@cdktf/provider-aws/lib/"))).toBe(true);
});

test("no construct escapes text: what it is given is Terraform's text already, escaped once in stacks", () => {
  const module = join("constructs", "cdktf", "escape");
  const wrong = importsOf("constructs").filter(({ target }) => target === module);
  expect(shown(wrong)).toEqual([]);
  expect(importsOf("stacks").some(({ target }) => target === module)).toBe(true);
});

test("no files import each other in a circle", () => {
  const imports = new Map<string, string[]>();
  for (const room of Object.keys(ARROWS))
    for (const { file, target } of importsOf(room)) {
      const found = [`${target}.ts`, join(target, "index.ts")].find((path) => existsSync(join(root, path)));
      imports.set(file, [...(imports.get(file) ?? []), ...(found ? [found] : [])]);
    }
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, way: readonly string[]): void => {
    if (way.includes(file)) circles.push([...way.slice(way.indexOf(file)), file].join(" imports "));
    if (done.has(file)) return;
    done.add(file);
    for (const next of imports.get(file) ?? []) visit(next, [...way, file]);
  };
  for (const file of imports.keys()) visit(file, []);
  expect(imports.size).toBeGreaterThan(300);
  expect(circles).toEqual([]);
});
