import { PostgresqlFlexibleServerActiveDirectoryAdministrator } from "@cdktf/provider-azurerm/lib/postgresql-flexible-server-active-directory-administrator";
import type { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { ROLE_NAME_MAX } from "../../model/derived/identity-logins";
import { shorten } from "../../model/derived/names";
import type { ReaderCluster } from "../backing/entries/reader";
import { CURL_IMAGE } from "../helm/images";
import type { Values } from "../helm/values";
import { AzureIdentity } from "../identity/azure-identity";
import type { HostDatabase } from "./host";

/** A database whose server takes tokens of Entra. */
export type EntraDatabase = HostDatabase & { readonly entra: NonNullable<HostDatabase["entra"]> };

const FEDERATED = "/federated";
/** Where its token is, as `password`. */
export const TOKEN = "/token";

/**
 * Who the job that makes the logins of a database is in Entra: administrator of its server, beside the server's own, since
 * nobody else may say of a role that it is an application (Azure docs, "Manage Microsoft Entra users"). It is named by its
 * object id, as the applications are, so that the server looks up no names and needs no role in the directory.
 */
export class EntraAdministrator extends Construct {
  /** What must be there before the job. */
  readonly ready: readonly TerraformResource[];
  /** Its service account. */
  readonly account: Values;
  /** Name of the administrator in the server. */
  readonly login: string;
  private readonly clientId: string;
  private readonly accountName: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: { readonly cluster: ReaderCluster; readonly namespace: string; readonly database: EntraDatabase },
  ) {
    super(scope, id);
    const { namespace, database } = props;
    this.accountName = `logins-${database.key}`;
    const made = database.entra.servers.map((server) => ({ server, ...this.administrator(server) }));
    const { name, identity } = made.find(({ server }) => !server.fenced)!;
    this.login = name;
    this.clientId = identity.clientId;
    this.ready = made.flatMap(({ identity: one, administrator }) => [...one.ready, administrator]);
    this.account = {
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: { name: this.accountName, namespace },
      automountServiceAccountToken: false,
    };
  }

  /**
   * One of a server. A server that is promoted has brought the administrators of its source along (Azure/azure-cli#24713),
   * which azurerm doesn't take for its own, so that its own is another identity; of the server that is left behind nothing
   * is asked.
   */
  private administrator(server: EntraDatabase["entra"]["servers"][number]) {
    const { cluster, namespace, database } = this.props;
    const { own, provider, issuer, tags } = cluster;
    if (own.cloud !== "azure") throw new Error(`cluster ${cluster.name} has no identities in Entra`);
    const scope = new Construct(this, server.key);
    const name = shorten(`${cluster.name}-logins-${database.key}${server.place > 0 ? `-${server.place}` : ""}`, ROLE_NAME_MAX);
    const identity = new AzureIdentity(scope, "identity", {
      provider,
      name,
      resourceGroup: own.resourceGroup,
      location: own.location,
      issuer,
      account: { namespace, name: this.accountName },
      grants: [],
      tags,
    });
    const administrator = new PostgresqlFlexibleServerActiveDirectoryAdministrator(scope, "administrator", {
      provider,
      resourceGroupName: server.resourceGroup,
      serverName: server.name,
      tenantId: database.entra.tenantId,
      objectId: identity.principalId,
      principalName: name,
      principalType: "ServicePrincipal",
      lifecycle: server.fenced ? { ignoreChanges: "all" } : undefined,
    });
    return { name, identity, administrator };
  }

  /** What the job's pod has besides: it asks for its token by itself, before it starts, with the cluster's own. */
  pod(): { readonly spec: Values; readonly volumes: readonly Values[]; readonly mounts: readonly Values[] } {
    const mounted = { name: "token", mountPath: TOKEN };
    return {
      spec: {
        serviceAccountName: this.accountName,
        initContainers: [
          {
            name: "token",
            image: CURL_IMAGE,
            command: ["sh", "-eu", "-c", ASK],
            env: Object.entries({
              CLIENT_ID: this.clientId,
              TOKEN_URL: `https://login.microsoftonline.com/${this.props.database.entra.tenantId}/oauth2/v2.0/token`,
              FEDERATED,
              TOKEN,
            }).map(([name, value]) => ({ name, value })),
            resources: { requests: { cpu: "10m", memory: "16Mi" }, limits: { memory: "64Mi" } },
            securityContext: {
              allowPrivilegeEscalation: false,
              readOnlyRootFilesystem: true,
              capabilities: { drop: ["ALL"] },
            },
            volumeMounts: [mounted, { name: "federated", mountPath: FEDERATED, readOnly: true }],
          },
        ],
      },
      volumes: [
        { name: "token", emptyDir: { medium: "Memory", sizeLimit: "1Mi" } },
        {
          name: "federated",
          projected: {
            sources: [
              { serviceAccountToken: { path: "token", audience: "api://AzureADTokenExchange", expirationSeconds: 3600 } },
            ],
          },
        },
      ],
      mounts: [{ ...mounted, readOnly: true }],
    };
  }
}

