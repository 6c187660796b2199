/**
 * What the job that makes logins does besides, on RDS: users that log in with a token of IAM and have no password, one
 * beside each database's own (RDS user guide, "Creating a database account using IAM authentication"). A user of
 * PostgreSQL acts as the database's own login, so that what either makes belongs to both. The job can't log in as them: the
 * right to is the application's alone.
 */
export const IDENTITY_SCRIPTS = {
  mysql: `
for name in $IDENTITIES; do
  of="$LOGINS/$name"
  user="$name"_iam
  MYSQL_PWD="$(cat "$LOGINS/admin/password")" mysql --host="$(cat "$of/host")" --port="$(cat "$of/port")" --ssl-mode=REQUIRED --connect-timeout=15 --user="$(cat "$LOGINS/admin/username")" <<SQL
CREATE USER IF NOT EXISTS '$user'@'%' IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS';
ALTER USER '$user'@'%' REQUIRE SSL;
GRANT ALL PRIVILEGES ON \\\`$name\\\`.* TO '$user'@'%';
SQL
  echo "$user: ready"
done
`,
  postgres: `
for name in $IDENTITIES; do
  of="$LOGINS/$name"
  export PGHOST="$(cat "$of/host")" PGPORT="$(cat "$of/port")"
  PGUSER="$(cat "$LOGINS/admin/username")" PGPASSWORD="$(cat "$LOGINS/admin/password")" \\
    psql --quiet --no-psqlrc --dbname=postgres --set=ON_ERROR_STOP=1 --set=name="$name" --set=user="$name"_iam <<'SQL'
SELECT format('CREATE ROLE %I LOGIN', :'user') WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'user') \\gexec
SELECT format('GRANT rds_iam TO %I', :'user') \\gexec
SELECT format('GRANT %I TO %I', :'name', :'user') \\gexec
SELECT format('ALTER ROLE %I IN DATABASE %I SET role = %L', :'user', :'name', :'name') \\gexec
SQL
  echo "$name"_iam: ready
done
`,
} as const;

/**
 * What it does besides on Cloud SQL, whose API has made a user of each application and gives it no right (Cloud SQL docs,
 * "Manage users with IAM database authentication"). It does so as the database's own login, which there has no
 * administrator above it. In PostgreSQL nobody in reach may make others members of that login itself, so that a role
 * beside it owns what either makes: it takes over what is there, and the login acts as it from its next connection on. From
 * PostgreSQL 16 on an application has its rights only while it acts as it, so that none makes something of its own unseen.
 */
export const MEMBER_SCRIPTS = {
  mysql: `
for member in $MEMBERS; do
  name="$(echo "$member" | cut -d= -f1)"
  user="$(echo "$member" | cut -d= -f2)"
  of="$LOGINS/$name"
  MYSQL_PWD="$(cat "$of/password")" mysql --host="$(cat "$of/host")" --port="$(cat "$of/port")" --ssl-mode=REQUIRED --connect-timeout=15 --user="$name" <<SQL
GRANT ALL PRIVILEGES ON \\\`$name\\\`.* TO '$user'@'%';
SQL
  echo "$user: ready"
done
`,
  postgres: `
for member in $MEMBERS; do
  name="$(echo "$member" | cut -d= -f1)"
  user="$(echo "$member" | cut -d= -f2)"
  of="$LOGINS/$name"
  export PGHOST="$(cat "$of/host")" PGPORT="$(cat "$of/port")"
  PGUSER="$name" PGPASSWORD="$(cat "$of/password")" PGOPTIONS="-c role=none -c lock_timeout=20s" \\
    psql --quiet --no-psqlrc --dbname="$name" --set=ON_ERROR_STOP=1 --set=name="$name" --set=shared="$name"_iam --set=user="$user" <<'SQL'
SELECT format('CREATE ROLE %I', :'shared') WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'shared') \\gexec
SELECT format('GRANT %I TO %I', :'shared', :'name') \\gexec
SELECT format('GRANT %I TO %I', :'shared', :'user') || CASE WHEN current_setting('server_version_num')::int < 160000 THEN '' ELSE ' WITH INHERIT FALSE' END \\gexec
SELECT format('GRANT ALL ON DATABASE %I TO %I', :'name', :'shared') \\gexec
SELECT format('GRANT ALL ON SCHEMA public TO %I', :'shared') \\gexec
SELECT format('REASSIGN OWNED BY %I TO %I', :'name', :'shared') \\gexec
SELECT format('ALTER ROLE %I IN DATABASE %I SET role = %L', :'name', :'name', :'shared') \\gexec
SQL
  echo "$user: ready"
done
`,
} as const;
