import { passwordWord } from "../../../../model/rules/fleet/secret-programs";

const isLiteral = (word: string) => word !== "" && !word.startsWith("$");
/** The password of a line, and the name that it is given under. */
const found = (line: string): string | undefined => {
  const words = line.split(" ");
  const hit = passwordWord(words, isLiteral);
  return hit && `${hit.name} → ${words[hit.place]}`;
};

const AFTER_P =
  "sshpass mongo mongosh mongodump mongorestore cypher-shell cqlsh rabbitmqadmin oras crane skopeo /usr/bin/sshpass".split(" ");
const GLUED =
  "7z 7za 7zr 7zz mysql mysqldump mysqladmin mysqlimport mysqlcheck mysqlshow mariadb mariadb-dump mariadb-admin".split(" ");

const PASSWORDS: readonly (readonly [string, string])[] = [
  ...AFTER_P.map((program): [string, string] => [`${program} -x -p s3cret1 db`, `${program.replace(/.*\//, "")} -p → s3cret1`]),
  ...GLUED.map((program): [string, string] => [`${program} -u app -ps3cret1 db`, `${program} -p → -ps3cret1`]),
  ...["docker", "podman", "helm", "az"].map((program): [string, string] => [
    `${program} login -u app -p s3cret1 r.example.com`,
    `${program} -p → s3cret1`,
  ]),
  ...["redis-cli", "valkey-cli", "keydb-cli"].map((program): [string, string] => [
    `${program} -h db -a s3cret1 ping`,
    `${program} -a → s3cret1`,
  ]),
  ...["sqlcmd", "bcp", "osql", "zip", "unzip", "ipmitool", "mosquitto_pub", "mosquitto_sub", "mosquitto_rr"].map(
    (program): [string, string] => [`${program} -U sa -P s3cret1 x`, `${program} -P → s3cret1`],
  ),
  ...["search", "add", "modify", "delete", "passwd", "whoami"].map((verb): [string, string] => [
    `ldap${verb} -D cn=a -w s3cret1 x`,
    `ldap${verb} -w → s3cret1`,
  ]),
  ["htpasswd -bc /etc/users app s3cret1", "htpasswd -bc → s3cret1"],
  ["mosquitto_passwd -b /etc/users app s3cret1", "mosquitto_passwd -b → s3cret1"],
  ["ssh-keygen -t rsa -N s3cret1 -f k", "ssh-keygen -N → s3cret1"],
  ["openssl enc -k s3cret1 -in x", "openssl -k → s3cret1"],
  ...["get", "set", "walk", "bulkwalk", "bulkget", "trap", "inform", "table", "status"].flatMap((verb): [string, string][] => [
    [`snmp${verb} -A s3cret1 h`, `snmp${verb} -A → s3cret1`],
    [`snmp${verb} -X s3cret1 h`, `snmp${verb} -X → s3cret1`],
  ]),
  ["rabbitmqctl add_user app s3cret1", "rabbitmqctl s3cret1 → s3cret1"],
  ["rabbitmqctl change_password app s3cret1", "rabbitmqctl s3cret1 → s3cret1"],
  ["mc alias set s3 https://minio:9000 key s3cret1", "mc s3cret1 → s3cret1"],
  ["mcli alias set s3 https://minio:9000 key s3cret1", "mcli s3cret1 → s3cret1"],
  ["vault login s3cret1", "vault s3cret1 → s3cret1"],
  ["npm config set //r.example.com/:_authToken s3cret1", "npm s3cret1 → s3cret1"],
  ["npm config set //r.example.com/:_auth s3cret1", "npm s3cret1 → s3cret1"],
  ["npm config set //r.example.com/:_password s3cret1", "npm s3cret1 → s3cret1"],
  ["sqlplus scott/tiger@db", "sqlplus scott → scott/tiger@db"],
  ["sqlplus scott/tiger", "sqlplus scott → scott/tiger"],
  ["smbclient //h/s -U app%s3cret1", "smbclient app → app%s3cret1"],
  ["smbget --user=app%s3cret1 x", "smbget --user → --user=app%s3cret1"],
  ["smbtree -Uapp%s3cret1", "smbtree -Uapp → -Uapp%s3cret1"],
  ["rpcclient -U DOM\\app%s3cret1 h", "rpcclient DOM\\app → DOM\\app%s3cret1"],
  ["net -U app%s3cret1 x", "net app → app%s3cret1"],
  ["nsupdate -y hmac-sha256:key:c2Vj x", "nsupdate hmac-sha256 → hmac-sha256:key:c2Vj"],
  ["dig -y hmac-sha256:key:c2Vj x", "dig hmac-sha256 → hmac-sha256:key:c2Vj"],
  ["curl -uadmin:s3cret1 h", "curl -uadmin → -uadmin:s3cret1"],
  ["curl --user=admin:s3cret1 h", "curl --user → --user=admin:s3cret1"],
  ["curl --proxy-user=admin:s3cret1 h", "curl --proxy-user → --proxy-user=admin:s3cret1"],
  ["curl -Uadmin:s3cret1 h", "curl -Uadmin → -Uadmin:s3cret1"],
  ["kubectl create secret generic x --from-literal=foo=s3cret1", "kubectl --from-literal → --from-literal=foo=s3cret1"],
  ["oc create secret generic x --from-literal foo=s3cret1", "oc foo → foo=s3cret1"],
  ["k create secret generic x --from-literal='foo=s3cret1'", "k --from-literal → --from-literal='foo=s3cret1'"],
  // the second of two commands, of one program and of several
  ["mysql -u app db && mysql -u app -ps3cret1 db", "mysql -p → -ps3cret1"],
  ["mysql -u app; redis-cli -a s3cret1", "redis-cli -a → s3cret1"],
  ["redis-cli ping | redis-cli -a s3cret1", "redis-cli -a → s3cret1"],
  ["docker build . && docker login -p s3cret1", "docker -p → s3cret1"],
  // of a program that nobody knows
  ["dbtool -u app -p s3cret1", "-p → s3cret1"],
  ["dbtool --username app -p verysecret", "-p → verysecret"],
  ["dbtool -U app -p verysecret", "-p → verysecret"],
  ["dbtool --user app -p verysecret", "-p → verysecret"],
  ["dbtool -u app -p 1s3cret", "-p → 1s3cret"],
  ["-p s3cret1", "-p → s3cret1"],
  // programs whose names are only like those that have -p for something else
  ["xmkdir -p s3cret1", "-p → s3cret1"],
  ["mkdirs -p s3cret1", "-p → s3cret1"],
  // a sign of the shell inside a word ends no command
  ["redis-cli get a|b -a s3cret1", "redis-cli -a → s3cret1"],
];

