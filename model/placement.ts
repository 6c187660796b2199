import type { App } from "./schema/apps";
import type { Fleet } from "./schema/fleet";

/** The applications of a cluster, by name: those that name it, and those that name none and so run everywhere. A retired cluster has those that name it. */
export function appsOn(fleet: Fleet, cluster: string): Readonly<Record<string, App>> {
  const retired = fleet.clusters.find(({ name }) => name === cluster)?.retired ?? false;
  return Object.fromEntries(
    Object.entries(fleet.apps).filter(([, app]) => (app.clusters ? app.clusters.includes(cluster) : !retired)),
  );
}
