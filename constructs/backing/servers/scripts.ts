/**
 * What runs on a server, as plain POSIX shell: each file is a step of the machine's start, told by the variables of
 * /etc/meridian/server. $ROOT is empty there; tests put a folder in its place.
 */

const HEAD = `#!/bin/sh
set -eu
: "\${ROOT:=}"
. "$ROOT/etc/meridian/server"
fail() { echo "$NAME: $*" >&2; exit 1; }
`;

/**
 * The disk is attached after the machine's first start, so cloud-init's own modules for disks come too early
 * (hashicorp/terraform-provider-azurerm#6117). The one thing that this must never do is format a disk with data.
 */
const DATA_DISK = `${HEAD}
mountpoint -q "$ROOT/data" && exit 0

# NVMe machines have no scsi1 (azure-vm-utils, 80-azure-disk.rules)
find_disk() {
  for link in "$ROOT/dev/disk/azure/data/by-lun/0" "$ROOT/dev/disk/azure/scsi1/lun0"; do
    if [ -e "$link" ]; then readlink -f "$link"; return 0; fi
  done
  return 1
}
tries=0
until disk=$(find_disk); do
  tries=$((tries + 1))
  [ "$tries" -lt 360 ] || fail "the data disk has not come within half an hour"
  sleep 5
done

part=$(lsblk -nrpo NAME,TYPE "$disk" | awk '$2 == "part" { name = $1 } END { print name }')
target=\${part:-$disk}
code=0
kind=$(blkid -p -o value -s TYPE "$target") || code=$?
case $code in
  0) [ "$kind" = ext4 ] || fail "the data disk holds '$kind' and not ext4: nothing is done with it" ;;
  2)
    # nothing that blkid knows; that alone is no reason to format anything
    [ "$DISK_IS_NEW" = yes ] || fail "the data disk was made from a copy and no file system is found on it: it is not formatted"
    [ -z "$part" ] || fail "the data disk has a partition and no file system on it: it is not formatted"
    cmp -s -n 16777216 "$disk" /dev/zero || fail "the data disk has no file system and is not empty: it is not formatted"
    mkfs.ext4 -q -L data "$disk"
    ;;
  *) fail "blkid says $code of the data disk: nothing is done with it" ;;
esac

code=0
e2fsck -p "$target" || code=$?
[ "$code" -le 1 ] || fail "the file system needs a hand: e2fsck $target"
mkdir -p "$ROOT/data"
mount -o noatime "$target" "$ROOT/data"
# the disk may have grown
resize2fs "$target" || echo "$NAME: the file system keeps its size" >&2
`;

/** Packages are installed without being started: nothing serves before its data is there. */
const PACKAGES = `
packages() {
  printf '#!/bin/sh\\nexit 101\\n' > "$ROOT/usr/sbin/policy-rc.d"
  chmod 755 "$ROOT/usr/sbin/policy-rc.d"
  tries=0
  until apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -qy -o Dpkg::Options::=--force-confold "$@"; do
    tries=$((tries + 1))
    [ "$tries" -lt 30 ] || fail "packages can't be installed: $*"
    sleep 20
  done
  rm -f "$ROOT/usr/sbin/policy-rc.d"
}
# once over restored data, which may have been sanitized for another server before
sanitized="$ROOT/data/.sanitized-for-$NAME"
`;

