/** EKS. Provider files are those of the 6.x line. */
import type { Replacement } from "./replacement";

const EKS = "hashicorp/aws 6.x, internal/service/eks";

const size = (value: unknown): number => (Array.isArray(value) ? value.length : 0);

/** What replaces a resource of EKS. */
export const eksReplacements: readonly Replacement[] = [
  {
    type: "aws_eks_cluster",
    replaces: [
      "name",
      "role_arn",
      "bootstrap_self_managed_addons",
      "access_config.bootstrap_cluster_creator_admin_permissions",
      "kubernetes_network_config.ip_family",
      "kubernetes_network_config.service_ipv4_cidr",
    ],
    source: `${EKS}/cluster.go`,
  },
  {
    type: "aws_eks_node_group",
    replaces: [
      "cluster_name",
      "node_group_name",
      "node_group_name_prefix",
      "ami_type",
      "capacity_type",
      "disk_size",
      "instance_types",
      "node_role_arn",
      "subnet_ids",
      "launch_template.id",
      "launch_template.name",
      "remote_access.ec2_ssh_key",
      "remote_access.source_security_group_ids",
    ],
    source: `${EKS}/node_group.go`,
  },
  { type: "aws_eks_addon", replaces: ["cluster_name", "addon_name"], source: `${EKS}/addon.go` },
  { type: "aws_eks_access_entry", replaces: ["cluster_name", "principal_arn", "type"], source: `${EKS}/access_entry.go` },
  {
    type: "aws_eks_access_policy_association",
    replaces: ["cluster_name", "principal_arn", "policy_arn", "access_scope"],
    source: `${EKS}/access_policy_association.go`,
  },
  {
    type: "aws_eks_pod_identity_association",
    replaces: ["cluster_name", "namespace", "service_account"],
    source: `${EKS}/pod_identity_association.go`,
  },
  {
    type: "aws_eks_cluster",
    at: "encryption_config",
    replacesIf: (before, after) => size(before) > 0 && size(after) === 0,
    source: `${EKS}/cluster.go, CustomizeDiff`,
  },
  {
    type: "aws_eks_cluster",
    at: "compute_config.node_role_arn",
    replacesIf: (before, after) => before !== null && before !== after,
    source: `${EKS}/cluster.go, CustomizeDiff`,
  },
  {
    type: "aws_autoscaling_group_tag",
    replaces: ["autoscaling_group_name", "tag.key"],
    source: "hashicorp/aws 6.x, internal/service/autoscaling/group_tag.go",
  },
];
