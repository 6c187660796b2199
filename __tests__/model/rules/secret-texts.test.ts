import { fleetWith, problemsWith } from "../support";

const base64 = (text: string) => Buffer.from(text).toString("base64");
/** Letters and digits as tokens have them, put together here so that no scanner takes them for somebody's. */
const letters = (length: number) => "aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0zZ".repeat(4).slice(0, length);
const hex = (length: number) => "0a1b2c3d4e5f6789".repeat(12).slice(0, length);
const uuid = `${hex(8)}-${hex(4)}-${hex(4)}-${hex(4)}-${hex(12)}`;

const app = (values: object) => ({
  apps: { shop: { chart: "shop", repository: "https://charts.example.com", version: "1.2.3", values } },
});

/** Tokens whose form says what they are, whatever they stand under. */
const TOKENS: Readonly<Record<string, string>> = {
  "1Password's secret key": "A3-ABCDEF-GHJKLM-NPQRS-TVWXY-Z2345-67890",
  Airtable: `pat${letters(14)}.${hex(64)}`,
  "Artifactory, by reference": base64(`reftkn:01:0000000000:${letters(30)}`),
  "AWS, of a service's bearer": "ABIAIOSFODNN7EXAMPLX",
  "Azure, keys of the common form": `${letters(52)}JQQJ99BCACYeBjFXJ3w3AAAAAZFUabcd`,
  "Azure, search": `${letters(42)}AzSeD${letters(5)}`,
  "Azure, container registry": `${letters(42)}+ACR${letters(6)}`,
  Bitbucket: `ATBB${letters(32)}`,
  Braintree: `access_token$production$${letters(16).toLowerCase()}$${hex(32)}`,
  Brevo: `xkeysib-${hex(64)}-${letters(16)}`,
  Buildkite: `bkua_${hex(40)}`,
  "Cloudflare, origin": `v1.0-${hex(24)}-${hex(146)}`,
  "Cloudflare, tunnel": base64(`{"a":"${hex(32)}","t":"${uuid}","s":"${letters(40)}"}`),
  Contentful: `CFPAT-${letters(43)}`,
  "crates.io": `cio${letters(32)}`,
  "Discord's bots": `MTA${letters(21)}.G${letters(5)}.${letters(38)}`,
  "Dynatrace, service": `dt0s01.${letters(24).toUpperCase()}.${letters(64).toUpperCase()}`,
  "GitLab, feature flags": `glffct-${letters(20)}`,
  "GitLab, runners": `GR1348941${letters(20)}`,
  "Google, HMAC": `GOOG1E${letters(55).toUpperCase()}`,
  "Google, refresh": `1//0g${letters(40)}`,
  "Grafana, before service accounts": base64('{"k":"abcdefghijklmnopqrstuvwxyz012345","n":"x","id":1}'),
  HubSpot: `pat-na1-${uuid}`,
  LangSmith: `lsv2_pt_${hex(32)}_${hex(10)}`,
  LaunchDarkly: `sdk-${uuid}`,
  "Mailgun, new": `${hex(32)}-${hex(8)}-${hex(8)}`,
  "Mapbox, secret": `sk.eyJ${letters(60)}.${letters(22)}`,
  "New Relic, licence": `${hex(36)}NRAL`,
  NuGet: `oy2${"a1b2c3".repeat(8).slice(0, 43)}`,
  OpenRouter: `sk-or-v1-${hex(64)}`,
  Perplexity: `pplx-${letters(48)}`,
  Prefect: `pnu_${letters(36)}`,
  Resend: `re_${letters(8)}_${letters(24)}`,
  "Slack, a browser's": `xoxc-123456789012-${letters(20)}`,
  SonarQube: `squ_${hex(40)}`,
  Sourcegraph: `sgp_${hex(40)}`,
  Supabase: `sb_secret_${letters(31)}`,
  xAI: `xai-${letters(80)}`,
  "a hash of PostgreSQL": "SCRAM-SHA-256$4096:abcdefghijklmnop==$abc=:def=",
  "a key of SSH2": "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nx",
  "an address that CloudFront signed": "https://d.example.net/x?Expires=1&Signature=abcdef~&Key-Pair-Id=K2",
  "an address of a bot": `https://api.telegram.org/bot123456789:AA${letters(33)}/sendMessage`,
  "an address of Zapier": "https://hooks.zapier.com/hooks/catch/123456/abcdef/",
};

