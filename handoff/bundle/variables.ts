import type { Handoff, Variable } from "../model";

/** A variable and the stacks that take it. */
export interface NeededVariable extends Variable {
  readonly stacks: readonly string[];
}

/** Every variable of a fleet once, by name. */
export function neededVariables({ stacks }: Handoff): readonly NeededVariable[] {
  const found = new Map<string, NeededVariable>();
  for (const { id, variables } of stacks)
    for (const variable of variables) {
      const known = found.get(variable.name);
      found.set(variable.name, { ...(known ?? variable), stacks: [...(known?.stacks ?? []), id] });
    }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A file to copy to terraform.tfvars and fill in. */
export function variablesExample(handoff: Handoff): string {
  const variables = neededVariables(handoff);
  const head = [
    "# Copy this file to terraform.tfvars, which git ignores, and give the values; or set TF_VAR_<name>.",
    ...(variables.length === 0 ? ["# No stack of this fleet asks for one."] : []),
  ];
  const lines = variables.flatMap((variable) => [
    "",
    ...(variable.description ?? "")
      .split("\n")
      .filter(Boolean)
      .map((line) => `# ${line}`),
    `# ${variable.required ? "Needed" : "Taken"} by ${variable.stacks.join(", ")}.${variable.kept ? " Where it isn't named, what was applied last stays." : ""}`,
    ...(variable.stacks.length > 1 && variable.kept
      ? ["# A value here counts for all of them: to change one alone, set TF_VAR_ for that run instead."]
      : []),
    `# ${variable.name} = ""`,
  ]);
  return `${[...head, ...lines].join("\n")}\n`;
}
