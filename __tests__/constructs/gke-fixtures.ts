import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { type App, LocalBackend, TerraformStack } from "cdktf";
import { GkeCluster, type GkeClusterProps } from "../../constructs/clusters/gke";
import { exportCluster } from "../../constructs/clusters/outputs";
import { type StackJson, synthStacks } from "../support/synth";

export const REGION = "australia-southeast1";
const ZONES = ["a", "b", "c"].map((zone) => `${REGION}-${zone}`);

/** A cluster as most are. */
export const usual: GkeClusterProps = {
  name: "arctiq-sydney",
  clusterKey: "sydney",
  projectId: "arctiq-prod",
  region: REGION,
  kubernetes: "1.36",
  network: { cidr: "10.30.0.0/16", zones: ZONES },
  api: { access: "public", allowFrom: ["203.0.113.0/24", "198.51.100.7/32"] },
  pools: { main: { min: 3, max: 9, labels: { tier: "web" } } },
  admins: ["group:platform@arctiq.example"],
  runner: "serviceAccount:terraform@arctiq-prod.iam.gserviceaccount.com",
  tags: { Team: "Platform Team", fleet: "arctiq", cluster: "sydney" },
};

/** A cluster where everything is otherwise. */
export const unusual: GkeClusterProps = {
  ...usual,
  network: {
    zones: ZONES,
    existing: {
      network: "projects/host/global/networks/shared",
      subnetwork: `projects/host/regions/${REGION}/subnetworks/apps`,
      podsRange: "apps-pods",
      servicesRange: "apps-services",
    },
  },
  api: { access: "private" },
  controlPlaneCidr: "172.16.9.0/28",
  releaseChannel: "EXTENDED",
  secretsKey: `projects/keys/locations/${REGION}/keyRings/shared/cryptoKeys/gke`,
  maintenance: { day: "wednesday", startHour: 22, durationHours: 14 },
  deletionProtection: false,
  grantAccess: false,
  pools: {
    main: { machines: ["n2d-standard-8"] },
    "spot-arm": {
      architecture: "arm64",
      spot: true,
      min: 0,
      max: 2,
      maxPods: 32,
      diskGib: 50,
      taints: [
        { key: "spot", value: "true", effect: "NoSchedule" },
        { key: "arch", value: "", effect: "PreferNoSchedule" },
        { key: "gone", value: "soon", effect: "NoExecute" },
      ],
      zones: [`${REGION}-b`, `${REGION}-c`],
    },
  },
};

/** Adds the stack `gke` with one cluster in it, and its outputs. */
export function addGke(app: App, props: GkeClusterProps): GkeCluster {
  const stack = new TerraformStack(app, "gke");
  new LocalBackend(stack, { path: "../../../state/gke.tfstate" });
  new GoogleProvider(stack, "google", { project: props.projectId, region: props.region });
  const cluster = new GkeCluster(stack, "cluster", props);
  exportCluster(stack, cluster.face, cluster.foundation);
  return cluster;
}

/** The stack as it is written, and the cluster for what it shows at synth. */
export function synthGke(props: GkeClusterProps): { stack: StackJson; cluster: GkeCluster } {
  let cluster: GkeCluster | undefined;
  const stacks = synthStacks((app) => {
    cluster = addGke(app, props);
  });
  return { stack: stacks.gke!, cluster: cluster! };
}
