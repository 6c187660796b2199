import type { AddOn } from "../context";
import { BASE_NAMESPACE } from "../installer";

/**
 * Definitions of Gateway API, for a controller of the user's own. GKE has them from Google, and Envoy Gateway brings
 * them. They stay when the release goes: with them every route in the cluster would go.
 */
export const gatewayApi: AddOn = {
  name: "gateway-api",
  wanted: ({ addons, half }) =>
    addons.gatewayApi.enabled && addons.ingress.controller !== "envoy-gateway" && half.cloud !== "google",
  install(scope, { addons }, installer) {
    installer.chart(scope, "release", {
      phase: "definitions",
      chart: "traefik-crds",
      name: "gateway-api",
      namespace: BASE_NAMESPACE,
      settings: addons.gatewayApi,
      values: { traefik: false, gatewayAPI: true, deleteOnUninstall: false },
    });
  },
};
