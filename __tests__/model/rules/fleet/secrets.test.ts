import { stringify } from "yaml";
import { fleetWith, problemsOfText, problemsWith, SOUND } from "../../support";

const PEM = "-----BEGIN PRIVATE KEY-----\nMIIEvQ\n-----END PRIVATE KEY-----";
const base64 = (text: string) => Buffer.from(text).toString("base64");

/** The sound fleet with an application of these values. */
const app = (values: object) => ({
  apps: { shop: { chart: "shop", repository: "https://charts.example.com", version: "1.2.3", values } },
});

/** Values with one secret each, by what people call it. */
const SECRETS: readonly (readonly [string, object])[] = [
  ["a pair of name and value", { env: [{ name: "DB_PASSWORD", value: "hunter2" }] }],
  ["a key of Rails beside a Secret's name", { secretName: "shop", secret_key_base: "0a1b2c3d4e5f60718293" }],
  ["a pair of key and value", { parameters: [{ key: "db.password", value: "x1" }] }],
  ["a variable in a map", { env: { AWS_SECRET_ACCESS_KEY: "abc" } }],
  ["a variable that is a secret", { APP_SECRET: "abc" }],
  ["a variable written together", { PGPASSWORD: "x1" }],
  ["a flag with its value", { extraArgs: ["--password=hunter2"] }],
  ["a flag before its value", { args: ["--token", "abc"] }],
  ["a flag for a key", { args: ["--api-key", "abc"] }],
  ["a setting of Helm", { args: ["--set", "auth.password=x1"] }],
  ["a setting in a list", { set: ["auth.rootPassword=abc"] }],
  ["a property of Java", { jvm: "-Dspring.datasource.password=hunter2" }],
  ["a variable before a command", { command: ["sh", "-c", "PGPASSWORD=hunter2 psql"] }],
  ["a literal of kubectl", { job: "kubectl create secret generic x --from-literal=password=hunter2" }],
  ["a login of curl", { job: "curl -u admin:hunter2 https://x" }],
  ["a URL with a password", { databaseUrl: "postgres://app:S3cr3t@db/app" }],
  ["a URL with a password and no user", { dsn: "redis://:pw123@cache:6379" }],
  ["a token in a query", { url: "https://x/?access_token=abc" }],
  ["a login as Go's drivers write it", { go: "user:pw123@tcp(db:3306)/x" }],
  ["a connection string", { connectionString: "Server=db;Password=S15;" }],
  ["a connection string of a storage account", { store: "DefaultEndpointsProtocol=https;AccountName=x;AccountKey=abcd1234==" }],
  ["a signature for a storage account", { sas: "https://x.blob.core.windows.net/c?sv=2020&sig=abcdefghijklmnopqrstuv%3D" }],
  ["a private key", { key: PEM }],
  ["a private key of RSA", { x: "-----BEGIN RSA PRIVATE KEY-----\nx" }],
  ["a private key in base64", { tls: { key: base64(PEM) } }],
  ["an id of an AWS access key", { k: "AKIAIOSFODNN7EXAMPLE" }],
  ["a token of GitHub", { pat: "ghp_0123456789abcdefghijABCDEFGHIJ012345" }],
  ["a token of GitLab", { pat: "glpat-0123456789abcdefghij" }],
  ["a token of npm", { npm: "npm_0123456789abcdefghijABCDEFGHIJ012345" }],
  ["a key of Stripe", { stripe: "sk_live_0123456789abcdef" }],
  ["a key of SendGrid", { sendgrid: "SG.abcdefghijklmnopqrst.abcdefghijklmnopqrstuvwxyz" }],
  ["a JSON Web Token", { jwt: "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJTMjIifQ.S22abc" }],
  ["a webhook of Slack", { slack: "https://hooks.slack.com/services/T0/B0/XX" }],
  ["a header with a login", { h: "Authorization: Basic dXNlcjpwdw==" }],
  ["a header as a pair", { headers: [{ name: "Authorization", value: "Bearer abcdef123" }] }],
  ["a login of a registry", { dockerconfigjson: "eyJhdXRocyI6eyJ4Ijp7fX19" }],
  ["a hash of a password", { users: "me:$2a$10$abcdefghijklmnopqrstuv0123456789" }],
  ["a file of settings", { config: "[smtp]\npassword = hunter2\n" }],
  ["a file in YAML", { config: "smtp:\n  password: hunter2\n" }],
  ["a file in JSON", { json: '{"password":"hunter2"}' }],
  ["a file in XML", { xml: "<password>hunter2</password>" }],
  ["a manifest of a Secret", { extraObjects: [{ kind: "Secret", stringData: { whatever: "hunter2" } }] }],
  ["a password that is a number", { password: 12345678 }],
  ["a password in small letters", { adminpassword: "x1" }],
  ["a passphrase", { rootPassphrase: "x y" }],
  ["pass", { db: { pass: "S10" } }],
  ["pwd", { db: { pwd: "S11" } }],
  ["a secret of that name", { db: { secret: "S12" } }],
  ["a secret of that name beside a key", { db: { secret: "S3cr3t!", key: "a" } }],
  ["a file's content by its path", { files: { "/etc/password": "hunter2" } }],
  ["a secret key", { db: { secretKey: "S13" } }],
  ["a client's secret", { "auth.google": { client_secret: "abc" } }],
  ["a secret for JWTs", { jwtSecret: "S16" }],
  ["a secret for cookies", { cookieSecret: "abc" }],
  ["a secret of a webhook", { webhookSecret: "abc" }],
  ["a key for encryption", { encryptionKey: "S17" }],
  ["a key that Grafana wants", { GF_SECURITY_SECRET_KEY: "abc" }],
  ["a token of an API", { apiToken: "abc" }],
  ["a token that begins like a variable", { token: "$ecret!" }],
  ["a secret of Rails", { SECRET_KEY_BASE: "abc" }],
  ["a password of a key store", { storepass: "changeit" }],
  ["a setting of Redis", { requirepass: "hunter2" }],
  ["a secret that is no name", { nextauthSecret: "S3cr3t!x" }],
  ["a queue's login", { broker: "amqp://guest:guest@rabbit:5672" }],
  ["a map of passwords", { passwords: { admin: "S18" } }],
  ["a list of tokens", { tokens: ["S19"] }],
  ["a flag of one letter for a password", { args: ["-p", "hunter2"] }],
  ["a flag of one letter beside a user", { args: ["-u", "admin", "-p", "secretword"] }],
  ["a password glued to its flag", { command: ["mysql", "-uroot", "-phunter2"] }],
  ["a password after a program's own flag", { job: "redis-cli -a hunter2 ping" }],
  ["a login of a shell by ssh", { job: "sshpass -p hunter2 ssh x" }],
  ["a password that is piped", { job: "echo 'hunter2' | docker login --password-stdin" }],
  ["a password for openssl", { job: "openssl rsa -passin pass:hunter2" }],
  ["a header of curl", { command: ["curl", "-H", "PRIVATE-TOKEN: abc123"] }],
  ["a header that a proxy sets", { snippet: 'proxy_set_header X-Token "abc123";' }],
  ["a login that a proxy sets", { snippet: 'proxy_set_header Authorization "Basic dXNlcjpwdw==";' }],
  ["a service's AUTH", { env: { REDIS_AUTH: "z" } }],
  ["a service's user and password", { env: { NEO4J_AUTH: "neo4j/pw1" } }],
  ["a login in base64", { auths: { "r.example.com": { auth: "dXNlcjpwdw==" } } }],
  ["a token of .npmrc", { npmrc: "//registry.npmjs.org/:_authToken=abc\n" }],
  [
    "a short signature for a storage account",
    { sas: "https://x.blob.core.windows.net/c?sv=2020-01-01&se=2030&sig=abcdefghijkl" },
  ],
  ["a signed address", { url: "https://b.s3.amazonaws.com/k?X-Amz-Date=x&X-Amz-Signature=0123abcd" }],
  ["a URL in percent signs", { url: "postgres%3A%2F%2Fapp%3AS3cr3t%40db%2Fapp" }],
  ["a URL with a slash in its password", { url: "postgres://u:p/ss1@h/x" }],
  ["JSON in JSON", { json: '{"db":"{\\"password\\":\\"hunter2\\"}"}' }],
  ["a private key twice in base64", { tls: base64(base64(PEM)) }],
  ["a service account in base64", { key: base64('{"type":"service_account","private_key":"-----BEGIN PRIVATE KEY-----"}') }],
  ["a file in base64", { config: base64("[smtp]\nhost = mail\npassword = hunter2\n") }],
  ["an attribute in XML", { xml: '<add key="Password" value="hunter2"/>' }],
  ["a user in SQL", { sql: "CREATE USER app IDENTIFIED BY 'hunter2';" }],
  ["a constant of PHP", { php: "define('DB_PASSWORD', 'hunter2');" }],
  ["a hash of Perl", { pl: "'password' => 'hunter2'," }],
  ["a connection string with spaces", { odbc: "User ID = sa; Password = hunter2;" }],
  ["a file in words", { "redis.conf": "bind 0.0.0.0\nrequirepass hunter2\n" }],
  [".netrc", { netrc: "machine x login u password hunter2" }],
  [".pgpass", { pgpass: "db:5432:*:app:hunter2" }],
  ["a user of HAProxy", { haproxy: "user admin insecure-password hunter2" }],
  ["a pair in capitals", { Env: [{ Name: "DB_PASSWORD", Value: "x1" }] }],
  ["a pair with a default", { params: [{ name: "db.password", default: "x1" }] }],
  ["a pair in a list of lists", { a: [[{ name: "DB_PASSWORD", value: "x1" }]] }],
  ["a password in a list", { password: ["hunter2"] }],
  ["a password with its value below", { password: { value: "hunter2" } }],
  ["a variable in a map of secrets", { secretEnv: { DB_URL: "hunter2!" } }],
  ["data of a Secret", { secret: { stringData: { whatever: "hunter2" } } }],
  ["a key of a map", { users: { ghp_0123456789abcdefghijABCDEFGHIJ012345: true } }],
  ["a cookie of Erlang", { auth: { erlangCookie: "abc" } }],
  ["a salt", { env: { WORDPRESS_AUTH_SALT: "abc" } }],
  ["keys that unseal", { unsealKeys: ["abc"] }],
  ["a password to bind with", { bindpw: "abc" }],
  ["a user and a password as credentials", { creds: "user:hunter2" }],
];

