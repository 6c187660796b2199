import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { type App, LocalBackend, TerraformStack } from "cdktf";
import { EksCluster, type EksClusterProps } from "../../constructs/clusters/eks";
import { exportCluster } from "../../constructs/clusters/outputs";
import { type Block, type StackJson, synthStacks } from "../support/synth";

export const REGION = "sa-east-1";
export const ZONES = ["a", "b", "c"].map((zone) => REGION + zone);
const ACCOUNT = "123456789012";

/** A cluster as most are. */
export const usual: EksClusterProps = {
  name: "arctiq-saopaulo",
  clusterKey: "saopaulo",
  accountId: ACCOUNT,
  region: REGION,
  kubernetes: "1.36",
  network: { cidr: "10.20.0.0/16", zones: ZONES },
  api: { access: "public", allowFrom: ["203.0.113.0/24", "198.51.100.7/32"] },
  pools: { main: { min: 3, max: 9, labels: { tier: "web" } } },
  admins: [`arn:aws:iam::${ACCOUNT}:role/teams/Platform.Admins`],
  runner: `arn:aws:iam::${ACCOUNT}:role/ci`,
  tags: { Team: "Platform Team", fleet: "arctiq", cluster: "saopaulo" },
};

/** A cluster where everything is otherwise. */
export const unusual: EksClusterProps = {
  ...usual,
  network: {
    cidr: "10.64.0.0/16",
    services: "192.168.0.0/20",
    existing: {
      vpcId: "vpc-0a1",
      privateSubnetIds: ["subnet-0a1", "subnet-0a2"],
      publicSubnetIds: ["subnet-0b1", "subnet-0b2"],
    },
  },
  api: { access: "private", allowFrom: ["10.99.0.0/16"] },
  pools: {
    main: { machines: ["m7i.2xlarge"], maxPods: 58 },
    "spot-arm": {
      machines: ["m7g.xlarge", "m6g.xlarge", "c7gn.2xlarge"],
      architecture: "arm64",
      spot: true,
      min: 0,
      max: 4,
      diskGib: 50,
      labels: { "example.com/kind": "batch" },
      taints: [
        { key: "batch", value: "only", effect: "NoSchedule" },
        { key: "spot", effect: "PreferNoSchedule" },
      ],
    },
  },
  assumeRoleArn: usual.runner,
  secretsKeyArn: `arn:aws:kms:${REGION}:${ACCOUNT}:key/0a1b`,
  supportType: "EXTENDED",
  logTypes: ["audit"],
  logRetentionDays: 365,
  permissionsBoundaryArn: `arn:aws:iam::${ACCOUNT}:policy/boundary`,
  deletionProtection: false,
};

/** Builds the cluster alone in a stack, as somebody would in a program of their own. */
export function buildEks(app: App, props: EksClusterProps): EksCluster {
  const stack = new TerraformStack(app, "alone");
  new LocalBackend(stack, { path: "../../../state/alone.tfstate" });
  new AwsProvider(stack, "aws", { region: props.region });
  const cluster = new EksCluster(stack, "cluster", props);
  exportCluster(stack, cluster.face, cluster.foundation);
  return cluster;
}

export function synthEks(props: EksClusterProps): StackJson {
  return synthStacks((app) => {
    buildEks(app, props);
  }).alone!;
}

/** The resource of a type whose id, without the hash at its end, ends so. */
export function resourceLike(stack: StackJson, type: string, ending: string): { address: string; block: Block } {
  const found = Object.entries(stack.resource?.[type] ?? {}).filter(([id]) => id.replace(/_[0-9A-F]{8}$/, "").endsWith(ending));
  if (found.length !== 1) throw new Error(`expected one ${type} …${ending}, found ${found.length}`);
  const [id, block] = found[0]!;
  return { address: `${type}.${id}`, block };
}
