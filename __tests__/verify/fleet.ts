import { fleetOf } from "../support/fleet";

/** Three clusters on three continents and a name of each kind. The addresses are for documentation (RFC 5737). */
export const FLEET_FILE = `
fleet: seen
dns:
  zone: k8s.example.com
  caa: [letsencrypt.org]
  aws: { accountId: "111122223333" }
  azure: { subscriptionId: 00000000-0000-0000-0000-000000000001, tenantId: 00000000-0000-0000-0000-000000000002 }
clusters:
  dublin: { cloud: existing, region: eu-west-1, existing: { endpoint: "https://a.example", exec: { command: "true" }, ingress: { ips: [203.0.113.1, 203.0.113.2] } } }
  newyork: { cloud: existing, region: us-east-1, existing: { endpoint: "https://b.example", exec: { command: "true" }, ingress: { ips: [203.0.113.11] } } }
  sydney: { cloud: existing, region: ap-southeast-2, existing: { endpoint: "https://c.example", exec: { command: "true" }, ingress: { ips: [203.0.113.21] } } }
names:
  app: { policy: latency }
  geo: { policy: geolocation, default: newyork }
  "@": { policy: failover, members: [dublin, sydney] }
  "*.shop": { policy: multivalue }
  one: { policy: simple, members: [sydney] }
  azure: { policy: geolocation, engine: traffic-manager, default: newyork, trafficManagerName: seen-azure }
`;

export const FLEET = fleetOf(FLEET_FILE);
