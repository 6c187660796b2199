/**
 * An EKS cluster in a program of your own, without a fleet file:
 *
 *     npx esbuild examples/standalone-eks.ts --bundle --platform=node --outfile=dist/standalone-eks.js
 *     node dist/standalone-eks.js && cd examples.out/stacks/frankfurt && terraform init && terraform apply
 */
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformOutput, TerraformStack } from "cdktf";
import { EksCluster } from "../constructs/clusters/eks";

const ACCOUNT = "123456789012";
const REGION = "eu-central-1";

export function build(app: App): void {
  const stack = new TerraformStack(app, "frankfurt");
  new LocalBackend(stack, { path: "../../../state/frankfurt.tfstate" });
  new AwsProvider(stack, "aws", { region: REGION, allowedAccountIds: [ACCOUNT] });

  const cluster = new EksCluster(stack, "cluster", {
    name: "frankfurt",
    accountId: ACCOUNT,
    region: REGION,
    kubernetes: "1.36",
    network: { cidr: "10.40.0.0/16" },
    api: { allowFrom: ["203.0.113.0/24"] },
    pools: {
      main: { min: 2, max: 6 },
      batch: { machines: ["m7i.xlarge", "m6i.xlarge", "m7a.xlarge"], spot: true, min: 0, max: 20, labels: { kind: "batch" } },
    },
    admins: [`arn:aws:iam::${ACCOUNT}:role/platform`],
    runner: `arn:aws:iam::${ACCOUNT}:role/ci`,
    tags: { team: "shop" },
  });

  new TerraformOutput(stack, "endpoint", { value: cluster.face.endpoint });
  new TerraformOutput(stack, "ingress_ips", { value: cluster.face.ingress.ips });
}

if (require.main === module) {
  const app = new App({ outdir: "examples.out" });
  build(app);
  app.synth();
}
