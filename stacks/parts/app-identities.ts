import { serverOutput } from "../../constructs/backing/databases/outputs";
import { partitionOf } from "../../constructs/clusters/eks/partition";
import type { AppIdentity } from "../../constructs/priming/namespace";
import type { RemoteOutputs } from "../../constructs/state";
import { servingServers } from "../../model/derived/databases";
import { identityUsers, needsIdentity } from "../../model/derived/identity-logins";
import { stackIds } from "../../model/derived/names";
import { appsOn, namespaceOf } from "../../model/derived/placement";
import type { Cluster } from "../../model/schema/cluster";
import type { FleetStack } from "../fleet-stack";

/** The applications of a cluster that are somebody in its cloud: they have rights there, or log in to databases so. */
export function appIdentities(stack: FleetStack, cluster: Cluster): readonly AppIdentity[] {
  const { fleet, text } = stack.context;
  const read = new Map<string, RemoteOutputs>();
  const outputsOf = (key: string) => {
    const outputs = read.get(key) ?? stack.read(`database-${key}`, stackIds.data(fleet.name, key));
    read.set(key, outputs);
    return outputs;
  };
  return Object.entries(appsOn(text, cluster.name)).flatMap(([app, spec]): AppIdentity[] => {
    if (!needsIdentity(spec)) return [];
    const databaseUsers = identityUsers(text, spec).flatMap(([key, user]) => {
      const database = text.databases[key]!;
      // AWS's id of a server, which another server of its name doesn't have
      return servingServers(database).map((server) => {
        const id = outputsOf(key).getString(serverOutput("resource_id", server));
        return `arn:${partitionOf(server.region)}:rds-db:${server.region}:${database.aws?.accountId}:dbuser:${id}/${user}`;
      });
    });
    return [{ app, namespace: namespaceOf(app, spec), rights: spec.rights ?? {}, databaseUsers: [...new Set(databaseUsers)] }];
  });
}
