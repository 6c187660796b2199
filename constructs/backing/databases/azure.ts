import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import type { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import {
  type DatabaseServer,
  databaseServers,
  primaryOf,
  secretsRegionOf,
  serverName,
  servingServers,
  vaultName,
} from "../../../model/derived/databases";
import { shorten } from "../../../model/derived/names";
import type { Database } from "../../../model/schema/databases";
import type { PrivateTarget } from "../attachments/azure";
import { cosmosAccount, cosmosEntries } from "./azure-cosmos";
import { mysqlServer, postgresServer } from "./azure-servers";
import { AzureVault } from "./azure-vault";
import { Logins } from "./logins";

export interface DatabaseProps {
  readonly fleet: string;
  /** Key of the database in the fleet file. */
  readonly key: string;
  readonly database: Database;
  readonly tags: Readonly<Record<string, string>>;
  /** Databases that applications log in to by what they are. @default - none */
  readonly identities?: readonly string[];
}

/** Names that a cluster's stack needs too, all of them known at synth. */
export const azureDatabase = {
  /** Every server is in a group of its own region: a group whose region is down takes no changes. */
  resourceGroup: (fleet: string, key: string, region: string) => `${fleet}-data-${key}-${region}`,
  vaultGroup: (fleet: string, key: string) => `${fleet}-data-${key}-logins`,
  networkGroup: (fleet: string, key: string, network: string) => `${fleet}-data-${key}-${network}`,
  account: (fleet: string, key: string, database: Database) => shorten(serverName(fleet, key, { key: database.region }), 44),
  serverId: (fleet: string, key: string, database: Database, server: DatabaseServer): string => {
    const group = (region: string) =>
      `/subscriptions/${database.azure?.subscriptionId}/resourceGroups/${azureDatabase.resourceGroup(fleet, key, region)}`;
    if (database.engine === "mongo")
      return `${group(database.region)}/providers/Microsoft.DocumentDB/databaseAccounts/${azureDatabase.account(fleet, key, database)}`;
    const kind = database.engine === "mysql" ? "DBforMySQL" : "DBforPostgreSQL";
    return `${group(server.region)}/providers/Microsoft.${kind}/flexibleServers/${serverName(fleet, key, server)}`;
  },
  vaultId: (fleet: string, key: string, database: Database): string =>
    `/subscriptions/${database.azure?.subscriptionId}/resourceGroups/${azureDatabase.vaultGroup(fleet, key)}/providers/Microsoft.KeyVault/vaults/${vaultName(fleet, key)}`,
};

/** A database on Azure: its servers, each in its region, and its logins in a vault of their own. */
export class AzureDatabase extends Construct {
  /** What private endpoints lead to. */
  readonly made: readonly TerraformResource[];

  constructor(scope: Construct, id: string, props: DatabaseProps) {
    super(scope, id);
    const { fleet, key, database, identities } = props;
    if (!database.azure) throw new Error(`database ${key} has no account: the fleet was not loaded by loadFleet`);
    const tags = { ...props.tags };
    const store = new AzureVault(this, "logins", {
      ...database.azure,
      name: vaultName(fleet, key),
      resourceGroup: azureDatabase.vaultGroup(fleet, key),
      location: secretsRegionOf(database),
      deletionProtection: database.deletionProtection,
      tags,
    });
    const groups = this.groups(props, tags);
    if (database.engine === "mongo") {
      const cosmos = {
        fleet,
        key,
        database,
        store,
        tags,
        name: azureDatabase.account(fleet, key, database),
        resourceGroup: groups.get(database.region)!.name,
      };
      const account = cosmosAccount(this, cosmos);
      cosmosEntries(account, cosmos);
      this.made = [account];
      return;
    }
    const logins = new Logins(this, { fleet, key, database, store, identities });
    const make = database.engine === "mysql" ? mysqlServer : postgresServer;
    const servers = databaseServers(database);
    const primary = primaryOf(servers);
    const made = new Map<string, TerraformResource & { readonly fqdn: string }>();
    for (const server of [primary, ...servers.filter((other) => other !== primary)])
      made.set(
        server.key,
        make(this, `server-${server.key}`, {
          name: serverName(fleet, key, server),
          server,
          database,
          resourceGroup: groups.get(server.region)!.name,
          source: { id: azureDatabase.serverId(fleet, key, database, primary), resource: made.get(primary.key) },
          adminPassword: logins.adminPassword,
          tokensOf: identities?.length ? database.azure?.tenantId : undefined,
          tags,
        }),
      );
    this.made = [...made.values()];
    logins.entries((server) => made.get(server.key)!.fqdn);
  }

  private groups({ fleet, key, database }: DatabaseProps, tags: Readonly<Record<string, string>>) {
    const regions = database.engine === "mongo" ? [database.region] : databaseServers(database).map(({ region }) => region);
    return new Map(
      [...new Set(regions)].map((region) => [
        region,
        new ResourceGroup(this, `group-${region}`, {
          name: azureDatabase.resourceGroup(fleet, key, region),
          location: region,
          tags: { ...tags },
          lifecycle: { preventDestroy: database.deletionProtection },
        }),
      ]),
    );
  }
}

/** Subresources and zones of private endpoints (Azure Private Link docs, "private-link resource" and "DNS zone values"). */
const LINKS = {
  mysql: { subresource: "mysqlServer", zone: "privatelink.mysql.database.azure.com" },
  postgres: { subresource: "postgresqlServer", zone: "privatelink.postgres.database.azure.com" },
  mongo: { subresource: "MongoDB", zone: "privatelink.mongo.cosmos.azure.com" },
} as const;

/** What a network must reach of a database: every server that serves; of Cosmos DB the account, which is in all regions. */
export function azureTargets(fleet: string, key: string, database: Database): readonly PrivateTarget[] {
  const servers = servingServers(database);
  const reached = database.engine === "mongo" ? servers.slice(0, 1) : servers;
  return reached.map((server) => ({
    id: database.engine === "mongo" ? key : `${key}-${server.key}`,
    resourceId: azureDatabase.serverId(fleet, key, database, server),
    ...LINKS[database.engine],
  }));
}
