/** EKS clusters and Route53. Needs @cdktf/provider-aws. */
export * from "../constructs/clusters/eks";
export type { AwsFoundation, ClusterFace } from "../constructs/clusters/face";
export * from "../constructs/dns/route53/names";
export * from "../constructs/dns/route53-zone";
export type { ZoneRef } from "../constructs/dns/zone";
