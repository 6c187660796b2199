import type { AddOnHost } from "./host";

/** Namespace of the ingress controller, which also has its certificates. */
export function ingressNamespace({ addons }: AddOnHost): string {
  return addons.ingress.controller === "envoy-gateway" ? "envoy-gateway" : "traefik";
}

/** What an add-on's own web page needs to be seen at a host, whichever ingress controller there is. */
export function ingressValues({ addons }: AddOnHost): { enabled: boolean; ingressClassName: string } {
  return { enabled: addons.ingress.controller === "traefik", ingressClassName: "traefik" };
}
