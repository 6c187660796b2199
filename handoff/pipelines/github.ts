import type { Files } from "../bundle/files";
import { cloudsOf } from "../logins";
import type { HandoffStack } from "../model";
import {
  type Application,
  applicationsOf,
  contextOf,
  header,
  KUBELOGIN_VERSION,
  knownFacts,
  type PipelineInput,
  refuseAbove,
  refuseLocalState,
  settingsOf,
  TERRAFORM_VERSION,
} from "./common";
import { buildImage, changedStacks, commentOnRequest, digestOfImage } from "./github-steps";

/** docs.github.com/en/actions/reference/limits */
const MAX_WORKFLOW_BYTES = 512 * 1024;

/** Actions by the digest of a release. */
const CHECKOUT = "actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2";
const SETUP_TERRAFORM = "hashicorp/setup-terraform@b9cd54a3c349d3f38e8881555d616ced269862dd # v3.1.2";

/** Workflows of a fleet for GitHub Actions, as they lie in a repository. */
export function githubWorkflows(input: PipelineInput): Files {
  const { handoff, source } = input;
  refuseLocalState(handoff, "GitHub Actions");
  const { fleet } = handoff;
  const file = (name: string) => `.github/workflows/${fleet}-${name}.yml`;
  const files = {
    [file("stack")]: stackWorkflow(input),
    [file("apply")]: applyWorkflow(input),
    [file("destroy")]: destroyWorkflow(input),
    [file("request")]: requestWorkflow(input),
    [file("drift")]: driftWorkflow(input),
    ...Object.fromEntries(
      applicationsOf(input).map((application) => [file(`release-${application.name}`), releaseWorkflow(input, application)]),
    ),
    ...(input.nights && { [file("nights")]: nightsWorkflow(input) }),
  };
  for (const [path, text] of Object.entries(files))
    refuseAbove(
      MAX_WORKFLOW_BYTES,
      Buffer.byteLength(text),
      "GitHub Actions",
      `bytes in ${path}`,
      "Split the fleet, or take Atlantis or Terramate (--engines)",
    );
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path, `${header(source, []).join("\n")}\n${text}`]));
}

/** One stack: planned in one job, approved by the environment's rules, the same plan applied in the next. */
function stackWorkflow({ handoff, bundle }: PipelineInput): string {
  const { fleet } = handoff;
  return `# Called by ${fleet}-apply.yml for each stack: one job plans, the next applies that very plan once the environment's rules let it.
name: ${fleet} stack
on:
  workflow_call:
    inputs:
      stack: { type: string, required: true }
      allow: { type: string, default: "" }
      aws: { type: boolean, default: false }
      azure: { type: boolean, default: false }
      google: { type: boolean, default: false }
      programs: { type: string, default: "" }
permissions: { contents: read, id-token: write }
env:
${environment(handoff, "apply", "  ", "${{ inputs.allow }}", bundle)}
jobs:
  plan:
    runs-on: ubuntu-24.04
    # planned by who applies: the plan of some stacks reads what a reader may not (README of the pipelines)
    environment: ${fleet}-apply
    outputs:
      changes: \${{ steps.plan.outputs.changes }}
    steps:
${steps(handoff, "apply", "inputs")}
      # whoever can read a public repository can read its artifacts, and a plan holds what the state holds
      - if: \${{ github.event.repository.visibility == 'public' }}
        run: echo "::error::a plan must not be an artifact of a public repository" && exit 1
      - id: plan
        run: |
          set -o pipefail
          make -C "$BUNDLE" --no-print-directory "save-plan-$STACK" | tee plan.txt
          { echo '\`\`\`'; grep "^$STACK: \\|^  " plan.txt | tail -n 200; echo '\`\`\`'; } >> "$GITHUB_STEP_SUMMARY"
          if [ -e "$BUNDLE/terraform/stacks/$STACK/plan.bin" ]; then echo changes=true >> "$GITHUB_OUTPUT"; fi
        env: { STACK: "\${{ inputs.stack }}" }
      - if: \${{ steps.plan.outputs.changes == 'true' }}
        uses: actions/upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02 # v4.6.2
        with:
          name: \${{ inputs.stack }}
          path: |
            \${{ env.BUNDLE }}/terraform/stacks/\${{ inputs.stack }}/plan.bin
            \${{ env.BUNDLE }}/terraform/stacks/\${{ inputs.stack }}/.terraform.lock.hcl
          include-hidden-files: true
          retention-days: 1
          if-no-files-found: error
  apply:
    needs: plan
    if: \${{ needs.plan.outputs.changes == 'true' }}
    runs-on: ubuntu-24.04
    environment: ${fleet}
    steps:
${steps(handoff, "apply", "inputs")}
      - uses: actions/download-artifact@d3f86a106a0bac45b974a628896c90dbdf5c8093 # v4.3.0
        with: { name: "\${{ inputs.stack }}", path: "\${{ env.BUNDLE }}/terraform/stacks/\${{ inputs.stack }}" }
      - run: make -C "$BUNDLE" --no-print-directory "apply-plan-$STACK"
        env: { STACK: "\${{ inputs.stack }}" }
`;
}

