import type { PrimingContext } from "./context";

/** Namespace of the ingress controller, which also has its certificates. */
export function ingressNamespace({ addons }: PrimingContext): string {
  return addons.ingress.controller === "envoy-gateway" ? "envoy-gateway" : "traefik";
}

/** What an add-on's own web page needs to be seen at a host, whichever ingress controller there is. */
export function ingressValues({ addons }: PrimingContext): { enabled: boolean; ingressClassName: string } {
  return { enabled: addons.ingress.controller === "traefik", ingressClassName: "traefik" };
}
