import { over } from "../../model/support";
import { one, type Pair } from "../support";

const existing = {
  cloud: "existing",
  region: "eu-west-1",
  network: undefined,
  existing: { endpoint: "https://k.example.com", exec: { command: "x" }, ingress: { ips: ["198.51.100.4"] } },
};

/** The existing cluster, with add-ons. */
const primed = (addons: object) =>
  one("eks", over(existing, { addons, existing: { ingress: { serviceAnnotations: { at: "b" } } } }));

/** Add-ons and their charts. */
export const ADD_ONS: readonly Pair[] = [
  ["shared storage leaves", one("eks", { addons: { storage: { shared: true } } }), one("eks"), ["refused protected-dropped"]],
  ["monitoring leaves", one("eks", { addons: { monitoring: { enabled: true } } }), one("eks"), ["refused addon-with-data"]],
  ["metrics-server leaves", one("eks"), one("eks", { addons: { metricsServer: { enabled: false } } }), ["warning addon-removed"]],
  [
    "an existing cluster's add-on leaves",
    primed({ ingress: { controller: "traefik" } }),
    one("eks", existing),
    ["refused addon-of-existing-cluster"],
  ],
  [
    "an existing cluster's guard leaves, as nothing speaks of it any more",
    primed({ guards: { unplannedLoadBalancers: "refuse" } }),
    primed({ guards: { networkPolicies: true } }),
    ["refused addon-of-existing-cluster"],
  ],
  [
    "an existing cluster's definitions of Gateway API leave, beside a controller that is named",
    primed({ gatewayApi: { enabled: true }, ingress: { controller: "traefik" } }),
    primed({ ingress: { controller: "traefik" } }),
    ["refused addon-of-existing-cluster"],
  ],
  [
    "an existing cluster's add-ons are switched off in words, some by the defaults",
    one(
      "eks",
      over(existing, {
        addons: {
          certManager: { enabled: true, issuers: "none" },
          gatewayApi: { enabled: true },
          guards: { unplannedLoadBalancers: "refuse" },
          storage: { enabled: true, nfs: { server: "nfs.example.com", share: "/volumes" } },
        },
      }),
    ),
    one(
      "eks",
      over(existing, {
        addons: { certManager: { enabled: false }, guards: { unplannedLoadBalancers: "allow" }, storage: { enabled: false } },
      }),
      { defaults: { addons: { gatewayApi: { enabled: false } } } },
    ),
    ["warning addon-removed", "warning addon-removed", "warning addon-removed", "warning addon-removed"],
  ],
  [
    "an existing cluster gets another controller by name, and the definitions go with the first",
    primed({ ingress: { controller: "envoy-gateway" } }),
    primed({ ingress: { controller: "traefik" } }),
    ["warning addon-removed", "warning addon-removed"],
  ],
  [
    "an existing cluster's server of NFS is taken out, and storage stays on",
    one("eks", over(existing, { addons: { storage: { enabled: true, nfs: { server: "nfs.example.com", share: "/v" } } } })),
    one("eks", over(existing, { addons: { storage: { enabled: true } } })),
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