/** After a merge: what changed since the last run that went well, and what comes after it, each after its producers. */
function applyWorkflow({ handoff, bundle }: PipelineInput): string {
  const { fleet, stacks } = handoff;
  return `name: ${fleet} apply
on:
  push: { branches: [main], paths: ["${bundle === "." ? "" : `${bundle}/`}terraform/**"] }
  workflow_dispatch:
    inputs:
      allow: { description: "what may be deleted or replaced: stack:address …", default: "" }
# one at a time; a run that waits and is replaced loses nothing, as the next one takes all since the last that went well
concurrency: { group: ${fleet}, cancel-in-progress: false }
permissions: { contents: read, id-token: write, actions: read }
jobs:
  changed:
    runs-on: ubuntu-24.04
    outputs: { stacks: "\${{ steps.changed.outputs.stacks }}" }
    steps:
      - uses: ${CHECKOUT}
        with: { fetch-depth: 0, persist-credentials: false }
      - id: changed
        run: |
${changedStacks(`${fleet}-apply.yml`)}
        env: { BUNDLE: "${bundle}", GH_TOKEN: "\${{ github.token }}" }
${stacks.map((stack) => callOf(stack, handoff.fleet, cloudsOf(handoff, stack.logins))).join("\n")}
`;
}

function callOf({ id, after, programs }: HandoffStack, fleet: string, clouds: readonly string[]): string {
  const given = [
    `stack: ${id}`,
    'allow: "${{ inputs.allow }}"',
    ...clouds.map((cloud) => `${cloud}: true`),
    ...(programs.length > 0 ? [`programs: ${programs.join(" ")}`] : []),
  ];
  return `  ${id}:
    needs: [${["changed", ...after].join(", ")}]
    if: \${{ !failure() && !cancelled() && contains(fromJSON(needs.changed.outputs.stacks), '${id}') }}
    uses: ./.github/workflows/${fleet}-stack.yml
    with: { ${given.join(", ")} }
    secrets: inherit`;
}

/** By hand only, in reverse order, each stack after those that stand on it. */
function destroyWorkflow({ handoff, bundle }: PipelineInput): string {
  const { fleet, stacks } = handoff;
  const jobs = [...stacks].reverse().map(({ id, programs, logins }) => {
    const before = stacks.filter(({ after }) => after.includes(id)).map((stack) => stack.id);
    const clouds = cloudsOf(handoff, logins);
    return `  ${id}:
    ${before.length > 0 ? `needs: [${before.join(", ")}]` : "needs: confirmed"}
    runs-on: ubuntu-24.04
    environment: ${fleet}
    steps:
${steps(handoff, "apply", { aws: clouds.includes("aws"), azure: clouds.includes("azure"), google: clouds.includes("google"), programs })}
      - if: \${{ inputs.unprotect }}
        run: make -C "$BUNDLE" --no-print-directory unprotect && make -C "$BUNDLE" --no-print-directory apply-${id} YES=1
      - run: make -C "$BUNDLE" --no-print-directory destroy-${id} CONFIRM=${id} ORDERED=1 YES=1`;
  });
  return `# Never by an event: somebody types the fleet's name.
name: ${fleet} destroy
on:
  workflow_dispatch:
    inputs:
      confirm: { description: "type ${fleet} to destroy all of it", required: true }
      unprotect: { description: "lift deletion protection first", type: boolean, default: false }
concurrency: { group: ${fleet}, cancel-in-progress: false }
permissions: { contents: read, id-token: write }
env:
${environment(handoff, "apply", "  ", "", bundle)}
jobs:
  confirmed:
    runs-on: ubuntu-24.04
    steps:
      - run: test "$CONFIRM" = "${fleet}"
        env: { CONFIRM: "\${{ inputs.confirm }}" }
${jobs.join("\n")}
`;
}

