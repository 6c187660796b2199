import { cloudsOf } from "../../logins";
import type { HandoffStack } from "../../model";
import type { PipelineInput } from "../common";
import { CHECKOUT, DOWNLOAD_ARTIFACT, UPLOAD_ARTIFACT } from "./actions";
import { environment, steps } from "./job";
import { changedStacks } from "./shell";

/** One stack: planned in one job, approved by the environment's rules, the same plan applied in the next. */
export function stackWorkflow({ handoff, bundle }: PipelineInput): string {
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
        uses: ${UPLOAD_ARTIFACT}
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
      - uses: ${DOWNLOAD_ARTIFACT}
        with: { name: "\${{ inputs.stack }}", path: "\${{ env.BUNDLE }}/terraform/stacks/\${{ inputs.stack }}" }
      - run: make -C "$BUNDLE" --no-print-directory "apply-plan-$STACK"
        env: { STACK: "\${{ inputs.stack }}" }
`;
}

/** After a merge: what changed since the last run that went well, and what comes after it, each after its producers. */
export function applyWorkflow({ handoff, bundle }: PipelineInput): string {
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
