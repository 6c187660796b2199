import { terraformOnPath } from "../../rehearsal";

/** `describe` where Terraform or OpenTofu is on PATH; elsewhere one line says why its tests don't run. */
export function describeWithTerraform(name: string, tests: () => void): void {
  describeUnless(terraformOnPath() ? undefined : "neither terraform nor tofu is on PATH", name, tests);
}

/** `describe` where nothing is missing; elsewhere one line says what is. */
export function describeUnless(missing: string | undefined, name: string, tests: () => void): void {
  if (missing === undefined) describe(name, tests);
  else saySkipped(name, missing);
}

/** `test` where nothing is missing; elsewhere one line says what is. */
export function testUnless(missing: string | undefined, name: string, body: jest.ProvidesCallback, timeoutMs: number): void {
  if (missing === undefined) test(name, body, timeoutMs);
  else saySkipped(name, missing);
}

function saySkipped(name: string, reason: string): void {
  test(`${name}: skipped, ${reason}`, () => {
    process.stderr.write(`${name}: skipped, ${reason}\n`);
  });
}
