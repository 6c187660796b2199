/** Fields without effect on the output, with the reason. A field stands for all that is below it. */
export const WITHOUT_EFFECT: Readonly<Record<string, string>> = {
  destroyedStacks: "compared with the committed lock, not synthesized",
  allow: "lets a text pass that a rule takes for a secret otherwise",
  "names.*.recoverySeconds": "held against the probe and the TTL, not synthesized",
  waves: "the order in which `upgrade --wave` moves versions, which the lock holds",
  acceptChanges: "compared with the committed lock, not synthesized",
  "charts.acceptRetired": "lets a chart pass that a rule refuses otherwise",
  "clusters.*<aws>.api.runnerInNetwork": "lets a private API pass that a rule refuses otherwise",
  "clusters.*<azure>.api.runnerInNetwork": "lets a private API pass that a rule refuses otherwise",
  "clusters.*<google>.api.runnerInNetwork": "lets a private API pass that a rule refuses otherwise",
  "clusters.*<existing>.api.runnerInNetwork": "a cluster that exists is reached as its endpoint says",
  "clusters.*<existing>.api.access": "a cluster that exists has the API that it has",
  "clusters.*<existing>.api.allowFrom": "a cluster that exists has the API that it has",
  ...onEvery(
    "location.country",
    "of a region that isn't known it must be said; geolocation's countries are those of the clients",
  ),
  "defaults.labels": "applications choose clusters by them; no unusual application does",
  ...onEvery("labels", "applications choose clusters by them; no unusual application does"),
  "clusters.*<aws>.maintenance": "EKS has no window",
  "clusters.*<google>.logRetentionDays": "GKE's logs are kept as long as the project's log buckets say",
  "clusters.*<azure>.network.nat": "AKS leaves through its load balancer",
  "clusters.*<google>.network.nat": "Cloud NAT is regional",
  "clusters.*<azure>.addons.clusterAutoscaler": "AKS has its own",
  "clusters.*<azure>.addons.metricsServer": "AKS has its own",
  "clusters.*<google>.addons.clusterAutoscaler": "GKE has its own",
  "clusters.*<google>.addons.metricsServer": "GKE has its own",
  "clusters.*<google>.addons.gatewayApi": "GKE has its own",
  "clusters.*<aws>.addons.externalSecrets.keyVaultId": "for AKS alone",
  "clusters.*<google>.addons.externalSecrets.keyVaultId": "for AKS alone",
  "clusters.*<existing>.addons.clusterAutoscaler": "for EKS alone",
  "clusters.*<existing>.addons.metricsServer": "for EKS alone",
};

const GOOGLE_DATABASE = {
  engine: "mysql",
  cloud: "google",
  region: "europe-west3",
  network: { cidr: "10.42.0.0/22" },
  google: { projectId: "odd-platform" },
};

const ODD_SNAPSHOT =
  "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/old/providers/Microsoft.Compute/snapshots/orders";

/**
 * What else to change where a rule refuses the default of a field alone: by the end of the field's id, paths from its
 * cluster or else from the whole file.
 */
