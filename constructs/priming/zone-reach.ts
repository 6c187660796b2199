import { partitionOf } from "../clusters/eks/partition";
import type { PrimingContext } from "./context";

/** Partition of the AWS account that has the zone: an EKS cluster of another partition can't reach it at all. */
export function zonePartition({ half }: PrimingContext): string {
  return half.cloud === "aws" ? partitionOf(half.cluster.region) : "aws";
}

/** The permissions boundary of a cluster's roles, where they are made in the cluster's own account. @default - none is known */
export function zoneBoundary({ fleet, half }: PrimingContext): string | undefined {
  if (half.cloud !== "aws" || half.cluster.aws.accountId !== fleet.dns.aws?.accountId) return undefined;
  return half.cluster.aws.permissionsBoundaryArn;
}
