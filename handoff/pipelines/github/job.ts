import { cloudsOf } from "../../logins";
import { KUBELOGIN_VERSION, knownFacts, type PipelineInput, settingsOf, TERRAFORM_VERSION } from "../common";
import { AWS_LOGIN, CHECKOUT, GOOGLE_LOGIN, SETUP_GCLOUD, SETUP_TERRAFORM, USE_KUBELOGIN } from "./actions";

/** Who the job is, for the providers, the backend and the credential plugins; ids from the JSON, the rest from variables. */
export function environment(
  handoff: PipelineInput["handoff"],
  who: "plan" | "apply",
  indent: string,
  allow: string,
  bundle: string,
): string {
  const facts = knownFacts(handoff);
  const clouds = new Set(handoff.stacks.flatMap(({ logins }) => cloudsOf(handoff, logins)));
  const client = `\${{ vars.AZURE_${who.toUpperCase()}_CLIENT_ID }}`;
  const lines = [
    `BUNDLE: ${bundle}`,
    ...(allow === "" ? [] : [`ALLOW: "${allow}"`]),
    // azurerm and its backend fetch tokens anew by themselves, so a long apply outlives the first
    ...(clouds.has("azure")
      ? [
          'ARM_USE_OIDC: "true"',
          `ARM_CLIENT_ID: ${client}`,
          `ARM_TENANT_ID: ${facts.azureTenant}`,
          `ARM_SUBSCRIPTION_ID: ${facts.azureSubscription}`,
          "AAD_LOGIN_METHOD: workloadidentity",
          `AZURE_CLIENT_ID: ${client}`,
          `AZURE_TENANT_ID: ${facts.azureTenant}`,
        ]
      : []),
    ...settingsOf(handoff)
      .filter(({ name }) => name.startsWith("TF_VAR_") || handoff.state.environment.includes(name))
      .map(({ name, secret }) => `${name}: \${{ ${secret ? "secrets" : "vars"}.${name} }}`),
  ];
  return lines.map((line) => `${indent}${line}`).join("\n");
}

/** Where a job's needs come from: the workflow's inputs, the matrix, or what is known here. */
export type Needs =
  | "inputs"
  | "matrix"
  | { readonly aws: boolean; readonly azure: boolean; readonly google: boolean; readonly programs: readonly string[] };

/** Checkout, Terraform, and the logins and programs that a stack needs. */
export function steps(handoff: PipelineInput["handoff"], who: "plan" | "apply", needs: Needs): string {
  const facts = knownFacts(handoff);
  const clouds = new Set(handoff.stacks.flatMap(({ logins }) => cloudsOf(handoff, logins)));
  const programs = new Set(handoff.stacks.flatMap((stack) => stack.programs));
  const identity = who.toUpperCase();
  const when = (condition: string, known: boolean, ...lines: readonly string[]): readonly string[] => {
    if (typeof needs !== "string")
      return known ? [`      - ${lines[0]}`, ...lines.slice(1).map((line) => `        ${line}`)] : [];
    return [`      - if: \${{ ${condition} }}`, ...lines.map((line) => `        ${line}`)];
  };
  const from = typeof needs === "string" ? needs : undefined;
  const wants = (cloud: "aws" | "azure" | "google") => typeof needs !== "string" && needs[cloud];
  const starts = (program: string) => typeof needs !== "string" && needs.programs.includes(program);
  return [
    `      - uses: ${CHECKOUT}`,
    "        with: { persist-credentials: false }",
    `      - uses: ${SETUP_TERRAFORM}`,
    `        with: { terraform_version: ${TERRAFORM_VERSION}, terraform_wrapper: false }`,
    ...(clouds.has("aws")
      ? when(
          `${from}.aws`,
          wants("aws"),
          `uses: ${AWS_LOGIN}`,
          `with: { role-to-assume: "\${{ vars.AWS_${identity}_ROLE_ARN }}", aws-region: ${facts.awsRegion}, role-duration-seconds: 3600 }`,
        )
      : []),
    ...(clouds.has("google")
      ? when(
          `${from}.google`,
          wants("google"),
          `uses: ${GOOGLE_LOGIN}`,
          `with: { workload_identity_provider: "\${{ vars.GOOGLE_WORKLOAD_IDENTITY_PROVIDER }}", service_account: "\${{ vars.GOOGLE_${identity}_SERVICE_ACCOUNT }}" }`,
        )
      : []),
    ...(programs.has("gke-gcloud-auth-plugin")
      ? when(
          `contains(${from}.programs, 'gke-gcloud-auth-plugin')`,
          starts("gke-gcloud-auth-plugin"),
          `uses: ${SETUP_GCLOUD}`,
          "with: { install_components: gke-gcloud-auth-plugin }",
        )
      : []),
    ...(programs.has("kubelogin")
      ? when(
          `contains(${from}.programs, 'kubelogin')`,
          starts("kubelogin"),
          `uses: ${USE_KUBELOGIN}`,
          `with: { kubelogin-version: ${KUBELOGIN_VERSION} }`,
        )
      : []),
  ].join("\n");
}
