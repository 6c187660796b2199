import type { Problem, Rule } from "../../problems/problem";
import type { ExistingCluster } from "../../schema/cluster";
import { inCluster } from "../clusters";
import { SECRET } from "../services/plain-secrets";

/**
 * The program that prints a cluster's token is given no secret: its arguments and environment stand in the synthesized
 * JSON of every stack that works inside the cluster, and so in its plans.
 */
export const execSecrets: Rule = ({ clusters }) =>
  clusters.flatMap((cluster) =>
    cluster.cloud === "existing" ? [...argumentProblems(cluster), ...environmentProblems(cluster)] : [],
  );

const INSTEAD =
  "what is in a fleet file everybody can read, and everybody who has the synthesized JSON: take a credential plugin that finds its login itself (aws eks get-token, kubelogin, gke-gcloud-auth-plugin), or leave it to the environment of whoever runs Terraform, which the plugin gets too";

function argumentProblems(cluster: ExistingCluster): readonly Problem[] {
  const { args } = cluster.existing.exec;
  const found = new Map<number, string>();
  const words = args.flatMap((arg, index) => wordsOf(arg).map((word) => ({ word, index })));
  words.forEach(({ word, index }, place) => {
    const [, name, inOne] = /^(-{0,2}[\w.-]+)=(.*)$/s.exec(word) ?? [];
    const next = words[place + 1];
    if (name !== undefined && holdsSecret(name, unquoted(inOne!))) found.set(index, `'${name}' carries a secret`);
    else if (/^--?[\w.-]+$/.test(word) && next && !next.word.startsWith("-") && holdsSecret(word, next.word))
      found.set(next.index, `'${word}' carries a secret`);
  });
  args.forEach((arg, index) => {
    if (!found.has(index) && looksSecret(arg)) found.set(index, "it looks like a secret");
  });
  return [...found].map(([index, what]) => inCluster(cluster, ["existing", "exec", "args", index], `${what}, and ${INSTEAD}`));
}

function environmentProblems(cluster: ExistingCluster): readonly Problem[] {
  return Object.entries(cluster.existing.exec.env)
    .filter(([name, value]) => holdsSecret(name, value) || looksSecret(value))
    .map(([name]) => inCluster(cluster, ["existing", "exec", "env", name], `'${name}' carries a secret, and ${INSTEAD}`));
}

/** An argument may be a line for a shell (sh -c "…"): the words that it is made of. */
const wordsOf = (arg: string) => arg.split(/\s+/).filter(Boolean).map(unquoted);
const unquoted = (word: string) => word.replace(/^["']|["']$/g, "");

/**
 * More that carries a secret in a flag or a variable, without hyphens and underscores. In charts such keys name one
 * (existingSecret); here they are --client-secret, AWS_SECRET_ACCESS_KEY, ARM_CLIENT_CERTIFICATE_PASSWORD,
 * GOOGLE_OAUTH_ACCESS_TOKEN. What ends otherwise (TOKEN_FILE, token-cache-dir, SECRET_NAME) says where something is.
 */
const MORE = /(secret|passphrase|(access|api|secret|private|account|auth|master)key|connectionstring|bearer)$/i;
/** Flags for a key, or for a file that it is in. */
const KEY = /^(--?|-{0,2}(private|ssh|client)[-_]?)key$/i;
/** Flags that are said without a value, or ask for a token: --print-token, --use-token. */
const SWITCH = /^-{0,2}(get|print|show|output|use|no|with|skip|enable|disable)[-_]/i;

function holdsSecret(name: string, value: string): boolean {
  if (!isLiteral(value)) return false;
  if (KEY.test(name)) return !isFile(value);
  const plain = name.replace(/[-_.]/g, "");
  return !SWITCH.test(name) && (SECRET.test(name) || SECRET.test(plain) || MORE.test(plain) || /token$/i.test(plain));
}

/** Whether a value is the thing itself: no switch, nothing that a shell fills in, no name of a secret in a store. */
function isLiteral(value: string): boolean {
  if (/^(|true|false|on|off|yes|no|[01])$/i.test(value)) return false;
  return !/^([$`@]|arn:|projects\/|(env|file|vault|op|https?):)/.test(value);
}

const isFile = (value: string) => /[/\\]|^~|\.(pem|key|json|p12|pfx|crt|der)$/i.test(value);

/**
 * What is a secret wherever it stands, by the forms that their makers give them: private keys in PEM, AWS's ids of access
 * keys, JSON Web Tokens, tokens of Google, GitHub, GitLab, Vault and DigitalOcean, a password or token in a URL, a header with a login.
 */
const FORMS: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /"private_key"\s*:/,
  /\b(AKIA|ASIA)[A-Z0-9]{16}\b/,
  /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*/,
  /\b(ya29\.|AIza|gh[pousr]_|github_pat_|glpat-|hv[sb]\.|dop_v1_)[\w-]{16,}/,
  /:\/\/[^/\s:@]*:[^/\s:@$]+@/,
  /[?&][\w-]*(token|secret|password|api_?key)=[^&$]/i,
  /\bauthorization:\s*(bearer|basic)\s+[\w+/=.~-]{4,}/i,
];
const looksSecret = (value: string) => FORMS.some((form) => form.test(value));
