import { secretForm } from "../../catalog/secret-forms";
import { pathText } from "../../problems/fleet-error";
import type { Path } from "../../problems/paths";
import type { Problem, Rule } from "../../problems/problem";
import { isMap } from "../../reading/merge";
import type { Fleet } from "../../schema/fleet";
import { holdsSecret, holdsSecrets, holdsVariables, isVariableItself } from "./secret-names";
import { readingsOf, structuresOf } from "./secret-readings";
import { isLiteral, nameInText, secretsInArguments } from "./secret-text";

/**
 * No secret stands in a fleet file by its value: it would stand in the synthesized JSON, in plans and in the state too. One
 * detector for every text: by form wherever it stands, by the name that it has only in what people write freely, since the
 * fields of Meridian's own (secretsKeyArn, tokenUrl) say where secrets are. Nothing is guessed by how random a text looks.
 */
export const plainSecrets: Rule = (fleet) => {
  const { clusters, allow, ...rest } = fleet;
  const found = [
    ...Object.entries(rest).flatMap(([key, value]) => secretsIn(value, [key], false)),
    ...clusters.flatMap(({ name, ...cluster }) => secretsIn(cluster, ["clusters", name], false)),
  ];
  const named = (path: Path) => [pathText(path), ...(path[0] === "clusters" ? [pathText(["defaults", ...path.slice(2)])] : [])];
  const unused = new Set(Object.keys(allow).filter((text) => !text.startsWith(BESIDE_DATA)));
  const problems = found.filter(({ path }) => {
    const allowed = named(path).filter((text) => allow[text] !== undefined);
    for (const text of allowed) unused.delete(text);
    return allowed.length === 0;
  });
  return [
    ...problems,
    ...[...unused].map((text) => ({
      path: ["allow", text],
      atKey: true,
      message: `nothing at '${text}' looks like a secret: remove the entry, or mend its path, which is the one that the message about it begins with`,
    })),
  ];
};

/** Keys that hold anchors alone, which a fleet has not: everybody can read what is there all the same. */
const BESIDE_DATA = "x-";

/** The secrets below such keys of a file's data, but for those that the file allows. */
export function secretsBeside(data: unknown, allow: Fleet["allow"]): readonly Problem[] {
  if (!isMap(data)) return [];
  return Object.entries(data)
    .filter(([key]) => key.startsWith(BESIDE_DATA))
    .flatMap(([key, value]) => secretsIn(value, [key], true))
    .filter(({ path }) => allow[pathText(path)] === undefined)
    .map((found) => ({ ...found, rule: "plain-secrets" }));
}

/** Maps and texts that people write as they like, or as a chart, a program or a cloud wants them. */
const FREE =
  /^(values|tags|labels|annotations|\w+Annotations|overrides|env|args|command|exec|config|settings|parameters|manifests|sanitize)$/;

/** Keys that say which secret, where secrets are or whether: what stands there is none itself. */
const POINTS =
  /^(name|key|path|file|type|kind|namespace|provider|store|engine|backend|mountPath|annotations|labels|\w*(Name|Ref|Key|Path|File))$/;

/** Keys whose value is the thing itself, and those beside them that say which. */
const ITSELF = /^(value|val|content|literal|plain|plaintext|inline|default|defaultValue|envValue)$/i;
const NAMED_BY = /^(name|key|variable|header|id|env|envName|option|parameter|property)$/i;

/** Siblings beside which `secret` says which Secret: a key in it, where it is mounted, whether it may be missing. */
const BESIDE_A_NAME = /^(key|name|namespace|optional|from|items|path|subPath|mountPath|\w+Key)$/;
/** Maps whose values are names of Secrets, and what is served by one: an Ingress, a listener. */
const OF_NAMES = /^(secretFiles|\w*[sS]ecret(Mounts|Volumes))$/;
const SERVED_BY_ONE = /^(tls|\w+T[lL][sS]|certificates?|ca|ingress|(basic|digest)Auth)$/;
/** A Secret's name (RFC 1123), of one word too. */
const NAME_OF_A_SECRET = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/;

/** Words that are filled in on each cluster. */
const FILLED_IN = /\{[a-z]+\}/g;

/** Siblings beside which `secretKey` is the name of a key in a secret (external-secrets, most charts). */
const BESIDE = ["remoteRef", "secret", "secretName", "secretRef", "secretKeyRef", "existingSecret", "secretStoreRef"];

type Data = Readonly<Record<string, unknown>>;

function secretsIn(value: unknown, path: Path, inFree: boolean): readonly Problem[] {
  const free = inFree || FREE.test(String(path.at(-1)));
  if (Array.isArray(value)) return inList(value, path, free);
  if (isMap(value)) return Object.entries(value).flatMap(([key, inner]) => inMap(value, key, inner, path, free));
  return typeof value === "string" ? inText(value, path, free) : [];
}

