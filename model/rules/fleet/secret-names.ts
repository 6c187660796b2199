/** Which keys, flags and variables hold a secret, and which only say where one is. */

/** A variable of an environment: DB_SECRET holds one, where a chart's dbSecret names one. */
const VARIABLE = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/;

/** A name in words: DB_PASSWORD, dbPassword, db-password and auth.dbPassword are the same ones. */
function wordsOf(name: string): readonly string[] {
  const spaced = VARIABLE.test(name) ? name : name.replace(/([a-z0-9])([A-Z])/g, "$1 $2");
  return spaced
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
}

/** Last words that are a secret whatever stands before them; written together (userpassword, PGPASSWORD) too. */
const HOLDS = /(password|passwd|passphrase|passcode|htpasswd|passwort|kennwort|wachtwoord|motdepasse|contrasena)$/;
const HOLDS_ALONE = new Set([
  "pass",
  "pwd",
  "pw",
  "psk",
  "apikey",
  "authkey",
  "secretkey",
  "privatekey",
  "accesskey",
  "clientsecret",
]);
const HOLDS_TOGETHER = /^(store|key|require|db|user|root|admin|sql|smtp|mail|redis|master|bind)(pass|pwd|pw|auth)$/;

/** `<what> key`: those that open something. Others (publicKey, partitionKey, passwordKey) are names or aren't secret. */
const OPENING_KEYS = new Set(
  "access account admin api app application auth consumer cookie deploy encryption enrollment fernet hmac ingest integration jwt license master nonce preshared private recovery sas secret security service session shared signing storage subscription symmetric unseal webhook".split(
    " ",
  ),
);

/** `<what> secret`: those that are one. Others (tlsSecret, imagePullSecret, passwordSecret) name a Secret of the cluster. */
const OPENING_SECRETS = new Set(
  "api app application client consumer cookie csrf encryption hmac jwt master oauth oauth2 oidc private rpc session shared signing webhook webserver".split(
    " ",
  ),
);

/** Services whose variable `<what>_AUTH` is the password; of others (SMTP_AUTH) it is the way to log in. */
const SERVICES_AUTH = new Set("basic docker http keydb memcached neo4j nexus npm proxy redis registry valkey".split(" "));
/** `<what> salt` and `<what> cookie`: those that whoever knows them can log in by. */
const SALTS = new Set(["auth", "hash", "password", "secret", "secure", "nonce", "session", "in"]);
/** `user:password` */
const USER_AND_PASSWORD = /^[\w.@+-]+:[^\s:/{}]+$/;

/** `passwordValue`, `tokenBase64`: the thing itself, under another last word. */
const ITS_VALUE = new Set(["value", "plain", "plaintext", "raw", "literal", "base64", "b64"]);

/** `passWord`, `PASS_PHRASE`: one word that is written in two. */
const BEHIND_PASS = new Set(["word", "phrase", "code", "wd"]);

/** The words that count: DB_PASSWORD_2 is one password of several, passWord is written in two. */
function countingWords(name: string): readonly string[] {
  const words = wordsOf(name);
  const own = ITS_VALUE.has(words.at(-1) ?? "") || /^\d+$/.test(words.at(-1) ?? "") ? words.slice(0, -1) : words;
  const last = (own.at(-1) ?? "").replace(/(?<=[a-z])\d$/, "");
  if (own.at(-2) === "pass" && BEHIND_PASS.has(last)) return [...own.slice(0, -2), `pass${last}`];
  return [...own.slice(0, -1), last];
}

/** Keys of services that call theirs by what it is for: PagerDuty's have 32 signs, a queue's is a word. */
const ROUTED = /^[0-9A-Za-z]{32}$/;

/** Words before a token that make it a number or a rule: maxTokens, no token at all. */
const COUNTING = new Set(["max", "min", "num", "count", "total", "limit", "per", "estimated", "used", "input", "output"]);

/** Words before any of these that say that it is only named, asked for or switched on. */
const NAMING = new Set([
  "existing",
  "ref",
  "from",
  "use",
  "create",
  "generate",
  "enable",
  "disable",
  "require",
  "mount",
  "print",
  "show",
  "no",
  "without",
  "skip",
]);

