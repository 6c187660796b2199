import type { Files } from "../bundle/files";
import { table } from "../bundle/readme";
import { loginInWords } from "../logins";
import { header, type PipelineInput, refuseLocalState } from "../pipelines/common";
import { keepers } from "./kept";

/** What Terraform reads of a stack's folder. */
const WHEN_MODIFIED = ["cdk.tf.json", "*_override.tf.json", "assets/**", ".terraform.lock.hcl"];

/**
 * Atlantis' projects of a fleet (runatlantis.io, v0.42 or newer). No key that a server has to allow first: one that it
 * doesn't allow makes it refuse the whole file. `depends_on` looks only at projects of the same pull request, so it
 * holds all stacks before, not just the next ones; a producer's files are in nobody else's `when_modified`, since a plan
 * that was made before the producer's apply would be stale.
 */
export function atlantis(input: PipelineInput): Files {
  const { handoff, source, bundle } = input;
  refuseLocalState(handoff, "Atlantis");
  const file = [
    ...header(source, [
      "Copy to atlantis.yaml in the repository's root. What Atlantis can't do, and the first day: engines/README.md of the bundle.",
    ]),
    "version: 3",
    // the order of groups is only kept after a failure where plans and applies run in parallel (v0.47)
    "parallel_plan: true",
    "parallel_apply: true",
    "abort_on_execution_order_fail: true",
    "autodiscover: { mode: disabled }",
    "projects:",
    ...handoff.stacks.flatMap(({ id, folder, level, closure }) => [
      `  - name: ${id}`,
      `    dir: ${folderOf(bundle, folder)}`,
      `    execution_order_group: ${level - 1}`,
      ...(closure.length > 0 ? [`    depends_on: [${closure.join(", ")}]`] : []),
      `    autoplan: { when_modified: ${JSON.stringify(WHEN_MODIFIED)} }`,
    ]),
  ];
  return { "atlantis.yaml": `${file.join("\n")}\n`, "server-workflow.yaml": serverWorkflow(input) };
}

/** The guard of plans, for whoever runs the server: a repository may not bring its own workflow unless the server lets it. */
function serverWorkflow({ handoff, source }: PipelineInput): string {
  // DIR is the project's folder, <bundle>/terraform/stacks/<stack>
  const at = "$DIR/../../..";
  const keeps = keepers(handoff).length > 0;
  return `${[
    ...header(source, [
      "For the server's own configuration (--repo-config), as repositories may not bring workflows by default. Atlantis has no guard of plans of its own; needs jq in the image.",
      "ALLOW is not Atlantis': what may go is named by a comment, `atlantis plan -p STACK -- -target=…` doesn't count; let somebody apply it by `make apply-STACK ALLOW=…`.",
    ]),
    "workflows:",
    `  ${handoff.fleet}:`,
    "    plan:",
    "      steps:",
    "        - init",
    // what a comment names comes after it on the command line, and so counts more
    ...(keeps
      ? [
          `        - run: '"${at}/stack.sh" keep "$PROJECT_NAME"'`,
          '        - plan: { extra_args: ["-var-file", "kept.tfvars.json"] }',
        ]
      : ["        - plan"]),
    "        - run: |",
    `            terraform show -json "$PLANFILE" | jq -rn --arg stack "$PROJECT_NAME" --arg show guard --arg allow "" --slurpfile bundle "${at}/bundle.json" -f "${at}/plan.jq" > judged.txt`,
    "            cat judged.txt; head -n 1 judged.txt | grep -qx 'judged: nothing refused'",
  ].join("\n")}\n`;
}

/** What a person who runs Atlantis has to know of this fleet. */
export function aboutAtlantis({ handoff, bundle }: PipelineInput): readonly string[] {
  const { levels, stacks } = handoff;
  const programs = [...new Set(stacks.flatMap((stack) => stack.programs))].sort();
  const logins = [...new Set(stacks.flatMap((stack) => stack.logins.map(loginInWords)))].sort();
  return [
    "## Atlantis",
    "",
    `- **The first day**: one pull request can't plan what isn't there yet. Comment, once for each of the ${levels.length} levels: \`atlantis plan\`, and when the level's plans are there \`atlantis apply\`. What comes later fails at plan until its round; \`abort_on_execution_order_fail\` stops it there. Stacks that were applied plan to no changes, which \`depends_on\` takes. Don't set \`automerge\` (a failed plan deletes all plans of the request), nor \`mergeable\` as a requirement on that day.`,
    "- **A producer and its consumer in one request**: apply the producer, then plan the consumer again (`atlantis plan -p STACK`) before you apply it: Terraform takes a plan that was made before.",
    `- **One identity for all**: the server's. It needs all of: ${logins.join("; ")}.`,
    `- **The image** has none of ${programs.length > 0 ? programs.map((program) => `\`${program}\``).join(", ") : "the clouds' programs"}: build your own from Atlantis' with what \`pipelines/Dockerfile\` installs.`,
    "- **No guard of plans**: `server-workflow.yaml` brings it, in the server's configuration.",
    ...tags(handoff),
    "- **Destroy** keeps the forward order, so it is one project after the other, in this order:",
    "",
    ...[...stacks].reverse().map(({ id }) => `      atlantis plan -p ${id} -- -destroy && atlantis apply -p ${id}`),
    "",
    `- \`dir\` is seen from the repository's root, where the bundle lies at \`${bundle}\`. Needs Atlantis 0.42 or newer for groups with \`depends_on\` in one \`atlantis apply\`.`,
    "",
    ...table(
      ["group", "projects"],
      levels.map((ids, index) => [String(index), ids.join(", ")]),
    ),
    "",
  ];
}

function tags(handoff: PipelineInput["handoff"]): readonly string[] {
  const kept = keepers(handoff);
  const [first] = kept;
  if (!first) return [];
  return [
    `- **Releases**: ${kept.map(({ id }) => `\`${id}\``).join(", ")} keep the tag that was applied last by \`server-workflow.yaml\`. A new one is named in a comment, \`atlantis plan -p ${first.id} -- -var ${first.variable}=1.4.2\`; where the server doesn't have that workflow, and on the first day, every plan of theirs needs that.`,
  ];
}

export const folderOf = (bundle: string, folder: string): string => `${bundle === "." ? "" : `${bundle}/`}terraform/${folder}`;
