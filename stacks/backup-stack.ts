import type { App } from "cdktf";
import { AwsBackupStore } from "../constructs/backing/backups/aws";
import { AzureBackupStore } from "../constructs/backing/backups/azure";
import { GoogleBackupStore } from "../constructs/backing/backups/google";
import { literalDeep } from "../constructs/cdktf/escape";
import { awsProvider, azureProvider, googleProvider } from "../constructs/providers";
import { stackIds } from "../model/derived/names";
import type { BackupStore } from "../model/schema/backups";
import { FleetStack, type StackContext } from "./fleet-stack";
import { fleetTags } from "./parts/tags";

/** A store of backups with the password of what is in it. It outlives every cluster, and knows none. */
export class BackupStack extends FleetStack {
  constructor(app: App, key: string, plain: BackupStore, context: StackContext) {
    const { fleet, text } = context;
    super(app, stackIds.backup(fleet.name, key), context);
    const store = literalDeep(plain);
    const { region } = store;
    const props = { fleet: fleet.name, key, store, tags: { ...fleetTags(text), ...store.tags, store: key } };
    switch (store.cloud) {
      case "azure":
        // a storage account without keys answers nobody who was not given a role there, and none is needed to make it
        azureProvider(this, "azure", { ...account(key, store.azure), keepSecrets: true, skipStorageData: true });
        new AzureBackupStore(this, "store", props);
        break;
      case "aws":
        awsProvider(this, "aws", { ...account(key, store.aws), region });
        new AwsBackupStore(this, "store", props);
        break;
      case "google":
        googleProvider(this, "google", { ...account(key, store.google), region });
        new GoogleBackupStore(this, "store", props);
        break;
    }
  }
}

function account<T>(key: string, found: T | undefined): T {
  if (!found) throw new Error(`backup store ${key} has no account: the fleet was not loaded by loadFleet`);
  return found;
}