/**
 * The cluster's token for one of Entra, which PostgreSQL takes as a password (Microsoft identity platform, "OAuth 2.0
 * client credentials flow", third case). A federation that is new can take minutes to count. No braces, which Terraform
 * would read.
 */
export const ASK = `
curl --silent --show-error --fail --retry 12 --retry-delay 10 --retry-all-errors --max-time 30 --output "$TOKEN/answer" \\
  --data-urlencode grant_type=client_credentials \\
  --data-urlencode client_id="$CLIENT_ID" \\
  --data-urlencode scope=https://ossrdbms-aad.database.windows.net/.default \\
  --data-urlencode client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer \\
  --data-urlencode client_assertion@"$FEDERATED/token" \\
  "$TOKEN_URL"
sed -n 's/.*"access_token" *: *"\\([^"]*\\)".*/\\1/p' "$TOKEN/answer" > "$TOKEN/password"
rm "$TOKEN/answer"
test -s "$TOKEN/password" || { echo "Entra's answer has no access_token" >&2; exit 1; }
`;

/**
 * Makes a role for each application, which acts as the database's own login, as the server's own administrator; then says
 * as the administrator in Entra who it is (Azure docs, "Enable Microsoft Entra authentication for an existing PostgreSQL
 * role"). From PostgreSQL 16 on nobody may say so of a role that he has no admin option on.
 */
export const ENTRA_SCRIPT = `
for member in $MEMBERS; do
  name="$(echo "$member" | cut -d= -f1)"
  user="$(echo "$member" | cut -d= -f2)"
  of="$LOGINS/$name"
  export PGHOST="$(cat "$of/host")" PGPORT="$(cat "$of/port")"
  PGUSER="$(cat "$LOGINS/admin/username")" PGPASSWORD="$(cat "$LOGINS/admin/password")" \\
    psql --quiet --no-psqlrc --dbname=postgres --set=ON_ERROR_STOP=1 --set=name="$name" --set=user="$user" --set=entra="$ENTRA" <<'SQL'
SELECT format('CREATE ROLE %I LOGIN', :'user') WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'user') \\gexec
SELECT format('GRANT %I TO %I', :'name', :'user') \\gexec
SELECT format('ALTER ROLE %I IN DATABASE %I SET role = %L', :'user', :'name', :'name') \\gexec
SELECT format('GRANT %I TO %I WITH ADMIN OPTION', :'user', :'entra') \\gexec
SQL
  PGUSER="$ENTRA" PGPASSWORD="$(cat "$TOKEN/password")" \\
    psql --quiet --no-psqlrc --dbname=postgres --set=ON_ERROR_STOP=1 --set=user="$user" --set=oid="$(echo "$member" | cut -d= -f3)" <<'SQL'
SELECT format('SECURITY LABEL FOR pgaadauth ON ROLE %I IS %L', :'user', 'aadauth,oid=' || :'oid' || ',type=service') \\gexec
SQL
  echo "$user: ready"
done
`;
