import { one, type Pair } from "../support";

const key = (id: string) => ({
  aws: { secretsKeyArn: `arn:aws:kms:eu-west-1:111122223333:key/${id}0000000-0000-0000-0000-000000000001` },
});
const googleKey = (name: string) => ({
  google: { secretsKey: `projects/k/locations/europe-west3/keyRings/r/cryptoKeys/${name}` },
});
const TENANT = "00000000-0000-0000-0000-00000000000f";
const inTenant = (tenantId: string) => ({
  defaults: { azure: { tenantId } },
  dns: { engine: "azure", azure: { subscriptionId: "00000000-0000-0000-0000-000000000001", tenantId } },
  databases: { shop: { engine: "mysql", size: "medium", cloud: "azure", region: "uksouth", secretsRegion: "ukwest" } },
  backups: { store: { cloud: "azure", region: "uksouth" } },
});
const free = { deletionProtection: false };
const existing = {
  cloud: "existing",
  region: "eu-west-1",
  network: undefined,
  existing: { endpoint: "https://k.example.com", exec: { command: "x" }, ingress: { ips: ["198.51.100.4"] } },
};

const unzoned = { dns: { deletionProtection: false } };
const s3 = (assumeRoleArn?: string) => ({ state: { backend: "s3", bucket: "states", region: "eu-west-1", assumeRoleArn } });

