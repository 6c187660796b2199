import type { Files } from "../../bundle/files";
import { applicationsOf, header, type PipelineInput, refuseAbove, refuseLocalState } from "../common";
import { applyWorkflow, stackWorkflow } from "./apply";
import { destroyWorkflow, nightsWorkflow } from "./destroy";
import { driftWorkflow, requestWorkflow } from "./read";
import { releaseWorkflow } from "./release";

/** docs.github.com/en/actions/reference/limits */
const MAX_WORKFLOW_BYTES = 512 * 1024;

/** Workflows of a fleet for GitHub Actions, as they lie in a repository. */
export function githubWorkflows(input: PipelineInput): Files {
  const { handoff, source } = input;
  refuseLocalState(handoff, "GitHub Actions");
  const { fleet } = handoff;
  const file = (name: string) => `.github/workflows/${fleet}-${name}.yml`;
  // what refuses a fleet that is too large comes first
  const drift = driftWorkflow(input);
  const files = {
    [file("stack")]: stackWorkflow(input),
    [file("apply")]: applyWorkflow(input),
    [file("destroy")]: destroyWorkflow(input),
    [file("request")]: requestWorkflow(input),
    [file("drift")]: drift,
    ...Object.fromEntries(
      applicationsOf(input).map((application) => [file(`release-${application.name}`), releaseWorkflow(input, application)]),
    ),
    ...(input.nights && { [file("nights")]: nightsWorkflow(input) }),
  };
  for (const [path, text] of Object.entries(files))
    refuseAbove(
      MAX_WORKFLOW_BYTES,
      Buffer.byteLength(text),
      "GitHub Actions",
      `bytes in ${path}`,
      "Split the fleet, or take Atlantis or Terramate (--engines)",
    );
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path, `${header(source, []).join("\n")}\n${text}`]));
}
