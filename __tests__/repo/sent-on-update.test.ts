import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadFleet } from "../../model/reading/load";
import { knowledgeOf } from "../../rehearsal/knowledge";
import { UNUSUAL } from "../fleets/unusual/fleets";
import { fleetFiles, root, synthFleet } from "../support/fleet";
import type { Json } from "../support/synth";

/** What is Terraform's own. */
const META = ["depends_on", "lifecycle", "provider", "timeouts", "//", "provisioner"];

/** The page, by type: everything that its lines about the type name. */
const page = readFileSync(join(root, "docs/sent-on-update.md"), "utf8");
const named = (type: string): string =>
  page
    .split("\n")
    .filter((line) => line.includes(`\`${type}\``))
    .join("\n");

/** Every committed fleet, and those that set every field. */
const FLEETS = [...fleetFiles, ...UNUSUAL.map(({ file }) => `__tests__/fleets/unusual/${file}`)];

/** What a user names as he likes: each is one argument. */
const MAPS = ["tags", "labels", "node_labels", "resource_labels", "user_labels", "attribute_mapping", "triggers"];

/** Arguments of everything in a fleet, those in blocks by their path; a block itself counts by what is in it. */
function argumentsOf(file: string): readonly string[] {
  const { stacks } = synthFleet(loadFleet(join(root, file)));
  return Object.values(stacks).flatMap(({ resource = {} }) =>
    Object.entries(resource).flatMap(([type, blocks]) =>
      Object.values(blocks as Record<string, Record<string, Json>>).flatMap((block) =>
        Object.entries(block).flatMap(([key, value]) => (META.includes(key) ? [] : leaves(`${type} ${key}`, key, value))),
      ),
    ),
  );
}

function leaves(path: string, key: string, value: Json): readonly string[] {
  const blocks = [value].flat().filter((item) => item !== null && typeof item === "object") as Record<string, Json>[];
  const inside = MAPS.includes(key)
    ? []
    : blocks.flatMap((block) => Object.entries(block).flatMap(([inner, held]) => leaves(`${path}.${inner}`, inner, held)));
  return inside.length > 0 ? inside : [path];
}

/** A path and all that it is in. */
const within = (path: string): readonly string[] => path.split(".").map((_, index, parts) => parts.slice(0, index + 1).join("."));

const found = [...new Set(FLEETS.flatMap(argumentsOf))].sort();

test("of every argument of every type in the output it is known what an update does with it (docs/sent-on-update.md)", () => {
  const unknown = found.filter((text) => {
    const [type = "", argument = ""] = text.split(" ");
    const { replaces, replacesIf } = knowledgeOf(type);
    const known = [...replaces, ...replacesIf.map(({ at }) => at)];
    // an empty list says of a block with arguments that there is none
    return !within(argument).some(
      (path) => known.includes(path) || named(type).includes(`\`${path}\``) || named(type).includes(`\`${argument}.`),
    );
  });
  expect(found.length).toBeGreaterThan(500);
  // What is missing: read the update function of the provider at its pinned version and write a line.
  expect(unknown).toEqual([]);
});

test("every type in the output has its line there, if only to say that all of it replaces", () => {
  const types = [...new Set(found.map((text) => text.split(" ")[0]!))];
  expect(types.length).toBeGreaterThan(100);
  expect(types.filter((type) => named(type) === "")).toEqual([]);
});

test("what a provider accepts and never sends is refused, warned of, or in no field", () => {
  const [, table = ""] = page.split("## Accepted, and not sent");
  const rows = table
    .split("\n## ")[0]!
    .split("\n")
    .filter((line) => line.startsWith("| `"));
  expect(rows.length).toBeGreaterThan(5);
  const rules = readFileSync(join(root, "docs/changes.md"), "utf8");
  for (const row of rows) {
    const [, id] = /(?:refused|a warning): `([\w-]+)`/.exec(row) ?? [];
    if (id) expect(rules).toContain(`| \`${id}\` |`);
    else expect(row).toMatch(/no field|ignored by `lifecycle`|releases of their own/);
  }
});
