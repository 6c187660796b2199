import type { OpenPort } from "./namespace";

/** Values of a chart, as a fleet file gives them. */
type Given = Readonly<Record<string, unknown>>;

/** What is under a path of keys. @default - undefined, where there is nothing */
function at(values: Given, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((here, key) => (here as Given | undefined | null)?.[key], values);
}

/** Further entry points of Traefik that its service exposes, and HTTP/3. The rest is always open, or stays closed. */
export function traefikOpenings(values: Given): readonly OpenPort[] {
  return Object.entries((at(values, "ports") as Given | undefined) ?? {}).flatMap(([name, port]): OpenPort[] => {
    const given = (port ?? {}) as Given;
    const exposed = !["web", "websecure", "metrics"].includes(name) && at(given, "expose", "default") === true;
    const http3 = at(given, "http3", "enabled") === true;
    const protocol = given.protocol === "UDP" ? "UDP" : "TCP";
    return [
      ...(exposed ? [{ port: name, protocol, from: "anywhere" } as const] : []),
      ...(http3 ? [{ port: `${name}-http3`, protocol: "UDP", from: "anywhere" } as const] : []),
    ];
  });
}

/** The parts of kube-prometheus-stack that have a page: where values say so, and the port of their pods. */
const PAGES = [
  { part: "grafana", port: 3000, pods: { "app.kubernetes.io/name": "grafana" } },
  { part: "prometheus", port: 9090, pods: { "app.kubernetes.io/name": "prometheus" } },
  { part: "alertmanager", port: 9093, pods: { "app.kubernetes.io/name": "alertmanager" } },
] as const;

/** Pages of monitoring that values put behind an ingress controller or a route. */
export function monitoringOpenings(values: Given): readonly OpenPort[] {
  return PAGES.filter(({ part }) => {
    const routes = Object.values((at(values, part, "route") as Given | undefined) ?? {});
    return at(values, part, "ingress", "enabled") === true || routes.some((route) => at(route as Given, "enabled") === true);
  }).map(({ port, pods }) => ({ port, pods, from: "cluster" }));
}
