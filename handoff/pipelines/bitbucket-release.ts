import { step } from "./bitbucket-step";
import { type Application, applicationsOf, contextOf, type PipelineInput } from "./common";

/**
 * Bitbucket's releases of a fleet's applications. A git tag is the image's tag: built once, scanned, pushed, then rolled out
 * cluster after cluster, and back where one fails. By hand: a tag with its digest, to promote exactly what ran elsewhere.
 */
export function bitbucketReleases(input: PipelineInput): {
  readonly byTag: readonly string[];
  readonly byHand: readonly string[];
} {
  const applications = applicationsOf(input);
  if (applications.length === 0) return { byTag: [], byHand: [] };
  return {
    byTag: ["  tags:", ...applications.flatMap((one) => [`    '${one.name}/*':`, ...steps(one, input)])],
    byHand: applications.flatMap((one) => [
      `    ${input.handoff.fleet}-release-${one.name}:`,
      "      - variables:",
      "          - name: FLEET_TAG",
      ...steps(one, input),
    ]),
  };
}

/** Where the tag with its digest goes from the step that builds to those that roll out. */
const TAG = "image.tag";

function steps({ name, variable, stacks }: Application, { handoff, bundle }: PipelineInput): readonly string[] {
  const every = { id: `${handoff.fleet}-image-${name}`, logins: handoff.stacks.flatMap(({ logins }) => logins) };
  const build = `CONTEXT="$${contextOf(name)}" "$BUNDLE/image.sh" ${name} "\${FLEET_TAG:-\${BITBUCKET_TAG#${name}/}}" > ${TAG}`;
  return [
    step(`image ${name}`, every, handoff, bundle, "apply", build, { docker: true, files: [TAG] }),
    // each waits for the application to answer, and goes back to the tag before where it doesn't
    ...stacks.map((stack) =>
      step(
        `release ${stack.id}`,
        stack,
        handoff,
        bundle,
        "apply",
        `TF_VAR_${variable}="$(cat ${TAG})" make -C "$BUNDLE" --no-print-directory release-${stack.id} YES=1`,
        {},
      ),
    ),
  ].flatMap((lines) => lines.map((line) => `      ${line}`));
}
