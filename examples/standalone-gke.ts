/**
 * A GKE cluster without a fleet file: the construct alone, in a stack of one's own.
 *
 *     npx esbuild examples/standalone-gke.ts --bundle --platform=node --packages=external --outfile=dist/standalone-gke.js
 *     node dist/standalone-gke.js && terraform -chdir=examples.out/stacks/eemshaven init
 */
import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { App, LocalBackend, TerraformOutput, TerraformStack } from "cdktf";
import { GkeCluster } from "../constructs/clusters/gke";

export function build(app: App): void {
  const stack = new TerraformStack(app, "eemshaven");
  new LocalBackend(stack, { path: "../../../state/eemshaven.tfstate" });
  new GoogleProvider(stack, "google", { project: "shop-prod", region: "europe-west4" });

  const { face } = new GkeCluster(stack, "cluster", {
    name: "eemshaven",
    projectId: "shop-prod",
    region: "europe-west4",
    kubernetes: "1.36",
    network: { cidr: "10.20.0.0/16", zones: ["europe-west4-a", "europe-west4-b", "europe-west4-c"] },
    api: { allowFrom: ["203.0.113.0/24"] },
    pools: {
      main: { machines: ["n2d-standard-4"], min: 3, max: 9 },
      batch: { spot: true, min: 0, taints: [{ key: "batch", value: "true", effect: "NoSchedule" }] },
    },
    admins: ["group:platform@example.com"],
    runner: "serviceAccount:terraform@shop-prod.iam.gserviceaccount.com",
    tags: { team: "shop" },
  });

  new TerraformOutput(stack, "endpoint", { value: face.endpoint });
  new TerraformOutput(stack, "ingress_ips", { value: face.ingress.ips });
}

if (require.main === module) {
  const app = new App({ outdir: "examples.out", stackTraces: false });
  build(app);
  app.synth();
}
