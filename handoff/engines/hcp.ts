import { table } from "../bundle/readme";
import type { PipelineInput } from "../pipelines/common";
import { folderOf } from "./atlantis";
import { keepers } from "./kept";

/** Source workspaces of one (developer.hashicorp.com/terraform/cloud-docs/workspaces/settings/run-triggers). */
const MAX_SOURCES = 20;

/**
 * What HCP Terraform's workspaces are set to. A table and no root module: the workspaces are made by the first `init`,
 * and a module would be one more state to bring up before all others.
 * @throws where the state is elsewhere
 */
export function aboutHcp(input: PipelineInput): readonly string[] {
  const { handoff, bundle } = input;
  const { stacks, state } = handoff;
  if (state.backend !== "cloud")
    throw new Error(
      `HCP Terraform: the fleet keeps its state in '${state.backend}'; workspaces run what they keep, so say \`state: { backend: hcp, … }\` in the fleet file`,
    );
  const readersOf = (id: string) => stacks.filter(({ reads }) => reads.includes(id)).map((stack) => stack.id);
  return [
    "## HCP Terraform",
    "",
    "`terraform init` in each stack (`make plan`) makes its workspace. What it can't set is set once, by these:",
    "",
    ...table(
      ["workspace", "working directory", "run triggers from", "state shared with", "execution"],
      stacks.map(({ id, folder, after, programs }) => [
        `\`${id}\``,
        `\`${folderOf(bundle, folder)}\``,
        after.length > MAX_SOURCES
          ? `none: it comes after ${after.length} workspaces, and HCP takes ${MAX_SOURCES} sources; start it by hand`
          : after.map((other) => `\`${other}\``).join(", "),
        readersOf(id)
          .map((other) => `\`${other}\``)
          .join(", "),
        programs.length > 0 ? `local, or an agent with ${programs.map((program) => `\`${program}\``).join(", ")}` : "any",
      ]),
    ),
    "",
    "- **The first day**: with `local` execution, `make first-day`: HCP keeps states and locks, and your machine or pipeline runs. With remote runs: leave *queue all runs* off, start the first level by hand; each apply triggers the next. A workspace with several sources queues a run for each.",
    "- **Hosted workers** have none of the programs that fetch a cluster's token, so stacks that need one run locally or on an agent with your image.",
    "- **State is shared** by who reads (the column), not by order; a workspace's state is private until it is.",
    "- **No guard of plans** in remote runs: a policy set of your own, or `local` execution through the Makefile, which has it.",
    ...tags(input),
    "- **Destroy** is by hand, from the last level to the first.",
    "",
  ];
}

function tags({ handoff }: PipelineInput): readonly string[] {
  const kept = keepers(handoff);
  const [first] = kept;
  if (!first) return [];
  return [
    `- **Releases**: in remote runs ${first.variable} is a Terraform variable of the workspaces ${kept.map(({ id }) => `\`${id}\``).join(", ")}, and a release sets it there; with \`local\` execution the Makefile keeps what was applied last.`,
  ];
}
