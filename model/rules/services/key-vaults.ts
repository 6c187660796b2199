import { backupAzure } from "../../derived/backups";
import { vaultName } from "../../derived/databases";
import { serverRegions, serverShared } from "../../derived/servers";
import type { Rule } from "../../problems/problem";
import type { Fleet } from "../../schema/fleet";
import { inCluster } from "../clusters";

/** Key Vault has no rights by a secret's name: add-ons read all of their vault, so logins have vaults of their own. */
export const keyVaults: Rule = (fleet) => {
  const logins = loginVaults(fleet);
  return fleet.clusters.flatMap((cluster) => {
    const name = cluster.addons.externalSecrets.keyVaultId?.split("/").at(-1)?.toLowerCase();
    const holds = name === undefined ? undefined : logins.get(name);
    return holds === undefined
      ? []
      : [
          inCluster(
            cluster,
            ["addons", "externalSecrets", "keyVaultId"],
            `is the vault of ${holds}, and what reads it for the add-ons may read all that is in it: give the add-ons a vault of their own`,
          ),
        ];
  });
};

/** Names of the vaults that hold logins and passwords, which are unique in the world, and whose these are. */
function loginVaults(fleet: Fleet): ReadonlyMap<string, string> {
  const of = <T extends { readonly cloud: string }>(all: Readonly<Record<string, T>>) =>
    Object.keys(all).filter((key) => all[key]!.cloud === "azure");
  return new Map([
    ...[...serverRegions(fleet).keys()].map(
      (region) => [serverShared.vault(fleet.name, region), `the servers' logins in ${region}`] as const,
    ),
    ...of(fleet.databases).map((key) => [vaultName(fleet.name, key), `the logins of database '${key}'`] as const),
    ...of(fleet.backups).map((key) => [backupAzure.vault(fleet.name, key), `the password of backups '${key}'`] as const),
  ]);
}
