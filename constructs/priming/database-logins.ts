import { Construct } from "constructs";
import { EntryReader, entryAsSecret, type ReaderCluster } from "../backing/entries/reader";
import type { Values } from "../helm/values";
import type { AppIdentities } from "./app-identities";
import { ENTRA_SCRIPT, EntraAdministrator, type EntraDatabase, TOKEN } from "./entra-logins";
import type { HostDatabase } from "./host";
import { IDENTITY_SCRIPTS, MEMBER_SCRIPTS } from "./identity-logins";
import type { Installer } from "./installer";

const NAMESPACE = "databases";
const LOGINS = "/logins";

/** The engines' own images. Only their clients run, so the minor version matters little. */
const IMAGES = { mysql: "docker.io/library/mysql:8.4", postgres: "docker.io/library/postgres:17" } as const;

export interface DatabaseLoginsProps {
  readonly cluster: ReaderCluster;
  readonly all: readonly HostDatabase[];
  /** Who applications are, which get rights in the databases. @default - nobody */
  readonly identities?: AppIdentities | undefined;
}

/**
 * Makes the databases and their logins inside of each server, by a job that alone has the administrator's entry, and then
 * logs in as each of them. No provider speaks SQL, and only a cluster is in reach of the server. Every cluster does it:
 * what is there already stays, so it doesn't matter which is first, and none is needed by the others.
 */
export class DatabaseLogins extends Construct {
  constructor(scope: Construct, id: string, { cluster, all: databases, identities }: DatabaseLoginsProps, installer: Installer) {
    super(scope, id);
    installer.namespace({ name: NAMESPACE, podSecurity: "restricted" });
    const reader = new EntryReader(this, "reader", {
      cluster,
      namespace: NAMESPACE,
      reads: databases.map(({ key, location, admin, logins }) => ({
        store: key,
        location,
        entries: [...(admin ? [admin] : []), ...logins.map(({ entry }) => entry)],
      })),
    });
    const entra = new Map(
      databases.filter(isEntra).map((database) => {
        const props = { cluster, namespace: NAMESPACE, database };
        return [database.key, new EntraAdministrator(this, `entra-${database.key}`, props)];
      }),
    );
    installer.objects(this, "database-logins", {
      phase: "services",
      namespace: NAMESPACE,
      objects: [
        ...reader.objects,
        ...[...entra.values()].map(({ account }) => account),
        ...databases.flatMap(secrets),
        ...databases.map((database) => job(database, membersOf(database, identities), entra.get(database.key))),
      ],
      after: [...reader.ready, ...(identities?.users ?? []), ...[...entra.values()].flatMap(({ ready }) => ready)],
    });
  }
}

/** Another name for another version: a pod that starts can't find the old password under it. */
const secretName = (entry: string, { version }: HostDatabase) => `${entry}-${version}`;

const secrets = (database: HostDatabase): Values[] =>
  [...(database.admin ? [database.admin] : []), ...database.logins.map(({ entry }) => entry)].map((entry) =>
    entryAsSecret(database.key, entry, NAMESPACE, secretName(entry, database)),
  );

const isEntra = (database: HostDatabase): database is EntraDatabase => database.entra !== undefined;

/** Each application as the job reads it: its database and its user, and on Azure its object id. */
const membersOf = ({ members = [], entra }: HostDatabase, identities?: AppIdentities): string =>
  members
    .map(({ app, database, user }) => [database, user, ...(entra ? [identities?.principalIds.get(app) ?? ""] : [])].join("="))
    .join(" ");

