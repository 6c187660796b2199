import * as z from "zod";
import traefikCrdsValues from "../catalog/data/chart-values/traefik-crds.json";
import type { Cloud } from "../schema/common";
import type { AddOn, Settings } from "./add-on";
import { chartFields, onOff } from "./fields";
import type { IngressSettings } from "./ingress";

const fields = {
  gatewayApi: z
    .strictObject({ ...onOff(false), ...chartFields })
    .prefault({})
    .describe("Custom resource definitions of Gateway API, standard channel. envoy-gateway brings them anyway."),
};
type Reads = Settings<typeof fields>;

/** Definitions of Gateway API. GKE has them from Google, and Envoy Gateway brings them. */
export const gatewayApi = {
  fields,
  about: [
    {
      field: "gatewayApi",
      on: "no",
      installs: "definitions of Gateway API, standard channel (GKE has Google's, Envoy Gateway brings its own)",
      needs: "–",
      may: "none; they stay when the release goes",
    },
  ],
  charts: {
    "traefik-crds": {
      pin: {
        chart: "traefik-crds",
        repository: "https://traefik.github.io/charts",
        version: "1.18.0",
        appVersion: "gateway-api standard",
        source: { repository: "https://github.com/traefik/traefik-helm-chart", tag: "crds_v1.18.0" },
        licence: "MIT",
        note: "last of its line; for Gateway API's definitions alone: Envoy Gateway's chart of them does not fit a Helm release",
        timeoutSeconds: 300,
      },
      shape: traefikCrdsValues,
      settings: ({ gatewayApi }: Reads) => gatewayApi,
    },
  },
  wanted: ({ gatewayApi, ingress }: Reads & IngressSettings, cloud: Cloud) =>
    gatewayApi.enabled && ingress.controller !== "envoy-gateway" && cloud !== "google",
} satisfies AddOn;
