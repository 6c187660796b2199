import type { Files } from "../bundle/files";
import { cloudsOf } from "../logins";
import type { Handoff, HandoffStack } from "../model";
import { header, knownFacts, type PipelineInput, refuseLocalState } from "./common";

/** `needs` of one job (docs.gitlab.com: ci_needs_size_limit, 50). Above it a job that does nothing stands between. */
const MAX_NEEDS = 50;

/** Patterns of one `rules:changes` (docs.gitlab.com/ci/yaml, rules:changes). */
const MAX_CHANGES = 50;

/** GitLab's pipeline of a fleet: to be included by the repository's .gitlab-ci.yml, the second one for taking it down. */
export function gitlabPipelines(input: PipelineInput): Files {
  const { handoff } = input;
  refuseLocalState(handoff, "GitLab CI");
  const name = `${handoff.fleet}.gitlab-ci.yml`;
  return { [name]: pipeline(input), [`${handoff.fleet}-destroy.gitlab-ci.yml`]: destroyPipeline(input) };
}

function pipeline({ handoff, source, bundle }: PipelineInput): string {
  const { fleet, stacks } = handoff;
  const jobs = stacks.flatMap((stack) => [
    ...planAndApply(stack, handoff, bundle),
    ...(stack.secrets.length > 0 ? [] : [...review(stack, handoff, bundle), ...drift(stack, handoff)]),
  ]);
  const unseen = stacks.filter(({ secrets }) => secrets.length > 0).map(({ id }) => id);
  return `${[
    ...header(source, [
      `In .gitlab-ci.yml: include: { local: ${bundle === "." ? "" : `${bundle}/`}pipelines/gitlab/${fleet}.gitlab-ci.yml }`,
      "After a merge each stack is planned when those before it were applied, and waits for a person, unless FLEET_APPROVAL is 'none'.",
      "A merge request shows what its change does in the widget and as an artifact in words: a comment would need a stored token.",
      "At night (a pipeline schedule) what differs from what was applied fails its job.",
      ...(unseen.length > 0 ? [`Planned after the merge only, because their plans read secrets: ${unseen.join(" ")}`] : []),
    ]),
    ...template(handoff, bundle),
    ...jobs,
  ].join("\n")}\n`;
}

function destroyPipeline({ handoff, source, bundle }: PipelineInput): string {
  const { fleet, stacks } = handoff;
  const only = `"$CI_PIPELINE_SOURCE == 'web' && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH && $DESTROY == '${fleet}'"`;
  const jobs = [...stacks].reverse().flatMap((stack) => {
    const standing = stacks.filter(({ after }) => after.includes(stack.id)).map(({ id }) => `destroy ${id}`);
    const before = gated(`the end of ${stack.id}`, standing, [`  rules: [{ if: ${only} }]`]);
    return [
      ...before.gates,
      `"destroy ${stack.id}":`,
      `  extends: .${fleet}`,
      ...before.needs,
      `  rules: [{ if: ${only}, when: ${standing.length === 0 ? "manual" : "on_success"} }]`,
      `  environment: { name: ${fleet} }`,
      `  resource_group: ${stack.id}`,
      `  variables: { WHO: apply, CLOUDS: "${cloudsOf(handoff, stack.logins).join(" ")}" }`,
      "  script:",
      `    - if [ "$UNPROTECT" = true ]; then make -C "$BUNDLE" unprotect && make -C "$BUNDLE" apply-${stack.id} YES=1; fi`,
      `    - make -C "$BUNDLE" destroy-${stack.id} CONFIRM=${stack.id} ORDERED=1 YES=1`,
      "",
    ];
  });
  return `${[
    ...header(source, [
      `Takes the fleet down. Include it beside the other one for that day alone; run a pipeline by hand with DESTROY=${fleet}, and UNPROTECT=true to lift deletion protection first.`,
    ]),
    ...template(handoff, bundle),
    ...jobs,
  ].join("\n")}\n`;
}

