import type { App } from "cdktf";
import { AwsRegistry } from "../constructs/backing/registries/aws";
import { AzureRegistry } from "../constructs/backing/registries/azure";
import { GoogleRegistry } from "../constructs/backing/registries/google";
import { literalDeep } from "../constructs/cdktf/escape";
import { awsProvider, azureProvider, googleProvider } from "../constructs/providers";
import { stackIds } from "../model/derived/names";
import { hasTokenPulls } from "../model/derived/pulls";
import { mayPull, pullPool, registryGroup, registryName } from "../model/derived/registries";
import type { Fleet } from "../model/schema/fleet";
import type { Registry } from "../model/schema/registries";
import { FleetStack, type StackContext } from "./fleet-stack";
import { attachRegistryNetworks } from "./parts/attach-registries";
import { fleetTags } from "./parts/tags";

/** A registry with its replicas, and who may push. It knows no cluster. */
export class RegistryStack extends FleetStack {
  /** Whether there is anything to make: another's registry has no stack. */
  static needed = ({ cloud }: Registry): boolean => cloud !== "external";

  constructor(app: App, key: string, plain: Registry, context: StackContext) {
    const { fleet, text } = context;
    super(app, stackIds.registry(fleet.name, key), context);
    const registry = literalDeep(plain);
    const { region = "" } = registry;
    const tags = { ...fleetTags(text), ...registry.tags, registry: key };
    const props = { name: registryName(fleet, key, plain), registry, tags };
    switch (registry.cloud) {
      case "azure":
        azureProvider(this, "azure", account(key, registry.azure));
        attachRegistryNetworks(
          this,
          key,
          registry,
          new AzureRegistry(this, "registry", { ...props, resourceGroup: registryGroup(fleet, key) }),
          tags,
        );
        break;
      case "aws":
        awsProvider(this, "aws", { ...account(key, registry.aws), region });
        new AwsRegistry(this, "registry", { ...props, pullAccounts: otherAccounts(fleet, key, plain) });
        break;
      case "google":
        googleProvider(this, "google", { ...account(key, registry.google), region });
        new GoogleRegistry(this, "registry", {
          ...props,
          pool: hasTokenPulls(fleet, key) ? pullPool(fleet, key, plain) : undefined,
        });
        break;
    }
  }
}

/** Accounts of the clusters that may pull, besides the registry's own: their nodes' roles allow it on their side. */
function otherAccounts(fleet: Fleet, key: string, { aws }: Registry): readonly string[] {
  const accounts = fleet.clusters.flatMap((cluster) =>
    cluster.cloud === "aws" && mayPull(fleet, key, cluster) ? [cluster.aws.accountId] : [],
  );
  return [...new Set(accounts)].filter((id) => id !== aws?.accountId).sort();
}

function account<T>(key: string, found: T | undefined): T {
  if (!found) throw new Error(`registry ${key} has no account: the fleet was not loaded by loadFleet`);
  return found;
}
