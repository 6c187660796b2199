import { fleetWith, problemsWith } from "../../support";

const old = (exec: object) => ({
  clusters: {
    old: {
      cloud: "existing",
      region: "eu-west-2",
      existing: { endpoint: "https://old.example.com", exec: { command: "login", ...exec }, ingress: { ips: ["192.0.2.1"] } },
    },
  },
});

const SECRET = "s3cr3t-9f2c";
const JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZG1pbiJ9.c2lnbmF0dXJl";

/** Arguments, and the place of the one with the secret. */
const ARGS: [string, string[], number][] = [
  ["a token after its flag", ["--token", SECRET], 1],
  ["a token in one word with its flag", [`--token=${SECRET}`], 0],
  ["a token after other arguments", ["get-token", "--cluster", "old", "--bearer-token", SECRET], 4],
  ["kubelogin's client secret", ["get-token", "--login", "spn", "--client-secret", SECRET], 4],
  ["kubelogin's password, in capitals", ["get-token", "--login", "ropc", "--PASSWORD", SECRET], 4],
  ["the secret of an OIDC client", ["oidc-login", "get-token", `--oidc-client-secret=${SECRET}`], 2],
  ["a key of an API", ["--api-key", SECRET], 1],
  ["a secret key", ["--secret_key", SECRET], 1],
  ["a key that is no file", ["--key", SECRET], 1],
  ["a key and value without hyphens", ["write", "auth/userpass", `password=${SECRET}`], 2],
  ["a line for a shell", ["-c", `fetch --cluster old --token '${SECRET}' | jq .`], 1],
  ["a header with a login", ["-H", `Authorization: Bearer ${SECRET}`], 1],
  ["a token that stands alone", ["print", JWT], 1],
  ["an id of AWS's static keys", ["login", "AKIAIOSFODNN7EXAMPLE"], 1],
  ["a token in a URL", ["--issuer", `https://login.example.com/?access_token=${SECRET}`], 1],
  ["a password in a URL", ["--issuer", `https://me:${SECRET}@login.example.com`], 1],
];

test.each(ARGS)("%s is refused among the arguments of exec", (_what, args, place) => {
  const problems = problemsWith(old({ args }));
  expect(problems).toEqual([expect.stringContaining(`clusters.old.existing.exec.args[${place}]: `)]);
  expect(problems[0]).toContain("take a credential plugin that finds its login itself");
});

test("the message names the flag and what to take, and doesn't repeat the secret", () => {
  const [problem] = problemsWith(old({ args: ["--token", SECRET] }));
  expect(problem).toBe(
    "clusters.old.existing.exec.args[1]: '--token' carries a secret, and what is in a fleet file everybody can read, and everybody who has the synthesized JSON: take a credential plugin that finds its login itself (aws eks get-token, kubelogin, gke-gcloud-auth-plugin), or leave it to the environment of whoever runs Terraform, which the plugin gets too. Where it is none, say why: allow: { \"<this path>\": <reason> }",
  );
  expect(problem).not.toContain(SECRET);
});

test.each([
  ["AWS_SECRET_ACCESS_KEY", SECRET],
  ["AWS_ACCESS_KEY_ID", "whatever"],
  ["AWS_SESSION_TOKEN", SECRET],
  ["AZURE_CLIENT_SECRET", SECRET],
  ["AAD_SERVICE_PRINCIPAL_CLIENT_SECRET", SECRET],
  ["ARM_CLIENT_CERTIFICATE_PASSWORD", SECRET],
  ["AZURE_PASSWORD", SECRET],
  ["GOOGLE_OAUTH_ACCESS_TOKEN", SECRET],
  ["GOOGLE_CREDENTIALS", '{ "type": "service_account", "private_key": "…" }'],
  ["VAULT_TOKEN", SECRET],
  ["TOKEN", SECRET],
  ["API_KEY", SECRET],
  ["HTTPS_PROXY", `http://me:${SECRET}@proxy.example.com:3128`],
  ["ANYTHING", "-----BEGIN RSA PRIVATE KEY-----"],
])("%s is refused in the environment of exec", (name, value) => {
  const [problem, ...more] = problemsWith(old({ env: { [name]: value } }));
  expect(more).toEqual([]);
  expect(problem).toMatch(
    new RegExp(
      `^clusters.old.existing.exec.env.${name}: ('${name}' carries a secret|it looks like a (private key|password in a URL)), and`,
    ),
  );
  expect(problem).not.toContain(SECRET);
});

