import { common, stageId, steps } from "./azure-steps";
import { type Application, contextOf, type PipelineInput } from "./common";

/**
 * A git tag is the image's tag: built once, scanned, pushed, then rolled out cluster after cluster, and back where one
 * fails. By hand: a tag with its digest, to promote exactly what ran elsewhere.
 */
export function azureRelease({ handoff, bundle }: PipelineInput, { name, variable, stacks }: Application): string {
  const { fleet } = handoff;
  const logins = handoff.stacks.flatMap((stack) => stack.logins);
  const every = { logins, programs: [] };
  const build = [
    "set -- $RELEASE_TAG",
    `TAG=$(CONTEXT="$${contextOf(name)}" "$BUNDLE/image.sh" ${name} "\${1:-$BUILD_SOURCEBRANCHNAME}")`,
    'echo "##vso[task.setvariable variable=tag;isOutput=true]$TAG"',
  ];
  const rollout = stacks.flatMap((stack, index) => [
    `- stage: ${stageId("release", stack.id)}`,
    `  displayName: release ${stack.id}`,
    `  dependsOn: [${["image", ...(index === 0 ? [] : [stageId("release", stacks[index - 1]!.id)])].join(", ")}]`,
    "  lockBehavior: sequential",
    "  variables: { TAG: \"$[stageDependencies.image.image.outputs['run.tag']]\" }",
    "  jobs:",
    "  - deployment: release",
    `    environment: ${fleet}`,
    "    strategy:",
    "      runOnce:",
    "        deploy:",
    "          steps:",
    "          - checkout: self",
    // waits for the application to answer, and goes back to the tag before where it doesn't
    ...steps(
      stack,
      fleet,
      "apply",
      `TF_VAR_${variable}="$TAG" make -C "$BUNDLE" --no-print-directory release-${stack.id} YES=1`,
    ).map((line) => `      ${line}`),
  ]);
  return `${[
    "trigger:",
    `  tags: { include: ["${name}/*"] }`,
    "pr: none",
    "parameters:",
    `- { name: tag, displayName: "a tag that was pushed, as 1.4.2@sha256:… to promote exactly that image", type: string, default: ' ' }`,
    ...common({ handoff, bundle }, ['- { name: RELEASE_TAG, value: "${{ parameters.tag }}" }']),
    "stages:",
    "- stage: image",
    "  jobs:",
    "  - job: image",
    "    steps:",
    ...steps(every, fleet, "apply", build.join(" && ")),
    ...rollout,
  ].join("\n")}\n`;
}
