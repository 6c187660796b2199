import { over } from "../../model/support";
import { one, type Pair } from "../support";

const existing = {
  cloud: "existing",
  region: "eu-west-1",
  network: undefined,
  existing: { endpoint: "https://k.example.com", exec: { command: "x" }, ingress: { ips: ["198.51.100.4"] } },
};

/** Add-ons and their charts. */
export const ADD_ONS: readonly Pair[] = [
  ["shared storage leaves", one("eks", { addons: { storage: { shared: true } } }), one("eks"), ["refused protected-dropped"]],
  ["monitoring leaves", one("eks", { addons: { monitoring: { enabled: true } } }), one("eks"), ["refused addon-with-data"]],
  ["metrics-server leaves", one("eks"), one("eks", { addons: { metricsServer: { enabled: false } } }), ["warning addon-removed"]],
  [
    "an existing cluster's add-on leaves",
    one(
      "eks",
      over(existing, {
        addons: { ingress: { controller: "traefik" } },
        existing: { ingress: { serviceAnnotations: { at: "b" } } },
      }),
    ),
    one("eks", existing),
    ["refused addon-of-existing-cluster"],
  ],
  [
    "a chart moves",
    one("eks", { addons: { metricsServer: { version: "3.12.0" } } }),
    one("eks", { addons: { metricsServer: { version: "3.13.1" } } }),
    ["note chart-version"],
  ],
  [
    "shared storage that nothing protects leaves",
    one("eks", { deletionProtection: false, addons: { storage: { shared: true } } }),
    one("eks", { deletionProtection: false }),
    ["warning data-dropped"],
  ],
  [
    "shared storage leaves with its protection",
    one("eks", { addons: { storage: { shared: true } } }),
    one("eks", { deletionProtection: false }),
    ["refused protected-dropped"],
  ],
  [
    "the last add-on leaves that had something in the cloud of the zone",
    one("aks"),
    one("aks", { addons: { externalDns: { enabled: false }, certManager: { enabled: false } } }),
    ["refused provider-gone", "warning addon-removed"],
  ],
  [
    "the last add-on leaves that had something in the zone's account, whose provider stays declared",
    one("eks", {}, { dns: { aws: { accountId: "444455556666" } } }),
    one("eks", { addons: { certManager: { enabled: false } } }, { dns: { aws: { accountId: "444455556666" } } }),
    ["warning addon-removed"],
  ],
  [
    "the delegation from another account leaves",
    one("eks", {}, { dns: { parent: { zone: "example.com", aws: { accountId: "444455556666" } } } }),
    one("eks"),
    ["refused provider-gone"],
  ],
];
