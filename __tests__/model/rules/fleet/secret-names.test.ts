import {
  holdsSecret,
  holdsSecrets,
  holdsVariables,
  isPasswordName,
  isVariableItself,
} from "../../../../model/rules/fleet/secret-names";

const words = (text: string) => text.trim().split(/\s+/);
const base64 = (text: string) => Buffer.from(text).toString("base64");

test.each(
  words(`
    password DB_PASSWORD dbPassword db-password auth.dbPassword userpassword PGPASSWORD passwd passphrase passcode htpasswd
    passwort kennwort wachtwoord motdepasse contrasena pass pwd pw psk apikey authkey secretkey privatekey accesskey clientsecret
    storepass keypwd requirepass dbpw userpass rootpass adminpwd sqlpw smtppass mailpass redispass masterauth bindpw
    accessKey account_key ADMIN_KEY api-key app.key cookieKey SESSION_KEY unseal-key webhookKey LOGGED_IN_KEY
    apiSecret clientSecret oauth2-secret WEBSERVER_SECRET
    basicauth basicAuth basic_auth REDIS_AUTH NEO4J_AUTH
    authSalt HASH_SALT passwordSalt secretSalt SECURE_SALT nonceSalt session-salt LOGGED_IN_SALT erlang_cookie
    AWS_ACCESS_KEY_ID accessKeyId token authToken apitoken GITHUB_TOKEN connectionString connection_string connectionstring bearer
    authorization SECRET_KEY_BASE
    DB_PASSWORD_2 password1 passWord PASS_PHRASE passCode pass_wd passwordValue tokenPlain passwordPlaintext secretKeyRaw
    PASSWORD_LITERAL tokenBase64 PASSWORD_B64 HTTPPassword
  `),
)("%s holds a secret, whatever it is", (name) => {
  expect(holdsSecret(name)).toBe(true);
});

test.each(
  words(`
    user username publicKey partitionKey passwordKey key keyId accessId id oneId tlsSecret imagePullSecret passwordSecret
    auth smtpAuth SMTP_AUTH redisAuth MY_AUTH salt saltRounds mySalt cookie sessionCookie tokens tken sometok
    maxToken minToken numToken countToken totalToken limitToken perToken estimatedToken usedToken inputToken outputToken
    existingPassword refPassword passwordFrom usePassword createToken generatePassword enablePassword disablePassword
    requirePassword mountToken printPassword showPassword noPassword withoutPassword skipPassword passwordRef
    string queryString base keyBase secretBase passwordPolicy passwordFile bypass passThrough compass creds credentials
    inKey routingKey value password2x store_auth db wordpass
  `),
)("%s holds none", (name) => {
  expect(holdsSecret(name)).toBe(false);
});

test.each<[name: string, value: string, isSecret: boolean]>([
  // a variable holds one, where a chart's field names one: only what stands there tells
  ["DB_SECRET", "hunter2", true],
  ["DB_SECRET", "web-tls", false],
  ["DB_SECRET", "prod/db-login", false],
  ["secret", "hunter2", true],
  ["secret", "web-tls", false],
  ["secret", "web-TLS", true],
  ["dbSecret", "hunter2", false],
  ["dbSecret", "prod/db_login.v2", false],
  ["dbSecret", "hunter=2", true],
  ["clientSecret", "web-tls", true],
  // user:password, plain or in base64
  ["credentials", "app:hunter2", true],
  ["creds", "app:hunter2", true],
  ["creds", "app:hunter/2", false],
  ["creds", "of my app:hunter2", false],
  ["creds", "app:hunter 2", false],
  ["creds", base64("app:hunter2"), true],
  ["auth", base64("app:hunter2"), true],
  ["auth", base64("app hunter2"), false],
  ["auth", base64(" app:hunter2"), false],
  ["auth", base64("app:hunter2\n"), false],
  ["auth", "YTpi", false],
  ["auth", base64("ap:b"), true],
  ["auth", `${base64("app:hunter2")}!`, false],
  ["auth", `!${base64("app:hunter2")}`, false],
  ["auth", "scram", false],
  ["cookie", "session=abcdef", true],
  ["cookie", "session=", false],
  ["cookie", "a session=abcdef", false],
  ["appCookie", "session=abcdef", false],
  ["ROUTING_KEY", "0123456789abcdef0123456789ABCDEF", true],
  ["serviceKey", "0123456789abcdef0123456789ABCDEF", true],
  ["routingKey", "orders.created", false],
  ["routingKey", "0123456789abcdef0123456789ABCDEF0", false],
  ["myroutingKey", "0123456789abcdef0123456789ABCDEF", false],
])("%s: %s", (name, value, isSecret) => {
  expect(holdsSecret(name, value)).toBe(isSecret);
});

test("in prose only the name of a password is one", () => {
  expect(words("password DB_PASSWORD PASS_WORD smtppass requirepass").filter((name) => !isPasswordName(name))).toEqual([]);
  expect(words("token secret pass pwd key auth").filter(isPasswordName)).toEqual([]);
});

test("a map or a list of several", () => {
  const of = words(
    "passwords dbPasswords passwds passphrases tokens bearer-tokens apikeys apiKeys unseal_keys recoveryKeys stringData secureJsonData",
  );
  expect(of.filter((name) => !holdsSecrets(name))).toEqual([]);
  const not = words(
    "keys publicKeys sshKeys maxTokens existingPasswords passwordsRef usetokens myStringData jsonData tokensets nopasswordset",
  );
  expect(not.filter(holdsSecrets)).toEqual([]);
});

test("secrets by their variables", () => {
  const of = words("secrets secretEnv secretEnvVars envSecret envSecrets extraSecretEnv extraSecretEnvironmentVars");
  expect(of.filter((name) => !holdsVariables(name))).toEqual([]);
  expect(words("mysecrets secretsFrom imagePullSecrets theSecretEnv envSecretsFrom envFrom").filter(holdsVariables)).toEqual([]);
  expect(isVariableItself("DB", "hunter 2!")).toBe(true);
  for (const value of ["web-tls", "prod/db:login@v2", "{secret:db}", "a.b_c#d"])
    expect(isVariableItself("DB", value)).toBe(false);
  expect(isVariableItself("db", "hunter 2!")).toBe(false);
});
