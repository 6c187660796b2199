/** Databases, a key vault and external-secrets, for applications that use secrets. */
export const VAULT =
  "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/v/providers/Microsoft.KeyVault/vaults/f-secrets";
export const DATABASES = {
  tweets: {
    engine: "mongo",
    cloud: "azure",
    region: "westus",
    replicas: ["canadacentral"],
    secretsRegion: "westus",
    clusters: ["toronto"],
  },
  orders: {
    engine: "postgres",
    cloud: "aws",
    region: "sa-east-1",
    databases: ["orders", "invoices"],
    network: { cidr: "10.250.0.0/24" },
    clusters: ["saopaulo"],
  },
};
export const ready = (databases: object = DATABASES) => ({
  databases,
  defaults: { addons: { externalSecrets: { enabled: true, keyVaultId: VAULT } } },
});
