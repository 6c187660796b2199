import { shorten } from "../../model/derived/names";
import type { Files } from "../bundle/files";
import { cloudsOf } from "../logins";
import type { Handoff, HandoffStack } from "../model";
import { header, knownFacts, type PipelineInput, refuseAbove, refuseLocalState } from "./common";

/** Steps of one pipeline, parallel ones counted (support.atlassian.com: limitations of Bitbucket Pipelines). */
const MAX_STEPS = 100;

/** Characters of a concurrency group's name (Atlassian's schema of bitbucket-pipelines.yml). */
const MAX_GROUP = 50;

/** Bitbucket's pipelines of a fleet. It has no graph: stacks go by levels, each of which waits for its slowest. */
export function bitbucketPipelines({ handoff, source, bundle }: PipelineInput): Files {
  refuseLocalState(handoff, "Bitbucket Pipelines");
  const { fleet, stacks, levels } = handoff;
  refuseAbove(
    MAX_STEPS,
    stacks.length * 2,
    "Bitbucket Pipelines",
    "steps in one pipeline",
    "Split the fleet, or take another service",
  );
  const byId = new Map(stacks.map((stack) => [stack.id, stack]));
  const of = (ids: readonly string[]) => ids.map((id) => byId.get(id)!);
  const readable = stacks.filter(({ secrets }) => secrets.length === 0);
  const unseen = stacks.filter(({ secrets }) => secrets.length > 0).map(({ id }) => id);
  const lines = [
    ...header(source, [
      "Copy to bitbucket-pipelines.yml. Stacks go by levels: Bitbucket has no graph, so a level waits for its slowest, and a failure stops all after it.",
      "FLEET_IMAGE is the tool image (pipelines/Dockerfile). A person starts each level's applies; restrict the environment, whose identity they have, to the protected branch.",
      ...(unseen.length > 0 ? [`Planned after the merge only, because their plans read secrets: ${unseen.join(" ")}`] : []),
    ]),
    "image: $FLEET_IMAGE",
    "pipelines:",
    "  pull-requests:",
    "    '**':",
    ...parallel(
      readable.map((stack) =>
        step(`review ${stack.id}`, stack, handoff, bundle, "plan", `make -C "$BUNDLE" --no-print-directory review-${stack.id}`, {
          changed: true,
        }),
      ),
    ),
    "  branches:",
    "    main:",
    ...levels.flatMap((ids) => [
      ...parallel(
        of(ids).map((stack) =>
          step(`plan ${stack.id}`, stack, handoff, bundle, "apply", `make -C "$BUNDLE" save-plan-${stack.id}`, { keeps: true }),
        ),
      ),
      ...parallel(
        of(ids).map((stack) =>
          step(`apply ${stack.id}`, stack, handoff, bundle, "apply", `make -C "$BUNDLE" apply-plan-${stack.id}`, {
            manual: true,
          }),
        ),
      ),
    ]),
    "  custom:",
    `    ${fleet}-drift:`,
    ...parallel(
      readable.map((stack) =>
        step(`drift ${stack.id}`, stack, handoff, bundle, "plan", `"$BUNDLE/stack.sh" drift ${stack.id}`, {}),
      ),
    ),
    `    ${fleet}-destroy:`,
    "      - variables:",
    "          - name: CONFIRM",
    "          - name: UNPROTECT",
    "            default: 'false'",
    "            allowed-values: ['false', 'true']",
    ...[...levels]
      .reverse()
      .flatMap((ids) =>
        parallel(
          of(ids).map((stack) =>
            step(
              `destroy ${stack.id}`,
              stack,
              handoff,
              bundle,
              "apply",
              `test "$CONFIRM" = ${fleet} && { test "$UNPROTECT" = false || { make -C "$BUNDLE" unprotect && make -C "$BUNDLE" apply-${stack.id} YES=1 LIFT=1; }; } && make -C "$BUNDLE" destroy-${stack.id} ORDERED=1 YES=1`,
              {},
            ),
          ),
        ),
      ),
  ];
  return { "bitbucket-pipelines.yml": `${lines.join("\n")}\n` };
}

/** A level of one is a step: a parallel set has two at least. */
function parallel(steps: readonly (readonly string[])[]): readonly string[] {
  const [only] = steps;
  if (steps.length < 2) return only ? only.map((line) => `      ${line}`) : [];
  return ["      - parallel:", "          steps:", ...steps.flatMap((lines) => lines.map((line) => `            ${line}`))];
}

interface Kind {
  /** A person starts it. */
  readonly manual?: boolean;
  /** Only where the stack's files changed. */
  readonly changed?: boolean;
  /** Its plan goes on to the next steps. */
  readonly keeps?: boolean;
}

function step(
  name: string,
  stack: HandoffStack,
  handoff: Handoff,
  bundle: string,
  who: string,
  command: string,
  kind: Kind,
): readonly string[] {
  const clouds = cloudsOf(handoff, stack.logins);
  const facts = knownFacts(handoff);
  const place = `${bundle === "." ? "" : `${bundle}/`}terraform/${stack.folder}`;
  const ids = [stack.id, ...stack.closure];
  const script = [
    `export BUNDLE="${bundle}" WHO=${who} CLOUDS="${clouds.join(" ")}" AWS_REGION=${facts.awsRegion}`,
    ...(clouds.includes("azure")
      ? [
          `export ARM_TENANT_ID=${facts.azureTenant} AZURE_TENANT_ID=${facts.azureTenant} ARM_SUBSCRIPTION_ID=${facts.azureSubscription}`,
        ]
      : []),
    'export AWS_ID_TOKEN="$BITBUCKET_STEP_OIDC_TOKEN" AZURE_ID_TOKEN="$BITBUCKET_STEP_OIDC_TOKEN" GOOGLE_ID_TOKEN="$BITBUCKET_STEP_OIDC_TOKEN"',
    '. "$BUNDLE/login.sh"',
    command,
  ];
  return [
    "- step:",
    `    name: ${name}`,
    ...(kind.manual ? ["    trigger: manual"] : []),
    ...(kind.changed
      ? [
          "    condition:",
          `      changesets: { includePaths: [${ids.map((id) => `"${place.replace(stack.id, id)}/**"`).join(", ")}] }`,
        ]
      : []),
    // the environment is part of the token's subject, and its restrictions say which branch may be it; several steps of a
    // pipeline may have it, unlike `deployment` (Atlassian, Concurrency Groups and Environments)
    ...(who === "apply" ? [`    environment: ${handoff.fleet}`, `    concurrency-group: ${shorten(stack.id, MAX_GROUP)}`] : []),
    "    oidc: true",
    "    script:",
    ...script.map((line) => `      - ${JSON.stringify(line)}`),
    ...(kind.keeps ? [`    artifacts: ["${place}/plan.bin", "${place}/.terraform.lock.hcl"]`] : []),
  ];
}
