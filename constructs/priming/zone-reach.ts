import { partitionOf } from "../clusters/eks/partition";
import type { PrimingContext } from "./context";

/** Partition of the AWS account that has the zone: an EKS cluster of another partition can't reach it at all. */
export function zonePartition({ half }: PrimingContext): string {
  return half.cloud === "aws" ? partitionOf(half.cluster.region) : "aws";
}
