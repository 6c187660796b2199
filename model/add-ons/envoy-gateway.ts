import gatewayHelmValues from "../catalog/data/chart-values/gateway-helm.json";
import type { AddOn } from "./add-on";
import { type IngressSettings, ingressFields, ingressOnExisting } from "./ingress";

/** Gateway API by Envoy. */
export const envoyGateway = {
  fields: ingressFields,
  onExisting: ingressOnExisting,
  about: [
    {
      field: "ingress: envoy-gateway",
      on: "–",
      installs: "Envoy Gateway with Gateway API, GatewayClass `envoy`, Gateway `envoy-gateway/ingress`",
      needs: "the same; replaces Traefik",
      may: "reads routes, services and secrets of all namespaces",
    },
  ],
  charts: {
    "gateway-helm": {
      pin: {
        chart: "gateway-helm",
        repository: "oci://docker.io/envoyproxy",
        version: "v1.9.0",
        previous: "v1.8.3",
        release: "envoy-gateway",
        appVersion: "v1.9.0",
        source: { repository: "https://github.com/envoyproxy/gateway", tag: "v1.9.0" },
        licence: "Apache-2.0",
        timeoutSeconds: 600,
      },
      shape: gatewayHelmValues,
      settings: ({ ingress }: IngressSettings) => ingress,
    },
  },
  wanted: ({ ingress }: IngressSettings) => ingress.controller === "envoy-gateway",
} satisfies AddOn;