test("each of several secrets is said, where it stands", () => {
  expect(problemsWith(old({ args: ["--token", SECRET, "--password", SECRET], env: { VAULT_TOKEN: SECRET } }))).toHaveLength(3);
});

test.each([
  ["aws", ["--region", "eu-west-2", "eks", "get-token", "--cluster-name", "x", "--role-arn", "arn:aws:iam::111122223333:role/r"]],
  ["aws in short", ["eks", "get-token", "--cluster-name", "x", "--output", "json"]],
  ["aws-iam-authenticator", ["token", "-i", "old", "-s", "session"]],
  ["kubelogin on Azure", ["get-token", "--login", "azurecli", "--server-id", "6dae42f8-4368-4678-94ff-3960e28e3630"]],
  ["kubelogin in a pipeline", ["get-token", "--login", "workloadidentity", "--federated-token-file", "/run/secrets/token"]],
  ["kubelogin's cache", ["get-token", "--token-cache-dir", "/tmp/tokens", "--client-id", "80faf920-1908-4b52-b5ef-a8e7bedfc67a"]],
  ["kubectl oidc-login", ["oidc-login", "get-token", "--oidc-issuer-url=https://login.example.com", "--oidc-use-access-token"]],
  ["oci", ["ce", "cluster", "generate-token", "--cluster-id", "ocid1.cluster.oc1", "--auth", "security_token"]],
  ["doctl", ["kubernetes", "cluster", "kubeconfig", "exec-credential", "--version=v1beta1", "--context=default", "1a2b"]],
  ["vault", ["read", "-field=token", "kubernetes/creds/deployer"]],
  ["a file with a key", ["--key", "/etc/login/client.pem", "--private-key=~/.login/id", "--token-file", "/run/token"]],
  ["a name of a secret", ["--secret", "arn:aws:secretsmanager:eu-west-2:111122223333:secret:login", "--secret-name", "login"]],
  ["a label", ["--label", "key=prod", "--scheme", "bearer", "--grant-type=password"]],
  ["a switch", ["--print-token", "yaml", "--refresh-token=true", "--password", "--quiet"]],
  ["what a shell fills in", ["-c", 'fetch --token "$LOGIN_TOKEN" --password $(cat /run/password)']],
])("%s is an ordinary program for exec", (_what, args) => {
  expect(() => fleetWith(old({ args }))).not.toThrow();
});

test("variables that say who and where are ordinary in the environment of exec", () => {
  const env = {
    AWS_PROFILE: "legacy",
    AWS_REGION: "eu-west-2",
    AWS_ROLE_ARN: "arn:aws:iam::111122223333:role/r",
    AWS_WEB_IDENTITY_TOKEN_FILE: "/run/secrets/token",
    AWS_SHARED_CREDENTIALS_FILE: "/home/ci/.aws/credentials",
    AWS_STS_REGIONAL_ENDPOINTS: "regional",
    AZURE_CLIENT_ID: "80faf920-1908-4b52-b5ef-a8e7bedfc67a",
    AZURE_FEDERATED_TOKEN_FILE: "/run/secrets/token",
    GOOGLE_APPLICATION_CREDENTIALS: "/home/ci/key.json",
    USE_GKE_GCLOUD_AUTH_PLUGIN: "True",
    CLOUDSDK_AUTH_ACCESS_TOKEN_FILE: "/run/token",
    HTTPS_PROXY: "http://proxy.example.com:3128",
    KUBECONFIG: "/home/ci/.kube/config",
    REALM: "prod",
    TOKEN_CACHE: "off",
    SECRET_NAME: "login",
    VAULT_ADDR: "https://vault.example.com:8200",
  };
  expect(() => fleetWith(old({ env }))).not.toThrow();
});
