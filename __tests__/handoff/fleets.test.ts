import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { parseDocument } from "yaml";
import { terraformOnPath } from "../../rehearsal";
import { testUnless } from "../rehearsal/engine";
import { fleetFiles, root } from "../support/fleet";
import { Operator } from "./operator";

/** Minutes of terraform for each fleet: a job of its own (npm run e2e:handoff), beside the small fleet's walk in every run. */
const missing = !process.env.E2E_HANDOFF
  ? "E2E_HANDOFF isn't set (npm run e2e:handoff)"
  : terraformOnPath()
    ? undefined
    : "neither terraform nor tofu is on PATH";

const folder = mkdtempSync(join(tmpdir(), "fleets-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The fleet file with one more tag, in a folder with all that lies beside it. */
function changed(file: string): string {
  for (const name of readdirSync(join(root, "fleets")))
    if (!name.endsWith(".yaml") && !existsSync(join(folder, name))) symlinkSync(join(root, "fleets", name), join(folder, name));
  const document = parseDocument(readFileSync(join(root, file), "utf8"));
  document.setIn(["tags", "changed"], "yes");
  const copy = join(folder, basename(file));
  writeFileSync(copy, document.toString());
  return copy;
}

interface Bundle {
  readonly stacks: readonly { readonly id: string; readonly variables: readonly { readonly name: string }[] }[];
  readonly levels: readonly (readonly string[])[];
  readonly drains: Readonly<Record<string, unknown>>;
  readonly fleet: string;
  readonly connections: readonly unknown[];
}

describe.each(fleetFiles)("%s, by an operator with terraform, make and jq alone", (file) => {
  testUnless(
    missing,
    "first day with a failure, resume, a change, a drain, a destroy that is refused, and teardown",
    async () => {
      const operator = new Operator();
      try {
        await operator.receive(join(root, file));
        const { stacks, levels, drains, fleet, connections } = JSON.parse(
          readFileSync(join(operator.bundle, "bundle.json"), "utf8"),
        ) as Bundle;
        const names = new Set(stacks.flatMap(({ variables }) => variables.map(({ name }) => name)));
        const values = [...names].map((name) => `TF_VAR_${name}=Walk-1-value`);
        const make = (...args: readonly string[]) => operator.make("-j2", ...args, ...values, "YES=1");

        const failing = levels[1]![0]!;
        let fails = 1;
        operator.before = async ({ stack, kind }) =>
          stack === failing && kind === "create" && fails-- > 0 ? "the cloud says no" : undefined;
        const first = await make("-k", "first-day");
        expect(first.out).toContain("the cloud says no");
        expect(first.code).toBe(2);
        const resumed = await make("resume");
        expect([resumed.code, resumed.code === 0 ? "" : resumed.out.slice(-4000)]).toEqual([0, ""]);

        expect((await make("kubeconfig")).code).toBe(0);
        const { contexts } = JSON.parse(readFileSync(join(operator.bundle, "kubeconfig"), "utf8")) as { contexts: unknown[] };
        expect(contexts).toHaveLength(connections.length);

        await operator.receive(changed(file));
        const change = await make("apply");
        expect([change.code, change.code === 0 ? "" : change.out.slice(-4000)]).toEqual([0, ""]);

        for (const cluster of Object.keys(drains).slice(0, 1)) {
          const { code, out } = await make(`drain-${cluster}`);
          expect(code).toBe(0);
          expect(out).toMatch(/: 0 to create, [1-9]\d* to change, 0 to replace, 0 to delete/);
          expect((await make(`undrain-${cluster}`)).code).toBe(0);
        }

        const refused = await make(`destroy-${levels[0]![0]}`, `CONFIRM=${levels[0]![0]}`);
        expect(refused.code).toBe(2);

        const down = await make("teardown", `CONFIRM=${fleet}`);
        expect([down.code, down.code === 0 ? "" : down.out.slice(-4000)]).toEqual([0, ""]);
        for (const { id } of stacks) expect([id, operator.state(id)]).toEqual([id, []]);
      } finally {
        operator.remove();
      }
    },
    1_800_000,
  );
});