test.each(SECRETS)("%s is refused, once, and not repeated", (_what, values) => {
  const problems = problemsWith(app(values));
  expect(problems).toEqual([expect.stringMatching(/^apps\.shop\.values.*what is in a fleet file everybody can read/)]);
  expect(problems[0]).not.toMatch(/hunter2|S3cr3t|0123456789abcdef|MIIEvQ/);
});

/** Values that name secrets, switch them or only look like them. */
const ORDINARY: readonly (readonly [string, object])[] = [
  ...["remoteRef", "secret", "secretName", "secretRef", "secretKeyRef", "existingSecret", "secretStoreRef"].map(
    (beside) => [`the key in a secret, beside ${beside}`, { [beside]: "shop", secretKey: "signing-key" }] as const,
  ),
  ...["enable", "use", "existing"].map(
    (word) => [`a map that ${word}s tokens`, { [`${word}Tokens`]: { first: "yes-please" } }] as const,
  ),
  ["a secret by its name", { existingSecret: "db" }],
  ["a secret and its keys", { auth: { existingSecret: "x", passwordKey: "password", userKey: "user" } }],
  ["a file with a password", { args: ["--password-file=/run/pw"] }],
  ["files with tokens", { args: ["--token-auth-file", "/x/y", "--secret-name=foo"] }],
  ["a variable with a file", { DB_PASSWORD_FILE: "/run/secrets/db" }],
  ["where tokens are got", { oauth: { tokenUrl: "https://login.example.com/token" } }],
  ["a certificate", { ca: "-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----" }],
  ["a certificate in base64", { caBundle: base64("-----BEGIN CERTIFICATE-----\nabc") }],
  ["a variable from a secret", { env: [{ name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name: "db", key: "password" } } }] }],
  ["an external secret", { data: [{ secretKey: "password", remoteRef: { key: "prod/db", property: "password" } }] }],
  ["a secret with the key in it", { secretName: "x", secretKey: "key-in-it" }],
  ["secrets for images", { imagePullSecrets: [{ name: "regcred" }] }],
  ["secrets for images by name", { imagePullSecrets: ["regcred"] }],
  ["secrets to mount", { alertmanagerSpec: { secrets: ["etcd-certs"] } }],
  ["secrets for TLS", { tls: [{ secretName: "web-tls", hosts: ["x"] }] }],
  ["a secret of Velero", { credentialsSecret: "velero" }],
  ["the secret of a password", { passwordSecret: "shop-db" }],
  ["the secret of a token", { tokenSecretName: "x" }],
  ["a secret for TLS by its name", { tls: { secret: "web-tls" } }],
  ["a secret in another namespace", { env: { TLS_SECRET: "ingress/web-tls" } }],
  ["the secret of a token by its name", { tokenSecret: "grafana-token" }],
  ["the secret of a database", { dbSecret: "Postgres.Admin" }],
  ["a secret of one word and a key in it", { secretEnv: { DB_PASSWORD: { secret: "mailer", key: "password" } } }],
  ["a secret of each cluster", { secretEnv: { URI: { secret: "server-{cluster}-db", key: "uri" } } }],
  ["a secret of one word that may be missing", { env: [{ name: "TOKEN", secret: "chat", key: "token", optional: true }] }],
  ["a secret of one word and what its keys are called", { auth: { secret: "chat", passwordKey: "password" } }],
  ["a secret of one word where it is mounted", { extra: [{ secret: "chat", mountPath: "/etc/chat" }] }],
  ["secrets by the folders of their files", { secretFiles: { "/secret": "mailer", "/run/token": "db" } }],
  ["a secret of one word for TLS", { ingress: { tls: { secret: "web" } } }],
  ["annotations that name secrets", { annotations: { "nginx.ingress.kubernetes.io/auth-secret": "basic-auth" } }],
  ["a token that is switched", { automountServiceAccountToken: true }],
  ["a secret that is switched", { secret: { enabled: true } }],
  ["passwords that are made", { generatePassword: "always" }],
  ["an empty password", { password: "" }],
  ["a password that is null", { password: null }],
  ["a number of tokens", { maxTokens: 4096 }],
  ["a number of tokens in small letters", { max_tokens: 100 }],
  ["a time for tokens", { tokenTTL: "24h" }],
  ["a projected token", { token: { audience: "x", expirationSeconds: 3600 } }],
  ["a public key", { publicKey: "ssh-ed25519 AAAAC3" }],
  ["a public key of SSH", { sshPublicKey: "ssh-rsa AAAA" }],
  ["keys of other things", { partitionKey: "id", routingKey: "orders", keyboard: "de" }],
  ["how a private key is made", { privateKey: { algorithm: "ECDSA" } }],
  ["a policy for passwords", { passwordPolicy: "strong" }],
  ["a kind of grant", { grantType: "password", auth: { type: "token" }, args: ["--grant-type=password", "-field=token"] }],
  ["a URL with a user alone", { url: "postgres://app@db/app" }],
  ["a URL with a variable", { url: "postgres://app:$(DB_PASSWORD)@db/app" }],
  ["a URL with two variables", { url: "postgres://$(U):${P}@db" }],
  ["a URL with a port", { hostPort: "http://db:8080/@me", proxy_pass: "http://backend:80" }],
  ["an image with its digest", { image: `nginx:1.25@sha256:${"0".repeat(64)}` }],
  ["what a shell fills in", { args: ["-c", "psql --password $PW"] }],
  ["what a shell reads", { command: ["sh", "-c", 'export TOKEN=$(cat /run/token) && run --token "$TOKEN"'] }],
  ["what a chart fills in", { password: "{{ .Values.global.pw }}" }],
  ["a reference to Vault", { password: "vault:secret/data/db#password" }],
  ["a reference of vals", { password: "ref+awssecrets://x" }],
  ["a reference of Argo CD", { token: "<path:secret/data/x#k>" }],
  ["a password that is masked", { password: "*****" }],
  ["labels in a query", { expr: 'sum(rate(x{token="abc",secret="y"}[5m]))' }],
  ["labels in a rule", { rule: 'kube_secret_info{namespace="x", secret="tls"} > 0' }],
  ["a sentence", { text: "Ask for your password: it is in the vault" }],
  ["an address of mail", { email: "a:b@c.d" }],
  ["a folder to work in", { pwd: "/app/data" }],
  ["words that hold those words", { bypass: "x", compass: "n", passthrough: "y", tokenizer: "bpe", secretary: "bob" }],
  ["a file with a webhook", { slack: { api_url_file: "/etc/x" } }],
  ["a flag of one letter for a port", { args: ["-p", "8080"] }],
  ["a flag of one letter for a word", { args: ["-p", "production"] }],
  ["a flag of one letter for a folder", { command: ["/bin/mkdir", "-p", "v2data"] }],
  ["a port of a client", { job: "psql -U app -p 5432 -w db && redis-cli -h x -p 6379 ping && mysql -h db -P 3306" }],
  ["a password that is asked for", { job: "mysql -u root -p db" }],
  ["a password from the environment", { command: ["sh", "-c", 'mysqladmin status -uroot -p"$MYSQL_ROOT_PASSWORD"'] }],
  ["a password for openssl from elsewhere", { job: "openssl x -passin env:PW -passout file:/x" }],
  ["a way to log in", { env: { SMTP_AUTH: "LOGIN", AUTH: "enabled", NEO4J_AUTH: "none" }, auth: "basic" }],
  ["headers by name", { headers: ["X-Api-Key", "Authorization"], tokenHeader: "X-Token" }],
  ["a header of curl that is none", { job: "curl -H 'Content-Type: application/json' -H 'X-Request-Id: abc' http://x" }],
  [
    "a header that a proxy hands on",
    { snippet: 'proxy_set_header Authorization $http_authorization;\nadd_header X-Frame-Options "DENY";' },
  ],
  ["text in base64", { text: base64("Welcome to our site, the password rules are in the wiki. Enjoy!") }],
  [
    "a picture in base64",
    { logo: "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==" },
  ],
  [
    "SQL without a value",
    { sql: "ALTER ROLE app PASSWORD NULL; SELECT password FROM users; CREATE USER a IDENTIFIED BY '${PW}'" },
  ],
  [
    "a program's own call",
    { py: "import os\npassword = get_password()\ntoken = os.environ['T']\n", php: "define('DB_PASSWORD', getenv('PW'));" },
  ],
  [
    "types",
    { ts: "interface X {\n  password: string;\n  token?: string;\n}\n", graphql: "type User {\n  password: String!\n}\n" },
  ],
  ["headings of two words", { text: "# Help\nPassword policy\nToken lifetime\n" }],
  ["rules of PAM and sshd", { pam: "password required pam_unix.so\n", sshd: "PasswordAuthentication no\nPermitRootLogin no\n" }],
  ["what Grafana and Argo CD fill in", { secret_key: "$__file{/etc/k}", cm: "name: X\nclientSecret: $oidc.x.clientSecret\n" }],
  ["a SealedSecret", { kind: "SealedSecret", spec: { encryptedData: { password: "AgBy3i4OJSWK" } } }],
  ["a Secret for basic authentication", { kind: "Middleware", spec: { basicAuth: { secret: "users" } } }],
  ["a password whose rules stand below", { password: { type: "random", length: 20, enabled: true } }],
  ["a password without a default", { params: [{ name: "password", default: "" }] }],
  ["a group of a user", { owner: "app:app", job: "chown -R app:app /data", volume: "/a:/b:ro" }],
  ["names of Secrets", { credentials: "db-login", secrets: { DB: "db-login", TLS: "web" } }],
];

