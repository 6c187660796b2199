/**
 * What is a secret wherever it stands, by the form that its maker gives it. Sources: each service's page on its tokens, and the
 * prefixes that GitHub's secret scanning lists as supported patterns. Nothing here guesses by how random a text looks.
 */

/** One form, and what people call it. */
export interface SecretForm {
  readonly what: string;
  readonly form: RegExp;
}

/** A text that stands where a secret would, and is filled in or looked up elsewhere. */
const REFERENCE =
  /^(\{secret:|\$\{?[A-Z_][A-Z0-9_]*\}?$|\$\{|\$\(|\$\$|%[([]|%[A-Z_]+%$|\{\{|<[^>]*>$|\*+$|x{3,}$|\.{3}$|…$|enc\[|arn:|projects\/[^/]+\/secrets\/|(var|local|process\.env|os\.environ)\.|(env|file|vault|op|ref\+\w+|secretref|awssm|gcpsm|azurekeyvault|ssm|secretsmanager|k8s|kubernetes|bao|sops):|https?:\/\/[\w.-]*\.vault\.azure\.net\/)/i;

/** Whether a text is the thing itself: no name of a variable, no template, no address in a secret store, no mask. */
export const isReference = (text: string): boolean => REFERENCE.test(text.trim());

/** Every form. */
export const SECRET_FORMS: readonly SecretForm[] = [
  {
    what: "a private key",
    form: /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----|PuTTY-User-Key-File-\d|AGE-SECRET-KEY-1/,
  },
  { what: "a private key", form: /"private_key"\s*:\s*"[^"$<{]/ },
  { what: "an id of an AWS access key", form: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/ },
  { what: "a JSON Web Token", form: /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*/ },
  { what: "a token of GitHub", form: /\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,})/ },
  { what: "a token of GitLab", form: /\bgl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|oas|soat)-[\w-]{16,}/ },
  { what: "a token of Slack", form: /\bxox[abeoprs]-[\w-]{10,}|\bxapp-\d-[\w-]{10,}/ },
  {
    what: "a webhook, whose address is its password",
    form: /hooks\.slack\.com\/(?:services|workflows|triggers)\/\w|discord(?:app)?\.com\/api\/webhooks\/\d|\.webhook\.office\.com\/webhookb2\/\w|chat\.googleapis\.com\/v1\/spaces\/[^\s?]+\?key=/,
  },
  { what: "a key of Google", form: /\bAIza[\w-]{30,}|\bya29\.[\w-]{16,}|\bGOCSPX-[\w-]{20,}/ },
  { what: "a client secret of Entra ID", form: /(?:^|[^\w~.-])[\w~.-]{3}\dQ~[\w~.-]{31,34}(?:$|[^\w~.-])/ },
  {
    what: "a key of Azure Storage or a signature for it",
    form: /\b(?:AccountKey|SharedAccessKey)=[^;\s$<{]|[?&]sig=[\w%+/]{16,}|[?&](?:s[vepr]|st|spr)=[^\s&]*&(?:[^\s&]*&)*sig=[\w%+/]|\bSharedAccessSignature[ =](?:\S*&)?sig=[\w%+/]|\b[\w+/]{76}(?:\+ASt|ACDb|AIoT|AzFu|APIM|AzCa|\+AMC|\+ARm|\+AEh|AZEG)\w{0,6}(?:==)?|\b\w{76}AZDO\w{4}\b/,
  },
  { what: "a signed address, which whoever has it may use", form: /[?&]X-(?:Amz|Goog)-Signature=[0-9a-f]/i },
  { what: "a token of Vault", form: /\bhv[sbr]\.[\w-]{16,}/ },
  { what: "a token of HCP Terraform", form: /\b[A-Za-z0-9]{14}\.atlasv1\.[\w-]{20,}/ },
  { what: "a key of Stripe", form: /\b(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{10,}|\bwhsec_[A-Za-z0-9+/]{16,}/ },
  { what: "a key of OpenAI or Anthropic", form: /\bsk-(?:proj-|ant-|svcacct-|admin-)[\w-]{16,}|\bsk-[A-Za-z0-9]{32,}/ },
  {
    what: "a key of SendGrid, Mailgun or Mailchimp",
    form: /\bSG\.[\w-]{16,}\.[\w-]{16,}|\bkey-[0-9a-f]{32}\b|\b[0-9a-f]{32}-us\d{1,2}\b/,
  },
  {
    what: "a token of a package registry",
    form: /\bnpm_[A-Za-z0-9]{30,}|\bpypi-AgE[\w-]{16,}|\bdckr_(?:pat|oat)_[\w-]{16,}|\brubygems_[0-9a-f]{32,}|\bAKCp\w{20,}/,
  },
  {
    what: "a token of a cloud service",
    form: /\bdo[opr]_v1_\w{16,}|\bdapi[0-9a-f]{32}\b|\bpul-[0-9a-f]{40}\b|\bdp\.(?:pt|st|ct|sa)\.\w{20,}|\btskey-(?:auth|api|client)-[\w-]{10,}|\bhf_[A-Za-z0-9]{30,}|\bops_eyJ[\w-]{16,}|\bLTAI[A-Za-z0-9]{16,}\b|\bpscale_(?:tkn|pw|oauth)_[\w.-]{20,}|\bsbp_[0-9a-f]{40}\b|\bHRKU-[\w-]{20,}|\bFlyV1 fm\d_\S{16,}|\b(?:gsk|r8|ntn)_[A-Za-z0-9]{36,}|\bnfp_\w{30,}|\bCCIPAT_\w{30,}/,
  },
  {
    what: "a token of a monitoring service",
    form: /\bglsa_\w{20,}|\bglc_[A-Za-z0-9+/=]{20,}|\bNRAK-[A-Z0-9]{20,}|\bNRJS-[0-9a-f]{16,}|\bsntr[yu]s_[\w+/=-]{20,}|\bdt0c01\.[A-Z0-9]{24}\.[A-Z0-9]{32,}/,
  },
  {
    what: "a token of an application",
    form: /\bshp(?:at|ss|ca|pa)_[0-9a-fA-F]{24,}|\bPMAK-[0-9a-f-]{24,}|\blin_api_\w{20,}|\bATATT3[\w=-]{20,}|\bsq0(?:atp|csp)-[\w-]{20,}|\bfigd_[\w-]{20,}|\bsecret_[A-Za-z0-9]{43}\b|\bSK[0-9a-f]{32}\b|\b\d{8,10}:AA[\w-]{30,}/,
  },
  {
    what: "a login in a header",
    form: /\bauthorization(?:["']?\s*[:=]\s*["']?|["']?\s+["'])(?:bearer|basic|token|apikey)\s+(?![$<{%])[\w+/=.~-]{4,}/i,
  },
  { what: "a login of a registry", form: /\beyJhdXRocyI6|"auths"\s*:\s*\{[^}]*"(?:auth|password)"\s*:\s*"[^"$<{]/ },
  {
    what: "a hash of a password",
    form: /(?:^|[\s:"'])(?:\$(?:2[aby]|apr1|argon2id?|y|5|6)\$[\w./=,$+]{16,}|\{(?:S?SHA\d*|S?MD5|CRYPT|PBKDF2[\w-]*)\}[\w./+=$]{16,})/,
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
