import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../../support/fleet";

const folder = mkdtempSync(join(tmpdir(), "image-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const log = join(folder, "log");

function program(name: string, text: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`);
  chmodSync(join(folder, name), 0o755);
}

/** docker notes what it is asked; only the digest of an image is answered. */
program(
  "docker",
  `case $1 in login) read -r password || true; printf 'docker %s\\n%s\\n' "$*" "$password" >>"${log}"; exit ;; esac
echo "docker $*" >>"${log}"
case "$1 $2" in
  "manifest inspect") [ -n "$THERE" ] ;;
  "image inspect") echo "$FLEET_REGISTRY/web@sha256:abc" ;;
esac`,
);
program("trivy", `echo "trivy $*" >>"${log}"; exit "$SCAN"`);
program("aws", `echo "aws $*" >>"${log}"; echo ecr-password`);
program(
  "curl",
  `echo "curl $*" >>"${log}"; cat >/dev/null <&0 || true
case "$*" in
  *login.microsoftonline.com*) echo '{"access_token":"entra-access"}' ;;
  *oauth2/exchange*) echo '{"refresh_token":"acr-refresh"}' ;;
  *sts.googleapis.com*) echo '{"access_token":"federated"}' ;;
  *) echo '{"accessToken":"google-access"}' ;;
esac`,
);

function image(tag: string, env: Readonly<Record<string, string>>) {
  rmSync(log, { force: true });
  const { status, stdout, stderr } = spawnSync(join(root, "handoff/bundle/image.sh"), ["web", tag], {
    encoding: "utf8",
    input: "",
    env: { PATH: `${folder}:/usr/bin:/bin`, THERE: "", SCAN: "0", CONTEXT: "apps/web", ...env },
  });
  const asked = existsSync(log) ? readFileSync(log, "utf8") : "";
  return { status, out: stdout.trim(), said: stderr, asked };
}
const ECR = { FLEET_REGISTRY: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop" };

test("an image is built, scanned and then pushed; its tag comes with its digest", () => {
  const { status, out, asked } = image("1.4.2", ECR);
  expect([status, out]).toEqual([0, "1.4.2@sha256:abc"]);
  const steps = [...asked.matchAll(/^(docker build|trivy image|docker push)/gm)].map(([step]) => step);
  expect(steps).toEqual(["docker build", "trivy image", "docker push"]);
  expect(asked).toContain("aws ecr get-login-password --region eu-west-1");
  expect(asked).toContain(`docker push ${ECR.FLEET_REGISTRY}/web:1.4.2`);
});

test("a tag that is there is never built again, and what is promoted isn't looked at", () => {
  const again = image("1.4.2", { ...ECR, THERE: "yes" });
  expect([again.status, again.out]).toEqual([0, "1.4.2@sha256:abc"]);
  expect(again.asked).not.toMatch(/docker (build|push)/);
  const promoted = image("1.4.2@sha256:def", ECR);
  expect([promoted.out, promoted.asked]).toEqual(["1.4.2@sha256:def", ""]);
});

test("what the scan finds is not pushed", () => {
  const { status, out, asked } = image("1.4.2", { ...ECR, SCAN: "1" });
  expect(status).not.toBe(0);
  expect(out).toBe("");
  expect(asked).not.toContain("docker push");
});

test("registries of Azure and Google are logged in to by the job's own identity, and no token is an argument", () => {
  writeFileSync(join(folder, "token"), "the-jobs-token");
  const azure = image("1", {
    FLEET_REGISTRY: "shop.azurecr.io",
    ARM_TENANT_ID: "tenant",
    ARM_CLIENT_ID: "client",
    AZURE_FEDERATED_TOKEN_FILE: join(folder, "token"),
  });
  expect(azure.asked).toMatch(/docker login --username 0{8}-[0-]+ --password-stdin shop\.azurecr\.io\nacr-refresh/);
  writeFileSync(
    join(folder, "google.json"),
    JSON.stringify({
      audience: "//iam.googleapis.com/p",
      subject_token_type: "jwt",
      credential_source: { file: join(folder, "token") },
      service_account_impersonation_url: "https://iamcredentials.googleapis.com/x",
    }),
  );
  const google = image("1", {
    FLEET_REGISTRY: "europe-docker.pkg.dev/shop/images",
    GOOGLE_APPLICATION_CREDENTIALS: join(folder, "google.json"),
  });
  expect(google.asked).toMatch(
    /docker login --username oauth2accesstoken --password-stdin europe-docker\.pkg\.dev\ngoogle-access/,
  );
  for (const { status, asked } of [azure, google]) {
    expect(status).toBe(0);
    expect(
      asked
        .split("\n")
        .filter((line) => line.startsWith("curl"))
        .join("\n"),
    ).not.toMatch(/the-jobs-token|entra-access|federated"/);
  }
});

test("GitLab's own registry takes the job's token; any other is refused by name", () => {
  const own = image("1", { FLEET_REGISTRY: "registry.gitlab.com/shop", CI_REGISTRY: "registry.gitlab.com", CI_JOB_TOKEN: "job" });
  expect(own.asked).toMatch(/docker login --username gitlab-ci-token --password-stdin registry\.gitlab\.com\njob/);
  const other = image("1", { FLEET_REGISTRY: "docker.io/shop" });
  expect([other.status, other.said]).toEqual([
    1,
    expect.stringContaining("FLEET_REGISTRY is docker.io/shop, which is no registry of"),
  ]);
});