/** On a request: what its change does, in words, as one comment; by an identity that can only read. */
function requestWorkflow({ handoff, bundle, source }: PipelineInput): string {
  const { fleet } = handoff;
  return `name: ${fleet} request
on:
  pull_request: { branches: [main], paths: ["${bundle === "." ? "" : `${bundle}/`}terraform/**"] }
concurrency: { group: "${fleet}-request-\${{ github.event.pull_request.number }}", cancel-in-progress: true }
permissions: { contents: read, id-token: write, pull-requests: write }
env:
${environment(handoff, "plan", "  ", "", bundle)}
jobs:
  changed:
    # a fork's code must not meet an identity
    if: \${{ github.event.pull_request.head.repo.full_name == github.repository }}
    runs-on: ubuntu-24.04
    outputs: { stacks: "\${{ steps.changed.outputs.stacks }}", later: "\${{ steps.changed.outputs.later }}" }
    steps:
      - uses: ${CHECKOUT}
        with: { fetch-depth: 0, persist-credentials: false }
      - id: changed
        run: |
          git diff --name-only "$(git merge-base "$BASE" HEAD)" HEAD -- "$BUNDLE/terraform/stacks" | sed "s#^.*terraform/stacks/\\([^/]*\\)/.*#\\1#" | sort -u > changed.txt
          affected=$("$BUNDLE/stack.sh" affected < changed.txt)
          echo "stacks=$(printf '%s' "$affected" | jq -c 'map(select(.secret | not)) | .[:256]')" >> "$GITHUB_OUTPUT"
          echo "later=$(printf '%s' "$affected" | jq -r '[.[] | select(.secret) | .stack] + [.[] | select(.secret | not) | .stack][256:] | join(" ")')" >> "$GITHUB_OUTPUT"
        env: { BASE: "\${{ github.event.pull_request.base.sha }}" }
  plan:
    needs: changed
    if: \${{ needs.changed.outputs.stacks != '[]' }}
    runs-on: ubuntu-24.04
    environment: ${fleet}-plan
    strategy:
      fail-fast: false
      matrix: { include: "\${{ fromJSON(needs.changed.outputs.stacks) }}" }
    steps:
${steps(handoff, "plan", "matrix")}
      - run: make -C "$BUNDLE" --no-print-directory "review-$STACK" > review.txt
        env: { STACK: "\${{ matrix.stack }}" }
      # the words, never the plan
      - uses: actions/upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02 # v4.6.2
        with: { name: "review-\${{ matrix.stack }}", path: review.txt, retention-days: 1 }
  comment:
    needs: [changed, plan]
    if: \${{ !cancelled() && needs.changed.result == 'success' }}
    runs-on: ubuntu-24.04
    steps:
      - uses: ${CHECKOUT}
        with: { fetch-depth: 0, persist-credentials: false }
      - uses: actions/download-artifact@d3f86a106a0bac45b974a628896c90dbdf5c8093 # v4.3.0
        with: { path: reviews, pattern: review-* }
      - run: |
${commentOnRequest(fleet, source)}
        env:
          GH_TOKEN: \${{ github.token }}
          LATER: \${{ needs.changed.outputs.later }}
          NUMBER: \${{ github.event.pull_request.number }}
          BASE: \${{ github.event.pull_request.base.sha }}
`;
}

