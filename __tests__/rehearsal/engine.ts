import { terraformOnPath } from "../../rehearsal";

/** `describe` where Terraform or OpenTofu is on PATH; elsewhere one line says why its tests don't run. */
export function describeWithTerraform(name: string, tests: () => void): void {
  if (terraformOnPath()) {
    describe(name, tests);
    return;
  }
  test("skipped: neither terraform nor tofu is on PATH", () => {
    process.stderr.write(`${name}: skipped, as neither terraform nor tofu is on PATH\n`);
  });
}
