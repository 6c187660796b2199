import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { SqlUser } from "@cdktf/provider-google/lib/sql-user";
import { StorageBucketIamMember } from "@cdktf/provider-google/lib/storage-bucket-iam-member";
import { Fn, type ITerraformDependable, type TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { identityOf } from "../../model/derived/app-rights";
import { shortHash } from "../../model/derived/names";
import type { Rights } from "../../model/schema/rights";
import { partitionOf } from "../clusters/eks/partition";
import type { Values } from "../helm/values";
import { applicationPolicy } from "../identity/application-policy";
import { PodIdentityRole } from "../identity/aws-roles";
import { AzureIdentity } from "../identity/azure-identity";
import { type GoogleGrant, GoogleIdentity } from "../identity/google-identity";
import type { ServiceAccount } from "../identity/trust";
import type { AddOnHost, OwnAws, OwnAzure, OwnGoogle } from "./host";
import { BASE_NAMESPACE } from "./install";
import type { Installer } from "./installer";
import type { AppIdentity, SqlServer } from "./namespace";

interface Identity {
  readonly annotations: Readonly<Record<string, string>>;
  readonly ready: readonly TerraformResource[];
  /** Users of databases that it is. @default - none */
  readonly users?: readonly TerraformResource[];
  /** On AKS: its object id. */
  readonly principalId?: string;
}

/**
 * The ServiceAccounts of applications that have rights in the cluster's cloud, each with an identity that nothing but its
 * own tokens gives. They are made here, so that the pipeline of an application needs no right to give rights.
 */
export class AppIdentities extends Construct {
  /** Users of databases that they are: what gives rights to these comes after them. */
  readonly users: readonly TerraformResource[];
  /** Object ids of those in Entra, by application. */
  readonly principalIds: ReadonlyMap<string, string>;
  private readonly found: readonly (Identity & { readonly app: string; readonly account: ServiceAccount })[];

  constructor(scope: Construct, id: string, host: AddOnHost, identities: readonly AppIdentity[]) {
    super(scope, id);
    this.found = identities.map((spec) => {
      const { app, namespace } = spec;
      const account = { namespace, name: identityOf(app) };
      return { app, account, ...identity(new Construct(this, app), host, `${host.name}-app-${app}`, account, spec) };
    });
    this.users = this.found.flatMap(({ users = [] }) => users);
    this.principalIds = new Map(this.found.flatMap(({ app, principalId }) => (principalId ? [[app, principalId]] : [])));
  }

  /** @param made namespaces of the applications */
  install(installer: Installer, made: readonly ITerraformDependable[]): void {
    installer.objects(this, "app-identities", {
      phase: "services",
      namespace: BASE_NAMESPACE,
      objects: this.found.map(
        ({ account: { name, namespace }, annotations }): Values => ({
          apiVersion: "v1",
          kind: "ServiceAccount",
          metadata: { name, namespace, annotations },
          automountServiceAccountToken: false,
        }),
      ),
      // pods get what is there when they start
      after: [...made, ...this.found.flatMap(({ ready }) => ready)],
    });
  }
}

/** On a cluster in whose cloud nothing is asked for it is an account like any other. */
function identity(
  scope: Construct,
  host: AddOnHost,
  name: string,
  account: ServiceAccount,
  { rights, databaseUsers = [], logsIn = false, sqlServers = [] }: AppIdentity,
): Identity {
  const { own } = host;
  if (own.cloud === "aws" && (rights.aws || databaseUsers.length > 0))
    return onAws(scope, host, own, name, account, rights.aws ?? { buckets: {}, queues: {}, policies: [] }, databaseUsers);
  if (own.cloud === "azure" && (rights.azure || logsIn)) return onAzure(scope, host, own, name, account, rights.azure ?? []);
  if (own.cloud === "google" && (rights.google || sqlServers.length > 0))
    return onGoogle(scope, host, own, name, account, rights.google ?? { buckets: {}, roles: [] }, sqlServers);
  return { annotations: {}, ready: [] };
}

function onAws(
  scope: Construct,
  host: AddOnHost,
  { region, accountId, permissionsBoundaryArn, foundation }: OwnAws,
  name: string,
  account: ServiceAccount,
  { buckets, queues, policies }: NonNullable<Rights["aws"]>,
  databaseUsers: readonly string[],
): Identity {
  const provider = host.ownProvider();
  const policy = applicationPolicy({ partition: partitionOf(region), region, accountId, buckets, queues, databaseUsers });
  const role = new PodIdentityRole(scope, "role", {
    provider,
    name,
    clusterName: foundation.clusterName,
    account,
    policy: policy.Statement.length > 0 ? policy : undefined,
    permissionsBoundaryArn,
    tags: host.tags,
  });
  const attached = policies.map(
    (policyArn) =>
      new IamRolePolicyAttachment(scope, `policy-${shortHash(policyArn)}`, { provider, role: role.roleName, policyArn }),
  );
  return { annotations: {}, ready: [...role.ready, ...attached] };
}

function onAzure(
  scope: Construct,
  host: AddOnHost,
  { tenantId, foundation }: OwnAzure,
  name: string,
  account: ServiceAccount,
  roles: NonNullable<Rights["azure"]>,
): Identity {
  const { clientId, principalId, ready } = new AzureIdentity(scope, "identity", {
    provider: host.ownProvider(),
    name,
    resourceGroup: foundation.resourceGroup,
    location: foundation.location,
    issuer: host.face.oidcIssuer ?? "",
    account,
    grants: roles.map(({ role, scope: on }) => ({ id: `grant-${shortHash(`${role} ${on}`)}`, role, scope: on })),
    tags: host.tags,
  });
  return {
    annotations: { "azure.workload.identity/client-id": clientId, "azure.workload.identity/tenant-id": tenantId },
    ready,
    principalId,
  };
}

/** Roles of Cloud Storage for objects (cloud.google.com/storage/docs/access-control/iam-roles). */
const ON_BUCKET = { read: "roles/storage.objectViewer", write: "roles/storage.objectUser" } as const;

function onGoogle(
  scope: Construct,
  host: AddOnHost,
  { projectId }: OwnGoogle,
  name: string,
  account: ServiceAccount,
  { buckets, roles }: NonNullable<Rights["google"]>,
  servers: readonly SqlServer[],
): Identity {
  const provider = host.ownProvider();
  const { email, ready } = new GoogleIdentity(scope, "identity", {
    provider,
    name,
    projectId,
    account,
    grants: [...roles.map((role) => ({ id: `grant-${shortHash(role)}`, role })), ...loginGrants(projectId, servers)],
  });
  const members = Object.entries(buckets).map(
    ([bucket, access]) =>
      new StorageBucketIamMember(scope, `bucket-${bucket}`, {
        provider,
        bucket,
        role: ON_BUCKET[access],
        member: `serviceAccount:${email}`,
      }),
  );
  const users = servers.filter(({ primary }) => primary).map((server) => sqlUser(scope, host, projectId, email, server));
  return { annotations: { "iam.gke.io/gcp-service-account": email }, ready: [...ready, ...members, ...users], users };
}

/**
 * The right to log in to the servers of each database, and to no others: the role alone is one on all of the project's
 * (Cloud SQL docs, "Use IAM Conditions").
 */
function loginGrants(projectId: string, servers: readonly SqlServer[]): readonly GoogleGrant[] {
  return [...new Set(servers.map(({ database }) => database))].map((database) => {
    const names = servers
      .filter((server) => server.database === database)
      .map(({ instance }) => `resource.name == "projects/${projectId}/instances/${instance}"`);
    return {
      id: `database-${database}`,
      role: "roles/cloudsql.instanceUser",
      condition: {
        title: `database-${database}`,
        expression: `resource.type == "sqladmin.googleapis.com/Instance" && (${names.join(" || ")})`,
      },
    };
  });
}

/** What it is in a server. Replication brings it to replicas. */
function sqlUser(
  scope: Construct,
  host: AddOnHost,
  project: string,
  email: string,
  { database, server, engine, instance, promotable }: SqlServer,
): SqlUser {
  return new SqlUser(scope, `user-${database}-${server}`, {
    provider: host.ownProvider(),
    project,
    instance,
    // MySQL's is then called by what stands before the @
    name: engine === "mysql" ? email : Fn.trimsuffix(email, ".gserviceaccount.com"),
    type: "CLOUD_IAM_SERVICE_ACCOUNT",
    // after a promotion it goes from here with a server that answers nobody
    deletionPolicy: promotable ? "ABANDON" : undefined,
  });
}
