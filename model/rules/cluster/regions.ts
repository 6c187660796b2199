import { findRegion, noSuchRegion } from "../../catalog/regions";
import { locationOf, regionOf } from "../../derived/location";
import type { Problem, Rule } from "../../problems/problem";
import type { Cluster } from "../../schema/cluster";
import type { Fleet } from "../../schema/fleet";
import { inCluster } from "../clusters";

/** Regions exist and are the right cloud's, and routing knows where every cluster is. */
export const regions: Rule = (fleet) => [
  ...fleet.clusters.flatMap((cluster) => [...regionProblems(cluster), ...overrideProblems(cluster)]),
  ...elsewhere(fleet),
];

/** What a cluster can say of a region that the catalogue doesn't have yet. */
const NEWER = "; of a newer one say under `location` where it is (latitude, longitude, country, continent)";

function regionProblems(cluster: Cluster): readonly Problem[] {
  // A region newer than the catalogue can be used by saying where it is.
  if (regionOf(cluster) || locationOf(cluster)) return [];
  const needed = "give latitude, longitude, country and continent under `location`";
  if (cluster.cloud !== "existing") return [inCluster(cluster, ["region"], noSuchRegion(cluster.cloud, cluster.region, NEWER))];
  if (cluster.region === undefined)
    return [
      inCluster(
        cluster,
        ["location"],
        `where the cluster is can't be known: name the nearest \`region\` of any cloud, or ${needed}`,
      ),
    ];
  return [
    inCluster(
      cluster,
      ["region"],
      `'${cluster.region}' is no region of AWS, Azure or Google: name one that is near, or ${needed}`,
    ),
  ];
}

function overrideProblems(cluster: Cluster): readonly Problem[] {
  const { latitude, longitude, awsRegion, azureRegion } = cluster.location;
  const problems: Problem[] = [];
  if ((latitude === undefined) !== (longitude === undefined))
    problems.push(inCluster(cluster, ["location"], "latitude and longitude are one place: give both or neither"));
  if (awsRegion !== undefined && !findRegion("aws", awsRegion))
    problems.push(inCluster(cluster, ["location", "awsRegion"], noSuchRegion("aws", awsRegion)));
  if (azureRegion !== undefined && !findRegion("azure", azureRegion))
    problems.push(inCluster(cluster, ["location", "azureRegion"], noSuchRegion("azure", azureRegion)));
  return problems;
}

/** Regions that are named outside of clusters. */
function elsewhere({ state, dns }: Fleet): readonly Problem[] {
  const problems: Problem[] = [];
  if (state.backend === "s3" && state.endpoint === undefined && !findRegion("aws", state.region))
    problems.push({ path: ["state", "region"], message: noSuchRegion("aws", state.region) });
  if (dns.azure && !findRegion("azure", dns.azure.location))
    problems.push({ path: ["dns", "azure", "location"], message: noSuchRegion("azure", dns.azure.location) });
  return problems;
}