/** At night: what is no longer as it was applied, by the identity that can only read. */
function driftWorkflow({ handoff, bundle }: PipelineInput): string {
  const { fleet, stacks } = handoff;
  const unseen = stacks.filter(({ secrets }) => secrets.length > 0).map(({ id }) => id);
  const looked = stacks.filter(({ secrets }) => secrets.length === 0);
  refuseAbove(
    256,
    looked.length,
    "GitHub Actions",
    "jobs in the matrix of drift",
    "Split the fleet, or look for drift with Terramate (--engines)",
  );
  const entries = looked.map(({ id, logins, programs }) => {
    const clouds = cloudsOf(handoff, logins);
    return `          - { stack: ${id}, aws: ${clouds.includes("aws")}, azure: ${clouds.includes("azure")}, google: ${clouds.includes("google")}, programs: "${programs.join(" ")}" }`;
  });
  return `${unseen.length > 0 ? `# Not looked at, because a reader must not read their states: ${unseen.join(" ")}\n` : ""}name: ${fleet} drift
on:
  schedule: [{ cron: "17 3 * * *" }]
  workflow_dispatch:
permissions: { contents: read, id-token: write }
env:
${environment(handoff, "plan", "  ", "", bundle)}
jobs:
  drift:
    runs-on: ubuntu-24.04
    environment: ${fleet}-plan
    strategy:
      fail-fast: false
      matrix:
        include:
${entries.join("\n")}
    steps:
${steps(handoff, "plan", "matrix")}
      # fails where the stack differs, so that whoever watches the workflow hears of it
      - run: |
          code=0
          "$BUNDLE/stack.sh" drift "$STACK" > drift.txt || code=$?
          { echo '\`\`\`'; cat drift.txt; echo '\`\`\`'; } >> "$GITHUB_STEP_SUMMARY"
          if [ "$code" -eq 2 ]; then echo "::error::$STACK is no longer as it was applied"; fi
          exit "$code"
        env: { STACK: "\${{ matrix.stack }}" }
`;
}

/**
 * A git tag is the image's tag: built once, scanned, pushed, then rolled out cluster after cluster, and back where one
 * fails. By hand: a tag with its digest, to promote exactly what ran elsewhere.
 */
function releaseWorkflow({ handoff, bundle }: PipelineInput, { name, variable, stacks }: Application): string {
  const { fleet } = handoff;
  const rollout = stacks.map(({ id, logins, programs }, index) => {
    const clouds = cloudsOf(handoff, logins);
    return `  ${id}:
    needs: [image${index === 0 ? "" : `, ${stacks[index - 1]!.id}`}]
    runs-on: ubuntu-24.04
    environment: ${fleet}
    steps:
${steps(handoff, "apply", { aws: clouds.includes("aws"), azure: clouds.includes("azure"), google: clouds.includes("google"), programs })}
      # waits for the application to answer, and goes back to the tag before where it doesn't
      - run: make -C "$BUNDLE" --no-print-directory release-${id} YES=1
        env: { TF_VAR_${variable}: "\${{ needs.image.outputs.tag }}" }`;
  });
  return `name: ${fleet} release ${name}
on:
  push: { tags: ["${name}/*"] }
  workflow_dispatch:
    inputs:
      tag: { description: "a tag that was pushed, as 1.4.2@sha256:… to promote exactly that image", required: true }
concurrency: { group: ${fleet}, cancel-in-progress: false }
permissions: { contents: read, id-token: write }
env:
${environment(handoff, "apply", "  ", "", bundle)}
  FLEET_REGISTRY: \${{ vars.FLEET_REGISTRY }}
jobs:
  image:
    runs-on: ubuntu-24.04
    environment: ${fleet}-apply
    outputs: { tag: "\${{ steps.digest.outputs.tag }}" }
    steps:
${steps(handoff, "apply", { aws: true, azure: true, google: true, programs: [] })}
      - if: \${{ github.event_name == 'push' && contains(vars.FLEET_REGISTRY, '.azurecr.io') }}
        uses: azure/login@v3
        with: { client-id: "\${{ vars.AZURE_APPLY_CLIENT_ID }}", tenant-id: "\${{ env.ARM_TENANT_ID }}", subscription-id: "\${{ env.ARM_SUBSCRIPTION_ID }}" }
      - id: build
        if: \${{ github.event_name == 'push' }}
        run: |
${buildImage(name)}
        env: { CONTEXT: "\${{ vars.${contextOf(name)} }}" }
      - if: \${{ steps.build.outputs.built == 'true' }}
        uses: aquasecurity/trivy-action@0.33.1
        with: { image-ref: "\${{ steps.build.outputs.image }}", severity: "CRITICAL,HIGH", ignore-unfixed: true, exit-code: "1" }
      - if: \${{ steps.build.outputs.built == 'true' }}
        run: docker push "$IMAGE"
        env: { IMAGE: "\${{ steps.build.outputs.image }}" }
      - id: digest
        run: |
${digestOfImage()}
        env: { IMAGE: "\${{ steps.build.outputs.image }}", TAG: "\${{ inputs.tag }}" }
${rollout.join("\n")}
`;
}

/** Test fleets that cost by the hour: gone in the evening, made again in the morning, on working days. */
function nightsWorkflow({ handoff }: PipelineInput): string {
  const { fleet, stacks } = handoff;
  const held = stacks.filter((stack) => stack.protected.length > 0).map(({ id }) => id);
  if (held.length > 0)
    throw new Error(
      `GitHub Actions: a fleet whose resources are protected isn't destroyed by night: ${held.join(", ")}. Set \`deletionProtection: false\` in the fleet file, and apply that, or leave --nights out`,
    );
  return `name: ${fleet} nights
on:
  schedule: [{ cron: "0 19 * * 1-5" }, { cron: "0 5 * * 1-5" }]
permissions: { actions: write }
jobs:
  down:
    if: \${{ github.event.schedule == '0 19 * * 1-5' }}
    runs-on: ubuntu-24.04
    steps:
      - run: gh workflow run ${fleet}-destroy.yml -f confirm=${fleet}
        env: { GH_TOKEN: "\${{ github.token }}", GH_REPO: "\${{ github.repository }}" }
  up:
    if: \${{ github.event.schedule == '0 5 * * 1-5' }}
    runs-on: ubuntu-24.04
    steps:
      - run: gh workflow run ${fleet}-apply.yml
        env: { GH_TOKEN: "\${{ github.token }}", GH_REPO: "\${{ github.repository }}" }
`;
}

