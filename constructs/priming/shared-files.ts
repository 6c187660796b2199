import { DataAwsEksAddonVersion } from "@cdktf/provider-aws/lib/data-aws-eks-addon-version";
import { EfsFileSystem } from "@cdktf/provider-aws/lib/efs-file-system";
import { EfsMountTarget } from "@cdktf/provider-aws/lib/efs-mount-target";
import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { FilestoreInstance } from "@cdktf/provider-google/lib/filestore-instance";
import { Fn, type TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { clusterName } from "../../model/derived/names";
import { clusterZones } from "../../model/derived/zones";
import type { AwsCluster, GoogleCluster } from "../../model/schema/cluster";
import { literalDeep } from "../cdktf/escape";
import { managedPolicyArn } from "../clusters/eks/partition";
import type { AwsFoundation, GoogleFoundation } from "../clusters/face";
import { googleLabels } from "../clusters/gke/labels";
import { PodIdentityRole } from "../identity/aws-roles";
import type { StorageClass } from "./add-ons/storage";
import type { PrimingContext } from "./context";

/** A file system that many pods write, as a storage class. */
export interface SharedFiles {
  readonly storageClass: StorageClass;
  /** What must be there before the class is of use. */
  readonly ready: readonly TerraformResource[];
}

/** The cloud's own file service: EFS, Azure Files or Filestore. */
export function sharedFileSystem(scope: Construct, context: PrimingContext): SharedFiles {
  const { half } = context;
  switch (half.cloud) {
    case "aws":
      return efs(scope, context, half.cluster, half.foundation);
    case "azure":
      return azureFiles;
    case "google":
      return filestore(scope, context, half.cluster, half.foundation);
    case "existing":
      throw new Error(`storage.shared on ${context.cluster.name}: an existing cluster has no cloud of its own`);
  }
}

/** What is on the volumes goes with the file system: refused at plan, like the cluster's own end. */
const kept = ({ deletionProtection }: AwsCluster | GoogleCluster) => ({ preventDestroy: deletionProtection });

/** One file system, a mount target in each subnet, an access point for each volume, and EKS's add-on that makes them. */
function efs(scope: Construct, context: PrimingContext, cluster: AwsCluster, foundation: AwsFoundation): SharedFiles {
  const name = `${clusterName(context.fleet.name, cluster.name)}-shared`;
  const tags = literalDeep({ ...context.tags, Name: name });
  const files = new EfsFileSystem(scope, "files", {
    creationToken: name,
    encrypted: true,
    throughputMode: "elastic",
    tags,
    lifecycle: kept(cluster),
  });
  const group = new SecurityGroup(scope, "files-access", {
    name,
    description: "NFS from the cluster's nodes",
    vpcId: foundation.vpcId,
    tags,
  });
  const rule = new VpcSecurityGroupIngressRule(scope, "files-from-nodes", {
    securityGroupId: group.id,
    referencedSecurityGroupId: foundation.clusterSecurityGroupId,
    ipProtocol: "tcp",
    fromPort: 2049,
    toPort: 2049,
    description: "NFS",
    tags,
  });
  // by zone or by the subnet's id, as the subnets themselves: another order of the list moves no target
  const places = cluster.network.existing?.privateSubnetIds ?? clusterZones(cluster);
  const targets = foundation.privateSubnetIds.map(
    (subnetId, index) =>
      new EfsMountTarget(scope, `files-target-${places[index]}`, {
        fileSystemId: files.id,
        subnetId,
        securityGroups: [group.id],
      }),
  );
  const role = new PodIdentityRole(scope, "driver-role", {
    name: `${clusterName(context.fleet.name, cluster.name)}-efs-csi`,
    clusterName: foundation.clusterName,
    account: { namespace: "kube-system", name: "efs-csi-controller-sa" },
    managedPolicyArn: managedPolicyArn(cluster.region, "service-role/AmazonEFSCSIDriverPolicy"),
    associate: false,
    permissionsBoundaryArn: cluster.aws.permissionsBoundaryArn,
    tags: context.tags,
  });
  const version = new DataAwsEksAddonVersion(scope, "driver-version", {
    addonName: "aws-efs-csi-driver",
    // a literal: with the cluster's attribute any pending change of the cluster would plan an update of the driver
    kubernetesVersion: cluster.kubernetes,
    mostRecent: false,
  });
  const driver = new EksAddon(scope, "driver", {
    clusterName: foundation.clusterName,
    addonName: "aws-efs-csi-driver",
    addonVersion: version.version,
    resolveConflictsOnCreate: "OVERWRITE",
    resolveConflictsOnUpdate: "PRESERVE",
    podIdentityAssociation: [{ serviceAccount: "efs-csi-controller-sa", roleArn: role.arn }],
    tags: literalDeep({ ...context.tags }),
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
 * AKS's own driver makes the storage account and the shares in the node resource group, with a rule for the nodes'
 * subnet. NFS is for premium accounts; a volume has 100 GiB at least.
 */
const azureFiles: SharedFiles = {
  storageClass: {
    provisioner: "file.csi.azure.com",
    parameters: { protocol: "nfs", skuName: "Premium_LRS" },
    mountOptions: ["nconnect=4", "noresvport", "actimeo=30"],
  },
  ready: [],
};

/** One instance in all zones of the region, a folder for each volume, mounted by the NFS driver. */
function filestore(scope: Construct, context: PrimingContext, cluster: GoogleCluster, foundation: GoogleFoundation): SharedFiles {
  const share = "volumes";
  const files = new FilestoreInstance(scope, "files", {
    project: foundation.projectId,
    name: `${clusterName(context.fleet.name, cluster.name)}-shared`,
    location: cluster.region,
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
    labels: googleLabels(context.tags),
    lifecycle: kept(cluster),
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
