/**
 * An AKS cluster in a stack of one's own, without a fleet file.
 *
 * Run: npx cdktf synth --app "node -r @swc-node/register examples/standalone-aks.ts", or compile it with esbuild first.
 */
import { App, LocalBackend, TerraformOutput, TerraformStack } from "cdktf";
import { AksCluster } from "../constructs/clusters/aks";
import { azureProvider } from "../constructs/providers";

const tenantId = "00000000-0000-0000-0000-000000000001";
const subscriptionId = "00000000-0000-0000-0000-000000000002";

/** Adds the stack to an app. */
export function build(app: App): AksCluster {
  const stack = new TerraformStack(app, "toronto");
  new LocalBackend(stack, { path: "../../../state/toronto.tfstate" });
  azureProvider(stack, "azure", { subscriptionId, tenantId });

  const cluster = new AksCluster(stack, "cluster", {
    name: "toronto",
    region: "canadacentral",
    kubernetes: "1.36",
    network: { cidr: "10.30.0.0/16" },
    api: { allowFrom: ["203.0.113.0/24"] },
    pools: {
      main: { min: 3, max: 9 },
      batch: { spot: true, min: 0, max: 20, labels: { work: "batch" } },
    },
    runner: "00000000-0000-0000-0000-000000000003",
    admins: ["00000000-0000-0000-0000-000000000004"],
    tenantId,
    subscriptionId,
    tags: { team: "platform" },
  });

  new TerraformOutput(stack, "endpoint", { value: cluster.face.endpoint });
  new TerraformOutput(stack, "ingress_address", { value: cluster.face.ingress.ips[0] });
  return cluster;
}

if (require.main === module) {
  const app = new App({ outdir: "cdktf.out" });
  build(app);
  app.synth();
}
