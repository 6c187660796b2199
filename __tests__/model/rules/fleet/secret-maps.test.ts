import { plainSecrets, secretsBeside } from "../../../../model/rules/fleet/secrets";
import type { Fleet } from "../../../../model/schema/fleet";
import { fleetWith } from "../../support";

const SOUND = fleetWith();
const TOKEN = "ghp_0123456789abcdefghijABCDEFGHIJ012345";

/** Where the values of an application carry a secret, and what it is said to be. */
const foundIn = (values: unknown): readonly string[] =>
  plainSecrets({ ...SOUND, apps: { shop: { values } } as never }).map(
    ({ path, message, atKey }) =>
      `${path.slice(3).join(".")}${atKey ? " key" : ""}: ${message.split(", and what is in a fleet file")[0]}`,
  );
const carries = (place: string, name: string) => `${place}: '${name}' carries a secret`;

test.each<[string, unknown, readonly string[]]>([
  [
    "each entry of a Secret that is the thing itself",
    { m: { kind: "Secret", data: { foo: "aHVudGVy", bar: "$BAR", n: 12345 }, stringData: { x: "hunter2" } } },
    [carries("m.data.foo", "foo"), carries("m.data.n", "n"), carries("m.stringData.x", "x")],
  ],
  ["no entry of another kind", { m: { kind: "ConfigMap", data: { foo: "hunter2" } } }, []],
  ["no other field of a Secret", { m: { kind: "Secret", dataOf: { foo: "hunter2" }, metadata: { name: "x" } } }, []],
  ["a Secret whose data is a text", { m: { kind: "Secret", data: "password=hunter2" } }, [carries("m.data", "password")]],
  ["nothing that only the cluster can read", { encryptedData: { password: "AgBy3i4OJSWK" } }, []],
  ["a key by its form", { users: { [TOKEN]: true } }, ["users key: a key here looks like a token of GitHub"]],
  [
    "the d of each key that has one",
    { a: { kty: "RSA", d: "x1" }, b: { kty: "EC", d: "x2" }, c: { kty: "OKP", d: "x3" } },
    [carries("a.d", "d"), carries("b.d", "d"), carries("c.d", "d")],
  ],
  [
    "no d of anything else",
    { a: { kty: "oct", d: "x1" }, b: { d: "x2" }, c: { kty: "RSA1", d: "x" }, e: { kty: "XEC", d: "x" } },
    [],
  ],
  [
    "the k of a symmetric key alone",
    { a: { kty: "oct", k: "x1" }, b: { kty: "RSA", k: "x2" }, c: { k: "x3" } },
    [carries("a.k", "k")],
  ],
  [
    "logins of basic and of digest authentication",
    { basicAuth: { users: ["a:b1", "a"] }, digest_auth: { users: ["a:b:c1", "a:b2"] } },
    [carries("basicAuth.users.0", "users"), carries("digest_auth.users.1", "users")],
  ],
  [
    "no users of anything else",
    { xbasicAuth: { users: ["a:b1"] }, basicAuthX: { users: ["a:b1"] }, other: { users: ["a:b1"] } },
    [],
  ],
  [
    "a pair named by a field that names",
    {
      e: [
        { variable: "DB_PASSWORD", literal: "x1y" },
        { header: "API_TOKEN", val: "z1!" },
      ],
    },
    [carries("e.0.literal", "DB_PASSWORD"), carries("e.1.val", "API_TOKEN")],
  ],
  [
    "no pair whose name is a number, or named by nothing",
    {
      e: [
        { name: 1, value: "x1y" },
        { label: "DB_PASSWORD", value: "x1y" },
      ],
    },
    [],
  ],
  [
    "no field that only begins or ends like a value",
    {
      e: [
        { name: "DB_PASSWORD", valueX: "x1y" },
        { name: "DB_PASSWORD", xvalue: "x1y" },
      ],
    },
    [],
  ],
  ["a value below the name of a secret", { password: { inline: "hunter2" } }, [carries("password.inline", "password")]],
  ["no value below another name", { colour: { inline: "hunter2" } }, []],
  [
    "a map of secrets, but not what says which",
    { passwords: { admin: "S18x", name: "x1", path: "x2", dbRef: "x3" } },
    [carries("passwords.admin", "passwords")],
  ],
  ["a secret that is no name of one", { tls: { secret: "S3cr3t!" } }, [carries("tls.secret", "secret")]],
  ["a secret beside nothing", { x: { secret: "hunter2" } }, [carries("x.secret", "secret")]],
  ["a secret beside what doesn't say which", { x: { secret: "hunter2", size: 3 } }, [carries("x.secret", "secret")]],
  ["no secret by its name beside what says which", { x: { secret: "hunter2", subPath: "a" } }, []],
  [
    "no secret by its name that serves TLS",
    { webTLS: { secret: "web" }, certificate: { secret: "web" }, digestAuth: { secret: "x" } },
    [],
  ],
  [
    "a secret below a word that only holds such a word",
    { canary: { secret: "hunter2" }, ingressX: { secret: "hunter2" } },
    [carries("canary.secret", "secret"), carries("ingressX.secret", "secret")],
  ],
  ["no names of Secrets that are mounted", { extraSecretMounts: { token: "web" }, secretVolumes: { password: "web" } }, []],
  ["a secret key beside nothing that names a Secret", { secretKey: "k3y!", size: 1 }, [carries("secretKey", "secretKey")]],
  ["another key beside a Secret's name", { secretName: "web", apiKey: "k3y!" }, [carries("apiKey", "apiKey")]],
  ["a number, but no switch", { password: 12345, token: 1, pwd: true }, [carries("password", "password")]],
  [
    "a list of what is a secret by the list's name",
    { tokens: ["S19x", 12345, true], passwords: ["$PW"] },
    [carries("tokens.0", "tokens"), carries("tokens.1", "tokens")],
  ],
  ["the first of a text's structures", { m: "kind: A\nb:\n  password: hunter2\n  token: t0ken!\n" }, [carries("m", "password")]],
  ["a text of lines without structure", { m: "a = b\npassword = hunter2\n" }, [carries("m", "password")]],
  ["nothing in a text that is read as structure", { m: "kind: A\nnote: see password=$PW\n" }, []],
])("found: %s", (_what, values, problems) => {
  expect(foundIn(values)).toEqual(problems);
});

