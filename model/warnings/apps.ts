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

/** From here on a release that fails may take longer than a job of a pipeline. */
const LONG_SECONDS = 600;

/** A release that fails waits for each of its phases: hooks, pods, taking it back (backing.md: up to four times). */
export function releaseWarnings({ apps }: Fleet): readonly string[] {
  return Object.entries(apps)
    .filter(([, { failed, timeoutSeconds }]) => failed === "remove" && timeoutSeconds > LONG_SECONDS)
    .map(
      ([name, { timeoutSeconds }]) =>
        `apps.${name}.timeoutSeconds: a release that fails and is taken back may last up to four times ${timeoutSeconds} s; give its pipeline ${Math.ceil((4 * timeoutSeconds) / 60) + 5} minutes, or write failed: keep`,
    );
}

/** Software of which a site has one running copy, by the name of its image or chart: Ghost's documentation, "no load-balanced clustering". */
const SINGLE_WRITERS = ["ghost"];

/** A site with one writer that runs on several clusters at once and is answered from all of them. */
export function singleWriterWarnings(fleet: Fleet): readonly string[] {
  return Object.entries(fleet.apps).flatMap(([name, app]): string[] => {
    const called = [app.chart, app.image?.repository].map((path) => path?.split("/").at(-1) ?? "");
    if (!called.some((one) => SINGLE_WRITERS.includes(one))) return [];
    const running = fleet.clusters.filter(
      (cluster) => appsOn(fleet, cluster.name)[name] && appValues(fleet, cluster, name, app).replicas !== 0,
    );
    const spread = Object.entries(fleet.names).filter(
      ([, spec]) => spec.app === name && spec.policy !== "failover" && spec.policy !== "simple",
    );
    if (running.length < 2 || spread.length === 0) return [];
    const where = running.map((cluster) => cluster.name).join(" and ");
    return [
      `apps.${name}: it runs once for each site, and here on ${where} with names that lead to all of them (${spread.map(([one]) => one).join(", ")}): write policy failover, and replicas: 0 under perCluster but for one`,
    ];
  });
}
