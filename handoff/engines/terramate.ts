import type { Files } from "../bundle/files";
import { cloudsOf } from "../logins";
import type { PipelineInput } from "../pipelines/common";

/**
 * Terramate's stack files (0.17), one in each stack's folder: order by `after`, which it follows through stacks that
 * aren't selected too, so that the next ones are enough.
 */
export function terramate({ handoff }: PipelineInput): Files {
  return Object.fromEntries(
    handoff.stacks.map(({ id, folder, after, logins }) => [
      `${folder}/stack.tm.hcl`,
      `${[
        "stack {",
        `  name  = "${id}"`,
        `  id    = "${id}"`,
        `  tags  = [${[handoff.fleet, ...cloudsOf(handoff, logins)].map((tag) => `"${tag}"`).join(", ")}]`,
        ...(after.length > 0 ? [`  after = [${after.map((other) => `"../${other}"`).join(", ")}]`] : []),
        "}",
      ].join("\n")}\n`,
    ]),
  );
}

/** What a person who runs Terramate has to know. */
export function aboutTerramate({ handoff }: PipelineInput): readonly string[] {
  return [
    "## Terramate",
    "",
    "Each stack's folder has its `stack.tm.hcl`; the repository's root wants a file `terramate.tm.hcl` (`terramate {}` is enough).",
    "",
    `- **The first day**: \`terramate run --tags ${handoff.fleet} -- terraform init\`, then \`terramate run --tags ${handoff.fleet} -- terraform apply\`: apply, not plan, as a plan of everything fails where nothing is yet.`,
    "- **A change of one stack**: `terramate run --changed -- terraform apply`. `--changed` sees a stack's own files and doesn't follow `after`: what reads a changed stack is run with `terramate run --tags …`, or by `make apply`, which plans all in order.",
    `- **Destroy**: \`terramate run --reverse --tags ${handoff.fleet} -- terraform destroy\`.`,
    "- **No guard of plans**, and a plan of one run is not kept for the next: run `../../../stack.sh apply $(basename $PWD)` instead of terraform to have both (with `YES=1` where nobody is there).",
    ...(handoff.state.local ? ["- State is local, so run it in this folder alone: a new checkout has no state."] : []),
    "",
  ];
}
