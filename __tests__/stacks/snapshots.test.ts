import { committedFleet, fleetOf, synthFleet } from "../support/fleet";
import type { StackJson } from "../support/synth";

/** A stack without the versions of providers, which have a test of their own: a new binding changes one line, not all. */
function withoutVersions(stack: StackJson): StackJson {
  const providers = Object.entries((stack.terraform.required_providers ?? {}) as Record<string, { version: string }>);
  return {
    ...stack,
    terraform: {
      ...stack.terraform,
      required_providers: Object.fromEntries(providers.map(([name, provider]) => [name, { ...provider, version: "<pinned>" }])),
    },
  };
}

const arctiq = synthFleet(committedFleet("fleets/arctiq.yaml")).stacks;
const jldeen = synthFleet(committedFleet("fleets/jldeen.yaml")).stacks;
const data = synthFleet(committedFleet("fleets/data.yaml")).stacks;
const apps = synthFleet(
  fleetOf(`
fleet: apps
dns: { zone: k8s.example.com, existing: true, aws: { accountId: "111122223333" } }
clusters:
  old:
    cloud: existing
    region: eu-west-1
    existing:
      endpoint: https://old.example.com
      exec: { command: get-token, args: [--cluster, old], env: { TOKEN_CACHE: off } }
      ingress: { ips: [198.51.100.7] }
apps:
  shop: { chart: shop, repository: "oci://registry.example.com/charts", version: 1.2.3, values: { replicas: 2 } }
`),
).stacks;

/** One stack of each kind and, where the clouds differ, of each cloud. */
test.each(
  Object.entries({
    "global, zone in Route53": arctiq["arctiq-global"],
    "cluster on EKS": arctiq["arctiq-saopaulo-cluster"],
    "cluster on AKS": arctiq["arctiq-toronto-cluster"],
    "cluster on GKE": arctiq["arctiq-sydney-cluster"],
    "priming on EKS": arctiq["arctiq-saopaulo-priming"],
    "priming on AKS": arctiq["arctiq-toronto-priming"],
    "priming on GKE": arctiq["arctiq-sydney-priming"],
    "names in Route53": arctiq["arctiq-route53"],
    "global, zone in Azure DNS": jldeen["jldeen-global"],
    "names in Traffic Manager": jldeen["jldeen-traffic-manager"],
    "existing cluster": apps["apps-old-cluster"],
    applications: apps["apps-old-apps"],
    "MySQL on Azure": data["data-data-blog"],
    "PostgreSQL on Azure": data["data-data-orders"],
    "Cosmos DB": data["data-data-tweets"],
    "PostgreSQL on AWS": data["data-data-shop"],
    "PostgreSQL on Google": data["data-data-stock"],
    "MySQL on Google": data["data-data-forum"],
  }),
)("the stack %s is the known one", (_, stack) => {
  expect(withoutVersions(stack!)).toMatchSnapshot();
});

test("providers are pinned to the versions that reference and rehearsal are about", () => {
  const versions: Record<string, unknown> = {};
  for (const stack of [...Object.values(arctiq), ...Object.values(jldeen)])
    for (const [name, { version }] of Object.entries(
      (stack.terraform.required_providers ?? {}) as Record<string, { version: string }>,
    ))
      versions[name] = version;
  expect(versions).toEqual({
    aws: "6.25.0",
    azurerm: "4.55.0",
    google: "6.50.0",
    helm: "3.1.1",
    kubernetes: "2.38.0",
    random: "3.9.0",
    time: "0.13.1",
  });
});