/** Texts and maps with one secret each. */
const TEXTS: Readonly<Record<string, object>> = {
  "a Secret as text": { m: "apiVersion: v1\nkind: Secret\nmetadata:\n  name: x\nstringData:\n  foo: hunter2\n" },
  "a Secret as text, in base64": { m: `kind: Secret\ndata:\n  foo: ${base64("hunter2")}\n` },
  "a Secret as JSON": { m: '{"kind":"Secret","data":{"foo":"aHVudGVyMg=="}}' },
  "a Secret behind another document": { m: "kind: ConfigMap\ndata: {a: b}\n---\nkind: Secret\nstringData: {foo: hunter2}\n" },
  "a Secret in an annotation": { annotations: { last: '{"kind":"Secret","data":{"x":"aHVudGVyMg=="}}' } },
  "a Secret in a list of objects": { objects: [{ kind: "List", items: [{ kind: "Secret", data: { foo: "aHVudGVyMg==" } }] }] },
  "a pod as text": { m: "kind: Pod\nspec:\n  containers:\n    - env:\n        - name: DB_PASSWORD\n          value: hunter2\n" },
  "a pair as JSON": { m: '{"env":[{"name":"API_TOKEN","value":"hunter2"}]}' },
  "a file of Docker as a map": { auths: { "r.example.com": { username: "u", auth: base64("u:p9") } } },
  "a JSON Web Key": { jwk: '{"kty":"RSA","n":"abc","e":"AQAB","d":"X4cTteJYgn4FYPsXB8"}' },
  "a JSON Web Key as a map": { keys: [{ kty: "EC", crv: "P-256", x: "a", y: "b", d: "870MB6gfuTJ4HtUn" }] },
  "a symmetric JSON Web Key": { jwk: '{"kty":"oct","k":"AyM1SysPpbyDfgZl"}' },
  "a key of WireGuard": { conf: "[Peer]\nPublicKey = abc\nPresharedKey = yAnz5TF+lXXJte14tJi3zlMNq+hd2rYU=\n" },
  "a Dockerfile": { f: "FROM x\nENV DB_PASSWORD hunter2\n" },
  "a variable of Apache": { f: "<VirtualHost *:80>\nSetEnv DB_PASSWORD hunter2\n</VirtualHost>" },
  "a variable of nginx": { f: "location / {\n  fastcgi_param DB_PASSWORD hunter2;\n}" },
  "a variable of PowerShell": { f: '$env:DB_PASSWORD = "hunter2"' },
  "a symbol of Ruby": { f: "config = { :password => 'hunter2' }" },
  "a file of Rails": { f: "production:\n  :password: hunter2\n" },
  "an array of PHP": { f: "['db' => ['password' => 'hunter2']]" },
  "a call with an object": { f: "db.createUser({user: 'app', pwd: 'hunter2', roles: []})" },
  "a map on one line": { f: "auth: {password: hunter2}" },
  "a user of pgbouncer": { f: `"app" "md5${hex(32)}"\n` },
  "a user of Redis": { acl: "user default on >hunter2 ~* +@all" },
  "options of a mount": { job: "mount -t cifs //h/s /m -o username=u,password=hunter2" },
  "a header of Okta": { job: "curl -H 'Authorization: SSWS 00abcdefghijk' https://x" },
  "a cookie of curl": { job: 'curl -H "Cookie: session=abcdef" https://h' },
  "a login glued to curl's flag": { job: "curl -uadmin:hunter2 https://x" },
  "a login of a proxy": { job: "curl --proxy-user u:hunter2 https://x" },
  "a login of HTTPie": { job: "http -a user:hunter2 https://x" },
  "a literal under any name": { job: "kubectl create secret generic x --from-literal=api=hunter2" },
  "a literal behind its flag": { command: ["kubectl", "create", "secret", "generic", "x", "--from-literal", "foo=hunter2"] },
  "a user of Samba": { job: "smbclient //h/s -U user%hunter2" },
  "a file of openssl": { job: "openssl enc -aes-256-cbc -k hunter2 -in x" },
  "an archive of 7z": { job: "7z a -phunter2 x.7z d" },
  "an archive of zip": { job: "zip -P hunter2 x.zip d" },
  "a key of ssh-keygen": { job: "ssh-keygen -t ed25519 -N hunter2 -f k" },
  "a user of RabbitMQ": { command: ["rabbitmqctl", "add_user", "app", "hunter2"] },
  "a client of MQTT": { job: "mosquitto_pub -h b -u u -P hunter2 -t x" },
  "a file of MQTT's users": { job: "mosquitto_passwd -b /f app hunter2" },
  "an alias of MinIO": { job: "mc alias set s3 https://minio:9000 ACCESSKEY hunter2secret" },
  "a registry of npm": { job: "npm config set //registry.npmjs.org/:_authToken abcdef" },
  "a key of nsupdate": { job: "nsupdate -y hmac-sha256:key:c2VjcmV0 x" },
  "a machine by IPMI": { job: "ipmitool -H h -U a -P hunter2 chassis status" },
  "a login of Oracle": { command: ["sqlplus", "scott/tiger@//db:1521/x"] },
  "the second of two passwords": { env: { DB_PASSWORD_2: "hunter2" } },
  "a password with its number": { password1: "hunter2" },
  "a password in two words": { passWord: "hunter2" },
  "a password's value": { passwordValue: "hunter2" },
  "a token in base64": { tokenBase64: "aHVudGVyMg==" },
  "a key for a network": { env: { TS_AUTHKEY: "hunter2" } },
  "a key of WordPress": { env: { WORDPRESS_LOGGED_IN_KEY: "hunter2" } },
  "a password in German": { passwort: "hunter2" },
  "users of a proxy": { basicAuth: { users: ["admin:hunter2"] } },
  "a key of PagerDuty": { pagerduty_configs: [{ routing_key: hex(32) }] },
  "a header of a data source": { datasources: [{ secureJsonData: { httpHeaderValue1: "hunter2" } }] },
};

