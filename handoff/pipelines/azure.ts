import type { Files } from "../bundle/files";
import { commentJob } from "./azure-comment";
import { azureRelease } from "./azure-release";
import { common, place, stageId, steps, stepsTemplate } from "./azure-steps";
import {
  applicationsOf,
  header,
  NIGHT,
  type PipelineInput,
  refuseAbove,
  refuseLocalState,
  refuseProtectedByNight,
} from "./common";

/** Jobs of one stage, which a file without stages is (learn.microsoft.com: stages, Azure Pipelines). */
const MAX_JOBS = 256;

/**
 * Bytes of one file: parsing may take 10 MB of memory, which in practice are 600 kB to 2 MB on disk
 * (learn.microsoft.com: templates, imposed limits).
 */
const MAX_BYTES = 600_000;

/** Azure Pipelines of a fleet: after a merge, on a request with the night, and for taking it down; and the steps that they share. */
export function azurePipelines(input: PipelineInput): Files {
  const { handoff, source } = input;
  refuseLocalState(handoff, "Azure Pipelines");
  const { fleet } = handoff;
  if (input.nights) refuseProtectedByNight(handoff, "Azure Pipelines");
  const instead = "Split the fleet, or take Atlantis or Terramate (--engines)";
  const read = handoff.stacks.filter(({ secrets }) => secrets.length === 0).length + 1;
  refuseAbove(MAX_JOBS, read, "Azure Pipelines", `jobs in ${fleet}-read.yml`, instead);
  const files = {
    [`${fleet}-apply.yml`]: applyPipeline(input),
    [`${fleet}-read.yml`]: readPipeline(input),
    [`${fleet}-destroy.yml`]: destroyPipeline(input),
    [`${fleet}-steps.yml`]: stepsTemplate(input),
    ...Object.fromEntries(
      applicationsOf(input).map((application) => [`${fleet}-release-${application.name}.yml`, azureRelease(input, application)]),
    ),
  };
  for (const [path, text] of Object.entries(files))
    refuseAbove(MAX_BYTES, Buffer.byteLength(text), "Azure Pipelines", `bytes in ${path}`, instead);
  const about = [
    `Service connections by workload identity, '${fleet}-plan' and '${fleet}-apply', are the two identities; the variable group '${fleet}-fleet' holds what README.md lists.`,
    "Approvals stand on the environment, in the web page: this file can't set them.",
  ];
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [name, `${header(source, about).join("\n")}\n${text}`]));
}

/** A stage runs where nothing before it failed, though what had nothing to do was skipped. */
const NOTHING_FAILED = "and(not(failed()), not(canceled()))";

function applyPipeline({ handoff, bundle, nights = false }: PipelineInput): string {
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
    ...(nights ? schedule(NIGHT.up, "a test fleet comes in the morning") : []),
    "parameters:",
    "- { name: allow, displayName: \"what may be deleted or replaced: stack:address …\", type: string, default: ' ' }",
    ...common({ handoff, bundle }, ['- { name: ALLOW, value: "${{ parameters.allow }}" }']),
    "stages:",
    ...stages,
  ].join("\n")}\n`;
}

/** Whatever has changed or not. */
const schedule = (cron: string, why: string): readonly string[] => [
  "schedules:",
  `- cron: '${cron}'`,
  `  displayName: ${why}`,
  "  branches: { include: [main] }",
  "  always: 'true'",
];

/** Requests and nights: what the identity that reads can plan. Its words are in the run's summary. */
function readPipeline({ handoff, source, bundle }: PipelineInput): string {
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
      // the words, never the plan
      `  - publish: ${stack.id}.md`,
      `    artifact: review-${stack.id}`,
      "    condition: and(not(canceled()), eq(variables['Build.Reason'], 'PullRequest'))",
    ]);
  return `${[
    ...(unseen.length > 0 ? [`# Planned after the merge only, because their plans read secrets: ${unseen.join(" ")}`] : []),
    "# On a request in Azure Repos a branch policy of the main branch starts this (Build validation); forks must not get at it.",
    "trigger: none",
    "pr:",
    "  branches: { include: [main] }",
    `  paths: { include: ["${place(bundle)}terraform"] }`,
    ...schedule("17 3 * * *", "drift"),
    ...common({ handoff, bundle }),
    "jobs:",
    ...jobs,
    ...commentJob(
      { fleet, source },
      stacks.filter(({ secrets }) => secrets.length === 0).map(({ id }) => stageId("read", id)),
      unseen,
    ),
  ].join("\n")}\n`;
}

function destroyPipeline({ handoff, bundle, nights = false }: PipelineInput): string {
  const { fleet, stacks } = handoff;
  const confirmed = `eq('\${{ parameters.confirm }}', '${fleet}')`;
  const stages = [...stacks].reverse().flatMap((stack) => {
    const standing = stacks.filter(({ after }) => after.includes(stack.id)).map(({ id }) => stageId("destroy", id));
    return [
      `- stage: ${stageId("destroy", stack.id)}`,
      `  displayName: destroy ${stack.id}`,
      `  dependsOn: [${standing.join(", ")}]`,
      `  condition: and(succeeded(), ${nights ? `or(eq(variables['Build.Reason'], 'Schedule'), ${confirmed})` : confirmed})`,
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
        `if [ "$UNPROTECT" = True ]; then make -C "$BUNDLE" unprotect && make -C "$BUNDLE" apply-${stack.id} YES=1 LIFT=1; fi; make -C "$BUNDLE" destroy-${stack.id} CONFIRM=${stack.id} ORDERED=1 YES=1`,
      ).map((line) => `      ${line}`),
    ];
  });
  return `${[
    nights
      ? "# By hand with the fleet's name typed, and in the evening of working days."
      : "# By hand only, with the fleet's name typed.",
    "trigger: none",
    "pr: none",
    ...(nights ? schedule(NIGHT.down, "a test fleet goes in the evening") : []),
    "parameters:",
    `- { name: confirm, displayName: "type ${fleet} to destroy all of it", type: string, default: ' ' }`,
    "- { name: unprotect, displayName: lift deletion protection first, type: boolean, default: 'false' }",
    ...common({ handoff, bundle }, ['- { name: UNPROTECT, value: "${{ parameters.unprotect }}" }']),
    "stages:",
    ...stages,
  ].join("\n")}\n`;
}
