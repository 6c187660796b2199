import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PAIRS } from "../changes/pairs";
import { root } from "../support/fleet";

test("docs/changes.md lists every id that a rule can give, and no other, and each is in a pair", () => {
  const listed = [...readFileSync(join(root, "docs/changes.md"), "utf8").matchAll(/^\| `([a-z][a-z-]+)` \|/gm)].map(
    ([, id]) => id!,
  );
  const given = PAIRS.flatMap(([, , , ids]) => ids.map((text) => text.split(" ")[1]!));
  const folder = join(root, "changes/rules");
  const sources = [...readdirSync(folder).map((file) => join(folder, file)), join(root, "changes/judge.ts")];
  const written = sources.flatMap((file) => [
    ...[...readFileSync(file, "utf8").matchAll(/\bid: (?:[\w.!]+ \? )?"([a-z-]+)"(?: : "([a-z-]+)")?/g)].flatMap(
      ([, ...ids]) => ids,
    ),
    ...[...readFileSync(file, "utf8").matchAll(/found\(\s*"([a-z-]+)"/g)].map(([, id]) => id),
    ...[...readFileSync(file, "utf8").matchAll(/id: `cluster-\$\{field\}`/g)].flatMap(() => [
      "cluster-region",
      "cluster-account",
    ]),
  ]);
  const ids = [...new Set(written.filter((id) => id !== undefined))].sort();
  expect(listed.sort()).toEqual(ids);
  expect([...new Set(given)].sort()).toEqual(ids);
});
