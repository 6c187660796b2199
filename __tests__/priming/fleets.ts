import { withoutReferences } from "../../cli/charts/releases";
import { fleetOf, type Output, synthFleet } from "../support/fleet";
import { type Block, resources, type StackJson } from "../support/synth";

const CLUSTERS = {
  aws: "gru: { cloud: aws, region: sa-east-1, network: { cidr: 10.10.0.0/16 }",
  azure: "yyz: { cloud: azure, region: canadacentral, network: { cidr: 10.20.0.0/16 }",
  google: "syd: { cloud: google, region: australia-southeast1, network: { cidr: 10.30.0.0/16 }",
  existing: `old: { cloud: existing, region: eu-west-1, existing: { endpoint: "https://api.old.example.com", exec: { command: login, args: [--quiet], env: { LOGIN_Mode: "a \${b}" } }, ingress: { hostname: lb.old.example.com, serviceAnnotations: { example.com/address: old } } }`,
};
export type CloudName = keyof typeof CLUSTERS;

export interface FleetOptions {
  /** Add-ons in YAML's flow style, of all clusters. @default none */
  readonly addons?: string;
  /** More of the fleet file. @default none */
  readonly more?: string;
  /** @default route53 */
  readonly engine?: "route53" | "azure";
}

/** A fleet file with one cluster in each of some clouds. */
export function fleetText(
  clouds: readonly CloudName[],
  { addons = "{}", more = "", engine = "route53" }: FleetOptions = {},
): string {
  return `
fleet: test
dns: { zone: k8s.example.com, engine: ${engine} }
defaults:
  api: { allowFrom: [203.0.113.0/24] }
  aws: { accountId: "111122223333", admins: ["arn:aws:iam::111122223333:role/a"], runner: "arn:aws:iam::111122223333:role/r" }
  azure:
    subscriptionId: 00000000-0000-0000-0000-000000000001
    tenantId: 00000000-0000-0000-0000-000000000002
    admins: [00000000-0000-0000-0000-000000000003]
    runner: 00000000-0000-0000-0000-000000000004
  google: { projectId: test-platform, admins: ["group:a@example.com"], runner: "user:r@example.com" }
clusters:
${clouds.map((cloud) => `  ${CLUSTERS[cloud]}, addons: ${addons} }`).join("\n")}
${more}`;
}

export const synthClouds = (clouds: readonly CloudName[], options?: FleetOptions): Output =>
  synthFleet(fleetOf(fleetText(clouds, options)));

/** Name of the cluster of a cloud in these fleets. */
export const nameOf = (cloud: CloudName) => CLUSTERS[cloud].slice(0, 3);

export const primingOf = (output: Output, cloud: CloudName): StackJson => output.stacks[`test-${nameOf(cloud)}-priming`]!;

/** A release of a stack by its name, with its values as data: a word in the place of each reference. */
export function releaseOf(stack: StackJson, name: string): Block & { data: ReturnType<typeof JSON.parse> } {
  const found = Object.values(resources(stack, "helm_release")).filter((release) => release.name === name);
  if (found.length !== 1) throw new Error(`expected one release ${name}, found ${found.length}`);
  const release = found[0]!;
  return { ...release, data: JSON.parse(withoutReferences((release.values as string[])[0]!)) };
}

/** Names of the releases of a stack. */
export const releaseNames = (stack: StackJson) =>
  Object.values(resources(stack, "helm_release"))
    .map(({ name }) => String(name))
    .sort();
