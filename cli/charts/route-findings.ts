import type { FleetRelease } from "./releases";
import type { KubeObject } from "./render";

/** A rule of an Ingress, an HTTPRoute or an IngressRoute, as far as hosts go. */
interface RouteSpec {
  readonly rules?: readonly { readonly host?: string }[];
  readonly hostnames?: readonly string[];
  readonly routes?: readonly { readonly match?: string }[];
}

/** The hosts of an application that a public name leads to, and that none of its routes answers: people would see a 404. */
export function routeFindings({ hosts = [] }: Pick<FleetRelease, "hosts">, objects: readonly KubeObject[]): readonly string[] {
  const answered = objects.flatMap(hostsOfRoute);
  const missing = hosts.filter((host) => !answered.some((one) => one === undefined || covers(one, host)));
  if (missing.length === 0) return [];
  const routes = [...new Set(answered.flatMap((one) => one ?? []))].sort().join(", ");
  return [
    `public names lead to it, and no route of its chart has ${missing.join(", ")}${routes === "" ? "" : `, only ${routes}`}: write {hosts} where it takes them (docs/apps.md)`,
  ];
}

/** What a route answers; undefined is every host. */
function hostsOfRoute({ kind, spec }: KubeObject): readonly (string | undefined)[] {
  const { rules = [], hostnames, routes = [] } = (spec ?? {}) as RouteSpec;
  if (kind === "Ingress") return rules.map(({ host }) => host);
  if (kind === "HTTPRoute") return hostnames ?? [undefined];
  if (kind === "IngressRoute")
    return routes.flatMap(({ match = "" }) => {
      const hosts = [...match.matchAll(/Host\(`([^`]+)`\)/g)].map(([, host]) => host);
      return hosts.length > 0 ? hosts : [undefined];
    });
  return [];
}

const covers = (one: string, host: string): boolean =>
  one === host || (one.startsWith("*.") && host.slice(host.indexOf(".")) === one.slice(1));
