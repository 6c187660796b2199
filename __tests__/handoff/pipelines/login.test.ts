import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "../../support/fleet";

/** What a job has after it has sourced login.sh. */
function loggedIn(env: Readonly<Record<string, string>>, show: string) {
  const { status, stdout, stderr } = spawnSync("sh", ["-c", `. "${join(root, "handoff/bundle/login.sh")}"; ${show}`], {
    encoding: "utf8",
    env: { PATH: process.env.PATH, ...env },
  });
  return { status, out: stdout.trim(), said: stderr.trim() };
}

test("a variable that nobody set is the first sentence, with its name, and the job ends", () => {
  const needs = { WHO: "plan", CLOUDS: "aws", AWS_ID_TOKEN: "token" };
  expect(loggedIn(needs, "echo goes on")).toEqual({
    status: 1,
    out: "",
    said: "set the pipeline's variable AWS_PLAN_ROLE_ARN: pipelines/README.md says what it is",
  });
  expect(loggedIn({ ...needs, CLOUDS: "google", GOOGLE_ID_TOKEN: "token" }, "")).toMatchObject({
    status: 1,
    said: expect.stringContaining("GOOGLE_WORKLOAD_IDENTITY_PROVIDER"),
  });
});

test("who plans never has the name of who applies, and the other way round", () => {
  const both = { CLOUDS: "aws", AWS_ID_TOKEN: "token", AWS_PLAN_ROLE_ARN: "the-reader", AWS_APPLY_ROLE_ARN: "the-maker" };
  expect(loggedIn({ ...both, WHO: "plan" }, 'echo "$AWS_ROLE_ARN"').out).toBe("the-reader");
  expect(loggedIn({ ...both, WHO: "apply" }, 'echo "$AWS_ROLE_ARN"').out).toBe("the-maker");
  expect(loggedIn({ ...both, WHO: "anybody" }, "echo goes on")).toMatchObject({ status: 1, out: "" });
});

test("each cloud gets the token in a file that nobody else can read", () => {
  const env = {
    WHO: "apply",
    CLOUDS: "azure google",
    AZURE_ID_TOKEN: "for-azure",
    AZURE_APPLY_CLIENT_ID: "client",
    GOOGLE_ID_TOKEN: "for-google",
    GOOGLE_WORKLOAD_IDENTITY_PROVIDER: "projects/1/locations/global/workloadIdentityPools/p/providers/q",
    GOOGLE_APPLY_SERVICE_ACCOUNT: "maker@p.iam.gserviceaccount.com",
  };
  const show =
    'cat "$ARM_OIDC_TOKEN_FILE_PATH"; echo; ls -l "$ARM_OIDC_TOKEN_FILE_PATH" | cut -c1-10; jq -r ".audience, .service_account_impersonation_url" "$GOOGLE_APPLICATION_CREDENTIALS"; cat "$(jq -r .credential_source.file "$GOOGLE_APPLICATION_CREDENTIALS")"; umask';
  expect(loggedIn(env, show).out.split("\n")).toEqual([
    "for-azure",
    "-rw-------",
    "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q",
    "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/maker@p.iam.gserviceaccount.com:generateAccessToken",
    expect.stringMatching(/^for-google\d{4}$/),
  ]);
});
