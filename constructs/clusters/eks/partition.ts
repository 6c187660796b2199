/** Regions of another partition than `aws`, by the start of their names (AWS SDK, partitions.json). */
const PARTITIONS: readonly (readonly [prefix: string, partition: string, dnsSuffix: string])[] = [
  ["cn-", "aws-cn", "amazonaws.com.cn"],
  ["us-gov-", "aws-us-gov", "amazonaws.com"],
  ["eusc-", "aws-eusc", "amazonaws.eu"],
];

function partitionRow(region: string) {
  return PARTITIONS.find(([prefix]) => region.startsWith(prefix)) ?? ["", "aws", "amazonaws.com"];
}

/** Partition of a region: the second part of every ARN in it. */
export function partitionOf(region: string): string {
  return partitionRow(region)[1];
}

/** Domain that the names of a region's service principals end with where they carry the region. */
export function dnsSuffixOf(region: string): string {
  return partitionRow(region)[2];
}

/** ARN of a policy that AWS manages. */
export function managedPolicyArn(region: string, name: string): string {
  return `arn:${partitionOf(region)}:iam::aws:policy/${name}`;
}