test.each(ORDINARY)("%s is no secret", (_what, values) => {
  expect(() => fleetWith(app(values))).not.toThrow();
});

test.each([
  ["one letter many times", "a=".repeat(100_000)],
  ["a URL without end", "://a:".repeat(40_000)],
  ["commands without end", "mysql -p ab= ".repeat(10_000)],
  ["words without end", "password\n".repeat(20_000)],
])("%s is read in good time", (_what, text) => {
  const before = process.cpuUsage();
  expect(() => fleetWith(app({ text }))).not.toThrow();
  expect((process.cpuUsage(before).user + process.cpuUsage(before).system) / 1_000).toBeLessThan(10_000);
});

test("one detector looks at every free text, not only at values", () => {
  const token = "ghp_0123456789abcdefghijABCDEFGHIJ012345";
  const places = {
    tags: { password: "hunter2", key: "AKIAIOSFODNN7EXAMPLE" },
    clusters: {
      eks: { pools: { main: { labels: { "api-token": "abc" } } }, overrides: { "aws_db_instance.x": { password: "hunter2" } } },
      old: {
        cloud: "existing",
        region: "eu-west-2",
        existing: {
          endpoint: "https://old.example.com",
          exec: { command: "sh -c 'token --password hunter2'" },
          ingress: { ips: ["192.0.2.1"], serviceAnnotations: { note: token } },
        },
      },
    },
    // by form everywhere, also in fields of Meridian's own
    names: { www: { policy: "latency", probe: { path: `/?key=${token}` } } },
  };
  expect(problemsWith(places).map((problem) => problem.replace(/: .*/, ""))).toEqual([
    "clusters.eks.pools.main.labels.api-token",
    'clusters.eks.overrides["aws_db_instance.x"].password',
    "clusters.old.existing.exec.command", // as a secret, and for its spaces
    "clusters.old.existing.exec.command",
    "clusters.old.existing.ingress.serviceAnnotations.note",
    "tags.password",
    "tags.key",
    "names.www.probe.path",
  ]);
});

