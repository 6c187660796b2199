import type { Install } from "../install";

/** Definitions of Gateway API, for Envoy Gateway or a controller of the user's own. */
export const gatewayApi: Install<"gateway-api"> = {
  install(scope, _host, installer) {
    installer.definitions(scope, "release", "gateway-api", "gateway-api");
  },
};
