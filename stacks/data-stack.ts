import type { App } from "cdktf";
import { AzureDatabase } from "../constructs/backing/databases/azure";
import { literalDeep } from "../constructs/cdktf/escape";
import { azureProvider } from "../constructs/providers";
import { stackIds } from "../model/derived/names";
import type { Database } from "../model/schema/databases";
import { FleetStack, type StackContext } from "./fleet-stack";
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
    const props = { fleet: fleet.name, key, database, tags: { ...fleetTags(text), ...database.tags, database: key } };
    switch (database.cloud) {
      case "azure":
        azureProvider(this, "azure", { ...account(key, database.azure), keepSecrets: true });
        new AzureDatabase(this, "database", props);
        break;
      default:
        throw new Error(`database ${key}: ${database.cloud} is not built yet`);
    }
  }
}

function account<T>(key: string, found: T | undefined): T {
  if (!found) throw new Error(`database ${key} has no account: the fleet was not loaded by loadFleet`);
  return found;
}
