import * as z from "zod";
import type { Cloud } from "../schema/common";
import type { AddOn, Settings } from "./add-on";
import { onOff } from "./fields";
import type { IngressSettings } from "./ingress";

const fields = {
  gatewayApi: z
    .strictObject({ ...onOff(false) })
    .prefault({})
    .describe(
      "Custom resource definitions of Gateway API, standard channel. envoy-gateway gets them anyway; GKE has Google's, which nothing here touches.",
    ),
};
type Reads = Settings<typeof fields>;

/** Definitions of Gateway API. GKE has them from Google, in the version and channel that Google wants. */
export const gatewayApi = {
  fields,
  about: [
    {
      field: "gatewayApi",
      on: "no",
      installs:
        "definitions of Gateway API, standard channel; with Envoy Gateway always. Not on GKE, which has Google's: nothing here touches those",
      needs: "–",
      may: "none; they stay when the release goes",
    },
  ],
  charts: {},
  wanted: ({ gatewayApi, ingress }: Reads & IngressSettings, cloud: Cloud) =>
    (gatewayApi.enabled || ingress.controller === "envoy-gateway") && cloud !== "google",
} satisfies AddOn;