test("tokens of services, manifests in texts, programs and names that say a password are refused, each once at its place", () => {
  const values = { ...TEXTS, ...Object.fromEntries(Object.entries(TOKENS).map(([what, text]) => [what, { text }])) };
  const found = problemsWith(app({ of: values })).map((problem) => /^apps\.shop\.values\.of(?:\["(.*?)"\]|\.(\w+))/.exec(problem));
  expect(found.map((place) => place?.[1] ?? place?.[2]).sort()).toEqual(Object.keys(values).sort());
});

/** What only looks like one. */
const ORDINARY: Readonly<Record<string, unknown>> = {
  "connections without a password": [
    "jdbc:postgresql://db:5432/app",
    "jdbc:sqlserver://h;integratedSecurity=true",
    "jdbc:postgresql://db/app?user=app&password=${DB_PASSWORD}",
    "amqp://$(RABBIT_USER):$(RABBIT_PASS)@h",
    "mongodb+srv://c0.x.net/db?authMechanism=MONGODB-AWS&authSource=$external",
    "Server=tcp:h,1433;Authentication=Active Directory Default;Encrypt=True",
    "Endpoint=sb://x.servicebus.windows.net/;Authentication=Managed Identity",
  ],
  "connections that are filled in": [
    "postgres://%s:%s@%s/%s",
    "postgresql://{user}:{password}@{host}/db",
    "postgres://app:#{DbPassword}@db",
    "postgres://app:__DB_PASSWORD__@db",
  ],
  "queries that are filled in": ["UPDATE u SET password = ? WHERE id = ?", "password=:password", "WHERE password = $2"],
  "manifests that name secrets": [
    "kind: ExternalSecret\nspec:\n  data:\n    - secretKey: password\n      remoteRef:\n        key: prod/db\n        property: password\n",
    "kind: SealedSecret\nspec:\n  encryptedData:\n    password: AgBy3i4OJSWK\n",
    "kind: Secret\nmetadata:\n  name: x\ntype: kubernetes.io/service-account-token\n",
    "kind: Secret\nstringData:\n  foo: ${FOO}\n",
    "kind: Secret\nstringData:\n  foo: {{ .Values.foo }}\n",
    "kind: Certificate\nspec:\n  secretName: web-tls\n  privateKey:\n    rotationPolicy: Always\n",
    "env:\n  - name: DB_PASSWORD\n    valueFrom:\n      secretKeyRef:\n        name: db\n        key: password\n",
    "env:\n  - name: DB_URL\n    value: postgres://app:$(DB_PASSWORD)@db/app\n",
    "kind: Role\nrules:\n- resources: [secrets, serviceaccounts/token]\n  verbs: [create]\n",
  ],
  "public halves": [
    '{"kty":"EC","crv":"P-256","x":"abc","y":"def"}',
    "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQ",
    "-----BEGIN CERTIFICATE REQUEST-----\nx",
    "-----BEGIN DH PARAMETERS-----\nx",
    `pk_live_${letters(24)}`,
    `https://${hex(32)}@o1.ingest.sentry.io/1`,
  ],
  "digests and ids": [`x@sha256:${hex(64)}`, hex(40), uuid, `sha512-${letters(86)}==`, "v1.0-alpine", "sdk-2024", "cio-office"],
  commands: [
    "kubectl create secret generic x --from-file=./pw",
    'kubectl create secret generic x --from-literal=pw="$PW"',
    "kubectl create configmap x --from-literal=colour=blue",
    "kubectl create token deployer --duration=10m",
    "docker login -u u --password-stdin r.example.com < /run/pw",
    'curl -u "$USER:$PASS" https://x && curl --netrc-file /x/netrc https://y',
    "vault kv get -field=password secret/db",
    "aws secretsmanager get-secret-value --secret-id prod/db --query SecretString",
    "ssh-keygen -t ed25519 -N '' -f /k",
    'zip -P "$PW" x.zip d && 7z a -p"$PW" x',
    "user default on nopass ~* +@all",
    "openssl rand -hex 32 && openssl req -x509 -nodes -keyout /k.pem",
  ],
  names: {
    passwordMinLength: 12,
    passwordResetUrl: "https://x/reset",
    accessTokenLifetime: 300,
    apiKeyHeader: "X-Api-Key",
    keyVaultUri: "https://x.vault.azure.net/",
    authMethod: "password",
    passwordEncoder: "bcrypt",
    sessionCookieName: "sid",
    routing_key: "orders",
    passwordField: "pwd",
    secretAccessKeyKey: "secret",
    instrumentationKey: uuid,
    basicAuth: { users: ["admin"], secret: "users" },
    env: { PASSWORD_LOGIN_ENABLED: "true", ALLOW_EMPTY_PASSWORD: "yes", GITHUB_TOKEN: "${{ secrets.GITHUB_TOKEN }}" },
    required: ["username", "password"],
  },
  programs: [
    "const token = await getToken();\nconst { password } = req.body;\n",
    "local token = ngx.req.get_headers()['x-token']\n",
    'func f(password string) error {\n  password := os.Getenv("P")\n}\n',
    "properties:\n  password:\n    type: string\n    minLength: 8\n",
    "[auth]\npassword_file = /etc/p\ntoken_ttl = 60\n",
  ],
};

test("what names secrets, fills them in, or is public, passes", () => {
  expect(problemsWithNone(app({ of: ORDINARY }))).toEqual([]);
});

/** Nothing, or every problem, which says more than an error does. */
function problemsWithNone(data: Parameters<typeof fleetWith>[0]): readonly string[] {
  try {
    fleetWith(data);
    return [];
  } catch {
    return problemsWith(data);
  }
}
