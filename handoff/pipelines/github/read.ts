import { cloudsOf } from "../../logins";
import { type PipelineInput, refuseAbove } from "../common";
import { CHECKOUT, DOWNLOAD_ARTIFACT, UPLOAD_ARTIFACT } from "./actions";
import { environment, steps } from "./job";
import { commentOnRequest } from "./shell";

/** On a request: what its change does, in words, as one comment; by an identity that can only read. */
export function requestWorkflow({ handoff, bundle, source }: PipelineInput): string {
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
      - if: \${{ !cancelled() }}
        uses: ${UPLOAD_ARTIFACT}
        with: { name: "review-\${{ matrix.stack }}", path: review.txt, retention-days: 1 }
  comment:
    needs: [changed, plan]
    if: \${{ !cancelled() && needs.changed.result == 'success' }}
    runs-on: ubuntu-24.04
    steps:
      - uses: ${CHECKOUT}
        with: { fetch-depth: 0, persist-credentials: false }
      - uses: ${DOWNLOAD_ARTIFACT}
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
export function driftWorkflow({ handoff, bundle }: PipelineInput): string {
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