/** What all jobs share: the tool image, who the job is, where the bundle lies. */
function template(handoff: Handoff, bundle: string): readonly string[] {
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

/** The jobs that one job needs, and those that stand between where they are more than one may need. */
function gated(
  job: string,
  wanted: readonly string[],
  rules: readonly string[],
): { readonly gates: readonly string[]; readonly needs: readonly string[] } {
  if (wanted.length <= MAX_NEEDS) return { gates: [], needs: needs(wanted) };
  const names = Array.from({ length: Math.ceil(wanted.length / MAX_NEEDS) }, (_, index) => `before ${job} ${index + 1}`);
  const gates = names.flatMap((name, index) => [
    `"${name}":`,
    ...needs(wanted.slice(index * MAX_NEEDS, (index + 1) * MAX_NEEDS)),
    ...rules,
    "  variables: { GIT_STRATEGY: none }",
    "  script: ['true']",
    "",
  ]);
  return { gates, needs: needs(names) };
}

function planAndApply(stack: HandoffStack, handoff: Handoff, bundle: string): readonly string[] {
  const { id, after } = stack;
  const place = `${bundle === "." ? "" : `${bundle}/`}terraform/${stack.folder}`;
  const rules = afterMerge(stack, bundle, "on_success");
  const before = gated(
    id,
    after.map((other) => `apply ${other}`),
    rules,
  );
  const who = `  variables: { WHO: apply, CLOUDS: "${cloudsOf(handoff, stack.logins).join(" ")}" }`;
  return [
    ...before.gates,
    `"plan ${id}":`,
    `  extends: .${handoff.fleet}`,
    ...before.needs,
    ...rules,
    who,
    `  resource_group: ${id}`,
    `  script: ['make -C "$BUNDLE" save-plan-${id}']`,
    // it holds what the state holds
    `  artifacts: { access: developer, expire_in: 1 day, paths: ["${place}/plan.bin", "${place}/.terraform.lock.hcl"] }`,
    "",
    `"apply ${id}":`,
    `  extends: .${handoff.fleet}`,
    `  needs: ["plan ${id}"]`,
    ...afterMerge(stack, bundle, "manual"),
    who,
    `  environment: { name: ${handoff.fleet} }`,
    `  resource_group: ${id}`,
    `  script: ['make -C "$BUNDLE" apply-plan-${id}']`,
    "",
  ];
}

function review(stack: HandoffStack, handoff: Handoff, bundle: string): readonly string[] {
  const { id } = stack;
  return [
    `"review ${id}":`,
    `  extends: .${handoff.fleet}`,
    "  needs: []",
    "  rules:",
    `    - if: $CI_PIPELINE_SOURCE == "merge_request_event"`,
    `      changes: [${watched(stack, bundle).join(", ")}]`,
    `  variables: { WHO: plan, CLOUDS: "${cloudsOf(handoff, stack.logins).join(" ")}", COUNTS: "$CI_PROJECT_DIR/counts-${id}.json" }`,
    "  script:",
    `    - make -C "$BUNDLE" --no-print-directory review-${id} > review-${id}.txt`,
    `    - cat review-${id}.txt`,
    // the words, never the plan
    `  artifacts: { expire_in: 1 week, expose_as: "${id}", paths: ["review-${id}.txt"], reports: { terraform: "counts-${id}.json" } }`,
    "",
  ];
}

function drift({ id, logins }: HandoffStack, handoff: Handoff): readonly string[] {
  return [
    `"drift ${id}":`,
    `  extends: .${handoff.fleet}`,
    "  needs: []",
    '  rules: [{ if: $CI_PIPELINE_SOURCE == "schedule" }]',
    `  variables: { WHO: plan, CLOUDS: "${cloudsOf(handoff, logins).join(" ")}" }`,
    `  script: ['"$BUNDLE/stack.sh" drift ${id}']`,
    "",
  ];
}

/** After a merge that changed the stack or one before it, or by hand. */
function afterMerge(stack: HandoffStack, bundle: string, when: "on_success" | "manual"): readonly string[] {
  const main = "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH";
  const changes = `changes: [${watched(stack, bundle).join(", ")}]`;
  const unattended = " && $FLEET_APPROVAL == 'none'";
  return [
    "  rules:",
    ...(when === "manual"
      ? [
          `    - { if: "${main} && $CI_PIPELINE_SOURCE == 'push'${unattended}", ${changes} }`,
          `    - { if: "${main} && $CI_PIPELINE_SOURCE == 'web'${unattended}" }`,
        ]
      : []),
    `    - { if: "${main} && $CI_PIPELINE_SOURCE == 'push'", ${changes}, when: ${when} }`,
    `    - { if: "${main} && $CI_PIPELINE_SOURCE == 'web'", when: ${when} }`,
  ];
}

/** Files of the stack and of all before it: theirs may change what it reads. */
function watched({ id, closure }: HandoffStack, bundle: string): readonly string[] {
  const place = `${bundle === "." ? "" : `${bundle}/`}terraform/stacks`;
  const ids = [id, ...closure];
  return ids.length > MAX_CHANGES ? [`"${place}/**/*"`] : ids.map((one) => `"${place}/${one}/**/*"`);
}

const needs = (jobs: readonly string[]): readonly string[] =>
  jobs.length === 0 ? ["  needs: []"] : ["  needs:", ...jobs.map((job) => `    - { job: "${job}", optional: true }`)];
