import type { Problem, Rule } from "../../problems/problem";
import type { Fleet } from "../../schema/fleet";

type Path = readonly (string | number)[];

/** Nothing stands twice in a list where twice is a mistake. The YAML reader finds keys that do. */
export const duplicates: Rule = (fleet) => listsOf(fleet).flatMap(([path, list]) => twice(path, list));

function listsOf(fleet: Fleet): readonly (readonly [Path, readonly string[]])[] {
  const clusters = fleet.clusters.flatMap((cluster): (readonly [Path, readonly string[]])[] => {
    const at = (...field: Path): Path => ["clusters", cluster.name, ...field];
    const lists: (readonly [Path, readonly string[]])[] = [[at("api", "allowFrom"), cluster.api.allowFrom]];
    if (cluster.cloud === "existing") return [...lists, [at("existing", "ingress", "ips"), cluster.existing.ingress.ips]];
    lists.push([at("network", "zones"), cluster.network.zones ?? []]);
    lists.push([at("network", "egressAddresses"), cluster.network.egressAddresses ?? []]);
    for (const [name, pool] of Object.entries(cluster.pools)) {
      lists.push([at("pools", name, "machines"), pool.machines ?? []], [at("pools", name, "zones"), pool.zones ?? []]);
    }
    const { existing } = cluster.network;
    lists.push([at("network", "existing", "privateSubnetIds"), existing?.privateSubnetIds ?? []]);
    lists.push([at("network", "existing", "publicSubnetIds"), existing?.publicSubnetIds ?? []]);
    if (cluster.cloud === "aws")
      lists.push([at("aws", "admins"), cluster.aws.admins], [at("aws", "logTypes"), cluster.aws.logTypes]);
    if (cluster.cloud === "azure")
      lists.push([at("azure", "admins"), cluster.azure.admins], [at("azure", "logCategories"), cluster.azure.logCategories]);
    if (cluster.cloud === "google") lists.push([at("google", "admins"), cluster.google.admins]);
    return lists;
  });
  const apps = Object.entries(fleet.apps).flatMap(([name, app]): (readonly [Path, readonly string[]])[] => [
    [["apps", name, "clusters"], app.clusters ?? []],
    [["apps", name, "after"], app.after],
    [["apps", name, "image", "pullSecrets"], app.image?.pullSecrets ?? []],
    [["apps", name, "rights", "aws", "policies"], app.rights?.aws?.policies ?? []],
    [["apps", name, "rights", "google", "roles"], app.rights?.google?.roles ?? []],
  ]);
  return [...clusters, ...apps, [["drain"], fleet.drain], [["dns", "caa"], fleet.dns.caa]];
}

function twice(path: Path, list: readonly string[]): readonly Problem[] {
  return list.flatMap((value, index) => {
    const first = list.indexOf(value);
    return first === index
      ? []
      : [{ path: [...path, index], message: `'${value}' stands here already, at place ${first + 1} of the list` }];
  });
}
