import traefikValues from "../catalog/data/chart-values/traefik.json";
import type { AddOn } from "./add-on";
import { type IngressSettings, ingressFields, ingressOnExisting } from "./ingress";

/** The ingress controller by default. */
export const traefik = {
  fields: ingressFields,
  onExisting: ingressOnExisting,
  about: [
    {
      field: "ingress: traefik",
      on: "yes; not on existing clusters",
      installs: "Traefik, IngressClass `traefik` (default), `/ping` on both ports",
      needs: "the cluster's ingress address",
      may: "reads Ingress objects, services and TLS secrets of all namespaces; in the cloud nothing",
    },
  ],
  charts: {
    traefik: {
      pin: {
        chart: "traefik",
        repository: "https://traefik.github.io/charts",
        version: "41.3.0",
        previous: "41.2.0",
        appVersion: "v3.7.11",
        source: { repository: "https://github.com/traefik/traefik-helm-chart", tag: "v41.3.0" },
        licence: "MIT",
        timeoutSeconds: 600,
      },
      shape: traefikValues,
      settings: ({ ingress }: IngressSettings) => ingress,
    },
  },
  wanted: ({ ingress }: IngressSettings) => ingress.controller === "traefik",
} satisfies AddOn;
