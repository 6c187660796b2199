import { BASE_NAMESPACE, type Install } from "../install";

/**
 * Definitions of Gateway API, for a controller of the user's own. GKE has them from Google, and Envoy Gateway brings
 * them. They stay when the release goes: with them every route in the cluster would go.
 */
export const gatewayApi: Install<"gateway-api"> = {
  install(scope, _host, installer) {
    installer.chart(scope, "release", {
      phase: "definitions",
      chart: "traefik-crds",
      name: "gateway-api",
      namespace: BASE_NAMESPACE,
      values: { traefik: false, gatewayAPI: true, deleteOnUninstall: false },
    });
  },
};