test("the fields that say where secrets are may be called what they like", () => {
  expect(() =>
    fleetWith({ clusters: { eks: { aws: { secretsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/1" } } } }),
  ).not.toThrow();
});

test("what only looks like a secret is allowed with its path and a reason; a path that allows nothing is refused", () => {
  const values = { demo: { password: "demo" } };
  const path = "apps.shop.values.demo.password";
  expect(problemsWith(app(values))[0]).toMatch(
    /^apps\.shop\.values\.demo\.password: .*Where it is none, say why: allow: \{ "<this path>": <reason> \}$/,
  );
  expect(() => fleetWith({ ...app(values), allow: { [path]: "the public demo's" } })).not.toThrow();
  expect(
    problemsWith({ ...app(values), allow: { [path]: "the public demo's", "apps.shop.values.other": "it was there" } }),
  ).toEqual([
    expect.stringContaining("nothing at 'apps.shop.values.other' looks like a secret: remove the entry, or mend its path"),
  ]);
  expect(problemsWith({ ...app(values), allow: { [path]: " " } })[0]).toContain("say why");
});

test("a secret beside the data, where only anchors stand, is one all the same, and said once where it is used", () => {
  const text = `${stringify(SOUND)}x-common: &c { password: hunter2 }\n`;
  const said = [expect.stringMatching(/^x\.yaml:\d+:\d+ x-common\.password: 'password' carries a secret/)];
  expect(problemsOfText(text)).toEqual(said);
  expect(problemsOfText(`${text}allow: { x-common.password: a demo }\n`).filter(Boolean)).toEqual([]);
  const used = `${text}${stringify(app({})).replace("values: {}", "values: *c")}`;
  expect(problemsOfText(used)).toEqual([expect.stringContaining("apps.shop.values.password: 'password' carries a secret")]);
});

test("what stands in the defaults is said and allowed there, once for all clusters", () => {
  const monitoring = { addons: { monitoring: { enabled: true, values: { grafana: { adminPassword: "hunter2" } } } } };
  const fleet = { ...SOUND, defaults: { ...(SOUND.defaults as object), ...monitoring } };
  const [problem, ...more] = problemsOfText(stringify(fleet));
  expect(more).toEqual([]);
  expect(problem).toMatch(/ defaults\.addons\.monitoring\.values\.grafana\.adminPassword: 'adminPassword' carries a secret/);
  const path = "defaults.addons.monitoring.values.grafana.adminPassword";
  expect(problemsOfText(stringify({ ...fleet, allow: { [path]: "a lab" } })).filter(Boolean)).toEqual([]);
});
