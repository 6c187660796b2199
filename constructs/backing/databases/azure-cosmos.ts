import { CosmosdbAccount } from "@cdktf/provider-azurerm/lib/cosmosdb-account";
import { CosmosdbMongoDatabase } from "@cdktf/provider-azurerm/lib/cosmosdb-mongo-database";
import { Fn } from "cdktf";
import type { Construct } from "constructs";
import { databaseEntries, databaseServers, databasesOn, versionOf } from "../../../model/derived/databases";
import { PORTS, sizeName } from "../../../model/limits/databases";
import type { Database } from "../../../model/schema/databases";
import type { LoginStore } from "./logins";
import { entryVersion } from "./logins";

export interface CosmosProps {
  readonly fleet: string;
  readonly key: string;
  readonly name: string;
  readonly resourceGroup: string;
  readonly database: Database;
  readonly store: LoginStore;
  /** Escaped. */
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * Cosmos DB with the protocol of MongoDB: one write region, the others read in the order in which they take over.
 *
 * Its keys are computed by Azure and can't be kept out of the state of this stack; nothing else has them but the store.
 */
export function cosmosAccount(scope: Construct, props: CosmosProps): CosmosdbAccount {
  const { name, resourceGroup, database, tags } = props;
  const servers = databaseServers(database);
  const lifecycle = { preventDestroy: database.deletionProtection };
  const { restoreFrom } = database;
  const primary = servers.findIndex(({ role }) => role === "primary");
  const inOrder = [...servers.slice(primary), ...servers.slice(0, primary)];
  const account = new CosmosdbAccount(scope, "account", {
    name,
    resourceGroupName: resourceGroup,
    location: database.region,
    offerType: "Standard",
    kind: "MongoDB",
    mongoServerVersion: versionOf(database),
    capabilities: [{ name: "EnableMongo" }],
    automaticFailoverEnabled: servers.length > 1,
    multipleWriteLocationsEnabled: false,
    // what a client wrote it reads; bounded staleness over regions would halve the write rate for little more
    consistencyPolicy: { consistencyLevel: "Session" },
    geoLocation: inOrder.map(({ region }, place) => ({
      location: region,
      failoverPriority: place,
      zoneRedundant: database.highAvailability,
    })),
    backup: { type: "Continuous", tier: database.backups.days > 7 ? "Continuous30Days" : "Continuous7Days" },
    createMode: restoreFrom ? "Restore" : undefined,
    restore: restoreFrom && {
      sourceCosmosdbAccountId: restoreFrom.server!,
      restoreTimestampInUtc: restoreFrom.time!,
    },
    publicNetworkAccessEnabled: false,
    minimalTlsVersion: "Tls12",
    tags: { ...tags },
    lifecycle: { ...lifecycle, ignoreChanges: ["create_mode", "restore"] },
  });
  for (const name of databasesOn(props.key, database))
    new CosmosdbMongoDatabase(scope, `database-${name}`, {
      name,
      resourceGroupName: resourceGroup,
      accountName: account.name,
      autoscaleSettings: { maxThroughput: Number(sizeName(database)) },
      lifecycle,
    });
  return account;
}

/** The account's own strings, one that writes and one that only reads, with the database in them. */
export function cosmosEntries(account: CosmosdbAccount, props: CosmosProps): void {
  const { fleet, key, database, store } = props;
  for (const entry of databaseEntries(fleet, key, database)) {
    const reads = entry.at.role === "replica";
    const whole = reads ? account.primaryReadonlyMongodbConnectionString : account.primaryMongodbConnectionString;
    // Azure's string names no database
    const uri = Fn.replace(whole, "/?", `/${entry.database}?`);
    const host = `${props.name}.mongo.cosmos.azure.com`;
    const value = Fn.jsonencode({
      host,
      port: PORTS.mongo,
      database: entry.database,
      username: account.name,
      password: reads ? account.primaryReadonlyKey : account.primaryKey,
      // the host is the same everywhere: the driver chooses the nearest region that answers
      uri: reads ? Fn.join("", [uri, "&readPreference=nearest"]) : uri,
    });
    store.put(entry.name, value, entryVersion(database, entry));
  }
}