function job(database: HostDatabase, members: string, administrator?: EntraAdministrator): Values {
  const { key, engine, admin, logins, identities = [] } = database;
  const token = administrator?.pod();
  const script = [
    SCRIPTS[engine],
    ...(identities.length > 0 ? [IDENTITY_SCRIPTS[engine]] : []),
    ...(members === "" ? [] : [administrator ? ENTRA_SCRIPT : MEMBER_SCRIPTS[engine]]),
  ].join("");
  const mounts = [
    ...(admin ? [{ name: "admin", secret: secretName(admin, database) }] : []),
    ...logins.map(({ database: name, entry }) => ({ name, secret: secretName(entry, database) })),
  ];
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: {
      name: `logins-${key}`,
      namespace: NAMESPACE,
      annotations: { "helm.sh/hook": "post-install,post-upgrade", "helm.sh/hook-delete-policy": "before-hook-creation" },
    },
    spec: {
      backoffLimit: 4,
      // less than the release waits
      activeDeadlineSeconds: 280,
      template: {
        spec: {
          restartPolicy: "Never",
          automountServiceAccountToken: false,
          ...token?.spec,
          securityContext: { runAsNonRoot: true, runAsUser: 999, fsGroup: 999, seccompProfile: { type: "RuntimeDefault" } },
          containers: [
            {
              name: "logins",
              image: IMAGES[engine],
              command: ["sh", "-eu", "-c", script],
              env: Object.entries({
                DATABASES: logins.map(({ database: name }) => name).join(" "),
                ...(identities.length > 0 && { IDENTITIES: identities.join(" ") }),
                ...(members !== "" && { MEMBERS: members }),
                ...(administrator && { ENTRA: administrator.login, TOKEN }),
                LOGINS,
                PGSSLMODE: "require",
              }).map(([name, value]) => ({ name, value })),
              resources: { requests: { cpu: "10m", memory: "64Mi" }, limits: { memory: "256Mi" } },
              securityContext: {
                allowPrivilegeEscalation: false,
                readOnlyRootFilesystem: true,
                capabilities: { drop: ["ALL"] },
              },
              // the kubelet waits with the pod until external-secrets has made them
              volumeMounts: [
                ...mounts.map(({ name }) => ({ name, mountPath: `${LOGINS}/${name}`, readOnly: true })),
                ...(token?.mounts ?? []),
              ],
            },
          ],
          volumes: [...mounts.map(({ name, secret }) => ({ name, secret: { secretName: secret } })), ...(token?.volumes ?? [])],
        },
      },
    },
  };
}

const REFUSED =
  "the login of '$name' is refused: its entry and the server have different passwords; raise passwordVersion of the database";

/** Shells without braces, which Terraform would read. Passwords are letters and digits, and reach the clients by their environment. */
export const SCRIPTS = {
  mysql: `
for name in $DATABASES; do
  of="$LOGINS/$name"
  run() { mysql --host="$(cat "$of/host")" --port="$(cat "$of/port")" --ssl-mode=REQUIRED --connect-timeout=15 "$@"; }
  password="$(cat "$of/password")"
  if [ -d "$LOGINS/admin" ]; then
    MYSQL_PWD="$(cat "$LOGINS/admin/password")" run --user="$(cat "$LOGINS/admin/username")" <<SQL
CREATE DATABASE IF NOT EXISTS \\\`$name\\\` CHARACTER SET utf8mb4;
CREATE USER IF NOT EXISTS '$name'@'%' IDENTIFIED BY '$password';
ALTER USER '$name'@'%' IDENTIFIED BY '$password';
GRANT ALL PRIVILEGES ON \\\`$name\\\`.* TO '$name'@'%';
SQL
  fi
  MYSQL_PWD="$password" run --user="$name" --database="$name" --execute='SELECT 1' >/dev/null || { echo "${REFUSED}" >&2; exit 1; }
  echo "$name: ready"
done
`,
  postgres: `
export PGCONNECT_TIMEOUT=15
for name in $DATABASES; do
  of="$LOGINS/$name"
  export PGHOST="$(cat "$of/host")" PGPORT="$(cat "$of/port")"
  LOGIN_PASSWORD="$(cat "$of/password")"
  export LOGIN_PASSWORD
  if [ -d "$LOGINS/admin" ]; then
    PGUSER="$(cat "$LOGINS/admin/username")" PGPASSWORD="$(cat "$LOGINS/admin/password")" \\
      psql --quiet --no-psqlrc --dbname=postgres --set=ON_ERROR_STOP=1 --set=name="$name" <<'SQL'
\\getenv password LOGIN_PASSWORD
SELECT format('CREATE ROLE %I', :'name') WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'name') \\gexec
SELECT format('ALTER ROLE %I LOGIN PASSWORD %L', :'name', :'password') \\gexec
SELECT format('GRANT %I TO CURRENT_USER', :'name') \\gexec
SELECT format('CREATE DATABASE %I OWNER %I', :'name', :'name') WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'name') \\gexec
SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', :'name') \\gexec
SQL
  fi
  PGUSER="$name" PGPASSWORD="$LOGIN_PASSWORD" psql --quiet --no-psqlrc --dbname="$name" --command='SELECT 1' >/dev/null || { echo "${REFUSED}" >&2; exit 1; }
  echo "$name: ready"
done
`,
} as const;
