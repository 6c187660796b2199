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
    "- **No guard of plans** of its own, no plan that is kept, and no tag that stays: so let it run each stack by the bundle's own program, which has all three. Below, `RUN` stands for",
    "",
    `      YES=1 terramate run --tags ${handoff.fleet} -- sh -c '../../../stack.sh apply "$(basename "$PWD")"'`,
    "",
    "- **The first day**: `RUN` with `FIRST_DAY=1` before it: apply, not plan, as a plan of everything fails where nothing is yet.",
    "- **A change of one stack**: `RUN` with `--changed` instead of `--tags`. It sees a stack's own files and doesn't follow `after`: what reads a changed stack is run with `--tags`, or by `make apply`, which plans all in order.",
    `- **Destroy**: \`CONFIRM=${handoff.fleet} ORDERED=1 YES=1 terramate run --reverse --tags ${handoff.fleet} -- sh -c '../../../stack.sh destroy "$(basename "$PWD")"'\`, after \`make unprotect\` and \`make apply LIFT=1\` where the fleet is protected.`,
    ...(handoff.state.local ? ["- State is local, so run it in this folder alone: a new checkout has no state."] : []),
    "",
  ];
}
