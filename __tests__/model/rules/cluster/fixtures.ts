import type { Data } from "../../support";

/** A cluster that something else made beside the sound ones, with changes. */
export const existing = (cluster: Data): Data => ({
  clusters: {
    old: {
      cloud: "existing",
      region: "eu-west-2",
      ...cluster,
      existing: {
        endpoint: "https://old.example.com",
        exec: { command: "token" },
        ingress: { ips: ["192.0.2.1"] },
        ...(cluster.existing as Data | undefined),
      },
    },
  },
});
