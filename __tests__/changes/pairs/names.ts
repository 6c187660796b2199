import type { Data } from "../../model/support";
import { one, type Pair } from "../support";

const names = (settings: Data) => ({ names: { app: { policy: "simple", members: ["eks"], ...settings } } });

/** A name that leads to a cluster of something else. */
const leading = (ingress: Data, dns: Data = {}) =>
  one(
    "eks",
    {
      cloud: "existing",
      region: "eu-west-1",
      network: undefined,
      existing: { endpoint: "https://k.example.com", exec: { command: "x" }, ingress },
    },
    { names: { app: { policy: "simple", members: ["eks"] } }, dns },
  );
const azure = {
  engine: "azure",
  azure: { subscriptionId: "00000000-0000-0000-0000-000000000001", tenantId: "00000000-0000-0000-0000-000000000002" },
};
const [ips, hostname] = [{ ips: ["198.51.100.4"] }, { hostname: "balancer.example.com" }];

/** Public names, their zone and certificates. */
export const NAMES: readonly Pair[] = [
  [
    "another zone",
    one("eks", {}, { dns: { deletionProtection: false } }),
    one("eks", {}, { dns: { zone: "k9s.example.com", deletionProtection: false } }),
    ["note certificate-names", "refused zone-changed"],
  ],
  [
    "a name's engine",
    one("eks", {}, names({ policy: "latency" })),
    one("eks", {}, names({ policy: "latency", engine: "traffic-manager" })),
    ["refused name-engine", "refused stack-dropped"],
  ],
  [
    "a name leaves",
    one("eks", {}, { names: { app: { policy: "simple", members: ["eks"] }, www: { policy: "simple", members: ["eks"] } } }),
    one("eks", {}, names({})),
    ["note certificate-names", "warning name-removed"],
  ],
  [
    "a name comes",
    one("eks", {}, names({})),
    one("eks", {}, { names: { app: { policy: "simple", members: ["eks"] }, www: { policy: "simple", members: ["eks"] } } }),
    ["note certificate-names"],
  ],
  [
    "a probe changes",
    one("eks", {}, names({ policy: "weighted" })),
    one("eks", {}, names({ policy: "weighted", probe: { path: "/healthz" } })),
    ["warning probe-everywhere"],
  ],
  [
    "certificates become real",
    one("eks"),
    one("eks", { addons: { certManager: { ingressCertificate: "production" } } }),
    ["note certificate-names"],
  ],
  [
    "names leave with their stack",
    one("eks", {}, names({})),
    one("eks"),
    ["note certificate-names", "refused stack-dropped", "warning name-removed"],
  ],
  [
    "and were destroyed",
    one("eks", {}, names({})),
    one("eks", {}, { destroyedStacks: ["acme-route53"] }),
    ["note certificate-names", "warning name-removed"],
  ],
  ["a name's addresses become a host name in Route53", leading(ips), leading(hostname), ["note name-record"]],
  ["and back", leading(hostname), leading(ips), ["note name-record"]],
  ["the same in Azure, where every name leads to Traffic Manager", leading(ips, azure), leading(hostname, azure), []],
  [
    "another name of a name",
    one("eks", {}, names({})),
    one("eks", {}, { names: { www: { policy: "simple", members: ["eks"] } } }),
    ["note certificate-names", "warning name-removed"],
  ],
];
