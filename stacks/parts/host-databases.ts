import type { TerraformProvider } from "cdktf";
import { azureDatabase } from "../../constructs/backing/databases/azure";
import type { EntryLocation } from "../../constructs/backing/entries/location";
import type { ReaderCluster } from "../../constructs/backing/entries/reader";
import { literalDeep } from "../../constructs/cdktf/escape";
import { partitionOf } from "../../constructs/clusters/eks/partition";
import type { AzureFoundation, GoogleFoundation } from "../../constructs/clusters/face";
import { remoteFace, remoteFoundation } from "../../constructs/clusters/outputs";
import type { AddOnHost, HostDatabase } from "../../constructs/priming/host";
import type { RemoteOutputs } from "../../constructs/state";
import {
  adminEntry,
  databaseEntries,
  databaseServers,
  databasesOf,
  primaryOf,
  secretsRegionOf,
  serverName,
} from "../../model/derived/databases";
import { identityDatabases, identityMembers } from "../../model/derived/identity-logins";
import { clusterName } from "../../model/derived/names";
import type { Cluster } from "../../model/schema/cluster";
import type { Database } from "../../model/schema/databases";
import type { Fleet } from "../../model/schema/fleet";
import type { ClusterStack } from "../cluster-stack";
import type { FleetStack } from "../fleet-stack";
import { zoneTrustsIssuer } from "./own-provider";
import { clusterTags } from "./tags";

/** The databases of a cluster whose logins are made, or at least tried, from inside of it. Cosmos DB has keys, and no logins. */
export function hostDatabases(
  stack: FleetStack,
  cluster: Cluster,
  producer: ClusterStack,
  outputs: RemoteOutputs,
  provider: () => TerraformProvider | undefined,
): AddOnHost["databases"] {
  const { fleet, text } = stack.context;
  const all = databasesOf(text, cluster.name).flatMap(([key, database]) => hostDatabase(fleet, cluster.name, key, database));
  if (all.length === 0) return undefined;
  return { cluster: readerCluster(stack, cluster, producer, outputs, provider()), all };
}

function hostDatabase(of: Fleet, cluster: string, key: string, database: Database): HostDatabase[] {
  const { name: fleet } = of;
  const { engine, passwordVersion } = database;
  const identities = database.cloud === "aws" ? identityDatabases(of, key) : [];
  const members = identityMembers(of, cluster, key);
  if (engine === "mongo") return [];
  const primary = primaryOf(databaseServers(database));
  const entries = databaseEntries(fleet, key, database).filter(({ at }) => at.key === primary.key);
  return [
    {
      key,
      engine,
      location: entryLocation(fleet, key, database),
      admin: database.cloud === "google" ? undefined : adminEntry(fleet, key),
      ...(identities.length > 0 && { identities }),
      ...(members.length > 0 && { members }),
      ...(members.length > 0 && database.azure && { entra: entraServers(fleet, key, database, database.azure.tenantId) }),
      logins: entries.map(({ name, database: login }) => ({ database: login, entry: name })),
      version: passwordVersion * 10 + primary.place,
    },
  ];
}

/** The servers of a database that have an administrator in Entra: a replica has its source's. */
const entraServers = (fleet: string, key: string, database: Database, tenantId: string): HostDatabase["entra"] => ({
  tenantId,
  servers: databaseServers(database)
    .filter(({ role }) => role !== "replica")
    .map((server) => ({
      key: server.key,
      name: serverName(fleet, key, server),
      resourceGroup: azureDatabase.resourceGroup(fleet, key, server.region),
      place: server.place,
      fenced: server.role === "fenced",
    })),
});

/** Where the entries of a database are kept. */
export function entryLocation(fleet: string, key: string, database: Database): EntryLocation {
  const { cloud, aws, azure, google } = database;
  if (cloud === "aws" && aws) {
    const region = secretsRegionOf(database);
    return { cloud, partition: partitionOf(region), region, accountId: aws.accountId };
  }
  if (cloud === "azure" && azure)
    return { cloud, vaultId: azureDatabase.vaultId(fleet, key, database), tenantId: azure.tenantId };
  if (cloud === "google" && google) return { cloud, projectId: google.projectId };
  throw new Error(`database ${key} has no account: the fleet was not loaded by loadFleet`);
}

/** A cluster as those see it who read entries in one of its namespaces. */
export function readerCluster(
  stack: FleetStack,
  cluster: Cluster,
  producer: ClusterStack,
  outputs: RemoteOutputs,
  provider: TerraformProvider | undefined,
): ReaderCluster {
  const { fleet, text } = stack.context;
  const { foundation } = producer;
  if (!foundation || cluster.cloud === "existing") throw new Error(`cluster ${cluster.name} reads no entries: it has no cloud`);
  const common = {
    name: clusterName(fleet.name, cluster.name),
    issuer: remoteFace(producer.face, outputs).oidcIssuer ?? "",
    tags: clusterTags(text, literalDeep(cluster)),
    provider,
  };
  switch (cluster.cloud) {
    case "aws": {
      const own = zoneTrustsIssuer(cluster, fleet.dns) ? "oidc_provider_arn" : "own_oidc_provider_arn";
      const { permissionsBoundaryArn } = cluster.aws;
      return { ...common, own: { cloud: "aws", oidcProviderArn: outputs.getString(own), permissionsBoundaryArn } };
    }
    case "azure": {
      const { resourceGroup, location } = remoteFoundation(foundation as AzureFoundation, outputs);
      return { ...common, own: { cloud: "azure", resourceGroup, location } };
    }
    case "google": {
      const { projectId, region } = { projectId: cluster.google.projectId, region: cluster.region };
      const { clusterName: name } = foundation as GoogleFoundation;
      return { ...common, own: { cloud: "google", projectId, region, clusterName: name } };
    }
  }
}
