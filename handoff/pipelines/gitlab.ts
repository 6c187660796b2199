import type { Files } from "../bundle/files";
import { cloudsOf } from "../logins";
import type { Handoff, HandoffStack } from "../model";
import { commentText, marker } from "./comment";
import { applicationsOf, NIGHT, type PipelineInput, refuseLocalState, refuseProtectedByNight } from "./common";
import { inFiles } from "./gitlab-files";
import { gitlabReleases } from "./gitlab-release";
import { template } from "./gitlab-template";

/** `needs` of one job (docs.gitlab.com: ci_needs_size_limit, 50). Above it a job that does nothing stands between. */
const MAX_NEEDS = 50;

/** Patterns of one `rules:changes` (docs.gitlab.com/ci/yaml, rules:changes). */
const MAX_CHANGES = 50;

/** GitLab's pipeline of a fleet: to be included by the repository's .gitlab-ci.yml, the second one for taking it down. */
export function gitlabPipelines(input: PipelineInput): Files {
  const { handoff } = input;
  refuseLocalState(handoff, "GitLab CI");
  if (input.nights) refuseProtectedByNight(handoff, "GitLab CI");
  return {
    ...pipeline(input),
    ...destroyPipeline(input),
    ...(applicationsOf(input).length > 0 && { [`${handoff.fleet}-release.gitlab-ci.yml`]: gitlabReleases(input) }),
  };
}

function pipeline({ handoff, source, bundle, nights = false }: PipelineInput): Files {
  const { fleet, stacks } = handoff;
  const jobs = stacks.map((stack) => [
    ...planAndApply(stack, handoff, bundle, nights),
    ...(stack.secrets.length > 0 ? [] : [...review(stack, handoff, bundle), ...drift(stack, handoff)]),
  ]);
  const unseen = stacks.filter(({ secrets }) => secrets.length > 0).map(({ id }) => id);
  const comments = [
    `In .gitlab-ci.yml: include: { local: ${placeOf(bundle)}${fleet}.gitlab-ci.yml }`,
    "After a merge each stack is planned when those before it were applied, and waits for a person, unless FLEET_APPROVAL is 'none'.",
    "A merge request shows what its change does in the widget and as an artifact in words. GitLab's job tokens can't comment: one comment is made where FLEET_COMMENT_TOKEN is set, a project access token (Reporter, scope api), masked.",
    "At night (a pipeline schedule) what differs from what was applied fails its job.",
    ...(nights
      ? [
          `A test fleet by night: a schedule '${NIGHT.down}' with FLEET_NIGHT=down, which the destroy file must be included for, and one '${NIGHT.up}' with FLEET_NIGHT=up.`,
        ]
      : []),
    ...(unseen.length > 0 ? [`Planned after the merge only, because their plans read secrets: ${unseen.join(" ")}`] : []),
  ];
  const shared = template(handoff, bundle);
  return inFiles(fleet, placeOf(bundle), source, { comments, shared }, [...jobs, comment(fleet, source, unseen)]);
}

const placeOf = (bundle: string): string => `${bundle === "." ? "" : `${bundle}/`}pipelines/gitlab/`;

/** Made anew with each push, where there is a token for it. */
function comment(fleet: string, source: string, unseen: readonly string[]): readonly string[] {
  const words = {
    reviews: "cat review-*.txt 2> /dev/null || true",
    later: unseen.join(" "),
    base: "$CI_MERGE_REQUEST_DIFF_BASE_SHA",
  };
  const script = `set -eu
${commentText({ fleet, source }, words)}
notes="$CI_API_V4_URL/projects/$CI_PROJECT_ID/merge_requests/$CI_MERGE_REQUEST_IID/notes"
printf 'header = "PRIVATE-TOKEN: %s"\n' "$FLEET_COMMENT_TOKEN" > comment.auth
id=$(curl -fsS --config comment.auth "$notes?per_page=100&sort=asc" | jq -r '[.[] | select(.body | startswith("${marker(fleet)}")) | .id][0] // ""')
jq -n --rawfile body comment.md '{body: $body}' | curl -fsS --config comment.auth -X "$([ -n "$id" ] && echo PUT || echo POST)" -H 'Content-Type: application/json' --data @- "$notes\${id:+/$id}" > /dev/null
rm comment.auth`;
  return [
    `"comment on ${fleet}":`,
    "  stage: .post",
    "  image: $FLEET_IMAGE",
    // what can't be planned is said there too
    `  rules: [{ if: '$CI_PIPELINE_SOURCE == "merge_request_event" && $FLEET_COMMENT_TOKEN', when: always }]`,
    "  variables: { GIT_DEPTH: '0' }",
    "  script:",
    "    - |",
    ...script.split("\n").map((line) => `      ${line}`),
    "",
  ];
}