/** What a cluster is made of: its cloud, place, ranges and keys. */
export const CLUSTERS: readonly Pair[] = [
  ["the fleet has another name", one("eks"), one("eks", {}, { fleet: "other" }), ["refused fleet-renamed"]],
  [
    "Google's groups are asked no more",
    one("gke", { google: { securityGroup: "gke-security-groups@example.com" } }),
    one("gke"),
    ["refused never-taken"],
  ],
  [
    "other groups of Google's",
    one("gke", { google: { securityGroup: "gke-security-groups@example.com" } }),
    one("gke", { google: { securityGroup: "gke-security-groups@other.example" } }),
    [],
  ],
  [
    "GKE's addresses for egress are given back",
    one("gke", { network: { egressAddresses: ["projects/acme/regions/europe-west3/addresses/one"] } }),
    one("gke"),
    ["refused never-taken"],
  ],
  ["EKS leaves by one gateway", one("eks"), one("eks", { network: { nat: "single" } }), ["warning egress-moves"]],
  [
    "EKS leaves by its own addresses no more",
    one("eks", { network: { egressAddresses: ["eipalloc-0a1b2c3d", "eipalloc-0a1b2c3e", "eipalloc-0a1b2c3f"] } }),
    one("eks"),
    ["warning egress-moves"],
  ],
  [
    "GKE leaves by addresses of its owner",
    one("gke"),
    one("gke", { network: { egressAddresses: ["projects/acme/regions/europe-west3/addresses/one"] } }),
    ["warning egress-moves"],
  ],
  [
    "Route53's accelerated recovery ends",
    one("eks", {}, { dns: { acceleratedRecovery: true } }),
    one("eks"),
    ["refused never-taken"],
  ],
  ["another region", one("eks"), one("eks", { region: "eu-west-2" }), ["refused cluster-region"]],
  [
    "another account",
    one("eks", free),
    one(
      "eks",
      {
        ...free,
        aws: {
          accountId: "222222222222",
          runner: "arn:aws:iam::222222222222:role/terraform",
          admins: ["arn:aws:iam::222222222222:role/platform"],
        },
      },
      { dns: { aws: { accountId: "111122223333" } } },
    ),
    ["refused cluster-account"],
  ],
  ["made becomes existing", one("eks"), one("eks", existing), ["refused cluster-made-existing"]],
  ["another cloud under the same name", one("eks"), one("eks", { cloud: "azure", region: "uksouth" }), ["refused cluster-cloud"]],
  [
    "EKS's service range",
    one("eks", free),
    one("eks", { ...free, network: { services: "10.100.0.0/16" } }),
    ["refused cluster-replaced"],
  ],
  ["AKS's pods", one("aks", free), one("aks", { ...free, network: { pods: "10.240.0.0/14" } }), ["refused cluster-replaced"]],
  [
    "AKS becomes private",
    one("aks", free),
    one("aks", { ...free, api: { access: "private", allowFrom: [], runnerInNetwork: true } }),
    ["refused cluster-replaced"],
  ],
  [
    "GKE's control-plane range",
    one("gke", free),
    one("gke", { ...free, google: { controlPlaneCidr: "172.16.0.0/28" } }),
    ["refused cluster-replaced"],
  ],
  ["GKE's pods", one("gke"), one("gke", { network: { pods: "10.64.0.0/14" } }), ["refused gke-ranges"]],
  ["GKE's services", one("gke"), one("gke", { network: { services: "10.99.0.0/20" } }), ["refused gke-ranges"]],
  ["GKE's nodes", one("gke", free), one("gke", { ...free, network: { nodes: "10.3.0.0/20" } }), ["refused resource-replaced"]],
  ["EKS's own key to another", one("eks", key("a")), one("eks", key("b")), ["refused eks-key"]],
  ["EKS's made key to an own one", one("eks"), one("eks", key("a")), ["refused eks-key", "refused protected-dropped"]],
  ["GKE's key to another", one("gke", googleKey("a")), one("gke", googleKey("b")), ["warning gke-key"]],
  ["GKE's own key to a made one", one("gke", googleKey("a")), one("gke"), ["warning gke-key"]],
  ["GKE's made key to an own one", one("gke"), one("gke", googleKey("a")), ["refused gke-key", "refused protected-dropped"]],
  [
    "GKE's made key, unprotected, to an own one",
    one("gke", free),
    one("gke", { ...free, ...googleKey("a") }),
    ["refused gke-key"],
  ],
  ["another tenant", one("aks"), one("aks", { azure: { tenantId: TENANT } }), ["refused azure-tenant"]],
  [
    "another tenant of zone, database and store",
    one("eks", {}, inTenant("00000000-0000-0000-0000-000000000002")),
    one("eks", {}, inTenant(TENANT)),
    ["refused azure-tenant", "refused azure-tenant", "refused azure-tenant"],
  ],
  [
    "EKS loses a zone",
    one("eks", free),
    one("eks", { ...free, network: { zones: ["eu-west-1a", "eu-west-1b"] } }),
    ["refused zones-removed", "warning pool-replaced"],
  ],
  [
    "EKS's zones change places",
    one("eks", free),
    one("eks", { ...free, network: { zones: ["eu-west-1b", "eu-west-1a", "eu-west-1c"] } }),
    ["refused zones-removed", "warning pool-replaced"],
  ],
  ["EKS gets a zone", one("eks", { network: { zones: ["eu-west-1a", "eu-west-1b"] } }), one("eks"), ["warning pool-replaced"]],
  ["another state backend", one("eks"), one("eks", {}, { state: { backend: "gcs", bucket: "states" } }), ["refused state-moved"]],
  [
    "AKS's nodes' range",
    one("aks", free),
    one("aks", { ...free, network: { nodes: "10.2.0.0/20" } }),
    ["refused aks-nodes-range"],
  ],
  ["tags and allow-lists", one("aks"), one("aks", { tags: { a: "b" }, api: { allowFrom: ["198.51.100.0/24"] } }), []],
  [
    "an acceptance of what is past",
    one("eks"),
    one("eks", {}, { acceptChanges: ["clusters.eks.kubernetes: 1.36 → 1.35"] }),
    ["note accepted-past"],
  ],
  [
    "EKS's network, which nothing protects",
    one("eks", free),
    one("eks", { ...free, network: { cidr: "10.33.0.0/16" } }),
    ["refused eks-range"],
  ],
  [
    "AKS's network, with other ranges as they were",
    one("aks", { ...free, network: { pods: "10.244.0.0/16", services: "10.99.0.0/16" } }),
    one("aks", { ...free, network: { cidr: "10.33.0.0/16", pods: "10.244.0.0/16", services: "10.99.0.0/16" } }),
    ["refused aks-nodes-range"],
  ],
  // in another place, or with a cluster that is replaced, every range goes along
  [
    "GKE's ranges in another region",
    one("gke", free),
    one("gke", { ...free, region: "us-east1", network: { pods: "10.64.0.0/14", services: "10.99.0.0/20" } }),
    ["refused cluster-region"],
  ],
  [
    "GKE's ranges in another project",
    one("gke", free),
    one("gke", { ...free, google: { projectId: "acme-other" }, network: { pods: "10.64.0.0/14" } }),
    ["refused cluster-account"],
  ],
  [
    "GKE's ranges of a cluster that is replaced",
    one("gke", free),
    one("gke", { ...free, google: { controlPlaneCidr: "172.16.0.0/28" }, network: { pods: "10.64.0.0/14" } }),
    ["refused cluster-replaced"],
  ],
  [
    "AKS's ranges in another region",
    one("aks", free),
    one("aks", { ...free, region: "ukwest", network: { nodes: "10.2.0.0/20" } }),
    ["refused cluster-region"],
  ],
  [
    "AKS's ranges of a cluster that is replaced",
    one("aks", free),
    one("aks", { ...free, network: { pods: "10.240.0.0/14", nodes: "10.2.0.0/20" } }),
    ["refused cluster-replaced"],
  ],
  [
    "EKS's network in another region",
    one("eks", free),
    one("eks", { ...free, region: "eu-west-2", network: { cidr: "10.33.0.0/16" } }),
    ["refused cluster-region"],
  ],
  ["the zone is somebody else's", one("gke", {}, unzoned), one("gke", {}, { dns: { existing: true } }), ["refused zone-changed"]],
  ["somebody else's zone is made", one("eks", {}, { dns: { existing: true } }), one("eks"), ["refused zone-changed"]],
  ["another role for the states", one("eks", {}, s3()), one("eks", {}, s3("arn:aws:iam::111122223333:role/states")), []],
];
