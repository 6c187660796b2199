import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { EntryReader } from "../backing/entries/reader";
import type { AddOnHost } from "./host";
import { BASE_NAMESPACE } from "./install";
import type { Installer } from "./installer";

/**
 * By what applications get their secrets: for each namespace an identity of its own that may read exactly the entries
 * which its applications name, and a SecretStore for each place where these are.
 */
export class AppSecretStores extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { cluster, namespaces }: NonNullable<AddOnHost["appSecrets"]>,
    made: readonly ITerraformDependable[],
    installer: Installer,
  ) {
    super(scope, id);
    const readers = namespaces.map(
      ({ namespace, reads }) => new EntryReader(this, `namespace-${namespace}`, { cluster, namespace, reads }),
    );
    installer.objects(this, "app-secret-stores", {
      phase: "resources",
      namespace: BASE_NAMESPACE,
      objects: readers.flatMap(({ objects }) => objects),
      after: [...made, ...readers.flatMap(({ ready }) => ready)],
    });
  }
}
