import type { Files } from "../bundle/files";
import { cloudsOf } from "../logins";
import type { HandoffStack } from "../model";
import {
  header,
  KUBELOGIN_VERSION,
  knownFacts,
  type PipelineInput,
  refuseLocalState,
  settingsOf,
  TERRAFORM_VERSION,
} from "./common";

/** Azure Pipelines of a fleet: after a merge, on a request with the night, and for taking it down; and the steps that they share. */
export function azurePipelines(input: PipelineInput): Files {
  const { handoff, source } = input;
  refuseLocalState(handoff, "Azure Pipelines");
  const { fleet } = handoff;
  const files = {
    [`${fleet}-apply.yml`]: applyPipeline(input),
    [`${fleet}-read.yml`]: readPipeline(input),
    [`${fleet}-destroy.yml`]: destroyPipeline(input),
    [`${fleet}-steps.yml`]: stepsTemplate(input),
  };
  const about = [
    `Service connections by workload identity, '${fleet}-plan' and '${fleet}-apply', are the two identities; the variable group '${fleet}-fleet' holds what README.md lists.`,
    "Approvals stand on the environment, in the web page: this file can't set them.",
  ];
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [name, `${header(source, about).join("\n")}\n${text}`]));
}

/** A stage's id has no hyphen. */
const stageId = (verb: string, id: string): string => `${verb}_${id.replaceAll("-", "_")}`;

/** A stage runs where nothing before it failed, though what had nothing to do was skipped. */
const NOTHING_FAILED = "and(not(failed()), not(canceled()))";

function applyPipeline({ handoff, bundle }: PipelineInput): string {
  const { fleet, stacks } = handoff;
  const stages = stacks.flatMap((stack) => {
    const plan = stageId("plan", stack.id);
    return [
      `- stage: ${plan}`,
      `  displayName: plan ${stack.id}`,
      `  dependsOn: [${stack.after.map((id) => stageId("apply", id)).join(", ")}]`,
      `  condition: ${NOTHING_FAILED}`,
      "  jobs:",
      "  - job: plan",
      "    steps:",
      ...steps(
        stack,
        fleet,
        "apply",
        `make -C "$BUNDLE" save-plan-${stack.id} && if [ -e "$BUNDLE/terraform/${stack.folder}/plan.bin" ]; then echo "##vso[task.setvariable variable=changes;isOutput=true]true"; fi`,
      ),
      // it holds what the state holds: who may see the run's artifacts may see that
      `    - publish: ${place(bundle)}terraform/${stack.folder}/plan.bin`,
      `      artifact: ${stack.id}`,
      "      condition: eq(variables['run.changes'], 'true')",
      `- stage: ${stageId("apply", stack.id)}`,
      `  displayName: apply ${stack.id}`,
      `  dependsOn: [${plan}]`,
      `  condition: and(${NOTHING_FAILED}, eq(dependencies.${plan}.outputs['plan.run.changes'], 'true'))`,
      "  lockBehavior: sequential",
      "  jobs:",
      "  - deployment: apply",
      `    environment: ${fleet}`,
      "    strategy:",
      "      runOnce:",
      "        deploy:",
      "          steps:",
      "          - checkout: self",
      "          - download: current",
      `            artifact: ${stack.id}`,
      ...steps(
        stack,
        fleet,
        "apply",
        `cp "$PIPELINE_WORKSPACE/${stack.id}/plan.bin" "$BUNDLE/terraform/${stack.folder}/" && make -C "$BUNDLE" apply-plan-${stack.id}`,
      ).map((line) => `      ${line}`),
    ];
  });
  return `${[
    "trigger:",
    "  batch: 'true'",
    "  branches: { include: [main] }",
    `  paths: { include: ["${place(bundle)}terraform"] }`,
    "pr: none",
    ...common({ handoff, bundle }),
    "stages:",
    ...stages,
  ].join("\n")}\n`;
}

