import { stringify } from "yaml";
import { over, SOUND } from "../model/support";

/** The sound fleet with Velero on each cluster and a store in each cloud; the AKS one begins with another's volumes. */
export function clouds(restore: { readonly backup?: string } = {}): string {
  const backup = { enabled: true };
  return stringify(
    over(SOUND, {
      defaults: {
        addons: {
          externalSecrets: { enabled: true },
          ingress: { controller: "none" },
          certManager: { enabled: false },
          backup,
        },
      },
      backups: {
        aws: { cloud: "aws", region: "eu-central-1" },
        azure: { cloud: "azure", region: "ukwest" },
        google: { cloud: "google", region: "europe-west4" },
      },
      clusters: {
        aks: {
          addons: {
            backup: {
              restore: { cluster: "before", backup: restore.backup ?? "velero-daily-20261120030000", namespaces: ["shop"] },
            },
          },
        },
      },
    }),
  );
}
