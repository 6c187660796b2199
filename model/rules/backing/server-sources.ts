import { hasServers, type ServerCluster, serverLogin, serverRegions, serverVersion } from "../../derived/servers";
import { snapshotIdProblem } from "../../limits/servers";
import type { Problem, Rule } from "../../problems/problem";
import { didYouMean } from "../../problems/wording";
import type { Fleet } from "../../schema/fleet";
import type { Server } from "../../schema/servers";
import { inCluster } from "../clusters";

interface Of {
  readonly fleet: Fleet;
  readonly cluster: ServerCluster;
  readonly key: string;
  readonly server: Server;
}
type Found = readonly (readonly [field: readonly string[], message: string])[];

/** What servers are restored from, and what those of one region share. */
export const serverSources: Rule = (fleet) => [
  ...fleet.clusters
    .filter(hasServers)
    .flatMap((cluster) =>
      Object.entries(cluster.servers).flatMap(([key, server]) =>
        [...source({ fleet, cluster, key, server }), ...sanitized(server)].map(([field, message]) =>
          inCluster(cluster, ["servers", key, ...field], message),
        ),
      ),
    ),
  ...[...serverRegions(fleet).values()].flatMap((clusters) => [...sameAccount(clusters), ...sharedLogins(clusters)]),
];

const FROM = ["disk", "restoreFrom"];

function source({ fleet, cluster, key, server }: Of): Found {
  const { restoreFrom } = server.disk;
  if (!restoreFrom) return [];
  const { snapshot, cluster: name, server: other, fleet: foreign, subscriptionId } = restoreFrom;
  if ((snapshot === undefined) === (name === undefined))
    return [[FROM, "names either a `snapshot` or a `cluster` whose server the data is of"]];
  if (snapshot !== undefined) {
    const extra = { server: other, fleet: foreign, subscriptionId };
    const beside = Object.entries(extra).find(([, value]) => value !== undefined);
    if (beside) return [[[...FROM, beside[0]], "goes with `cluster`, and a snapshot is named by its id: remove it"]];
    const wrong = snapshotIdProblem(snapshot);
    return wrong === undefined ? [] : [[[...FROM, "snapshot"], wrong]];
  }
  if (foreign !== undefined && foreign !== fleet.name) return [];
  if (subscriptionId !== undefined)
    return [[[...FROM, "subscriptionId"], "goes with `fleet`: a cluster of this fleet says its own subscription"]];
  if (name === cluster.name) return [[[...FROM, "cluster"], `'${name}' is this cluster: name another generation, or a snapshot`]];
  return generation(fleet, cluster, name!, other ?? key, server);
}

/** The server of another generation. One that is no longer in the file has been made from already. */
function generation(fleet: Fleet, cluster: ServerCluster, name: string, key: string, server: Server): Found {
  const from = fleet.clusters.find((candidate) => candidate.name === name);
  if (!from) return [];
  const found = from.cloud === "azure" ? from.servers[key] : undefined;
  if (from.cloud !== "azure" || !found)
    return [
      [
        [...FROM, from.servers[key] === undefined ? "server" : "cluster"],
        `'${name}' has no server '${key}'${didYouMean(key, Object.keys(from.servers), "it has")}`,
      ],
    ];
  if (from.region !== cluster.region)
    return [
      [
        [...FROM, "cluster"],
        `'${name}' is in ${from.region}, and a disk is made from a snapshot of its own region, ${cluster.region}`,
      ],
    ];
  const problems: (readonly [field: readonly string[], message: string])[] = [];
  if (found.role !== server.role)
    problems.push([["role"], `is '${server.role}', and '${name}.${key}' is '${found.role}': the data is not of that kind`]);
  else if (server.role === "postgres" && serverVersion(found) !== serverVersion(server))
    problems.push([
      ["version"],
      `${serverVersion(server)} doesn't read the data of '${name}.${key}', which is of ${serverVersion(found)}: write version: "${serverVersion(found)}", and upgrade by pg_dump into another server`,
    ]);
  if (server.disk.sizeGiB < found.disk.sizeGiB)
    problems.push([
      ["disk", "sizeGiB"],
      `${server.disk.sizeGiB} is less than the ${found.disk.sizeGiB} of '${name}.${key}': at least the same`,
    ]);
  if (!found.fenced && !server.fenced)
    problems.push([
      FROM,
      `'${name}.${key}' still serves: what is written there after the snapshot would be lost. Write \`fenced: true\` at clusters.${name}.servers.${key}; its stack is applied before this one's. To go back, fence this one instead`,
    ]);
  return problems;
}

/** Data of another fleet is production's in development: nothing serves it as it is. */
function sanitized({ disk, sanitize }: Server): Found {
  const { restoreFrom } = disk;
  if (restoreFrom?.fleet !== undefined && sanitize === undefined)
    return [
      [
        ["sanitize"],
        `is missing: data of fleet '${restoreFrom.fleet}' is served only after a script of yours has been over it, for instance to take names and addresses out (write \`sanitize: "true"\` to serve it as it is)`,
      ],
    ];
  if (sanitize !== undefined && !restoreFrom)
    return [[["sanitize"], "goes over restored data, and this disk is made empty: remove it, or say disk.restoreFrom"]];
  return [];
}

/** What outlives the clusters of a region is in one subscription, written by one principal. */
function sameAccount(clusters: readonly ServerCluster[]): readonly Problem[] {
  const [first, ...others] = clusters;
  return others.flatMap((cluster) =>
    (["subscriptionId", "tenantId", "runner"] as const).flatMap((field) =>
      cluster.azure[field] === first!.azure[field]
        ? []
        : [
            inCluster(
              cluster,
              ["servers"],
              `share a vault with those of '${first!.name}' in ${cluster.region}, whose azure.${field} is another: give both the same, or put the servers into a fleet of their own`,
            ),
          ],
    ),
  );
}

/** Two clusters that aren't generations of one another would have one password, unless somebody wants that. */
function sharedLogins(clusters: readonly ServerCluster[]): readonly Problem[] {
  const first = new Map<string, { readonly cluster: ServerCluster; readonly key: string; readonly server: Server }>();
  return clusters.flatMap((cluster) =>
    Object.entries(cluster.servers).flatMap(([key, server]): readonly Problem[] => {
      if (server.role !== "postgres") return [];
      const login = serverLogin(key, server);
      const other = first.get(login);
      if (!other) {
        first.set(login, { cluster, key, server });
        return [];
      }
      const said = server.login !== undefined && other.server.login !== undefined;
      const linked = server.disk.restoreFrom?.cluster !== undefined || other.server.disk.restoreFrom?.cluster !== undefined;
      if (said || (linked && other.cluster !== cluster)) return [];
      return [
        inCluster(
          cluster,
          ["servers", key],
          `would have the passwords of '${other.cluster.name}.${other.key}', since both are kept as '${login}', and neither is made from the other: write \`login:\` with a name of its own, or the same at both`,
        ),
      ];
    }),
  );
}
