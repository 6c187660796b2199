import { cloudsOf } from "../logins";
import type { HandoffStack } from "../model";
import { KUBELOGIN_VERSION, knownFacts, type PipelineInput, settingsOf, TERRAFORM_VERSION } from "./common";

/** A stage's id has no hyphen. */
export const stageId = (verb: string, id: string): string => `${verb}_${id.replaceAll("-", "_")}`;

/** Pool and variables of every file. */
export function common(
  { handoff, bundle }: Pick<PipelineInput, "handoff" | "bundle">,
  more: readonly string[] = [],
): readonly string[] {
  return [
    "pool: { vmImage: ubuntu-24.04 }",
    "variables:",
    `- group: ${handoff.fleet}-fleet`,
    `- { name: BUNDLE, value: "${bundle}" }`,
    `- { name: AWS_REGION, value: ${knownFacts(handoff).awsRegion} }`,
    ...more,
  ];
}

/** A stack's command, as one of the two identities. */
export function steps(
  stack: Pick<HandoffStack, "logins" | "programs">,
  fleet: string,
  who: "plan" | "apply",
  command: string,
): readonly string[] {
  return [
    `    - template: ${fleet}-steps.yml`,
    "      parameters:",
    `        who: ${who}`,
    `        clouds: "${[...new Set(stack.logins.map(({ cloud }) => cloud))].join(" ")}"`,
    `        programs: "${stack.programs.join(" ")}"`,
    `        command: ${JSON.stringify(command)}`,
  ];
}

/** Terraform, the credential plugins, and the command as the service connection: its token stands for it in every cloud. */
export function stepsTemplate({ handoff }: PipelineInput): string {
  const state = handoff.state.login ? cloudsOf(handoff, []).join(" ") : "";
  const secrets = settingsOf(handoff).filter(({ secret }) => secret);
  return `${[
    "parameters:",
    "- { name: who, type: string }",
    "- { name: clouds, type: string }",
    "- { name: programs, type: string }",
    "- { name: command, type: string }",
    "steps:",
    "- bash: |",
    "    set -eu",
    "    cd /tmp",
    `    base=https://releases.hashicorp.com/terraform/${TERRAFORM_VERSION} file=terraform_${TERRAFORM_VERSION}_linux_amd64.zip`,
    `    curl -fsSLO "$base/$file" && curl -fsSLO "$base/terraform_${TERRAFORM_VERSION}_SHA256SUMS"`,
    '    grep " $file$" terraform_*_SHA256SUMS | sha256sum -c && unzip -qo "$file" terraform -d "$HOME/bin"',
    "    for program in ${{ parameters.programs }}; do",
    "      case $program in",
    `        kubelogin) curl -fsSL https://github.com/Azure/kubelogin/releases/download/${KUBELOGIN_VERSION}/kubelogin-linux-amd64.zip -o kubelogin.zip && unzip -qoj kubelogin.zip bin/linux_amd64/kubelogin -d "$HOME/bin" ;;`,
    "        gke-gcloud-auth-plugin) sudo apt-get update -q && sudo apt-get install -qy google-cloud-cli-gke-gcloud-auth-plugin ;;",
    "      esac",
    "    done",
    '    echo "##vso[task.prependpath]$HOME/bin"',
    "  displayName: terraform and plugins",
    "- task: AzureCLI@2",
    "  name: run",
    "  displayName: ${{ parameters.who }}",
    "  inputs:",
    `    azureSubscription: ${handoff.fleet}-\${{ parameters.who }}`,
    "    addSpnToEnvironment: true",
    "    scriptType: bash",
    "    scriptLocation: inlineScript",
    "    inlineScript: |",
    "      set -eu",
    // azurerm and its backend ask for a new token themselves, so that a long apply outlives the first
    '      export ARM_USE_OIDC=true ARM_CLIENT_ID="$AZURESUBSCRIPTION_CLIENT_ID" ARM_TENANT_ID="$AZURESUBSCRIPTION_TENANT_ID"',
    '      export ARM_ADO_PIPELINE_SERVICE_CONNECTION_ID="$AZURESUBSCRIPTION_SERVICE_CONNECTION_ID" AAD_LOGIN_METHOD=azurepipelines',
    `      export WHO=\${{ parameters.who }} CLOUDS="$(printf '%s ' \${{ parameters.clouds }} ${state} | tr ' ' '\\n' | sort -u | grep -v azure | xargs)"`,
    '      export AWS_ID_TOKEN="$idToken" GOOGLE_ID_TOKEN="$idToken"',
    '      . "$BUNDLE/login.sh"',
    "      ${{ parameters.command }}",
    "  env:",
    "    SYSTEM_ACCESSTOKEN: $(System.AccessToken)",
    ...secrets.map(({ name }) => `    ${name}: $(${name})`),
  ].join("\n")}\n`;
}

export const place = (bundle: string): string => (bundle === "." ? "" : `${bundle}/`);
