import type { Change, Finding } from "./rule";

/** What should be tried on one cluster first. */
const RISKY = ["kubernetes-moved", "pool-replaced", "pool-rotated", "addon-removed", "zones-removed", "chart-version"];

/** Changes that hit every cluster at once: where one goes wrong there is none left to serve. */
export function everywhere({ before, after }: Change, findings: readonly Finding[]): readonly Finding[] {
  const live = Object.entries(after.clusters).flatMap(([name, { retired }]) =>
    retired || !(name in before.clusters) ? [] : [name],
  );
  if (live.length < 2) return [];
  const moved = live.filter((name) => {
    const [was, is] = [before.clusters[name]!.kubernetes, after.clusters[name]!.kubernetes];
    return was !== undefined && is !== undefined && was !== is;
  });
  const hit = new Map<string, Set<string>>([["kubernetes-moved", new Set(moved)]]);
  for (const { id, path } of findings) if (path[0] === "clusters") hit.set(id, (hit.get(id) ?? new Set()).add(String(path[1])));
  return RISKY.flatMap((id): Finding[] => {
    const clusters = hit.get(id);
    if (clusters === undefined || !live.every((name) => clusters.has(name))) return [];
    const what = id === "kubernetes-moved" ? "another Kubernetes version" : `'${id}'`;
    return [
      {
        id: "everywhere-at-once",
        severity: "warning",
        path: ["clusters"],
        message: `${what} on all ${live.length} clusters at once (${live.join(", ")}): apply one first, look at it, then the others`,
      },
    ];
  });
}
