import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformOutput, type TerraformStack } from "cdktf";
import { EksCluster } from "meridian/aws";

export const ACCOUNT = "123456789012";
export const REGION = "eu-central-1";

/** EKS alone: needs @cdktf/provider-aws and no other binding. */
export function cluster(stack: TerraformStack): EksCluster {
  new AwsProvider(stack, "aws", { region: REGION, allowedAccountIds: [ACCOUNT] });
  const made = new EksCluster(stack, "cluster", {
    name: "frankfurt",
    accountId: ACCOUNT,
    region: REGION,
    kubernetes: "1.36",
    network: { cidr: "10.40.0.0/16" },
    api: { allowFrom: ["203.0.113.0/24"] },
    pools: { main: { min: 2, max: 6 } },
    admins: [`arn:aws:iam::${ACCOUNT}:role/platform`],
    runner: `arn:aws:iam::${ACCOUNT}:role/ci`,
  });
  new TerraformOutput(stack, "endpoint", { value: made.face.endpoint });
  return made;
}
