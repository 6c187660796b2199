import type { App } from "cdktf";
import { buildFleet, loadFleet, type OwnAddOn } from "meridian/fleet";

/** An add-on that Meridian doesn't have, on every cluster of a fleet. */
export const agent: OwnAddOn = {
  namespace: { name: "agent", podSecurity: "restricted" },
  install(scope, host, installer) {
    installer.release(scope, "release", {
      phase: "services",
      chart: { chart: "agent", repository: "oci://registry.example.com/charts", version: "2.1.0" },
      namespace: "agent",
      values: { cluster: host.name },
    });
  },
};

/** A fleet of a file, with the add-on. */
export function fleet(app: App, file: string): void {
  buildFleet(app, loadFleet(file), { agent });
}
