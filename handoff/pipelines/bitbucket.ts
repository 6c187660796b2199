import type { Files } from "../bundle/files";
import type { HandoffStack } from "../model";
import { bitbucketReleases } from "./bitbucket-release";
import { reportStep } from "./bitbucket-report";
import { parallel, step } from "./bitbucket-step";
import { header, NIGHT, type PipelineInput, refuseAbove, refuseLocalState, refuseProtectedByNight } from "./common";

/** Steps of one pipeline, parallel ones counted (support.atlassian.com: limitations of Bitbucket Pipelines). */
const MAX_STEPS = 100;

/** Bitbucket's pipelines of a fleet. It has no graph: stacks go by levels, each of which waits for its slowest. */
export function bitbucketPipelines(input: PipelineInput): Files {
  const { handoff, source, bundle, nights = false } = input;
  refuseLocalState(handoff, "Bitbucket Pipelines");
  if (nights) refuseProtectedByNight(handoff, "Bitbucket Pipelines");
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
  const one = (
    name: string,
    stack: HandoffStack,
    who: "plan" | "apply",
    command: string,
    kind: Parameters<typeof step>[6] = {},
  ) => step(name, stack, handoff, bundle, who, command, kind);
  const applied = (manual: boolean) =>
    levels.flatMap((ids) => [
      ...parallel(
        of(ids).map((stack) =>
          one(`plan ${stack.id}`, stack, "apply", `make -C "$BUNDLE" save-plan-${stack.id}`, { keeps: true }),
        ),
      ),
      ...parallel(
        of(ids).map((stack) => one(`apply ${stack.id}`, stack, "apply", `make -C "$BUNDLE" apply-plan-${stack.id}`, { manual })),
      ),
    ]);
  const destroyed = (before: (stack: HandoffStack) => string) =>
    [...levels]
      .reverse()
      .flatMap((ids) =>
        parallel(
          of(ids).map((stack) =>
            one(
              `destroy ${stack.id}`,
              stack,
              "apply",
              `${before(stack)}make -C "$BUNDLE" destroy-${stack.id} CONFIRM=${stack.id} ORDERED=1 YES=1`,
            ),
          ),
        ),
      );
  const releases = bitbucketReleases(input);
  const lines = [
    ...header(source, [
      "Copy to bitbucket-pipelines.yml. Stacks go by levels: Bitbucket has no graph, so a level waits for its slowest, and a failure stops all after it.",
      "FLEET_IMAGE is the tool image (pipelines/Dockerfile). A person starts each level's applies; restrict the environment, whose identity they have, to the protected branch.",
      `Bitbucket has one file for all: destroying is a custom pipeline of its own, '${fleet}-destroy', by hand. A schedule that you make runs '${fleet}-drift' at night.`,
      ...(nights
        ? [
            `A test fleet by night: schedules of '${fleet}-night-down' (${NIGHT.down}, UTC) and '${fleet}-night-up' (${NIGHT.up}), made in the repository's settings.`,
          ]
        : []),
      ...(unseen.length > 0 ? [`Planned after the merge only, because their plans read secrets: ${unseen.join(" ")}`] : []),
    ]),
    "image: $FLEET_IMAGE",
    "pipelines:",
    "  pull-requests:",
    "    '**':",
    ...parallel(
      readable.map((stack) =>
        one(
          `review ${stack.id}`,
          stack,
          "plan",
          `make -C "$BUNDLE" --no-print-directory review-${stack.id} > review-${stack.id}.txt || code=$?; cat review-${stack.id}.txt; test "\${code:-0}" -eq 0`,
          { changed: true, files: [`review-${stack.id}.txt`] },
        ),
      ),
    ),
    ...reportStep({ fleet, source }, unseen),
    "  branches:",
    "    main:",
    ...applied(true),
    ...releases.byTag,
    "  custom:",
    `    ${fleet}-drift:`,
    ...parallel(readable.map((stack) => one(`drift ${stack.id}`, stack, "plan", `"$BUNDLE/stack.sh" drift ${stack.id}`))),
    ...releases.byHand,
    ...(nights ? [`    ${fleet}-night-down:`, ...destroyed(() => ""), `    ${fleet}-night-up:`, ...applied(false)] : []),
    `    ${fleet}-destroy:`,
    "      - variables:",
    "          - name: CONFIRM",
    "          - name: UNPROTECT",
    "            default: 'false'",
    "            allowed-values: ['false', 'true']",
    ...destroyed(
      ({ id }) =>
        `test "$CONFIRM" = ${fleet} && { test "$UNPROTECT" = false || { make -C "$BUNDLE" unprotect && make -C "$BUNDLE" apply-${id} YES=1 LIFT=1; }; } && `,
    ),
  ];
  return { "bitbucket-pipelines.yml": `${lines.join("\n")}\n` };
}
