import { retentionProblem } from "../../../model/catalog/log-retention";
import { overlaps } from "../../../model/derived/cidr";
import { isZoneName } from "../../../model/derived/zones";
import * as azure from "../../../model/limits/azure";
import { partSizeProblem, privateRangeProblem, roomProblem, windowProblem } from "../../../model/limits/kubernetes";
import { apiProblems, at, kubernetesProblems, poolProblems, refuse, said } from "../refuse";
import type { AksSettings } from "./settings";

/** @throws one error with every reason why AKS can't make the cluster: azurerm 4.55 checks none of it at plan */
export function checkAksCluster(settings: AksSettings): void {
  const { name, region, api, pools, network, systemPool, logAnalyticsWorkspaceId } = settings;
  const window = windowProblem(settings.maintenance, azure.LEAST_WINDOW_HOURS);
  refuse("AKS", name, [
    ...at("name", name, azure.clusterNameProblem),
    ...kubernetesProblems(settings.kubernetes),
    ...apiProblems(api, azure.MOST_ALLOWED_RANGES),
    ...(api.access === "private" && api.allowFrom.length > 0
      ? [`api.allowFrom: ${api.allowFrom.length} ranges, and AKS has no allow-list for a private API: leave it out`]
      : []),
    ...(api.access === "private"
      ? at("privateDnsZone", settings.privateDnsZone, (zone) => azure.privateZoneProblem(zone, region))
      : []),
    ...rangeProblems(settings),
    ...network.zones.flatMap((zone) =>
      isZoneName("azure", region, zone) ? [] : [`network.zones: '${zone}' is none of Azure's: they are called 1, 2 and 3`],
    ),
    ...(network.egressAddresses ?? []).flatMap((id) => at("network.egressAddresses", id, azure.egressProblem)),
    ...poolProblems(pools, { cloud: "azure", limits: azure.POOL, zones: network.zones }),
    ...azure.poolNameProblems(pools).flatMap(([key, problem]) => said(`pools.${key}`, problem)),
    ...azure.systemPoolProblems(systemPool).flatMap(([field, problem]) => said(`systemPool.${field}`, problem)),
    ...(settings.longTermSupport ? said("longTermSupport", azure.longTermSupportProblem(settings.tier)) : []),
    ...at("logAnalyticsWorkspaceId", logAnalyticsWorkspaceId, azure.workspaceProblem),
    ...(logAnalyticsWorkspaceId ? [] : said("logRetentionDays", retentionProblem("azure", settings.logRetentionDays))),
    ...(window ? said(`maintenance.${window[0]}`, window[1]) : []),
  ]);
}

function rangeProblems({ network, pools, systemPool }: AksSettings): readonly string[] {
  const { nodes, pods, services } = network.ranges;
  const named = Object.entries({ nodes, pods, services }).flatMap(([what, range]) => (range ? [[what, range] as const] : []));
  const unreadable = named.flatMap(([what, range]) => at(`network.${what}`, range, privateRangeProblem));
  if (unreadable.length > 0) return unreadable;
  const most = azure.mostNodes(Object.values(pools), systemPool);
  return [
    ...named.flatMap(([what, range], index) => [
      ...named
        .slice(index + 1)
        .filter(([, other]) => overlaps(range, other))
        .map(([other, otherRange]) => `network.${what}: ${range} overlaps network.${other} ${otherRange}: they must be apart`),
      ...azure.RESERVED.filter((reserved) => overlaps(range, reserved)).map(
        (reserved) => `network.${what}: ${range} overlaps ${reserved}, which AKS keeps for itself`,
      ),
    ]),
    ...said("network.services", partSizeProblem(services, "services", "AKS", azure.SERVICES)),
    ...said("network.pods", roomProblem(pods, "pods", azure.nodesOf(pods), most, ", each with a /24")),
    ...(nodes ? said("network.nodes", roomProblem(nodes, "nodes", azure.nodesIn(nodes), most)) : []),
  ];
}
