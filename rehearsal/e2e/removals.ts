/**
 * What the end-to-end test changes in the stacks: it takes out what the provider in the mirror (5.100.0) or moto (5.2.1)
 * does not know, ignores changes of what moto forgets, and stands in for what moto answers in no usable form.
 * Nothing else is changed, and every line that takes effect is printed.
 */

import { base64Certificate } from "../values/generic";

/** One thing that is taken out wherever it occurs. */
export interface Removal {
  /** Resource type, or "data.<type>". */
  readonly type: string;
  /** Argument of it; without one the whole resource goes. */
  readonly argument?: string;
  /** Only resources whose arguments refer to this. @default - all */
  readonly referring?: string;
  readonly because: string;
}

const OLD = "the mirror's provider 5.100.0 is older than the pinned 6.25.0";
const MOTO = "moto 5.2.1 does not have it";

/** Everything that is taken out. */
export const removals: readonly Removal[] = [
  { type: "aws_eks_cluster", argument: "deletion_protection", because: OLD },
  { type: "aws_eks_cluster", argument: "control_plane_scaling_config", because: OLD },
  { type: "aws_route53_zone", argument: "enable_accelerated_recovery", because: OLD },
  { type: "aws_eks_addon", because: MOTO },
  { type: "data.aws_eks_addon_version", because: MOTO },
  { type: "aws_eks_access_entry", because: MOTO },
  { type: "aws_eks_access_policy_association", because: MOTO },
  { type: "aws_eks_pod_identity_association", because: MOTO },
  { type: "aws_autoscaling_attachment", because: `${MOTO}: its node groups make no autoscaling group` },
  { type: "aws_autoscaling_group_tag", because: `${MOTO}: its node groups make no autoscaling group` },
  {
    type: "aws_vpc_security_group_egress_rule",
    referring: "cluster_security_group_id",
    because: `${MOTO}: its clusters make no security group`,
  },
  {
    type: "aws_vpc_security_group_ingress_rule",
    referring: "cluster_security_group_id",
    because: `${MOTO}: its clusters make no security group`,
  },
  { type: "aws_eks_cluster", argument: "access_config", because: "moto 5.2.1 forgets it" },
  { type: "aws_eks_cluster", argument: "upgrade_policy", because: "moto 5.2.1 forgets it" },
  { type: "aws_eks_cluster", argument: "zonal_shift_config", because: "moto 5.2.1 forgets it" },
  { type: "aws_eks_node_group", argument: "node_repair_config", because: "moto 5.2.1 forgets it" },
];

/** An argument whose change is not looked at, because moto reports another value than it was given. */
export interface Ignored {
  readonly type: string;
  readonly argument: string;
  readonly because: string;
}

/** Everything that moto does not give back as it was written. */
export const ignored: readonly Ignored[] = [
  { type: "aws_lb", argument: "subnet_mapping", because: "moto 5.2.1 forgets a network load balancer's addresses" },
  { type: "aws_launch_template", argument: "tag_specifications", because: "moto 5.2.1 adds tags of its own" },
  { type: "aws_eks_node_group", argument: "remote_access", because: "moto 5.2.1 adds it" },
  { type: "aws_eks_node_group", argument: "update_config", because: "moto 5.2.1 forgets max_unavailable_percentage" },
];

/** A value that moto answers in a form that nothing can be computed with. */
export interface StandIn {
  /** The expression that reads it. */
  readonly expression: RegExp;
  readonly value: string;
  readonly because: string;
}

/** Everything that is replaced by a value of the right form. */
export const standIns: readonly StandIn[] = [
  {
    expression: /^\$\{aws_eks_cluster\.[\w-]+\.certificate_authority\[0\]\.data\}$/,
    value: base64Certificate("moto"),
    because: "moto 5.2.1 answers a certificate that is no text",
  },
];
