import { serverOutput } from "../../constructs/backing/databases/outputs";
import { partitionOf } from "../../constructs/clusters/eks/partition";
import type { AppIdentity, SqlServer } from "../../constructs/priming/namespace";
import type { RemoteOutputs } from "../../constructs/state";
import { serverName, servingServers } from "../../model/derived/databases";
import { identityUser, identityUses, logsInByIdentity, needsIdentity } from "../../model/derived/identity-logins";
import { stackIds } from "../../model/derived/names";
import { appsOn, namespaceOf } from "../../model/derived/placement";
import type { App } from "../../model/schema/apps";
import type { Cluster } from "../../model/schema/cluster";
import type { Fleet } from "../../model/schema/fleet";
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
    const databaseUsers = identityUses(text, spec).flatMap(([key, name]) => {
      const database = text.databases[key]!;
      if (database.cloud !== "aws") return [];
      // AWS's id of a server, which another server of its name doesn't have
      return servingServers(database).map((server) => {
        const id = outputsOf(key).getString(serverOutput("resource_id", server));
        return `arn:${partitionOf(server.region)}:rds-db:${server.region}:${database.aws?.accountId}:dbuser:${id}/${identityUser(name)}`;
      });
    });
    return [
      {
        app,
        namespace: namespaceOf(app, spec),
        rights: spec.rights ?? {},
        databaseUsers: [...new Set(databaseUsers)],
        logsIn: logsInByIdentity(spec),
        sqlServers: sqlServers(text, spec),
      },
    ];
  });
}

/** The instances of Cloud SQL that an application is a user of. */
function sqlServers(fleet: Fleet, app: App): readonly SqlServer[] {
  return [...new Set(identityUses(fleet, app).map(([key]) => key))].flatMap((key): SqlServer[] => {
    const database = fleet.databases[key]!;
    const { cloud, engine } = database;
    if (cloud !== "google" || engine === "mongo") return [];
    return servingServers(database).map((server) => ({
      database: key,
      server: server.key,
      engine,
      instance: serverName(fleet.name, key, server),
      primary: server.role === "primary",
      promotable: database.replicas.length > 0,
    }));
  });
}
