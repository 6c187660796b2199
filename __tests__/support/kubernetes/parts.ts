import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const PROGRAMS = ["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler"] as const;
export type Programs = Readonly<Record<(typeof PROGRAMS)[number], string>>;

/** A program in KUBEBUILDER_ASSETS (as envtest puts them there) or on PATH. */
export function program(name: string): string | undefined {
  const folders = [process.env.KUBEBUILDER_ASSETS, ...(process.env.PATH ?? "").split(delimiter)];
  return folders.flatMap((folder) => (folder ? [join(folder, name)] : [])).find((path) => existsSync(path));
}

/** The programs of a control plane, or the first that is missing. */
export function controlPlanePrograms(): Programs | string {
  const found = PROGRAMS.map((name) => [name, program(name)] as const);
  const missing = found.find(([, path]) => path === undefined)?.[0];
  if (missing !== undefined)
    return `${missing} is neither in KUBEBUILDER_ASSETS nor on PATH, and E2E_KUBECONFIG names no cluster`;
  return Object.fromEntries(found) as Programs;
}

/** Why the suite can't run here. @default - it can */
export function missingPart(): string | undefined {
  if (!process.env.E2E_KUBERNETES) return "it takes minutes: npm run e2e:kubernetes";
  for (const name of ["terraform", "helm", "kubectl", "openssl"])
    if (program(name) === undefined) return `${name} is not on PATH`;
  if (spawnSync(program("helm")!, ["version", "--short"], { encoding: "utf8" }).stdout?.startsWith("v3") !== true)
    return "helm is not Helm 3";
  const charts = process.env.E2E_CHARTS;
  if (!charts || !existsSync(join(charts, "charts.lock.json")))
    return "E2E_CHARTS names no folder with vendored charts (npm run charts -- vendor fleets/all-on.yaml --previous)";
  if (process.env.E2E_KUBECONFIG) return undefined;
  const programs = controlPlanePrograms();
  return typeof programs === "string" ? programs : undefined;
}
