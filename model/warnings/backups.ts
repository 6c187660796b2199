import type { Fleet } from "../schema/fleet";

/** Restores of clusters that aren't in the file: right for a generation that is gone, and for a slip minutes of waiting in vain. */
export function restoreWarnings({ clusters }: Pick<Fleet, "clusters">): readonly string[] {
  return clusters.flatMap(({ name, addons: { backup } }) => {
    const from = backup.enabled ? backup.restore?.cluster : undefined;
    if (from === undefined || clusters.some((cluster) => cluster.name === from)) return [];
    return [
      `clusters.${name}.addons.backup.restore.cluster: no cluster is called '${from}' now. If one was, its backups are in the store still; otherwise the priming waits for them in vain and fails`,
    ];
  });
}