function inText(text: string, path: Path, free: boolean): readonly Problem[] {
  const readings = readingsOf(text);
  const what = readings.map(secretForm).find((found) => found !== undefined);
  // Of URLs in fields of Meridian's own their rules say more.
  if (what !== undefined && (free || what !== "a password in a URL")) return [problem(path, `it looks like ${what}`)];
  if (!free) return [];
  for (const reading of readings) {
    const structures = structuresOf(reading);
    const [found] = structures.flatMap((inner) => secretsIn(inner, path, true));
    if (found) return [{ path: [...path], message: found.message }];
    const name = structures.length === 0 ? nameInText(reading) : undefined;
    if (name !== undefined) return [carries(path, name)];
  }
  return [];
}

function inList(list: readonly unknown[], path: Path, free: boolean): readonly Problem[] {
  const flags: ReadonlyMap<number, string> = free ? secretsInArguments(list) : new Map();
  const above = String(path.at(-1));
  return list.flatMap((item, index) => {
    const here = [...path, index];
    const name =
      flags.get(index) ??
      (free && isSecret(item) && (holdsSecrets(above) || holdsSecret(above, String(item)) || isLogin(item, path))
        ? above
        : undefined);
    return name === undefined ? secretsIn(item, here, free) : [carries(here, name)];
  });
}

/** `basicAuth: { users: ["admin:x"] }` */
const isLogin = (item: unknown, path: Path): boolean =>
  /^(basic|digest)_?auth$/i.test(String(path.at(-2))) && /^[\w.@+-]+:[^\s:{}$]+$/.test(String(item));

function inMap(map: Data, key: string, inner: unknown, path: Path, free: boolean): readonly Problem[] {
  const here = [...path, key];
  if (free && map.kind === "Secret" && /^(data|stringData)$/.test(key) && isMap(inner))
    return Object.entries(inner).flatMap(([name, value]) => (isSecret(value) ? [carries([...here, name], name)] : []));
  // of a SealedSecret: only the cluster's controller can read it
  if (key === "encryptedData") return [];
  const form = free ? secretForm(key) : undefined;
  if (form !== undefined) return [{ ...problem(path, `a key here looks like ${form}`), atKey: true }];
  const name = free && isSecret(inner) ? nameAt(map, key, String(path.at(-1))) : undefined;
  return name === undefined ? secretsIn(inner, here, free) : [carries(here, name)];
}

/** The name by which what stands at a key of a map is a secret. */
function nameAt(map: Data, key: string, above: string): string | undefined {
  const value = String(map[key]);
  if (NAME_OF_A_SECRET.test(value.replace(FILLED_IN, "x")) && pointsAtSecret(map, key, above)) return undefined;
  if (isPrivateKey(map, key)) return key;
  if (holdsSecret(key, value)) return /secret[_-]?key$/i.test(key) && BESIDE.some((other) => other in map) ? undefined : key;
  if (ITSELF.test(key)) {
    const named = Object.entries(map).find(
      ([field, name]) => NAMED_BY.test(field) && typeof name === "string" && holdsSecret(name, value),
    );
    if (named) return String(named[1]);
    if (holdsSecret(above, value)) return above;
  }
  if (holdsVariables(above) && isVariableItself(key, value)) return key;
  return holdsSecrets(above) && !POINTS.test(key) ? above : undefined;
}

/** The private part of a JSON Web Key (RFC 7518, 6.2.2, 6.3.2 and 6.4.1). */
const isPrivateKey = ({ kty }: Data, key: string): boolean =>
  (key === "d" && /^(RSA|EC|OKP)$/.test(String(kty))) || (key === "k" && kty === "oct");

/** Whether what stands at a key is the name of a Secret of the cluster, by what stands around it. */
const pointsAtSecret = (map: Data, key: string, above: string): boolean =>
  OF_NAMES.test(above) ||
  (key === "secret" &&
    (SERVED_BY_ONE.test(above) || Object.keys(map).some((other) => other !== key && BESIDE_A_NAME.test(other))));

/** A text or a number that is the thing itself; 0 and 1 are switches. */
const isSecret = (value: unknown) => (typeof value === "string" || typeof value === "number") && isLiteral(String(value));

const carries = (path: Path, name: string): Problem => problem(path, `'${name}' carries a secret`);

function problem(path: Path, what: string): Problem {
  const instead = path.includes("exec")
    ? "and everybody who has the synthesized JSON: take a credential plugin that finds its login itself (aws eks get-token, kubelogin, gke-gcloud-auth-plugin), or leave it to the environment of whoever runs Terraform, which the plugin gets too"
    : path.includes("values")
      ? "and everybody who has the synthesized JSON: put it into a Kubernetes secret (addons.externalSecrets brings one from the cloud's store) and give the chart its name"
      : "and everybody who has the synthesized JSON: keep it in the cloud's secret store, and name it there";
  return {
    path: [...path],
    message: `${what}, and what is in a fleet file everybody can read, ${instead}. Where it is none, say why: allow: { "<this path>": <reason> }`,
  };
}
