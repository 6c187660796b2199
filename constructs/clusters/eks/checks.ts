import { Token } from "cdktf";
import { retentionProblem } from "../../../model/catalog/log-retention";
import { AWS_MAX_ZONES, awsLayout } from "../../../model/derived/addresses";
import { overlaps } from "../../../model/derived/cidr";
import { isZoneName, mustNameZones } from "../../../model/derived/zones";
import * as aws from "../../../model/limits/aws";
import { networkSizeProblem, privateRangeProblem } from "../../../model/limits/kubernetes";
import { apiProblems, at, kubernetesProblems, poolProblems, refuse, said } from "../refuse";
import type { EksSettings } from "./settings";

/** @throws one error with every reason why EKS can't make the cluster */
export function checkEksCluster(settings: EksSettings): void {
  const { name, accountId, region, network, pools } = settings;
  refuse("EKS", name, [
    ...at("name", name, aws.clusterNameProblem),
    ...at("accountId", accountId, aws.accountProblem),
    ...kubernetesProblems(settings.kubernetes),
    ...rangeProblems(settings),
    ...(network.existing ? existingProblems(network.existing) : zoneProblems(network.zones, region)),
    ...egressProblems(network),
    ...apiProblems(settings.api, aws.MOST_ALLOWED_RANGES),
    ...settings.principals.flatMap((arn) => at("admins, runner", arn, aws.principalProblem)),
    ...at("secretsKeyArn", settings.secretsKeyArn, (arn) => aws.keyProblem(arn, region)),
    ...at("permissionsBoundaryArn", settings.permissionsBoundaryArn, aws.policyProblem),
    ...poolProblems(pools, { cloud: "aws", limits: aws.POOL, zones: network.existing ? undefined : network.zones }),
    ...Object.entries(pools).flatMap(([key, pool]) => [
      ...said(`pools.${key}.maxPods`, aws.podsProblem(pool.machines, pool.maxPods)),
      ...said(`pools.${key}.machines`, aws.acceleratorProblem(pool.machines, pool.architecture)),
      ...(pool.zones && network.existing
        ? [`pools.${key}.zones: in an existing network the subnets decide on the zones; leave it out`]
        : []),
    ]),
    ...(settings.flowLogs && network.existing ? [`flowLogs: ${aws.FLOW_LOGS_OF_EXISTING}`] : []),
    ...said("logRetentionDays", retentionProblem("aws", settings.logRetentionDays)),
  ]);
}

function egressProblems({ egressAddresses, existing, nat, zones }: EksSettings["network"]): readonly string[] {
  if (egressAddresses === undefined || egressAddresses.some((id) => Token.isUnresolved(id))) return [];
  return existing
    ? ["network.egressAddresses: a network that exists has its NAT and the addresses of that: remove it"]
    : said("network.egressAddresses", aws.egressProblem(egressAddresses, nat === "single" ? 1 : zones.length));
}

function rangeProblems({ network, pools }: EksSettings): readonly string[] {
  const { cidr, services, zones, existing } = network;
  const unreadable = [...at("network.cidr", cidr, privateRangeProblem), ...at("network.services", services, privateRangeProblem)];
  if (unreadable.length > 0) return unreadable;
  const wrong = [
    ...(existing ? [] : said("network.cidr", networkSizeProblem(cidr, aws.VPC))),
    ...said("network.services", aws.servicesProblem(services)),
    ...(overlaps(cidr, services)
      ? [`network.services: ${services} overlaps network.cidr ${cidr}; choose one outside, e.g. 172.20.0.0/16`]
      : []),
  ];
  if (wrong.length > 0 || existing || zones.length > AWS_MAX_ZONES) return wrong;
  const subnets = awsLayout({ cidr, zones }).privateSubnets;
  const all = Object.values(pools).reduce((sum, { max }) => sum + max, 0);
  const whole = said("network.cidr", aws.roomProblem(subnets, all, "the pools"));
  if (whole.length > 0) return whole;
  return Object.entries(pools).flatMap(([name, pool]) =>
    said(
      `pools.${name}.max`,
      aws.roomProblem(
        subnets.filter((_, index) => pool.zones?.includes(zones[index]!) ?? true),
        pool.max,
        "the pool",
      ),
    ),
  );
}

function existingProblems(existing: NonNullable<EksSettings["network"]["existing"]>): readonly string[] {
  const wrong: string[] = [];
  if (existing.vpcId === "") wrong.push("network.existing.vpcId: is missing: the id of the VPC");
  if (existing.privateSubnetIds.length < 2)
    wrong.push(
      `network.existing.privateSubnetIds: there are ${existing.privateSubnetIds.length}, and EKS needs subnets in two zones at least`,
    );
  if (existing.publicSubnetIds.length < 1)
    wrong.push(
      "network.existing.publicSubnetIds: there is none, and the ingress load balancer needs one in each zone that has nodes",
    );
  return wrong;
}

function zoneProblems(zones: readonly string[], region: string): readonly string[] {
  const ask = "as 'aws ec2 describe-availability-zones' shows them";
  if (zones.length === 0)
    return [
      mustNameZones("aws", region)
        ? `network.zones: which zones of ${region} an account has differs; name two, ${ask}`
        : `network.zones: the zones of '${region}' aren't known; name two at least, ${ask}`,
    ];
  const wrong = zones
    .filter((zone) => !isZoneName("aws", region, zone))
    .map((zone) => `network.zones: '${zone}' is no zone of ${region}; they are called ${region}a, ${region}b, …`);
  if (new Set(zones).size !== zones.length) wrong.push(`network.zones: a zone stands there twice: ${zones.join(", ")}`);
  if (zones.length < 2) wrong.push("network.zones: there is one, and EKS needs two availability zones at least");
  if (zones.length > AWS_MAX_ZONES)
    wrong.push(`network.zones: there are ${zones.length}, and a VPC made here has room for ${AWS_MAX_ZONES}`);
  return wrong;
}
