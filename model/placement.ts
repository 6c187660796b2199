import type { App } from "./schema/apps";
import type { Fleet } from "./schema/fleet";

/**
 * The applications of a cluster, by name: those that name it, and those that name none and so run everywhere. A retired
 * cluster keeps its own: they take traffic until the names have moved on, and are destroyed with its stacks.
 */
export function appsOn(fleet: Fleet, cluster: string): Readonly<Record<string, App>> {
  return Object.fromEntries(Object.entries(fleet.apps).filter(([, app]) => app.clusters?.includes(cluster) ?? true));
}