/** Who the job is, for the providers, the backend and the credential plugins; ids from the JSON, the rest from variables. */
function environment(
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
type Needs =
  | "inputs"
  | "matrix"
  | { readonly aws: boolean; readonly azure: boolean; readonly google: boolean; readonly programs: readonly string[] };

/** Checkout, Terraform, and the logins and programs that a stack needs. */
function steps(handoff: PipelineInput["handoff"], who: "plan" | "apply", needs: Needs): string {
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
          "uses: aws-actions/configure-aws-credentials@v6",
          `with: { role-to-assume: "\${{ vars.AWS_${identity}_ROLE_ARN }}", aws-region: ${facts.awsRegion}, role-duration-seconds: 3600 }`,
        )
      : []),
    ...(clouds.has("google")
      ? when(
          `${from}.google`,
          wants("google"),
          "uses: google-github-actions/auth@v3",
          `with: { workload_identity_provider: "\${{ vars.GOOGLE_WORKLOAD_IDENTITY_PROVIDER }}", service_account: "\${{ vars.GOOGLE_${identity}_SERVICE_ACCOUNT }}" }`,
        )
      : []),
    ...(programs.has("gke-gcloud-auth-plugin")
      ? when(
          `contains(${from}.programs, 'gke-gcloud-auth-plugin')`,
          starts("gke-gcloud-auth-plugin"),
          "uses: google-github-actions/setup-gcloud@v3",
          "with: { install_components: gke-gcloud-auth-plugin }",
        )
      : []),
    ...(programs.has("kubelogin")
      ? when(
          `contains(${from}.programs, 'kubelogin')`,
          starts("kubelogin"),
          "uses: azure/use-kubelogin@v1",
          `with: { kubelogin-version: ${KUBELOGIN_VERSION} }`,
        )
      : []),
  ].join("\n");
}
