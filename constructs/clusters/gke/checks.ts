import { googleLayout } from "../../../model/derived/addresses";
import { contains, overlaps } from "../../../model/derived/cidr";
import { isZoneName } from "../../../model/derived/zones";
import * as google from "../../../model/limits/google";
import {
  networkSizeProblem,
  partSizeProblem,
  privateRangeProblem,
  roomProblem,
  windowProblem,
} from "../../../model/limits/kubernetes";
import { apiProblems, at, kubernetesProblems, poolProblems, refuse, said } from "../refuse";
import type { GkeSettings } from "./settings";

/** @throws one error with every reason why GKE can't make the cluster: google 6.50 checks little of it at plan */
export function checkGkeCluster(settings: GkeSettings): void {
  const { name, region, network, pools, maintenance } = settings;
  const window = windowProblem(maintenance, 1);
  refuse("GKE", name, [
    ...at("name", name, google.clusterNameProblem),
    ...kubernetesProblems(settings.kubernetes),
    ...(network.existing ? existingProblems(network.existing) : []),
    ...rangeProblems(settings),
    ...(network.zones ?? []).flatMap((zone) =>
      isZoneName("google", region, zone)
        ? []
        : [`network.zones: '${zone}' is no zone of ${region}; they are called ${region}-a, ${region}-b, …`],
    ),
    ...(network.egressAddresses ?? []).flatMap((id) =>
      at("network.egressAddresses", id, (text) =>
        network.existing
          ? "a network that exists has its NAT and the addresses of that: remove it"
          : google.egressProblem(text, region),
      ),
    ),
    ...apiProblems(settings.api, google.MOST_ALLOWED_RANGES, settings.dnsEndpoint),
    ...settings.members.flatMap((member) => at("admins, runner", member, google.memberProblem)),
    ...at("secretsKey", settings.secretsKey, (key) => google.keyProblem(key, region)),
    ...poolProblems(pools, { cloud: "google", limits: google.POOL, zones: network.zones }),
    ...(window
      ? said(`maintenance.${window[0]}`, window[1])
      : said("maintenance.durationHours", google.windowLengthProblem(maintenance.durationHours))),
  ]);
}

function existingProblems(existing: NonNullable<GkeSettings["network"]["existing"]>): readonly string[] {
  const { network, subnetwork, podsRange, servicesRange } = existing;
  const missing = Object.entries({ network, subnetwork, podsRange, servicesRange })
    .filter(([, id]) => !id)
    .map(([field]) => field);
  return missing.length === 0 ? [] : [`network.existing: it needs ${missing.join(", ")} too`];
}

/** Of a network that exists only what is written is known. */
function rangeProblems({ network, controlPlaneCidr, pools }: GkeSettings): readonly string[] {
  const { cidr, nodes, pods, services, existing } = network;
  const written = {
    "network.cidr": cidr,
    "network.nodes": nodes,
    "network.pods": pods,
    "network.services": services,
    controlPlaneCidr,
  };
  const unreadable = Object.entries(written).flatMap(([prop, range]) => at(prop, range, privateRangeProblem));
  if (unreadable.length > 0) return unreadable;
  const control = controlPlaneCidr === undefined ? [] : said("controlPlaneCidr", google.controlPlaneProblem(controlPlaneCidr));
  if (existing) return control;
  if (cidr === undefined) return ["network.cidr: is missing: a range such as 10.10.0.0/16, or network.existing"];
  const wrong = said("network.cidr", networkSizeProblem(cidr, google.NETWORK));
  if (wrong.length > 0) return [...wrong, ...control];
  const layout = googleLayout({ cidr, nodes, pods, services });
  const parts = Object.entries({
    "network.nodes": layout.nodes,
    "network.pods": layout.pods,
    "network.services": layout.services,
    ...(controlPlaneCidr === undefined ? {} : { controlPlaneCidr }),
  });
  const all = Object.values(pools);
  return [
    ...control,
    ...(contains(cidr, layout.nodes)
      ? []
      : [`network.nodes: ${layout.nodes} is outside of ${cidr}, the range of the whole network`]),
    ...parts.flatMap(([prop, range], index) => [
      ...parts
        .slice(index + 1)
        .filter(([, other]) => overlaps(range, other))
        .map(([other, otherRange]) => `${prop}: ${range} overlaps ${other} ${otherRange}: they must be apart`),
      ...google.RESERVED.filter((reserved) => overlaps(range, reserved)).map(
        (reserved) => `${prop}: ${range} overlaps ${reserved}, which GKE keeps for itself`,
      ),
    ]),
    ...said("network.nodes", roomProblem(layout.nodes, "nodes", google.nodesIn(layout.nodes), google.mostNodes(all))),
    ...said("network.pods", google.podsRoomProblem(layout.pods, all)),
    ...said("network.services", partSizeProblem(layout.services, "services", "GKE", google.SERVICES)),
  ];
}
