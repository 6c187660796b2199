import { hostsOf } from "../derived/app-hosts";
import { appValues } from "../derived/app-values";
import { appsOn } from "../derived/placement";
import type { Fleet } from "../schema/fleet";

/**
 * Applications with a chart of their own that a public name leads to, though nothing in their values says its host: the
 * ingress controller would answer 404, or the name's probe would find it healthy nowhere. Only a warning, because a chart
 * may make a route for every host.
 */
export function appHostWarnings(fleet: Fleet): readonly string[] {
  const missing = new Map<string, string[]>();
  for (const cluster of fleet.clusters)
    for (const [name, app] of Object.entries(appsOn(fleet, cluster.name))) {
      if (app.chart === undefined) continue;
      const [own, ...named] = hostsOf(fleet, cluster.name, name);
      if (named.length === 0) continue;
      const written = JSON.stringify(appValues(fleet, cluster, name, app));
      const hosts = [own!, ...named].filter((host) => !written.includes(host));
      if (hosts.length > 0) missing.set(name, [...(missing.get(name) ?? []), ...hosts]);
    }
  return [...missing].map(
    ([name, hosts]) =>
      `apps.${name}: public names lead to it, and its values don't say these hosts: ${[...new Set(hosts)].join(", ")}. Where its chart takes hosts, write {hosts} (docs/apps.md)`,
  );
}