/** The name of a Secret of a cluster, of several words: web-tls, prod/db-login. Nobody's password looks like that. */
const NAME_OF_ONE = /^[a-z0-9]+([-/][a-z0-9]+)+$/;
/** Signs that no name of a Secret has, nor a path to one in a store. */
const NO_NAME = /[^A-Za-z0-9._/-]/;

/** Whether `<what>Secret` is one rather than the name of one, which only what stands there tells. */
function isItself(what: string, name: string, value: string): boolean {
  if (OPENING_SECRETS.has(what)) return true;
  return what === "" || VARIABLE.test(name) ? !NAME_OF_ONE.test(value) : NO_NAME.test(value);
}

/**
 * Whether what stands under a name is a secret.
 * @param value what stands there, where that is one text
 */
export function holdsSecret(name: string, value = ""): boolean {
  const words = countingWords(name);
  const last = words.at(-1) ?? "";
  const before = words.slice(0, -1);
  const one = before.at(-1) ?? "";
  if (before.some((word) => NAMING.has(word)) || NAMING.has(last)) return false;
  if (HOLDS.test(last) || HOLDS_ALONE.has(last) || last === "basicauth") return true;
  if (last === "auth") return one === "basic" || (SERVICES_AUTH.has(one) && VARIABLE.test(name)) || isBasicLogin(value);
  if (last === "creds" || last === "credentials") return USER_AND_PASSWORD.test(value) || isBasicLogin(value);
  if (last === "salt") return SALTS.has(one);
  if (last === "cookie") return one === "erlang" || (before.length === 0 && /^[\w-]+=[^\s;]/.test(value));
  if (HOLDS_TOGETHER.test(last)) return true;
  if (last === "key")
    return (
      OPENING_KEYS.has(one) ||
      (one === "in" && before.includes("logged")) ||
      (/^(routing|service)$/.test(one) && ROUTED.test(value))
    );
  if (last === "id") return one === "key" && before.includes("access");
  if (last === "token" || (last.length > 5 && last.endsWith("token"))) return !COUNTING.has(one);
  if (last === "string") return one === "connection";
  if (["connectionstring", "bearer", "authorization"].includes(last)) return true;
  if (last === "secret") return isItself(one, name, value);
  // SECRET_KEY_BASE of Rails
  if (last === "base") return one === "key" && before.includes("secret");
  return false;
}

/** Whether a name is that of a password, and of nothing else in prose either. */
export function isPasswordName(name: string): boolean {
  const last = countingWords(name).at(-1) ?? "";
  return HOLDS.test(last) || HOLDS_TOGETHER.test(last);
}

/** Whether a map or a list under a name holds secrets, one an entry: `passwords: { admin: … }`, `tokens: [ … ]`. */
export function holdsSecrets(name: string): boolean {
  const last = wordsOf(name).at(-1) ?? "";
  const words = wordsOf(name);
  if (words.some((word) => NAMING.has(word) || COUNTING.has(word))) return false;
  return (
    /^(passwords|passwds|passphrases|tokens|apikeys)$/.test(last) ||
    (last === "keys" && /^(api|unseal|recovery)$/.test(words.at(-2) ?? "")) ||
    name === "stringData" ||
    name === "secureJsonData"
  );
}

/** Whether a map under a name has secrets by their variables, `secretEnv: { DB: … }`; a name of one may stand there instead. */
export const holdsVariables = (name: string): boolean => /^(secrets|secretEnv\w*|envSecrets?|extraSecretEnv\w*)$/.test(name);

/** Whether an entry of such a map is a secret itself: a variable with signs in its value that no name or path of a Secret has. */
export const isVariableItself = (key: string, value: string): boolean => VARIABLE.test(key) && /[^\w.:/#@{}-]/.test(value);

/** `user:password` in base64, as HTTP and Docker have it. */
function isBasicLogin(value: string): boolean {
  if (!/^(?=.{6})[A-Za-z0-9+/]{4,}={0,2}$/.test(value)) return false;
  return /^[\x21-\x39\x3b-\x7e]+:[\x21-\x7e]+$/.test(Buffer.from(value, "base64").toString("latin1"));
}
