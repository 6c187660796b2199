import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { azurePipelines } from "../../../handoff/pipelines/azure";
import { bitbucketPipelines } from "../../../handoff/pipelines/bitbucket";
import { gitlabPipelines } from "../../../handoff/pipelines/gitlab";
import { PIPELINE_NAMES, pipelineFiles } from "../../../handoff/pipelines/index";
import { testUnless } from "../../rehearsal/engine";
import { root } from "../../support/fleet";
import { input, local } from "./remote";
import { withApp } from "./with-app";

const { handoff } = input;
const { stacks } = handoff;
const folder = mkdtempSync(join(tmpdir(), "pipelines-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const missing =
  spawnSync("check-jsonschema", ["--version"]).status === 0
    ? undefined
    : "check-jsonschema is not on PATH (pip install check-jsonschema)";

/** Whether a service's own schema takes a file. */
function schemaSays(schema: string, text: string): string {
  const file = join(folder, "file.yml");
  writeFileSync(file, text);
  const { status, stdout, stderr } = spawnSync(
    "check-jsonschema",
    ["--builtin-schema", schema, "--regex-variant", "nonunicode", file],
    { encoding: "utf8" },
  );
  return status === 0 ? "ok" : `${stdout}${stderr}`;
}

testUnless(
  missing,
  "the services' schemas take the pipelines, and would not take a misspelt one",
  () => {
    const azure = azurePipelines(withApp);
    for (const [name, text] of Object.entries(azure))
      if (name !== "arctiq-steps.yml") expect([name, schemaSays("vendor.azure-pipelines", text)]).toEqual([name, "ok"]);
    expect(schemaSays("vendor.azure-pipelines", azure["arctiq-apply.yml"]!.replace("lockBehavior", "lockBehaviour"))).not.toBe(
      "ok",
    );
    for (const one of [input, withApp])
      expect(schemaSays("vendor.bitbucket-pipelines", bitbucketPipelines(one)["bitbucket-pipelines.yml"]!)).toBe("ok");
    for (const [name, text] of Object.entries(gitlabPipelines(withApp)))
      expect([name, schemaSays("vendor.gitlab-ci", text)]).toEqual([name, "ok"]);
  },
  120_000,
);

describe.each(PIPELINE_NAMES)("%s", (name) => {
  const text = Object.values(pipelineFiles([name], input)).join("\n");

  test("says of each stack what it needs, stores no key, and plans by who reads only where no secret is", () => {
    for (const { id } of stacks) expect(text).toContain(id);
    expect(text).not.toMatch(/AKIA|aws_secret|client_secret|BEGIN .*PRIVATE/i);
    expect(text).toMatch(/Made by Meridian from fleets\/arctiq\.yaml|Made by Meridian from `fleets\/arctiq\.yaml`/);
  });

  test("invents no name: what somebody sets, the page lists", () => {
    const page = pipelineFiles([name], input)["pipelines/README.md"]!;
    const asked = [
      ...text.matchAll(/\b((?:AWS|AZURE|GOOGLE)_(?:PLAN|APPLY)_[A-Z_]+|GOOGLE_WORKLOAD_IDENTITY_PROVIDER|TF_VAR_\w+)\b/g),
    ];
    // an application's tag is the release's own
    const kept = stacks.flatMap(({ variables }) => variables.filter((one) => one.kept).map((one) => `TF_VAR_${one.name}`));
    for (const [, variable] of asked) if (!kept.includes(variable!)) expect(page).toContain(`| \`${variable}\` |`);
    // ids are those of the fleet file, or the page's words in capitals
    for (const [id] of text.matchAll(/\b\d{12}\b|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g))
      expect(readFileSync(join(root, "fleets/arctiq.yaml"), "utf8")).toContain(id);
  });

  test("refuses state that a new checkout doesn't have", () => {
    expect(() => pipelineFiles([name], local)).toThrow(/a remote `state:`/);
  });

  test("gives the same bytes again", () => {
    expect(Object.values(pipelineFiles([name], input)).join("\n")).toBe(text);
  });
});

test.each([
  ["github", /githubusercontent\.com` \| `sts\.amazonaws\.com` \| `api:\/\/AzureADTokenExchange` \| the provider's own name/],
  ["gitlab", /own\) \| `sts\.amazonaws\.com` \| `api:\/\/AzureADTokenExchange`/],
  ["azure", /ORGANIZATION-ID` (\| `api:\/\/AzureADTokenExchange` ){3}\|/],
  [
    "bitbucket",
    /identity\/oidc` (\| `ari:cloud:bitbucket::workspace\/WORKSPACE-UUID` ){3}\|[\s\S]*Entra compares whole subjects/,
  ],
  ["jenkins", /plugin \| `sts\.amazonaws\.com`, set as audience of the credentials `arctiq-plan-aws`/],
] as const)("the page says which audience each cloud is to take of %s's tokens", (name, said) => {
  expect(pipelineFiles([name], input)["pipelines/README.md"]).toMatch(said);
});

test("the page names both identities' subjects and every name to set, and the stacks that a request can't plan", () => {
  const withSecret = {
    ...handoff,
    stacks: stacks.map((stack, index) => (index === 1 ? { ...stack, secrets: ["is given token"] } : stack)),
  };
  const page = pipelineFiles(["github"], { ...input, handoff: withSecret })["pipelines/README.md"]!;
  expect(page).toContain("repo:OWNER/REPO:environment:arctiq-plan");
  expect(page).toContain("repo:OWNER@OWNER-ID/REPO@REPO-ID:environment:arctiq");
  expect(page).toContain("| `AWS_PLAN_ROLE_ARN` | variable |");
  expect(page).toContain(`| \`${stacks[1]!.id}\` | is given token |`);
});

test.each([
  ["github", "workflow `arctiq apply` by hand with its input *allow*", /allow: \{ description: "what may be deleted or replaced/],
  ["gitlab", "run a pipeline by hand with the variable `ALLOW`", /make -C "\$BUNDLE" save-plan-/],
  ["azure", "its parameter *allow*", /- \{ name: allow, [\s\S]*- \{ name: ALLOW, value: "\$\{\{ parameters\.allow \}\}" \}/],
  ["bitbucket", "set the repository variable `ALLOW`", /make -C \\"\$BUNDLE\\" save-plan-/],
  ["jenkins", "build with the parameter *ALLOW*", /parameters \{ string\(name: 'ALLOW', defaultValue: ''/],
] as const)("what the guard refuses can be let go on %s, and the page says how", (name, said, how) => {
  const { "pipelines/README.md": page, ...files } = pipelineFiles([name], input);
  expect(page).toContain(said);
  expect(Object.values(files).join("\n")).toMatch(how);
});
