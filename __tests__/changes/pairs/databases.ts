import { type Data, over } from "../../model/support";
import { one, type Pair } from "../support";

const WEST = ["eu-west-2"];
const shopDb = (settings: Data = {}) =>
  one(
    "eks",
    {},
    {
      databases: {
        shop: {
          engine: "mysql",
          cloud: "aws",
          region: "eu-west-1",
          secretsRegion: "eu-west-2",
          network: { cidr: "10.90.0.0/20" },
          ...settings,
        },
      },
    },
  );

const azureDb = (engine: string, settings: Data) =>
  one(
    "aks",
    {},
    { databases: { shop: { engine, cloud: "azure", region: "uksouth", secretsRegion: "uksouth", size: "medium", ...settings } } },
  );

const googleDb = (settings: Data) =>
  one(
    "gke",
    {},
    {
      databases: {
        shop: {
          engine: "postgres",
          cloud: "google",
          region: "europe-west3",
          replicas: ["europe-west4"],
          network: { cidr: "10.90.0.0/20" },
          ...settings,
        },
      },
    },
  );

/** An application that uses the database of its cluster. */
const using = (cluster: "aks" | "gke", login: string): Data => {
  const base = cluster === "aks" ? azureDb("postgres", { clusters: ["aks"] }) : googleDb({ clusters: ["gke"] });
  const image = { repository: "ghcr.io/acme/web", tag: "1.0.0" };
  return over(base, {
    defaults: { addons: { externalSecrets: { enabled: true } } },
    apps: { web: { image, uses: { db: { database: "shop", login, as: "URI" } } } },
  });
};

/** What of a server is protected would go. */
const gone = ["refused protected-dropped"];

/** Databases. */
export const DATABASES: readonly Pair[] = [
  ["a database in another region", shopDb(), shopDb({ region: "eu-west-2" }), ["refused database-moved", ...gone]],
  ["a database leaves", shopDb(), one("eks"), ["refused stack-dropped"]],
  ["a promotion", shopDb({ replicas: WEST }), shopDb({ replicas: WEST, primary: "eu-west-2" }), ["warning database-promoted"]],
  [
    "a promotion taken back",
    shopDb({ replicas: WEST, primary: "eu-west-2" }),
    shopDb({ replicas: WEST }),
    ["refused database-back"],
  ],
  [
    "a replica before another leaves",
    shopDb({ replicas: [...WEST, "eu-west-3"] }),
    shopDb({ replicas: ["eu-west-3"] }),
    ["refused database-order", "refused resource-replaced", ...gone],
  ],
  ["the last replica leaves", shopDb({ replicas: WEST }), shopDb({}), ["warning database-replica-gone", ...gone]],
  ["new passwords", shopDb(), shopDb({ passwordVersion: 2 }), ["warning database-passwords"]],
  [
    "other data for a database that is there",
    shopDb(),
    shopDb({ restoreFrom: { snapshot: "x" } }),
    ["warning database-made-once"],
  ],
  ["a larger disk", shopDb({ storageGiB: 64 }), shopDb({ storageGiB: 128 }), ["warning database-made-once"]],
  ["a smaller disk", shopDb({ storageGiB: 128 }), shopDb({ storageGiB: 64 }), ["refused database-smaller"]],
  ["a standby later", azureDb("mysql", {}), azureDb("mysql", { highAvailability: true }), ["refused database-standby"]],
  ["a standby of PostgreSQL later", azureDb("postgres", {}), azureDb("postgres", { highAvailability: true }), []],
  [
    "one region of Cosmos DB for another",
    azureDb("mongo", { replicas: ["westeurope"] }),
    azureDb("mongo", { replicas: ["northeurope"] }),
    ["refused database-regions"],
  ],
  [
    "a further database on a server that was promoted, on Google Cloud",
    googleDb({ primary: "europe-west4", databases: ["shop"] }),
    googleDb({ primary: "europe-west4", databases: ["shop", "till"] }),
    ["refused database-after-promotion"],
  ],
  ["a further database before a promotion", googleDb({ databases: ["shop"] }), googleDb({ databases: ["shop", "till"] }), []],
  ["a login by identity instead of a password, on Azure", using("aks", "password"), using("aks", "identity"), []],
  ["a password again, on Azure", using("aks", "identity"), using("aks", "password"), ["warning database-tokens"]],
  ["a login by identity instead of a password, on Google Cloud", using("gke", "password"), using("gke", "identity"), []],
  ["a password again, on Google Cloud", using("gke", "identity"), using("gke", "password"), []],
  ["a newer MySQL", shopDb({ version: "8.0" }), shopDb({ version: "8.4" }), ["warning database-version"]],
  ["an older MySQL", shopDb({ version: "8.4" }), shopDb({ version: "8.0" }), ["refused database-version-lowered"]],
];
