import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { placeOf, stateStack } from "../../cli/state-place";
import { fleetWith } from "../model/support";

const folder = mkdtempSync(join(tmpdir(), "state-stack-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a bucket in a multi-region keeps its capitals, and the provider has its region without", () => {
  const fleet = fleetWith({ state: { backend: "gcs", bucket: "acme-states" } });
  const written = stateStack(fleet, placeOf("f.yaml", fleet, { location: "EU" }), join(folder, "out"));
  const { provider, resource } = JSON.parse(readFileSync(join(written, "cdk.tf.json"), "utf8"));
  expect(provider.google).toEqual([expect.objectContaining({ project: "acme-platform", region: "eu" })]);
  expect(Object.values(resource.google_storage_bucket)).toEqual([expect.objectContaining({ location: "EU" })]);
});
