import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

/** Which rooms a room may import. handoff and rehearsal read what was synthesized and know only the model's facts. */
const ARROWS: Record<string, readonly string[]> = {
  model: [],
  routing: ["model"],
  constructs: ["model", "routing"],
  stacks: ["model", "routing", "constructs"],
  handoff: ["model"],
  rehearsal: ["model", "handoff"],
};
const root = resolve(__dirname, "../..");

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
      /^(cdktf|constructs$|@cdktf)/.test(target) || (/^(node:)?fs/.test(target) && file !== join("model", "load.ts")),
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
