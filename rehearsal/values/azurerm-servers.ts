/** What Azure decides about disks' backups, ways out and stores of backups. Ids as in the Azure Resource Manager's resource id format. */
import { type Inventor, text } from "./context";

const below =
  (argument: string, kind: string): Inventor =>
  (subject) => ({ id: `${text(subject.known, argument)}/${kind}/${text(subject.known, "name")}` });

const PROTECTION = "Microsoft.DataProtection/backupVaults";

export const azurermServerInventors: Readonly<Record<string, Inventor>> = {
  azurerm_data_protection_backup_vault: (s) => ({
    id: `/subscriptions/${text(s.provider, "subscription_id")}/resourceGroups/${text(s.known, "resource_group_name")}/providers/${PROTECTION}/${text(s.known, "name")}`,
    identity: { principal_id: s.seed.uuid("principal"), tenant_id: s.seed.uuid("tenant") },
  }),
  azurerm_data_protection_backup_policy_disk: below("vault_id", "backupPolicies"),
  azurerm_data_protection_backup_instance_disk: below("vault_id", "backupInstances"),
  azurerm_storage_container: (s) => ({
    id: `${text(s.known, "storage_account_id")}/blobServices/default/containers/${text(s.known, "name")}`,
  }),
  azurerm_storage_management_policy: (s) => ({ id: `${text(s.known, "storage_account_id")}/managementPolicies/default` }),
  azurerm_management_lock: (s) => ({
    id: `${text(s.known, "scope")}/providers/Microsoft.Authorization/locks/${text(s.known, "name")}`,
  }),
  azurerm_nat_gateway_public_ip_association: (s) => ({
    id: `${text(s.known, "nat_gateway_id")}|${text(s.known, "public_ip_address_id")}`,
  }),
  azurerm_subnet_nat_gateway_association: (s) => ({ id: text(s.known, "subnet_id") }),
  azurerm_network_interface_security_group_association: (s) => ({
    id: `${text(s.known, "network_interface_id")}|${text(s.known, "network_security_group_id")}`,
  }),
  azurerm_virtual_machine_data_disk_attachment: (s) => ({
    id: `${text(s.known, "virtual_machine_id")}/dataDisks/${text(s.known, "managed_disk_id").split("/").at(-1)}`,
  }),
};