function destroyPipeline({ handoff, source, bundle, nights = false }: PipelineInput): Files {
  const { fleet, stacks } = handoff;
  const byNight = `{ if: "$CI_PIPELINE_SOURCE == 'schedule' && $FLEET_NIGHT == 'down'" }`;
  const only = `"$CI_PIPELINE_SOURCE == 'web' && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH && $DESTROY == '${fleet}'"`;
  const jobs = [...stacks].reverse().map((stack) => {
    const standing = stacks.filter(({ after }) => after.includes(stack.id)).map(({ id }) => `destroy ${id}`);
    const before = gated(`the end of ${stack.id}`, standing, [`  rules: [{ if: ${only} }${nights ? `, ${byNight}` : ""}]`]);
    return [
      ...before.gates,
      `"destroy ${stack.id}":`,
      `  extends: .${fleet}`,
      ...before.needs,
      `  rules: [{ if: ${only}, when: ${standing.length === 0 ? "manual" : "on_success"} }${nights ? `, ${byNight}` : ""}]`,
      `  environment: { name: ${fleet} }`,
      `  resource_group: ${stack.id}`,
      `  variables: { WHO: apply, CLOUDS: "${cloudsOf(handoff, stack.logins).join(" ")}" }`,
      "  script:",
      `    - if [ "$UNPROTECT" = true ]; then make -C "$BUNDLE" unprotect && make -C "$BUNDLE" apply-${stack.id} YES=1 LIFT=1; fi`,
      `    - make -C "$BUNDLE" destroy-${stack.id} CONFIRM=${stack.id} ORDERED=1 YES=1`,
      "",
    ];
  });
  const comments = [
    `Takes the fleet down. Include it beside the other one for that day alone; run a pipeline by hand with DESTROY=${fleet}, and UNPROTECT=true to lift deletion protection first.`,
  ];
  const shared = template(handoff, bundle);
  return inFiles(`${fleet}-destroy`, placeOf(bundle), source, { comments, shared }, jobs);
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

function planAndApply(stack: HandoffStack, handoff: Handoff, bundle: string, nights: boolean): readonly string[] {
  const { id, after } = stack;
  const place = `${bundle === "." ? "" : `${bundle}/`}terraform/${stack.folder}`;
  const rules = afterMerge(stack, bundle, "on_success", nights);
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
    ...afterMerge(stack, bundle, "manual", nights),
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
    `  artifacts: { when: always, expire_in: 1 week, expose_as: "${id}", paths: ["review-${id}.txt"], reports: { terraform: "counts-${id}.json" } }`,
    "",
  ];
}

function drift({ id, logins }: HandoffStack, handoff: Handoff): readonly string[] {
  return [
    `"drift ${id}":`,
    `  extends: .${handoff.fleet}`,
    "  needs: []",
    '  rules: [{ if: $CI_PIPELINE_SOURCE == "schedule" && $FLEET_NIGHT == null }]',
    `  variables: { WHO: plan, CLOUDS: "${cloudsOf(handoff, logins).join(" ")}" }`,
    `  script: ['"$BUNDLE/stack.sh" drift ${id}']`,
    "",
  ];
}

/** After a merge that changed the stack or one before it, or by hand. */
function afterMerge(stack: HandoffStack, bundle: string, when: "on_success" | "manual", nights: boolean): readonly string[] {
  const main = "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH";
  const changes = `changes: [${watched(stack, bundle).join(", ")}]`;
  const unattended = " && $FLEET_APPROVAL == 'none'";
  // a pipeline by hand that destroys or releases does that alone
  const byHand = `${main} && $CI_PIPELINE_SOURCE == 'web' && $DESTROY == null && $FLEET_RELEASE == null`;
  return [
    "  rules:",
    ...(nights ? [`    - { if: "$CI_PIPELINE_SOURCE == 'schedule' && $FLEET_NIGHT == 'up'" }`] : []),
    ...(when === "manual"
      ? [
          `    - { if: "${main} && $CI_PIPELINE_SOURCE == 'push'${unattended}", ${changes} }`,
          `    - { if: "${byHand}${unattended}" }`,
        ]
      : []),
    `    - { if: "${main} && $CI_PIPELINE_SOURCE == 'push'", ${changes}, when: ${when} }`,
    `    - { if: "${byHand}", when: ${when} }`,
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
