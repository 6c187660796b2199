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
export const KUBERNETES = "1.36.0";

/** Kinds that charts ask for before they use them; without a cluster Helm knows only groups. */
const KINDS = ["policy/v1/PodDisruptionBudget", "networking.k8s.io/v1/Ingress", "batch/v1/CronJob"];
const CLUSTER = ["--kube-version", KUBERNETES, ...KINDS.flatMap((kind) => ["--api-versions", kind])];

/** Whether helm can be run here. */
export function hasHelm(helm: string): boolean {
  return spawnSync(helm, ["version", "--short"], { encoding: "utf8" }).status === 0;
}

/** What a release would make, hooks included: as text, and as objects. */
export interface Rendered {
  readonly manifest: string;
  readonly objects: readonly KubeObject[];
}

export function render(helm: string, release: FleetRelease, chart: string): Rendered {
  const folder = mkdtempSync(join(tmpdir(), "meridian-values-"));
  try {
    const values = join(folder, "values.json");
    writeFileSync(values, JSON.stringify(release.values));
    const result = spawnSync(
      helm,
      ["template", release.name, chart, "--namespace", release.namespace, "--values", values, ...CLUSTER],
      { encoding: "utf8", maxBuffer: 256 * 1024 * 1024 },
    );
    if (result.status !== 0) throw new Error(result.stderr.trim() || String(result.error));
    return { manifest: result.stdout, objects: objectsIn(result.stdout) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function objectsIn(manifest: string): KubeObject[] {
  return parseAllDocuments(manifest)
    .map((document) => document.toJS({ maxAliasCount: -1 }) as KubeObject | null)
    .filter((object): object is KubeObject => object?.kind !== undefined);
}
