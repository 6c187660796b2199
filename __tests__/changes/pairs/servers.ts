import { type Data, over } from "../../model/support";
import { one, type Pair } from "../support";

const server = (settings: Data) => ({
  servers: { db: { role: "postgres", sshPublicKey: "ssh-ed25519 AAAA x", disk: { sizeGiB: 64 }, ...settings } },
});
const twoServers = { servers: { ...server({}).servers, files: { ...server({}).servers.db, role: "nfs" } } };
const serverFrom = (day: string) =>
  server({
    disk: {
      sizeGiB: 64,
      restoreFrom: { snapshot: `/subscriptions/1/resourceGroups/b/providers/Microsoft.Compute/snapshots/${day}` },
    },
  });

/** A new generation beside the first, its disk from another cluster's. */
const generation = (cluster: string) => ({
  clusters: {
    next: {
      cloud: "azure",
      region: "uksouth",
      network: { cidr: "10.4.0.0/16" },
      ...server({ disk: { sizeGiB: 64, restoreFrom: { cluster } } }),
    },
  },
});

/** Servers and their disks. */
export const SERVERS: readonly Pair[] = [
  [
    "a newer snapshot for a disk that is there",
    one("aks", serverFrom("monday")),
    one("aks", serverFrom("tuesday")),
    ["refused server-source"],
  ],
  ["a generation from the one before it", one("aks", server({})), one("aks", server({ fenced: true }), generation("aks")), []],
  [
    "a generation from a cluster that nobody knows",
    one("aks", server({ login: "one" })),
    one("aks", server({ login: "one" }), over(generation("asK"), { clusters: { next: { servers: { db: { login: "two" } } } } })),
    ["refused server-source-unknown"],
  ],
  ["a larger disk", one("aks", server({})), one("aks", server({ disk: { sizeGiB: 128 } })), []],
  ["a smaller disk", one("aks", server({ disk: { sizeGiB: 128 } })), one("aks", server({})), ["refused server-disk-smaller"]],
  ["data of another version", one("aks", server({})), one("aks", server({ version: "16" })), ["refused server-version"]],
  [
    "files on a database's disk",
    one("aks", server({})),
    one("aks", { servers: { db: { ...server({}).servers.db, role: "nfs" } } }),
    ["refused server-role"],
  ],
  ["passwords that go back", one("aks", server({ passwordVersion: 2 })), one("aks", server({})), ["refused server-passwords"]],
  ["a server is fenced, and comes back", one("aks", server({})), one("aks", server({ fenced: true })), []],
  [
    "a server with its data is taken out",
    one("aks", twoServers),
    one("aks", server({})),
    ["refused protected-dropped", "warning addon-removed"],
  ],
  ["the last server is taken out", one("aks", server({})), one("aks"), ["refused protected-dropped", "refused stack-dropped"]],
];
