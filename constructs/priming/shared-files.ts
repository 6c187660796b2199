import { DataAwsEksAddonVersion } from "@cdktf/provider-aws/lib/data-aws-eks-addon-version";
import { EfsFileSystem } from "@cdktf/provider-aws/lib/efs-file-system";
import { EfsMountTarget } from "@cdktf/provider-aws/lib/efs-mount-target";
import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { FilestoreInstance } from "@cdktf/provider-google/lib/filestore-instance";
import { Fn, type TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { managedPolicyArn } from "../clusters/eks/partition";
import { googleLabels } from "../clusters/gke/labels";
import { PodIdentityRole } from "../identity/aws-roles";
import type { AddOnHost, OwnAws, OwnAzure, OwnGoogle } from "./host";

/** What a storage class is made of. */
export interface StorageClass {
  readonly provisioner: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly mountOptions?: readonly string[];
  /** @default Immediate */
  readonly volumeBindingMode?: string;
  /** @default false */
  readonly isDefault?: boolean;
}

/** A file system that many pods write, as a storage class. */
export interface SharedFiles {
  readonly storageClass: StorageClass;
  /** What must be there before the class is of use. */
  readonly ready: readonly TerraformResource[];
}

/** The cloud's own file service: EFS, Azure Files or Filestore. */
export function sharedFileSystem(scope: Construct, host: AddOnHost): SharedFiles {
  const { own } = host;
  switch (own.cloud) {
    case "aws":
      return efs(scope, host, own);
    case "azure":
      return azureFiles(own);
    case "google":
      return filestore(scope, host, own);
    case "existing":
      throw new Error(`storage.shared on ${host.face.name}: an existing cluster has no cloud of its own`);
  }
}

/** What is on the volumes goes with the file system: refused at plan, like the cluster's own end. */
const kept = ({ deletionProtection }: OwnAws | OwnGoogle) => ({ preventDestroy: deletionProtection });

/** One file system, a mount target in each subnet, an access point for each volume, and EKS's add-on that makes them. */
function efs(scope: Construct, host: AddOnHost, own: OwnAws): SharedFiles {
  const { foundation } = own;
  const provider = host.ownProvider();
  const name = `${host.name}-shared`;
  const tags = { ...host.tags, Name: name };
  const files = new EfsFileSystem(scope, "files", {
    provider,
    creationToken: name,
    encrypted: true,
    throughputMode: "elastic",
    tags,
    lifecycle: kept(own),
  });
  const group = new SecurityGroup(scope, "files-access", {
    provider,
    name,
    description: "NFS from the cluster's nodes",
    vpcId: foundation.vpcId,
    tags,
  });
  const rule = new VpcSecurityGroupIngressRule(scope, "files-from-nodes", {
    provider,
    securityGroupId: group.id,
    referencedSecurityGroupId: foundation.clusterSecurityGroupId,
    ipProtocol: "tcp",
    fromPort: 2049,
    toPort: 2049,
    description: "NFS",
    tags,
  });
  const targets = foundation.privateSubnetIds.map(
    (subnetId, index) =>
      new EfsMountTarget(scope, `files-target-${own.subnetKeys[index]}`, {
        provider,
        fileSystemId: files.id,
        subnetId,
        securityGroups: [group.id],
      }),
  );
  const role = new PodIdentityRole(scope, "driver-role", {
    provider,
    name: `${host.name}-efs-csi`,
    clusterName: foundation.clusterName,
    account: { namespace: "kube-system", name: "efs-csi-controller-sa" },
    managedPolicyArn: managedPolicyArn(own.region, "service-role/AmazonEFSCSIDriverPolicy"),
    associate: false,
    permissionsBoundaryArn: own.permissionsBoundaryArn,
    tags: host.tags,
  });
  const version = new DataAwsEksAddonVersion(scope, "driver-version", {
    provider,
    addonName: "aws-efs-csi-driver",
    // a literal: with the cluster's attribute any pending change of the cluster would plan an update of the driver
    kubernetesVersion: own.kubernetes,
    mostRecent: false,
  });
  const driver = new EksAddon(scope, "driver", {
    provider,
    clusterName: foundation.clusterName,
    addonName: "aws-efs-csi-driver",
    addonVersion: version.version,
    resolveConflictsOnCreate: "OVERWRITE",
    resolveConflictsOnUpdate: "PRESERVE",
    podIdentityAssociation: [{ serviceAccount: "efs-csi-controller-sa", roleArn: role.arn }],
    tags: { ...host.tags },
    dependsOn: [...role.ready],
  });
  return {
    storageClass: {
      provisioner: "efs.csi.aws.com",
      parameters: { provisioningMode: "efs-ap", fileSystemId: files.id, directoryPerms: "700", basePath: "/volumes" },
      mountOptions: ["tls"],
    },
    ready: [driver, rule, ...targets],
  };
}

/**
 * AKS's own driver makes the storage account and the shares in the node resource group, opened to the subnets of the
 * network: it goes through all of them, unless one is named (azurefile-csi-driver, azure.go, updateSubnetServiceEndpoints).
 * NFS is for premium accounts; a volume has 100 GiB at least.
 */
function azureFiles({ existingSubnet }: OwnAzure): SharedFiles {
  return {
    storageClass: {
      provisioner: "file.csi.azure.com",
      parameters: {
        protocol: "nfs",
        skuName: "Premium_LRS",
        ...(existingSubnet && {
          vnetResourceGroup: existingSubnet.resourceGroup,
          vnetName: existingSubnet.network,
          subnetName: existingSubnet.name,
        }),
      },
      mountOptions: ["nconnect=4", "noresvport", "actimeo=30"],
    },
    ready: [],
  };
}

/** One instance in all zones of the region, a folder for each volume, mounted by the NFS driver. */
function filestore(scope: Construct, host: AddOnHost, own: OwnGoogle): SharedFiles {
  const { foundation } = own;
  const share = "volumes";
  const files = new FilestoreInstance(scope, "files", {
    provider: host.ownProvider(),
    project: foundation.projectId,
    name: `${host.name}-shared`,
    location: own.region,
    tier: "REGIONAL",
    // the smallest
    fileShares: { name: share, capacityGb: 1024 },
    networks: [
      {
        // the API takes a path, not a URL
        network: Fn.trimprefix(foundation.network, "https://www.googleapis.com/compute/v1/"),
        modes: ["MODE_IPV4"],
        connectMode: "DIRECT_PEERING",
      },
    ],
    labels: googleLabels(host.tags),
    lifecycle: kept(own),
  });
  return {
    storageClass: {
      provisioner: "nfs.csi.k8s.io",
      parameters: { server: Fn.element(files.networks.get(0).ipAddresses, 0) as string, share: `/${share}` },
      mountOptions: ["nfsvers=3", "hard"],
    },
    ready: [files],
  };
}