export const INSTEAD: Readonly<Record<string, readonly (readonly [path: readonly (string | number)[], value: unknown])[]>> = {
  "pools.*.architecture": [
    [["pools", "arm", "machines"], undefined],
    [["pools", "arm", "architecture"], undefined],
  ],
  ingressCertificate: [
    [["addons", "certManager", "ingressCertificate"], undefined],
    [["addons", "certManager", "carryOver"], undefined],
  ],
  "logging.output<graylog>": [[["addons", "logging", "output"], { to: "gelf", host: "other.example.com" }]],
  "graylog.enabled": [
    [["addons", "logging", "enabled"], undefined],
    [["addons", "graylog", "enabled"], undefined],
  ],
  "externalSecrets.enabled": [
    [["addons", "externalSecrets"], undefined],
    [["addons", "certManager", "carryOver"], undefined],
  ],
  "<aws>.pools.*.kubernetes": [
    [["pools", "arm", "kubernetes"], undefined],
    [["pools", "arm", "image"], undefined],
  ],
  "<aws>.network.nat": [
    [["network", "nat"], undefined],
    [
      ["network", "egressAddresses"],
      ["eipalloc-0a1b2c3d", "eipalloc-0a1b2c3e"],
    ],
  ],
  "role=postgres": [
    [
      ["servers", "orders"],
      { role: "nfs", sshPublicKey: "ssh-ed25519 AAAA odd", disk: { sizeGiB: 128, restoreFrom: { snapshot: ODD_SNAPSHOT } } },
    ],
    [["servers", "pictures"], undefined],
  ],
  "addons.backup.enabled": [
    [["addons", "backup", "enabled"], undefined],
    [["addons", "backup", "restore"], undefined],
  ],
  "uses.*.login": [[["apps", "shop", "uses", "db"], { database: "orders", as: "DATABASE_URL" }]],
  "login=identity": [[["apps", "shop", "uses", "db"], { database: "orders", as: "DATABASE_URL" }]],
  "<aws>.addons.backup.store": [[["addons", "backup", "store"], "wide"]],
  "<azure>.addons.backup.store": [[["addons", "backup", "store"], "spare"]],
  "<google>.addons.backup.store": [[["addons", "backup", "store"], "far"]],
  "databases.*.primary": [[["databases", "orders", "primary"], "uksouth"]],
  "azure.tier": [
    [["azure", "tier"], undefined],
    [["azure", "longTermSupport"], undefined],
  ],
  "logging.output<cloud>": [[["addons", "logging", "output"], { to: "gelf", host: "other.example.com" }]],
  "<azure>.api.access": [[["api"], { allowFrom: ["203.0.113.0/24"] }]],
  "<google>.api.access": [[["api"], { allowFrom: ["203.0.113.0/24"] }]],
  "dns.parent.engine": [[["dns", "parent"], undefined]],
  "existing.oidcIssuer": [
    [["existing", "oidcIssuer"], "https://other.example.com"],
    [["existing", "oidcProviderArn"], undefined],
  ],
  "charts.source": [[["charts"], undefined]],
  "dns.engine": [[["dns"], { zone: "k8s.example.com", aws: { accountId: "111122223333" } }]],
  "names.*.default": [[["names", "places", "default"], "gru"]],
  "cloud=azure": [[["databases", "plain"], GOOGLE_DATABASE]],
  "cloud=aws": [[["databases", "shop"], GOOGLE_DATABASE]],
  "cloud=google": [[["databases", "stock"], { engine: "mysql", cloud: "azure", region: "westeurope" }]],
  "uses.*.database": [[["apps", "shop", "uses", "orders"], { database: "bills", name: "orders", as: "ORDERS_URI" }]],
  "uses.*.server": [[["apps", "shop", "uses", "orders"], { server: "audit", as: "URI" }]],
  "uses.*.name": [[["apps", "shop", "uses", "orders", "name"], "invoices"]],
  "cloud=external": [[["registries", "public"], { cloud: "google", region: "us", google: { projectId: "odd-images" } }]],
  "registries.*.region": [[["registries", "closed", "region"], "uksouth"]],
  "registries.*.access": [
    [["registries", "closed", "access"], undefined],
    [["registries", "closed", "ci"], undefined],
    [["registries", "closed", "privateDnsZoneId"], undefined],
  ],
  "image.registry": [[["apps", "shop", "image"], { repository: "ghcr.io/odd/shop", tag: "1.2.3" }]],
  "databases.*.size": [[["databases", "orders", "size"], "large"]],
  "databases.*.replicas": [[["databases", "orders", "replicas"], ["northeurope"]]],
  "databases.*.secretsRegion": [[["databases", "orders", "secretsRegion"], "uksouth"]],
  "databases.*.restoreFrom.time": [[["databases", "restored", "restoreFrom", "time"], "2026-11-21T03:00:00Z"]],
  "{cluster}>.locations[]<{country}>.state": [[["names", "places", "members", 1, "locations", 1, "state"], "TX"]],
  "{name}>.locations[]<{country}>.state": [[["names", "places", "members", 3, "locations", 2, "state"], "TX"]],
  "{cluster}>.locations[]<default>": [
    [["names", "rest", "members", 0, "locations", 0], { continent: "EU" }],
    [["names", "rest", "default"], "dub"],
  ],
  "{name}>.locations[]<default>": [
    [["names", "others", "members", 1, "locations", 0], { continent: "EU" }],
    [["names", "others", "default"], "everybody"],
  ],
  "policy=geolocation": [[["names", "others"], { policy: "latency" }]],
  "policy=geoproximity": [[["names", "near"], { policy: "latency" }]],
};

function onEvery(field: string, why: string): Readonly<Record<string, string>> {
  return Object.fromEntries(["aws", "azure", "google", "existing"].map((cloud) => [`clusters.*<${cloud}>.${field}`, why]));
}