test("what instead of a secret is said by where it stands", () => {
  const said = (fleet: Partial<Fleet>) => plainSecrets({ ...SOUND, ...fleet })[0]!;
  expect(said({ apps: { shop: { values: { password: "hunter2" } } } as never }).message).toContain("give the chart its name");
  expect(said({ tags: { password: "hunter2" } }).message).toContain("keep it in the cloud's secret store");
  const old = { name: "old", existing: { exec: { args: ["--token", "t0ken!"] } } } as never;
  const exec = said({ clusters: [old] });
  expect(exec.message).toContain("take a credential plugin");
  expect(exec.path).toEqual(["clusters", "old", "existing", "exec", "args", 1]);
});

test("in fields of Meridian's own secrets are told by their form, and passwords in URLs by the fields' rules", () => {
  const of = (endpoint: string) => plainSecrets({ ...SOUND, clusters: [{ name: "old", existing: { endpoint } } as never] });
  expect(of("https://me:hunter2@old.example.com")).toEqual([]);
  expect(of(`https://old.example.com/${TOKEN}`)).toHaveLength(1);
  expect(of("https://old.example.com?password=hunter2")).toEqual([]);
});

test("what is allowed is allowed at its path alone, and of a cluster in the defaults too", () => {
  const old = { name: "old", addons: { values: { password: "hunter2" } } } as never;
  const said = (...allow: string[]) =>
    plainSecrets({
      ...SOUND,
      tags: { token: "t0ken!" },
      clusters: [old],
      allow: Object.fromEntries(allow.map((path) => [path, "a lab"])),
    }).map(({ path, atKey }) => `${path.join(".")}${atKey ? " key" : ""}`);
  expect(said()).toEqual(["tags.token", "clusters.old.addons.values.password"]);
  expect(said("tags.token", "defaults.addons.values.password")).toEqual([]);
  expect(said("clusters.old.addons.values.password", "defaults.token")).toEqual(["tags.token", "allow.defaults.token key"]);
  expect(said("tags.token", "clusters.old.addons.values.password", "x-lab.password")).toEqual([]);
});

test("beside a file's data secrets are told below keys that begin with x-, as the rule tells them", () => {
  const data = { "x-a": { password: "hunter2" }, "a-x-": { password: "hunter2" }, tags: { password: "hunter2" } };
  expect(secretsBeside(data, {})).toEqual([expect.objectContaining({ path: ["x-a", "password"], rule: "plain-secrets" })]);
  expect(secretsBeside(data, { "x-a.password": "a lab" })).toEqual([]);
  expect(secretsBeside(["x-a"], {})).toEqual([]);
  expect(secretsBeside(undefined, {})).toEqual([]);
});