const PREPARE = {
  nfs: `${HEAD}${PACKAGES}
[ -e "$ROOT/usr/sbin/exportfs" ] || packages nfs-kernel-server
if [ ! -d "$ROOT/data/export" ]; then
  [ "$DISK_IS_NEW" = yes ] || fail "the restored disk has no folder 'export': nothing is served"
  mkdir "$ROOT/data/export"
  chmod 1777 "$ROOT/data/export"
fi
if [ -e "$ROOT/etc/meridian/sanitize" ] && [ ! -e "$sanitized" ]; then
  (cd "$ROOT/data/export" && sh -eu "$ROOT/etc/meridian/sanitize") || fail "sanitize has failed: nothing is served"
  touch "$sanitized"
fi
`,
  postgres: `${HEAD}${PACKAGES}
bin="$ROOT/usr/lib/postgresql/$VERSION/bin"
data="$ROOT/data/postgresql"
if [ ! -e "$bin/postgres" ]; then
  packages postgresql-common ssl-cert
  # Ubuntu itself has one major version; the project's own archive has all, its key comes with postgresql-common
  "$ROOT/usr/share/postgresql-common/pgdg/apt.postgresql.org.sh" -y
  packages "postgresql-$VERSION"
fi
as_postgres() { runuser -u postgres -- "$@"; }
if [ ! -e "$data/PG_VERSION" ]; then
  [ "$DISK_IS_NEW" = yes ] || fail "the restored disk has no data of PostgreSQL in the folder 'postgresql': nothing is served"
  rm -rf "$data.new"
  install -d -o postgres -g postgres -m 700 "$data.new"
  as_postgres "$bin/initdb" -D "$data.new" -E UTF8 --locale=C.UTF-8 --auth-local=peer --auth-host=scram-sha-256 --data-checksums
  mv "$data.new" "$data"
fi
[ "$(cat "$data/PG_VERSION")" = "$VERSION" ] ||
  fail "the data is of PostgreSQL $(cat "$data/PG_VERSION"), and this is $VERSION: nothing is served"
# the number of the user may differ from image to image
[ "$(stat -c %U "$data")" = postgres ] || chown -R postgres:postgres "$data"
if [ ! -e "$ROOT/etc/meridian/server.key" ]; then
  openssl req -new -x509 -days 3650 -nodes -subj "/CN=$ADDRESS" \\
    -keyout "$ROOT/etc/meridian/server.key" -out "$ROOT/etc/meridian/server.crt" 2>/dev/null
  chown postgres:postgres "$ROOT/etc/meridian/server.key"
  chmod 600 "$ROOT/etc/meridian/server.key"
fi
if [ -e "$ROOT/etc/meridian/sanitize" ] && [ ! -e "$sanitized" ]; then
  install -d -o postgres -g postgres "$ROOT/run/postgresql"
  as_postgres "$bin/pg_ctl" -D "$data" -w -t 3600 -l "$data/sanitize.log" \\
    -o "-c listen_addresses= -c unix_socket_directories=$ROOT/run/postgresql -c hba_file=$ROOT/etc/meridian/pg_hba.conf" start
  code=0
  as_postgres env PGHOST="$ROOT/run/postgresql" sh -eu "$ROOT/etc/meridian/sanitize" || code=$?
  as_postgres "$bin/pg_ctl" -D "$data" -w -t 3600 stop
  [ "$code" = 0 ] || fail "sanitize has failed: nothing is served"
  touch "$sanitized"
fi
`,
} as const;

/** Gives each database its login, with the password that the vault has now. Again and again: that is how a rotation gets here. */
const LOGINS = `${HEAD}
value() { python3 -c 'import json, sys; print(json.load(sys.stdin)[sys.argv[1]])' "$1"; }
fetch() { curl --silent --show-error --fail --retry 5 --config - "$1"; }
token=$(printf 'header = "Metadata: true"\\n' |
  fetch 'http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fvault.azure.net' |
  value access_token)
for name in $DATABASES; do
  # by a file of settings, since arguments can be read by everybody on the machine
  LOGIN_PASSWORD=$(printf 'header = "Authorization: Bearer %s"\\n' "$token" |
    fetch "https://$VAULT.vault.azure.net/secrets/$LOGINS-$name?api-version=7.4" | value value)
  export LOGIN_PASSWORD
  [ -n "$LOGIN_PASSWORD" ] || fail "the vault has no password of '$name'"
  runuser -u postgres -- env PGHOST="$ROOT/run/postgresql" psql --quiet --no-psqlrc --dbname=postgres \\
    --set=ON_ERROR_STOP=1 --set=name="$name" <<'SQL'
\\set password \`printf %s "$LOGIN_PASSWORD"\`
SELECT format('CREATE ROLE %I', :'name') WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'name') \\gexec
SELECT format('ALTER ROLE %I LOGIN PASSWORD %L', :'name', :'password') \\gexec
SELECT format('CREATE DATABASE %I OWNER %I', :'name', :'name') WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'name') \\gexec
SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', :'name') \\gexec
SQL
done
`;

/** The scripts of a machine, by the name of each in /usr/local/sbin. */
export const SCRIPTS = {
  nfs: { "data-disk": DATA_DISK, prepare: PREPARE.nfs },
  postgres: { "data-disk": DATA_DISK, prepare: PREPARE.postgres, logins: LOGINS },
} as const;
