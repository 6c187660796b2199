import { table } from "../bundle/readme";
import { cloudsOf } from "../logins";
import { applicationsOf, type PipelineInput, settingsOf } from "./common";

/** Who issues a service's tokens, for whom, and what their subject says of a job that plans and of one that applies. */
interface Trust {
  readonly issuer: string;
  /** For AWS and Azure; Google's is the provider's own name unless it is said here. */
  readonly audience: readonly [aws: string, azure: string, google?: string];
  readonly plan: string;
  readonly apply: string;
  /** How a run is told what may go that the guard of plans refuses. */
  readonly allow: string;
  /** What can't be done, or isn't as it seems. */
  readonly note?: string;
}

const STS = "`sts.amazonaws.com`";
const ENTRA = "`api://AzureADTokenExchange`";
const WORKSPACE = "`ari:cloud:bitbucket::workspace/WORKSPACE-UUID`";

const TRUST: Readonly<Record<string, (fleet: string) => Trust>> = {
  github: (fleet) => ({
    issuer: "`https://token.actions.githubusercontent.com`",
    audience: [STS, ENTRA],
    plan: `\`repo:OWNER/REPO:environment:${fleet}-plan\`; repositories made since 15 July 2026: \`repo:OWNER@OWNER-ID/REPO@REPO-ID:environment:${fleet}-plan\``,
    apply: `\`repo:OWNER/REPO:environment:${fleet}\` and \`…:environment:${fleet}-apply\`; since 15 July 2026: \`repo:OWNER@OWNER-ID/REPO@REPO-ID:environment:${fleet}\` and \`…-apply\``,
    allow: `GitHub: start the workflow \`${fleet} apply\` by hand with its input *allow*.`,
  }),
  gitlab: (fleet) => ({
    issuer: "`https://gitlab.com` (or your own)",
    audience: [STS, ENTRA],
    plan: "`project_path:GROUP/PROJECT:ref_type:branch:ref:*`; for merge requests too the branch's",
    apply: `\`project_path:GROUP/PROJECT:ref_type:branch:ref:main\`, and the claim \`environment\` = \`${fleet}\` where the cloud can ask for it; for releases by a git tag \`project_path:GROUP/PROJECT:ref_type:tag:ref:APPLICATION/*\` too`,
    allow: "GitLab: run a pipeline by hand with the variable `ALLOW`.",
    note: "GitLab: Entra compares whole subjects, and a tag's changes with each release: with Azure release from the default branch, by hand (`FLEET_RELEASE`, `FLEET_TAG`).",
  }),
  azure: (fleet) => ({
    issuer: "`https://vstoken.dev.azure.com/ORGANIZATION-ID`",
    audience: [ENTRA, ENTRA, ENTRA],
    plan: `\`sc://ORGANIZATION/PROJECT/${fleet}-plan\` (the service connection's; newer connections: \`/eid1/c/pub/t/…/sc/…\` as the connection's page shows it)`,
    apply: `\`sc://ORGANIZATION/PROJECT/${fleet}-apply\``,
    allow: `Azure Pipelines: run \`${fleet}-apply.yml\` by hand with its parameter *allow*.`,
    note: "Azure DevOps: one token, the service connection's, stands for the job in every cloud, so AWS and Google are asked to take Entra's audience.",
  }),
  bitbucket: (fleet) => ({
    issuer: "`https://api.bitbucket.org/2.0/workspaces/WORKSPACE/pipelines-config/identity/oidc`",
    audience: [WORKSPACE, WORKSPACE, WORKSPACE],
    plan: "`{REPOSITORY-UUID}:*`",
    apply: `\`{REPOSITORY-UUID}:{ENVIRONMENT-UUID}:*\` of the environment \`${fleet}\`, whose restrictions name the protected branch`,
    allow:
      "Bitbucket: set the repository variable `ALLOW` for that run, and take it away again: what a branch starts asks for none.",
    note: "Bitbucket: the page OpenID Connect of the repository's settings shows issuer, audience and UUIDs. The subject ends with the step's own UUID, and Entra compares whole subjects: for Azure run these steps on a runner of yours that has a managed identity (`ARM_USE_MSI=true`), or take another service. Restricting an environment to a branch is a matter of the plan that you pay for: without it whoever may write to the repository may be *apply*.",
  }),
  jenkins: (fleet) => ({
    issuer: "the issuer of the OpenID Connect provider plugin",
    audience: [
      `${STS}, set as audience of the credentials \`${fleet}-plan-aws\` and \`${fleet}-apply-aws\``,
      `${ENTRA}, of \`${fleet}-plan-azure\` and \`${fleet}-apply-azure\``,
      `the provider's own name, of \`${fleet}-plan-google\` and \`${fleet}-apply-google\``,
    ],
    plan: `the subject of the credentials \`${fleet}-plan-…\` (by default \`JENKINS-URL/job/NAME/\`: give them a claim template)`,
    apply: `the subject of the credentials \`${fleet}-apply-…\``,
    allow: "Jenkins: build with the parameter *ALLOW*.",
    note: "Jenkins: a credential of the plugin has an audience of its own, and without one its tokens are for Jenkins' own URL, which no cloud takes.",
  }),
};

