import { contains, isPrivate, size } from "../derived/cidr";
import { PRINCIPAL_ARN } from "./iam";
import { type PoolLimits, partSizeProblem, type Sizes } from "./kubernetes";

/** What AWS and EKS allow. */

/** VPCs are /16 at most (VPC user guide, "VPC CIDR blocks"), and less than a /20 leaves pods, which have addresses of the VPC, too few. */
export const VPC: Sizes = { largest: 16, smallest: 20 };

/** EKS API reference, KubernetesNetworkConfigRequest: serviceIpv4Cidr, of RFC 1918 alone. */
const SERVICES: Sizes = { largest: 12, smallest: 24 };

/** Why EKS can't have a range for its services. */
export function servicesProblem(range: string): string | undefined {
  if (!["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].some((allowed) => contains(allowed, range)))
    return `EKS takes services from 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16, not ${range}`;
  return partSizeProblem(range, "services", "EKS", SERVICES);
}

/** EKS quota "Public endpoint access CIDR ranges per cluster". */
export const MOST_ALLOWED_RANGES = 40;

/** EKS: the larger of its two limits of pods on a node; the AMI of Amazon Linux 2023 has a snapshot of 20 GiB. */
export const POOL: PoolLimits = { pods: [8, 250], diskGib: 20 };

/** EKS's machines below 30 vCPU, by their size. On them a managed node group takes 110 pods at most (EKS user guide, "How maxPods is determined"). */
const SMALL = /\.(nano|micro|small|medium|large|[2-7]?xlarge)$/;
const SMALL_PODS = 110;

/** Why nodes of such machines can't have so many pods. */
export function podsProblem(machines: readonly string[], maxPods: number): string | undefined {
  const small = machines.find((machine) => SMALL.test(machine));
  return small && maxPods > SMALL_PODS && maxPods <= POOL.pods[1]
    ? `${maxPods} is above ${SMALL_PODS}, EKS's limit for machines below 30 vCPU such as ${small}`
    : undefined;
}

/** EKS user guide, "Cluster API server endpoint": a public endpoint's ranges are public ones. */
export function allowedRangeProblem(range: string): string | undefined {
  return isPrivate(range)
    ? `${range} is private, and EKS takes only ranges from which the internet is reached for a public API: name the addresses that the network leaves by, or write \`access: private\``
    : undefined;
}

/** Machines with accelerators, by family (EC2 docs, "Accelerated computing"): those of NVIDIA, and AWS's own Inferentia and Trainium. */
const NVIDIA = /^(p\d|g\d|gr\d)/;
const NEURON = /^(inf|trn)\d/;

/** Gaudi, Qualcomm, Xilinx: of their drivers EKS has no image (EKS API reference, AMITypes). */
const WITHOUT_IMAGE = /^(dl\d|vt\d|f\d)/;

/** The accelerator that a machine has and its node's image must have the drivers of. */
export function acceleratorOf(machine: string): "nvidia" | "neuron" | undefined {
  if (NVIDIA.test(machine)) return "nvidia";
  return NEURON.test(machine) ? "neuron" : undefined;
}

/** Why machines can't be in one pool: a pool has one image, and only that of its accelerator has the drivers (EKS API reference, AMITypes). */
export function acceleratorProblem(machines: readonly string[], architecture: "amd64" | "arm64"): string | undefined {
  const [first, ...others] = machines;
  const kind = first === undefined ? undefined : acceleratorOf(first);
  const other = others.find((machine) => acceleratorOf(machine) !== kind);
  if (other !== undefined)
    return `'${first}' and '${other}' have not the same accelerator, and a pool has one image, with the drivers of one: make a pool of each`;
  const mac = machines.find((machine) => machine.startsWith("mac"));
  if (mac !== undefined)
    return `'${mac}' runs macOS alone (EC2 docs, "Amazon EC2 Mac instances"), and nodes of EKS run Linux: take another machine`;
  const odd = machines.find((machine) => WITHOUT_IMAGE.test(machine));
  if (odd !== undefined)
    return `EKS has no image with the drivers of '${odd}': take a machine with GPUs of NVIDIA (g6.xlarge) or with AWS's own accelerators (inf2.xlarge)`;
  return kind === "neuron" && architecture === "arm64" ? `EKS has no Arm image with the drivers of '${first}'` : undefined;
}

/** What the smallest node takes: its own address, and a block for pods (/28, ENABLE_PREFIX_DELEGATION of the VPC CNI). */
const NODE_ADDRESSES = 1 + 16;

/**
 * Nodes that a subnet has room for: five addresses are AWS's (VPC user guide, "Subnet sizing"), and a node that finds
 * no free block of 16 runs no pods (EKS user guide, "Assign more IP addresses to Amazon EKS nodes with prefixes").
 */
const nodesIn = (subnet: string): number => Math.floor((size(subnet) - 5) / NODE_ADDRESSES);

/** Why private subnets have no room for so many nodes. One with many pods takes more blocks: this is the least that is needed, not what is comfortable. */
export function roomProblem(subnets: readonly string[], nodes: number, whose: string): string | undefined {
  const room = subnets.reduce((sum, range) => sum + nodesIn(range), 0);
  if (subnets.length === 0 || room >= nodes) return undefined;
  const ranges = subnets.map((range) => `${range} (${size(range)} addresses)`).join(", ");
  return `${whose} can grow to ${nodes} nodes, and there is room for ${room} in the private subnets ${ranges}: five of each are AWS's, and a node takes ${NODE_ADDRESSES}, its own and a block of 16 for pods; give a larger \`cidr\`, or lower \`max\``;
}

/** Name of a cluster that load balancers and IAM roles can be named after. EKS's own: 1 to 100 letters, digits, - and _. */
export function clusterNameProblem(name: string): string | undefined {
  return /^[0-9A-Za-z][0-9A-Za-z-]{0,99}$/.test(name)
    ? undefined
    : `'${name}' is no name that load balancers take too: 1 to 100 letters, digits and hyphens, starting with a letter or digit`;
}

export function accountProblem(accountId: string): string | undefined {
  return /^\d{12}$/.test(accountId) ? undefined : `'${accountId}' is no AWS account id, which has twelve digits`;
}

/** EKS access entries take IAM roles and users; of a session only its role counts, and STS spells that otherwise. */
export function principalProblem(arn: string): string | undefined {
  const session = /^arn:([\w-]+):sts::(\d{12}):assumed-role\/([^/]+)\//.exec(arn);
  if (session) return `'${arn}' is a session, which ends: name its role, arn:${session[1]}:iam::${session[2]}:role/${session[3]}`;
  if (!PRINCIPAL_ARN.test(arn))
    return `'${arn}' is no IAM role or user: arn:aws:iam::<account>:role/<name>, the name of letters, digits and +=,.@_-`;
  return ssoRoleProblem(arn);
}

/**
 * Roles of IAM Identity Center are below a path that its console and the CLI's caller identity leave out; an access
 * entry of the ARN without it matches nobody (terraform-aws-eks#2969).
 */
function ssoRoleProblem(arn: string): string | undefined {
  const role = /^(arn:[\w-]+:iam::\d{12}:role\/)(AWSReservedSSO_.+)$/.exec(arn);
  return role
    ? `'${arn}' lacks the path that roles of IAM Identity Center have, and nobody would match it: ${role[1]}aws-reserved/sso.amazonaws.com/<region>/${role[2]}, without <region>/ where Identity Center is in us-east-1; \`aws iam get-role\` shows it`
    : undefined;
}

/** Why EKS can't encrypt a cluster's secrets with a key: KMS keys are used in their own region, and an alias is resolved once (aws provider issue 43244). */
export function keyProblem(arn: string, region: string): string | undefined {
  return /^arn:[\w-]+:kms:([a-z0-9-]+):\d{12}:key\/[\w-]+$/.exec(arn)?.[1] === region
    ? undefined
    : `'${arn}' is no KMS key in the cluster's region: arn:aws:kms:${region}:<account>:key/<id>`;
}

/** Why nothing in a region knows an ARN: China, GovCloud and the rest of AWS share no accounts (AWS General Reference, ARN format). */
export function partitionProblem(arn: string, region: string): string | undefined {
  const own = region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  const other = /^arn:(aws[\w-]*):/.exec(arn)?.[1];
  return other === undefined || other === own
    ? undefined
    : `'${arn}' is of partition ${other}, and ${region} is in ${own}, where nobody knows it: write arn:${own}:…`;
}

export function policyProblem(arn: string): string | undefined {
  return /^arn:[\w-]+:iam::(\d{12}|aws):policy\/([\w+=,.@-]+\/)*[\w+=,.@-]{1,128}$/.test(arn)
    ? undefined
    : `'${arn}' is no IAM policy: arn:aws:iam::<account>:policy/<name>`;
}

/** Why addresses can't be those of the NAT gateways, which have one each. */
export function egressProblem(ids: readonly string[], gateways: number): string | undefined {
  const wrong = ids.find((id) => !/^eipalloc-[0-9a-f]+$/.test(id));
  if (wrong !== undefined) return `'${wrong}' is no allocation id of an Elastic IP, such as eipalloc-0a1b2c3d`;
  return ids.length === gateways
    ? undefined
    : `there are ${ids.length} and ${gateways} NAT gateways, which have an address each: give ${gateways}, or another \`nat\``;
}

/** Why a cluster in a network that exists has no flow logs of ours. */
export const FLOW_LOGS_OF_EXISTING =
  "a network that exists is logged by whoever owns it, once for all that is in it: remove it, or make the log there";
