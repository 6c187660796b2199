import { KeyVault } from "@cdktf/provider-azurerm/lib/key-vault";
import { KeyVaultSecret } from "@cdktf/provider-azurerm/lib/key-vault-secret";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { Construct } from "constructs";
import { ephemeral } from "../../cdktf/ephemeral";
import type { LoginStore } from "./logins";

export interface AzureVaultProps {
  /** Name of the vault, 3 to 24 characters, unique in the world. */
  readonly name: string;
  readonly resourceGroup: string;
  readonly location: string;
  readonly tenantId: string;
  /** Object id of the principal that runs Terraform. */
  readonly runner: string;
  readonly deletionProtection: boolean;
  /** Escaped. */
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * A key vault for the logins of one database. Key Vault has no rights by a secret's name, so what shares a vault with a
 * cluster's add-ons could be read by them.
 */
export class AzureVault extends Construct implements LoginStore {
  readonly vault: KeyVault;
  /** Name of its resource group. */
  readonly resourceGroup: string;
  private readonly writer: RoleAssignment;
  private readonly secrets = new Map<string, KeyVaultSecret>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AzureVaultProps,
  ) {
    super(scope, id);
    const lifecycle = { preventDestroy: props.deletionProtection };
    const group = new ResourceGroup(this, "group", {
      name: props.resourceGroup,
      location: props.location,
      tags: { ...props.tags },
      lifecycle,
    });
    this.resourceGroup = group.name;
    this.vault = new KeyVault(this, "vault", {
      name: props.name,
      resourceGroupName: group.name,
      location: props.location,
      tenantId: props.tenantId,
      skuName: "standard",
      rbacAuthorizationEnabled: true,
      // a purged vault takes the only copy of every password with it; without it the name stays taken for the same 90 days
      purgeProtectionEnabled: props.deletionProtection,
      softDeleteRetentionDays: 90,
      tags: { ...props.tags },
      lifecycle: { ...lifecycle, ignoreChanges: ["purge_protection_enabled"] },
    });
    this.writer = new RoleAssignment(this, "writer", {
      scope: this.vault.id,
      roleDefinitionName: "Key Vault Secrets Officer",
      principalId: props.runner,
    });
  }

  put(entry: string, value: string, version: number): void {
    const made = new KeyVaultSecret(this, entry, {
      name: entry,
      keyVaultId: this.vault.id,
      valueWo: value,
      valueWoVersion: version,
      contentType: "application/json",
      tags: { ...this.props.tags },
      dependsOn: [this.writer],
    });
    this.secrets.set(entry, made);
  }

  readBack(entry: string): string {
    const secret = this.secrets.get(entry);
    if (!secret) throw new Error(`entry ${entry} is read back before it is written`);
    // by its version: a name that isn't there yet would fail the first plan
    return ephemeral(this, "azurerm_key_vault_secret", entry, {
      name: secret.name,
      key_vault_id: this.vault.id,
      version: secret.version,
    })("value");
  }
}