/** Requests and nights: what the identity that reads can plan. Its words are in the run's summary. */
function readPipeline({ handoff, bundle }: PipelineInput): string {
  const { fleet, stacks } = handoff;
  const unseen = stacks.filter(({ secrets }) => secrets.length > 0).map(({ id }) => id);
  const jobs = stacks
    .filter(({ secrets }) => secrets.length === 0)
    .flatMap((stack) => [
      `- job: ${stageId("read", stack.id)}`,
      `  displayName: ${stack.id}`,
      "  steps:",
      ...steps(
        stack,
        fleet,
        "plan",
        `if [ "$BUILD_REASON" = PullRequest ]; then verb=review; else verb=drift; fi; code=0; "$BUNDLE/stack.sh" $verb ${stack.id} > ${stack.id}.md || code=$?; cat ${stack.id}.md; echo "##vso[task.uploadsummary]$PWD/${stack.id}.md"; exit $code`,
      ).map((line) => line.slice(2)),
    ]);
  return `${[
    ...(unseen.length > 0 ? [`# Planned after the merge only, because their plans read secrets: ${unseen.join(" ")}`] : []),
    "# On a request in Azure Repos a branch policy of the main branch starts this (Build validation); forks must not get at it.",
    "trigger: none",
    "pr:",
    "  branches: { include: [main] }",
    `  paths: { include: ["${place(bundle)}terraform"] }`,
    "schedules:",
    "- cron: '17 3 * * *'",
    "  displayName: drift",
    "  branches: { include: [main] }",
    "  always: 'true'",
    ...common({ handoff, bundle }),
    "jobs:",
    ...jobs,
  ].join("\n")}\n`;
}

function destroyPipeline({ handoff, bundle }: PipelineInput): string {
  const { fleet, stacks } = handoff;
  const stages = [...stacks].reverse().flatMap((stack) => {
    const standing = stacks.filter(({ after }) => after.includes(stack.id)).map(({ id }) => stageId("destroy", id));
    return [
      `- stage: ${stageId("destroy", stack.id)}`,
      `  displayName: destroy ${stack.id}`,
      `  dependsOn: [${standing.join(", ")}]`,
      `  condition: and(succeeded(), eq('\${{ parameters.confirm }}', '${fleet}'))`,
      "  jobs:",
      "  - deployment: destroy",
      `    environment: ${fleet}`,
      "    strategy:",
      "      runOnce:",
      "        deploy:",
      "          steps:",
      "          - checkout: self",
      ...steps(
        stack,
        fleet,
        "apply",
        `if [ "$UNPROTECT" = True ]; then make -C "$BUNDLE" unprotect && make -C "$BUNDLE" apply-${stack.id} YES=1; fi; make -C "$BUNDLE" destroy-${stack.id} CONFIRM=${stack.id} ORDERED=1 YES=1`,
      ).map((line) => `      ${line}`),
    ];
  });
  return `${[
    "# By hand only, with the fleet's name typed.",
    "trigger: none",
    "pr: none",
    "parameters:",
    `- { name: confirm, displayName: "type ${fleet} to destroy all of it", type: string, default: ' ' }`,
    "- { name: unprotect, displayName: lift deletion protection first, type: boolean, default: 'false' }",
    ...common({ handoff, bundle }, ['- { name: UNPROTECT, value: "${{ parameters.unprotect }}" }']),
    "stages:",
    ...stages,
  ].join("\n")}\n`;
}

function common({ handoff, bundle }: Pick<PipelineInput, "handoff" | "bundle">, more: readonly string[] = []): readonly string[] {
  return [
    "pool: { vmImage: ubuntu-24.04 }",
    "variables:",
    `- group: ${handoff.fleet}-fleet`,
    `- { name: BUNDLE, value: "${bundle}" }`,
    `- { name: AWS_REGION, value: ${knownFacts(handoff).awsRegion} }`,
    ...more,
  ];
}

function steps(stack: HandoffStack, fleet: string, who: "plan" | "apply", command: string): readonly string[] {
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
function stepsTemplate({ handoff }: PipelineInput): string {
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

const place = (bundle: string): string => (bundle === "." ? "" : `${bundle}/`);
