/** What Azure refuses of machines' disks, addresses and backups. */
import { equal, isList, isObject, type ValueObject } from "../protocol/values";
import type { Attempt, Refusal } from "./attempt";

const configurations = (attributes: ValueObject): readonly ValueObject[] =>
  (isList(attributes.ip_configuration) ? attributes.ip_configuration : []).filter(isObject);

/** A static address exists once in its subnet. */
const addressOnce: Refusal = {
  type: "azurerm_network_interface",
  on: ["create", "update"],
  source: "Azure Network REST API, PrivateIPAddressInUse",
  refuse: ({ attributes, cloud }: Attempt) => {
    for (const { subnet_id: subnet, private_ip_address: address, private_ip_address_allocation: how } of configurations(
      attributes,
    )) {
      if (how !== "Static") continue;
      const other = cloud
        .all("azurerm_network_interface")
        .find(
          (one) =>
            one.attributes.id !== attributes.id &&
            configurations(one.attributes).some((own) => equal(own.subnet_id, subnet) && own.private_ip_address === address),
        );
      if (other) return `${String(address)} is the address of ${String(other.attributes.name)} already.`;
    }
    return undefined;
  },
};

/** A copy is of something that is there: told where the group that it should be in is of the rehearsal. */
const sourceExists = (type: string): Refusal => ({
  type,
  on: ["create"],
  source: "Azure Compute REST API, ResourceNotFound",
  refuse: ({ config, cloud }) => {
    const id = config.source_resource_id;
    const group =
      typeof id === "string" ? /^(\/subscriptions\/[^/]+\/resourceGroups\/[^/]+)\/.*\/(disks|snapshots)\//i.exec(id) : null;
    if (!group || typeof id !== "string") return undefined;
    const known = cloud.all("azurerm_resource_group").some(({ attributes }) => attributes.id === group[1]);
    if (!known) return undefined;
    const kind = group[2] === "disks" ? "azurerm_managed_disk" : "azurerm_snapshot";
    return cloud.all(kind).some(({ attributes }) => attributes.id === id) ? undefined : `${id} does not exist.`;
  },
});

/** Without both rights the first backup, and the instance with it, is refused. */
const backupMay: Refusal = {
  type: "azurerm_data_protection_backup_instance_disk",
  on: ["create"],
  source: "Azure Disk Backup docs, Configure: Disk Backup Reader on the disk, Disk Snapshot Contributor on the snapshots' group",
  refuse: ({ attributes, cloud }) => {
    const vault = cloud.all("azurerm_data_protection_backup_vault").find((one) => one.attributes.id === attributes.vault_id);
    if (!vault) return `The backup vault ${String(attributes.vault_id)} does not exist.`;
    const identity = isList(vault.attributes.identity) ? vault.attributes.identity[0] : vault.attributes.identity;
    const principal = isObject(identity ?? null) ? (identity as ValueObject).principal_id : undefined;
    const may = (role: string, scope: (id: string) => boolean) =>
      cloud
        .all("azurerm_role_assignment")
        .some(
          ({ attributes: own }) =>
            own.role_definition_name === role && own.principal_id === principal && scope(String(own.scope)),
        );
    if (!may("Disk Backup Reader", (id) => id === attributes.disk_id))
      return "UserErrorMissingRequiredPermissions: the vault's identity is no Disk Backup Reader on the disk.";
    const group = `/resourceGroups/${String(attributes.snapshot_resource_group_name)}`;
    return may("Disk Snapshot Contributor", (id) => id.endsWith(group))
      ? undefined
      : "UserErrorMissingRequiredPermissions: the vault's identity is no Disk Snapshot Contributor on the group of the snapshots.";
  },
};

export const azureServerRefusals: readonly Refusal[] = [
  addressOnce,
  sourceExists("azurerm_snapshot"),
  sourceExists("azurerm_managed_disk"),
  backupMay,
];