const GOOGLE_AUDIENCE = "the provider's own name, `https://iam.googleapis.com/projects/…`";

/** What has to be set up once, outside of the files: no id, role or secret of it is invented here. */
export function identitiesPage(names: readonly string[], input: PipelineInput): string {
  const { handoff, source, bundle } = input;
  const { fleet, stacks, state } = handoff;
  const clouds = new Set(stacks.flatMap(({ logins }) => cloudsOf({ state }, logins)));
  const trusts = names.flatMap((name) => TRUST[name]?.(fleet) ?? []);
  const secret = stacks.filter(({ secrets }) => secrets.length > 0);
  return `${[
    `# Pipelines of fleet ${fleet}`,
    "",
    `Made by Meridian from \`${source}\`. Copy what is below \`pipelines/<service>/\` to the root of the repository that holds this bundle (at \`${bundle}\`), and copy it again with each new bundle.`,
    "",
    "## Two identities, and no stored key",
    "",
    "*plan* may only read: it is what a request of anybody in the team runs with, so give it no right to change anything, and none to read secrets. *apply* makes the fleet: only the protected branch's environment may be it. Set the approvals on that environment.",
    "",
    ...table(
      ["issuer", "identity", "subject that its trust must name"],
      trusts.flatMap(({ issuer, plan, apply }) => [
        [issuer, "plan", plan],
        ["", "apply", apply],
      ]),
    ),
    "",
    ...table(
      [
        "issuer",
        ...(["aws", "azure", "google"] as const).filter((cloud) => clouds.has(cloud)).map((cloud) => `audience for ${cloud}`),
      ],
      trusts.map(({ issuer, audience: [aws, azure, google = GOOGLE_AUDIENCE] }) => [
        issuer,
        ...(clouds.has("aws") ? [aws] : []),
        ...(clouds.has("azure") ? [azure] : []),
        ...(clouds.has("google") ? [google] : []),
      ]),
    ),
    ...trusts.flatMap(({ note }) => (note === undefined ? [] : ["", note])),
    "",
    "## What you set, by these names",
    "",
    ...table(
      ["name", "kind", "what it is"],
      settingsOf(handoff, applicationsOf(input)).map(({ name, what, secret: isSecret }) => [
        `\`${name}\``,
        isSecret ? "secret" : "variable",
        what,
      ]),
    ),
    "",
    ...(clouds.has("aws")
      ? [
          "AWS: an IAM OIDC provider for the issuer with the audience of the table, and the two roles that trust it by subject.",
          "",
        ]
      : []),
    ...(clouds.has("azure")
      ? [
          "Azure: a federated credential with the audience of the table on each of the two identities. Entra allows 20 on one identity, which is why there is an environment for each fleet and not for each stack.",
          "",
        ]
      : []),
    ...(clouds.has("google")
      ? [
          "Google: a workload identity pool provider for the issuer, with the audience of the table among its allowed ones, an attribute condition on the repository, and the right to impersonate each of the two service accounts by subject.",
          "",
        ]
      : []),
    "## What the guard of plans refuses",
    "",
    "A run in which something would go for good stops, and says what: `stack:address`. To let exactly that go, name it.",
    "",
    ...trusts.map(({ allow }) => `- ${allow}`),
    "",
    "## What is planned after the merge only",
    "",
    ...(secret.length === 0
      ? ["Nothing: no plan of this fleet reads a secret."]
      : [
          "To plan these one must read secrets, which an identity that a request runs with must not:",
          "",
          ...table(
            ["stack", "because it"],
            secret.map(({ id, secrets }) => [`\`${id}\``, secrets.join("; ")]),
          ),
        ]),
    "",
    "A plan file holds what the state holds. It passes from the job that plans to the job that applies, for a day at most, and never leaves a request.",
  ].join("\n")}\n`;
}
