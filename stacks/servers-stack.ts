import { type App, TerraformOutput } from "cdktf";
import { ServersBase } from "../constructs/backing/servers/shared";
import { azureProvider } from "../constructs/providers";
import { stackIds } from "../model/derived/names";
import { type ServerCluster, serverEntries } from "../model/derived/servers";
import { FleetStack, type StackContext } from "./fleet-stack";
import { fleetTags } from "./parts/tags";

/** Output with the identity of the backup vault, which each cluster's stack gives its right on the disks. */
export const BACKUP_PRINCIPAL = "backup_principal_id";

/**
 * What the servers of clusters in one region leave to the next generation: passwords, snapshots, backups. For each region
 * a state of its own: a region that is down must not stop another's.
 */
export class ServersStack extends FleetStack {
  /** @param clusters those that have servers in the region, in one subscription */
  constructor(app: App, region: string, clusters: readonly ServerCluster[], context: StackContext) {
    const { fleet, text } = context;
    super(app, stackIds.servers(fleet.name, region), context);
    const { subscriptionId, tenantId, runner } = clusters[0]!.azure;
    azureProvider(this, "azure", { subscriptionId, tenantId, keepSecrets: true });
    const base = new ServersBase(this, "servers", {
      fleet: fleet.name,
      region,
      tenantId,
      runner,
      entries: clusters.flatMap((cluster) => serverEntries(fleet.name, cluster)),
      deletionProtection: clusters.some(({ deletionProtection }) => deletionProtection),
      tags: fleetTags(text),
    });
    new TerraformOutput(this, BACKUP_PRINCIPAL, {
      value: base.backupPrincipalId,
      description: "Object id of the identity that makes snapshots of the servers' disks.",
    });
  }
}
