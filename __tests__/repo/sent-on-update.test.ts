import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadFleet } from "../../model/reading/load";
import { knowledgeOf } from "../../rehearsal/knowledge";
import { root, synthFleet } from "../support/fleet";
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

/** The fleets that have every kind of resource, and those that have every field. */
const WIDEST = [
  "fleets/all-on.yaml",
  "fleets/data.yaml",
  ...["app-rights", "app-secrets", "aws", "azure", "backups", "databases", "google", "registries", "servers"].map(
    (name) => `__tests__/fleets/unusual/${name}.yaml`,
  ),
];

/** Arguments of everything in a fleet, the first level of each. */
function argumentsOf(file: string): readonly (readonly [type: string, argument: string])[] {
  const { stacks } = synthFleet(loadFleet(join(root, file)));
  return Object.values(stacks).flatMap(({ resource = {} }) =>
    Object.entries(resource).flatMap(([type, blocks]) =>
      Object.values(blocks as Record<string, Record<string, Json>>).flatMap((block) =>
        Object.keys(block).flatMap((argument) => (META.includes(argument) ? [] : [[type, argument] as const])),
      ),
    ),
  );
}

test("of every argument of the types on the page it is known what an update does with it (docs/sent-on-update.md)", () => {
  const all = WIDEST.flatMap(argumentsOf);
  const found = all.filter(([type]) => named(type) !== "");
  const later = [...new Set(all.map(([type]) => type))].filter((type) => named(type) === "");
  if (later.length > 0) process.stderr.write(`not on docs/sent-on-update.md yet: ${later.sort().join(", ")}\n`);
  const unknown = found.filter(([type, argument]) => {
    const { replaces, replacesIf } = knowledgeOf(type);
    const replacing = [...replaces, ...replacesIf.map(({ at }) => at)];
    // a block counts by what is in it, on the page as in the rules
    return (
      !replacing.some((path) => path === argument || path.startsWith(`${argument}.`)) &&
      !new RegExp(`\`${argument}[.\`]`).test(named(type))
    );
  });
  expect(found.length).toBeGreaterThan(1000);
  // What is missing: read the update function of the provider at its pinned version and write a line.
  expect([...new Set(unknown.map((pair) => pair.join(" ")))].sort()).toEqual([]);
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
