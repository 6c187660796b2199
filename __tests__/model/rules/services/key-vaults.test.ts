import { backupAzure } from "../../../../model/derived/backups";
import { vaultName } from "../../../../model/derived/databases";
import { keyVaults } from "../../../../model/rules/services/key-vaults";
import type { Fleet } from "../../../../model/schema/fleet";
import { fleetWith } from "../../support";

const sound = fleetWith();
const vaults = "/subscriptions/a/resourceGroups/b/providers/Microsoft.KeyVault/vaults";
/** What is said where AKS reads its secrets from a vault, and things of these keys are on a cloud. */
function said(vault: string | undefined, cloud = "azure") {
  const clusters = sound.clusters.map((cluster) => {
    if (cluster.name !== "aks" || vault === undefined) return cluster;
    const externalSecrets = { ...cluster.addons.externalSecrets, keyVaultId: `${vaults}/${vault}` };
    return { ...cluster, addons: { ...cluster.addons, externalSecrets } };
  });
  return keyVaults({ ...sound, clusters, databases: { orders: { cloud } }, backups: { safe: { cloud } } } as unknown as Fleet);
}

test("add-ons read no vault of a database's logins or of backups' passwords, however it is spelt", () => {
  const holds = (vault: string, whose: string) => {
    for (const name of [vault, vault.toUpperCase()])
      expect(said(name)).toEqual([
        {
          path: ["clusters", "aks", "addons", "externalSecrets", "keyVaultId"],
          message: `is the vault of ${whose}, and what reads it for the add-ons may read all that is in it: give the add-ons a vault of their own`,
        },
      ]);
  };
  holds(vaultName("acme", "orders"), "the logins of database 'orders'");
  holds(backupAzure.vault("acme", "safe"), "the password of backups 'safe'");
});

test("any other vault is theirs, and of what is on another cloud there is none", () => {
  expect([...said("own"), ...said(undefined)]).toEqual([]);
  expect([...said(vaultName("acme", "orders"), "google"), ...said(backupAzure.vault("acme", "safe"), "aws")]).toEqual([]);
});
