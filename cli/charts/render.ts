import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import type { FleetRelease } from "./releases";

/** A Kubernetes object. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

/** Kubernetes that charts are rendered for. */
const KUBERNETES = "1.36.0";

/** Whether helm can be run here. */
export function hasHelm(helm: string): boolean {
  return spawnSync(helm, ["version", "--short"], { encoding: "utf8" }).status === 0;
}

/** The objects that a release would make, hooks included. */
export function render(helm: string, release: FleetRelease, chart: string): KubeObject[] {
  const folder = mkdtempSync(join(tmpdir(), "meridian-values-"));
  try {
    const values = join(folder, "values.json");
    writeFileSync(values, JSON.stringify(release.values));
    const result = spawnSync(
      helm,
      ["template", release.name, chart, "--namespace", release.namespace, "--values", values, "--kube-version", KUBERNETES],
      { encoding: "utf8", maxBuffer: 256 * 1024 * 1024 },
    );
    if (result.status !== 0) throw new Error(result.stderr.trim() || String(result.error));
    return parseAllDocuments(result.stdout)
      .map((document) => document.toJS({ maxAliasCount: -1 }) as KubeObject | null)
      .filter((object): object is KubeObject => object?.kind !== undefined);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
