import { cloudsOf } from "../../logins";
import { type PipelineInput, refuseProtectedByNight } from "../common";
import { environment, steps } from "./job";

/** By hand only, in reverse order, each stack after those that stand on it. */
export function destroyWorkflow({ handoff, bundle }: PipelineInput): string {
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
        run: make -C "$BUNDLE" --no-print-directory unprotect && make -C "$BUNDLE" --no-print-directory apply-${id} YES=1 LIFT=1
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

/** Test fleets that cost by the hour: gone in the evening, made again in the morning, on working days. */
export function nightsWorkflow({ handoff }: PipelineInput): string {
  const { fleet } = handoff;
  refuseProtectedByNight(handoff, "GitHub Actions");
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
