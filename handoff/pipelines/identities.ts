import { table } from "../bundle/readme";
import { cloudsOf } from "../logins";
import { applicationsOf, type PipelineInput, settingsOf } from "./common";

/** Who issues a service's tokens, and what their subject says of a job that plans and of one that applies. */
const TRUST: Readonly<Record<string, (fleet: string) => readonly (readonly string[])[]>> = {
  github: (fleet) => [
    [
      "`https://token.actions.githubusercontent.com`",
      "plan",
      `\`repo:OWNER/REPO:environment:${fleet}-plan\`; repositories made since 15 July 2026: \`repo:OWNER@OWNER-ID/REPO@REPO-ID:environment:${fleet}-plan\``,
    ],
    [
      "",
      "apply",
      `\`repo:OWNER/REPO:environment:${fleet}\` and \`…:environment:${fleet}-apply\`; since 15 July 2026: \`repo:OWNER@OWNER-ID/REPO@REPO-ID:environment:${fleet}\` and \`…-apply\``,
    ],
  ],
  gitlab: (fleet) => [
    [
      "`https://gitlab.com` (or your own)",
      "plan",
      "`project_path:GROUP/PROJECT:ref_type:branch:ref:*`; for merge requests too the branch's",
    ],
    [
      "",
      "apply",
      `\`project_path:GROUP/PROJECT:ref_type:branch:ref:main\`, and the claim \`environment\` = \`${fleet}\` where the cloud can ask for it`,
    ],
  ],
  azure: (fleet) => [
    [
      "`https://vstoken.dev.azure.com/ORGANIZATION-ID`",
      "plan",
      `\`sc://ORGANIZATION/PROJECT/${fleet}-plan\` (the service connection's; newer connections: \`/eid1/c/pub/t/…/sc/…\` as the connection's page shows it)`,
    ],
    ["", "apply", `\`sc://ORGANIZATION/PROJECT/${fleet}-apply\``],
  ],
  bitbucket: (fleet) => [
    ["`https://api.bitbucket.org/2.0/workspaces/WORKSPACE/pipelines-config/identity/oidc`", "plan", "`{REPOSITORY-UUID}:*`"],
    ["", "apply", `\`{REPOSITORY-UUID}:{ENVIRONMENT-UUID}:*\` of the deployment environment \`${fleet}\``],
  ],
  jenkins: (fleet) => [
    [
      "the issuer of the OpenID Connect provider plugin",
      "plan",
      `the subject of the credential \`${fleet}-plan\` (by default \`JENKINS-URL/job/NAME/\`: give it a claim template)`,
    ],
    ["", "apply", `the subject of the credential \`${fleet}-apply\``],
  ],
};

/** What has to be set up once, outside of the files: no id, role or secret of it is invented here. */
export function identitiesPage(names: readonly string[], input: PipelineInput): string {
  const { handoff, source, bundle } = input;
  const { fleet, stacks, state } = handoff;
  const clouds = new Set(stacks.flatMap(({ logins }) => cloudsOf({ state }, logins)));
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
      names.flatMap((name) => TRUST[name]?.(fleet) ?? []),
    ),
    "",
    "## What you set, by these names",
    "",
    ...table(
      ["name", "kind", "what it is"],
      settingsOf(handoff, names.includes("github") ? applicationsOf(input) : []).map(({ name, what, secret: isSecret }) => [
        `\`${name}\``,
        isSecret ? "secret" : "variable",
        what,
      ]),
    ),
    "",
    ...(clouds.has("aws")
      ? [
          "AWS: an IAM OIDC provider for the issuer with audience `sts.amazonaws.com`, and the two roles that trust it by subject.",
          "",
        ]
      : []),
    ...(clouds.has("azure")
      ? [
          "Azure: a federated credential with audience `api://AzureADTokenExchange` on each of the two identities. Entra allows 20 on one identity, which is why there is an environment for each fleet and not for each stack.",
          "",
        ]
      : []),
    ...(clouds.has("google")
      ? [
          "Google: a workload identity pool provider for the issuer, with an attribute condition on the repository, and the right to impersonate each of the two service accounts by subject.",
          "",
        ]
      : []),
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
