import type { Data } from "../../model/support";
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
  ["a newer MySQL", shopDb({ version: "8.0" }), shopDb({ version: "8.4" }), ["warning database-version"]],
  ["an older MySQL", shopDb({ version: "8.4" }), shopDb({ version: "8.0" }), ["refused database-version-lowered"]],
];
