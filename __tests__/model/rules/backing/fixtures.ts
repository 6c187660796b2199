/** Databases on clouds of the sound fleet, and what they need. */
export const shop = {
  engine: "postgres",
  cloud: "aws",
  region: "eu-west-1",
  network: { cidr: "10.250.0.0/24" },
  clusters: ["eks"],
};
export const stock = {
  engine: "postgres",
  cloud: "google",
  region: "europe-west3",
  network: { cidr: "10.251.0.0/24" },
  clusters: ["gke"],
};
export const BLOG_SERVER =
  "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/g/providers/Microsoft.DBforMySQL/flexibleServers/blog";
/** external-secrets on every cluster, which brings the logins. */
export const defaults = {
  addons: {
    externalSecrets: {
      enabled: true,
      keyVaultId:
        "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/acme/providers/Microsoft.KeyVault/vaults/acme",
    },
  },
};