test.each(PASSWORDS)("%s", (line, password) => {
  expect(found(line)).toBe(password);
});

test("a program whose name only begins or ends as one of these is another, and has -p at most", () => {
  const alone = PASSWORDS.map(([line]) => line).filter(
    (line) => /^[a-z]/.test(line) && !/[|;]|&&|^(dbtool|x?mkdirs?) /.test(line),
  );
  const others = alone.flatMap((line) => [`x${line}`, line.replace(" ", "x ")]);
  expect(others.map((line) => [line, found(line)])).toEqual(
    others.map((line) => [line, line.includes(" -p s3cret1") ? "-p → s3cret1" : undefined]),
  );
});

test("a word that only begins or ends as the flag is another", () => {
  const flagged = PASSWORDS.map(([line]) => line).filter((line) => / -\w s3cret1/.test(line));
  const others = flagged.flatMap((line) => [line.replace(" s3cret1", "x s3cret1"), line.replace(/ (-\w s3cret1)/, " x$1")]);
  expect(others.filter((line) => found(line) !== undefined)).toEqual([]);
});

test.each([
  "docker run -p 8080:80 x",
  "docker run -p s3cret1 x",
  "podman run -p s3cret1 x",
  "helm install -p s3cret1 x",
  "sshpass -p $PASS x",
  "sshpass -p -x",
  "sshpass -x s3cret1 -p",
  "redis-cli -p 6379 ping",
  "redis-cli -h a | grep -a s3cret1",
  "redis-cli | grep -a s3cret1",
  "redis-cli ping| grep -a s3cret1",
  "redis-cli ping&& grep -a s3cret1",
  "htpasswd -c /etc/users app",
  "htpasswd x-b /etc/users app s3cret1",
  "htpasswd -b1 /etc/users app s3cret1",
  "mysql -p db",
  "mysql -p$PASS db",
  "mysql --protocol=tcp db",
  "mysql x-ps3cret1 db",
  "rabbitmqctl list_users app s3cret1",
  "rabbitmqctl xadd_user app s3cret1",
  "rabbitmqctl add_users app s3cret1",
  "rabbitmqctl add_user app",
  "rabbitmqctl add_user app $PASS",
  "rabbitmqctl add_user app --pre-hashed-password",
  "mc alias list s3 https://minio:9000 key other",
  "mc cp settings.json a b c s3/x",
  "mc cp offset a b c s3/x",
  "vault logins s3cret1",
  "vault xlogin s3cret1",
  "npm config set //r.example.com/:_author me",
  "sqlplus scott@db",
  "sqlplus /nolog",
  "sqlplus /scott/tiger",
  "smbclient //h/s -U app",
  "smbclient //h/app%s3cret1",
  "dig xhmac-sha256:key:c2Vj x",
  "curl -u admin h",
  "curl -uadmin:$PASS h",
  "curl -uadmin:a$PASS h",
  "curl x-uadmin:s3cret1 h",
  "curl -H a:b h",
  "kubectl create configmap x --from-literal=foo=s3cret1",
  "kubectl get secret generic x --from-literal=foo=s3cret1",
  "kubectl create secret generic x --from-literal=foo=$PASS",
  "kubectl create secret generic x --from-literal=foo",
  "kubectl create secret generic x --from-file=foo=s3cret1",
  "kubectl create secret generic x x--from-literal=foo=s3cret1",
  "mykubectl create secret generic x --from-literal=foo=s3cret1",
  // -p is a port, a range, a time, an address, a path or a plain word
  "dbtool -p 5432",
  "dbtool -p 8000-8010",
  "dbtool -p 30s",
  "dbtool -p 100ms",
  "dbtool -p /a/b1",
  "dbtool -p a1=b2",
  "dbtool -p tcp",
  "dbtool -p my-profile.x",
  "dbtool -u app -p 5432",
  "dbtool x-u app -p verysecret",
  "dbtool --users app -p verysecret",
  "dbtool -p $PASS",
  "dbtool -p -x",
  "dbtool -p",
  ...(
    "mkdir cp ssh scp nc nmap ps psql pg_dump mysqlpump mariadb-check read git tar iptables redis-cli docker podman kubectl unzip jq perl ls " +
    "test python python3 node java make patch touch chmod install lsof time pgbench createdb dropdb /bin/mkdir"
  )
    .split(" ")
    .map((program) => `${program} -p s3cret1`),
])("no password in: %s", (line) => {
  expect(found(line)).toBeUndefined();
});

test("a file is no command: only the first hundred words behind a program are its own", () => {
  const line = (between: number) => `redis-cli ${"x ".repeat(between)}-a s3cret1`;
  expect(found(line(98))).toBe("redis-cli -a → s3cret1");
  expect(found(line(99))).toBe("redis-cli -a → s3cret1");
  expect(found(line(100))).toBeUndefined();
});
