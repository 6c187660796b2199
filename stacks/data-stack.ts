import type { App } from "cdktf";
import { AwsDatabase } from "../constructs/backing/databases/aws";
import { AzureDatabase } from "../constructs/backing/databases/azure";
import { GoogleDatabase } from "../constructs/backing/databases/google";
import { literalDeep } from "../constructs/cdktf/escape";
import { awsProvider, azureProvider, googleProvider } from "../constructs/providers";
import { secretsRegionOf } from "../model/derived/databases";
import { identityDatabases } from "../model/derived/identity-logins";
import { stackIds } from "../model/derived/names";
import type { Database } from "../model/schema/databases";
import { FleetStack, type StackContext } from "./fleet-stack";
import { attachAzureNetworks, attachGoogleNetworks } from "./parts/attach-networks";
import { fleetTags } from "./parts/tags";

/**
 * A database server with its replicas and its entries in the secret store. Each in a state of its own: a region that is
 * down must not stop the plan of another's promotion, and who reads a state reads what is in it.
 */
export class DataStack extends FleetStack {
  constructor(app: App, key: string, plain: Database, context: StackContext) {
    const { fleet, text } = context;
    super(app, stackIds.data(fleet.name, key), context);
    const database = literalDeep(plain);
    const props = {
      fleet: fleet.name,
      key,
      database,
      tags: { ...fleetTags(text), ...database.tags, database: key },
      identities: identityDatabases(fleet, key),
    };
    switch (database.cloud) {
      case "azure":
        azureProvider(this, "azure", { ...account(key, database.azure), keepSecrets: true });
        attachAzureNetworks(this, key, database, new AzureDatabase(this, "database", props), props.tags);
        break;
      case "aws":
        // where the logins are kept: the provider's own calls must not need a region that may be down
        awsProvider(this, "aws", { ...account(key, database.aws), region: secretsRegionOf(database) });
        new AwsDatabase(this, "database", props);
        break;
      case "google":
        googleProvider(this, "google", { ...account(key, database.google), region: database.region });
        attachGoogleNetworks(this, key, database, new GoogleDatabase(this, "database", props));
        break;
    }
  }
}

function account<T>(key: string, found: T | undefined): T {
  if (!found) throw new Error(`database ${key} has no account: the fleet was not loaded by loadFleet`);
  return found;
}
