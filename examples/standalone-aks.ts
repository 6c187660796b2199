/**
 * An AKS cluster without a fleet file: the construct alone, in a stack of one's own.
 *
 *     npx esbuild examples/standalone-aks.ts --bundle --platform=node --packages=external --outfile=dist/standalone-aks.js
 *     node dist/standalone-aks.js && terraform -chdir=examples.out/stacks/toronto init
 */
import { App, LocalBackend, TerraformOutput, TerraformStack } from "cdktf";
import { AksCluster } from "../constructs/clusters/aks";
import { azureProvider } from "../constructs/providers";

const tenantId = "00000000-0000-0000-0000-000000000001";
const subscriptionId = "00000000-0000-0000-0000-000000000002";

export function build(app: App): void {
  const stack = new TerraformStack(app, "toronto");
  new LocalBackend(stack, { path: "../../../state/toronto.tfstate" });
  azureProvider(stack, "azure", { subscriptionId, tenantId });

  const { face } = new AksCluster(stack, "cluster", {
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
    tags: { team: "platform" },
  });

  new TerraformOutput(stack, "endpoint", { value: face.endpoint });
  new TerraformOutput(stack, "ingress_ips", { value: face.ingress.ips });
}

if (require.main === module) {
  const app = new App({ outdir: "examples.out", stackTraces: false });
  build(app);
  app.synth();
}
