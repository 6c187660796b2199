import { cloudsOf } from "../logins";
import type { Handoff } from "../model";
import { knownFacts } from "./common";

/** What all jobs share: the tool image, who the job is, where the bundle lies. */
export function template(handoff: Handoff, bundle: string): readonly string[] {
  const clouds = new Set(handoff.stacks.flatMap(({ logins }) => cloudsOf(handoff, logins)));
  const facts = knownFacts(handoff);
  return [
    `.${handoff.fleet}:`,
    "  image: $FLEET_IMAGE",
    "  variables:",
    `    BUNDLE: "${bundle}"`,
    "    GIT_DEPTH: '1'",
    ...(clouds.has("aws") ? [`    AWS_REGION: ${facts.awsRegion}`] : []),
    ...(clouds.has("azure")
      ? [
          `    ARM_TENANT_ID: ${facts.azureTenant}`,
          `    AZURE_TENANT_ID: ${facts.azureTenant}`,
          `    ARM_SUBSCRIPTION_ID: ${facts.azureSubscription}`,
        ]
      : []),
    // the state that GitLab keeps itself takes the job's own token
    ...(handoff.state.backend === "http" ? ["    TF_HTTP_USERNAME: gitlab-ci-token", "    TF_HTTP_PASSWORD: $CI_JOB_TOKEN"] : []),
    ...(clouds.size > 0
      ? [
          "  id_tokens:",
          ...(clouds.has("aws") ? ["    AWS_ID_TOKEN: { aud: sts.amazonaws.com }"] : []),
          ...(clouds.has("azure") ? ["    AZURE_ID_TOKEN: { aud: 'api://AzureADTokenExchange' }"] : []),
          ...(clouds.has("google")
            ? ["    GOOGLE_ID_TOKEN: { aud: 'https://iam.googleapis.com/$GOOGLE_WORKLOAD_IDENTITY_PROVIDER' }"]
            : []),
        ]
      : []),
    "  before_script:",
    '    - . "$BUNDLE/login.sh"',
    "",
  ];
}
