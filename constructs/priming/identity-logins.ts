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
