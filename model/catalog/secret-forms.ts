/**
 * What is a secret wherever it stands, by the form that its maker gives it. Sources: each service's page on its tokens, and the
 * prefixes that GitHub's secret scanning lists as supported patterns. Nothing here guesses by how random a text looks.
 */
import { type SecretForm, TOKEN_FORMS } from "./token-forms";

/** A text that stands where a secret would, and is filled in or looked up elsewhere. */
const REFERENCE =
  /^(\{secret:|\$\{?[A-Z_][A-Z0-9_]*\}?$|\$\{|\$\(|\$\$|%[([]|%[A-Z_]+%$|%[sdvq]$|#\{|__\w+__$|@\w+@$|\$\d+$|\\?\{[\w.]*(?:pass|pw|secret|token|key|cred)[\w.]*\}$|:[A-Za-z_]\w*$|\?$|\{\{|<[^>]*>$|\*+$|x{3,}$|\.{3}$|…$|enc\[|arn:|projects\/[^/]+\/secrets\/|(var|local|process\.env|os\.environ)\.|(env|file|vault|op|ref\+\w+|secretref|awssm|gcpsm|azurekeyvault|ssm|secretsmanager|k8s|kubernetes|bao|sops):|https?:\/\/[\w.-]*\.vault\.azure\.net\/)/i;

/** Whether a text is the thing itself: no name of a variable, no template, no address in a secret store, no mask. */
export const isReference = (text: string): boolean => REFERENCE.test(text.trim());

/** Every form. */
export const SECRET_FORMS: readonly SecretForm[] = [
  {
    what: "a private key",
    form: /-{4,5} ?BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)? ?-{4,5}|PuTTY-User-Key-File-\d|AGE-SECRET-KEY-1/,
  },
  { what: "a private key", form: /"private_key"\s*:\s*"[^"$<{]/ },
  { what: "an id of an AWS access key", form: /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b/ },
  { what: "a JSON Web Token", form: /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*/ },
  { what: "a token of GitHub", form: /\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,})/ },
  {
    what: "a token of GitLab",
    form: /\bgl(?:pat|dt|rt|rtr|cbt|ptt|ft|ffct|imt|wt|agent|oas|soat)-[\w-]{16,}|\bGR1348941[\w-]{20}/,
  },
  { what: "a token of Slack", form: /\bxox[a-eoprs]-[\w-]{10,}|\bxapp-\d-[\w-]{10,}/ },
  {
    what: "a webhook, whose address is its password",
    form: /hooks\.slack\.com\/(?:services|workflows|triggers)\/\w|discord(?:app)?\.com\/api\/webhooks\/\d|\.webhook\.office\.com\/webhookb2\/\w|chat\.googleapis\.com\/v1\/spaces\/[^\s?]+\?key=|hooks\.zapier\.com\/hooks\/catch\/\d|hook\.\w+\.make\.com\/\w{16,}|maker\.ifttt\.com\/trigger\/[^\s/]+\/(?:json\/)?with\/key\/\w/,
  },
  {
    what: "a key of Google",
    form: /\bAIza[\w-]{30,}|\bya29\.[\w-]{16,}|\bGOCSPX-[\w-]{20,}|(?:^|[\s"'=])1\/\/0[\w-]{20,}|\bGOOG1[A-Z0-9]{40,}/,
  },
  { what: "a client secret of Entra ID", form: /(?:^|[^\w~.-])[\w~.-]{3}\dQ~[\w~.-]{31,34}(?:$|[^\w~.-])/ },
  {
    what: "a key of Azure Storage or a signature for it",
    form: /\b(?:AccountKey|SharedAccessKey)=[^;\s$<{]|[?&]sig=[\w%+/]{16,}|[?&](?:s[vepr]|st|spr)=[^\s&]*&(?:[^\s&]*&)*sig=[\w%+/]|\bSharedAccessSignature[ =](?:\S*&)?sig=[\w%+/]|(?<![\w+/-])[\w+/-]{32,84}(?:\+ASt|ACDb|AIoT|AzFu|AzSe|APIM|AzCa|\+ACR|\+AMC|\+ARm|\+AEh|AZEG)\w{0,6}={0,2}(?![\w+/=-])|\b\w{76}AZDO\w{4}\b|\b[A-Za-z0-9]{52}JQQJ9[9DH][A-Za-z0-9][A-L][A-Za-z0-9]{12,}/,
  },
  {
    what: "a signed address, which whoever has it may use",
    form: /[?&](?:X-(?:Amz|Goog)-Signature=[0-9a-f]|Signature=[\w%~+/-]{6,})/i,
  },
  ...TOKEN_FORMS,
  {
    what: "a login in a header",
    form: /\bauthorization(?:["']?\s*[:=]\s*["']?|["']?\s+["'])(?:bearer|basic|token|apikey|ssws|geniekey|splunk|bot|oauth)\s+(?![$<{%])[\w+/=.~-]{4,}/i,
  },
  { what: "a login of a registry", form: /\beyJhdXRocyI6|"auths"\s*:\s*\{[^}]*"(?:auth|password)"\s*:\s*"[^"$<{]/ },
  {
    what: "a hash of a password",
    form: /(?:^|[\s:"'])(?:\$(?:2[aby]|apr1|argon2id?|y|5|6)\$[\w./=,$+]{16,}|\{(?:S?SHA\d*|S?MD5|CRYPT|PBKDF2[\w-]*)\}[\w./+=$]{16,})|\bSCRAM-SHA-\d+\$\d+:|"md5[0-9a-f]{32}"/,
  },
  // https://www.postgresql.org/docs/current/libpq-pgpass.html
  { what: "a line of a .pgpass file", form: /(?:^|\n)[^:\s]+:(?:\*|\d{4,5}):[^:\s]+:[^:\s]+:[^:\s$]\S*(?=\s|$)/ },
  { what: "a token of a cluster", form: /\bK10[0-9a-f]{64}::\w+:\w|\btoken-[a-z0-9]{5}:[a-z0-9]{40,}\b/ },
];

/**
 * `scheme://user:password@host`, `user:password@tcp(host)` as Go's drivers write it, `thin:user/password@host` as Oracle's;
 * captured is the password. A port is none.
 */
const LOGINS: readonly RegExp[] = [
  /(?:^|[\s"'=:])\/\/[^/\s:@"'<>]{0,256}:(?!\d+\/)([^\s@"'<>]{1,256})@/g,
  /(?:^|[\s"'=])[\w.-]{1,256}:([^\s@:/"']{1,256})@(?:tcp|udp|unix)\(/g,
  /\bthin:[^/\s:@"']{1,256}\/([^\s@"']{1,256})@/g,
];

/** What a text is a secret of by its form; undefined where it is none. */
export function secretForm(text: string): string | undefined {
  const found = SECRET_FORMS.find(({ form }) => form.test(text));
  if (found) return found.what;
  const passwords = LOGINS.flatMap((form) => [...text.matchAll(form)].map(([, password]) => password!));
  return passwords.some((password) => !isReference(password)) ? "a password in a URL" : undefined;
}
