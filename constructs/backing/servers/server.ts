import { LinuxVirtualMachine } from "@cdktf/provider-azurerm/lib/linux-virtual-machine";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { UserAssignedIdentity } from "@cdktf/provider-azurerm/lib/user-assigned-identity";
import { VirtualMachineDataDiskAttachment } from "@cdktf/provider-azurerm/lib/virtual-machine-data-disk-attachment";
import type { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { IMAGE } from "../../../model/limits/servers";
import type { Server } from "../../../model/schema/servers";
import { type CloudInitProps, cloudInit } from "./cloud-init";
import { ServerDisk, type ServerDiskProps, type ServersShared } from "./disk";
import { ServerInterface, type ServerPlace } from "./network";

export interface AzureServerProps extends ServerPlace {
  readonly server: Pick<Server, "size" | "sshPublicKey" | "fenced" | "backup" | "disk">;
  /** What the machine is told at its first start. Not escaped: it is given to Azure in base64. */
  readonly start: CloudInitProps;
  readonly port: number;
  /** @default - the region has none */
  readonly zone?: string;
  readonly source?: ServerDiskProps["source"];
  readonly shared: ServersShared;
  /** Names of the passwords that the machine reads. */
  readonly passwords: readonly string[];
  readonly deletionProtection: boolean;
  /** What the machine needs for its first start. */
  readonly after: readonly TerraformResource[];
}

/**
 * A server of a cluster on Azure: its disk and address, which stay, and its machine, which can be taken away and made
 * again. The machine has an identity of its own that may read its databases' passwords, and nothing else.
 */
export class AzureServer extends Construct {
  constructor(scope: Construct, id: string, props: AzureServerProps) {
    super(scope, id);
    const { server, start, resourceGroup, location, zone, source, shared, deletionProtection, tags } = props;
    const { name } = start;
    const disk = new ServerDisk(this, "data", {
      ...{ name, resourceGroup, location, zone, source, shared, deletionProtection, tags },
      sizeGiB: server.disk.sizeGiB,
      backup: server.backup,
    });
    const network = new ServerInterface(this, "network", {
      ...props,
      name,
      address: start.address,
      port: props.port,
      from: start.nodes,
    });
    const { identity, grants } = this.identity(props);
    if (server.fenced) return;
    const machine = new LinuxVirtualMachine(this, "machine", {
      name,
      resourceGroupName: resourceGroup,
      location,
      zone,
      size: server.size,
      adminUsername: "meridian",
      disablePasswordAuthentication: true,
      adminSshKey: [{ username: "meridian", publicKey: server.sshPublicKey }],
      networkInterfaceIds: [network.id],
      osDisk: { caching: "ReadWrite", storageAccountType: "Premium_LRS" },
      sourceImageReference: { ...IMAGE },
      customData: Buffer.from(cloudInit(start)).toString("base64"),
      identity: { type: "UserAssigned", identityIds: [identity.id] },
      secureBootEnabled: true,
      vtpmEnabled: true,
      provisionVmAgent: true,
      patchMode: "AutomaticByPlatform",
      patchAssessmentMode: "AutomaticByPlatform",
      rebootSetting: "IfRequired",
      bootDiagnostics: {},
      tags: { ...tags },
      dependsOn: [network.closed, ...grants, ...props.after],
      // either would replace a machine that serves, for a newer Meridian: terraform apply -replace does it when you want it
      lifecycle: { ignoreChanges: ["custom_data", "source_image_reference"] },
    });
    new VirtualMachineDataDiskAttachment(this, "attachment", {
      managedDiskId: disk.id,
      virtualMachineId: machine.id,
      lun: 0,
      caching: "None",
    });
  }

  private identity({ start: { name }, resourceGroup, location, shared, passwords, tags }: AzureServerProps) {
    const identity = new UserAssignedIdentity(this, "identity", {
      name,
      resourceGroupName: resourceGroup,
      location,
      tags: { ...tags },
    });
    const grants = passwords.map(
      (entry) =>
        new RoleAssignment(this, `password-${entry}`, {
          scope: `${shared.vaultId}/secrets/${entry}`,
          roleDefinitionName: "Key Vault Secrets User",
          principalId: identity.principalId,
          principalType: "ServicePrincipal",
        }),
    );
    return { identity, grants };
  }
}
