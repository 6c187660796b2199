import type { Rule } from "../problem";

/** `destroyedStacks` names stacks of this fleet. */
export const stacks: Rule = (fleet) =>
  fleet.destroyedStacks.flatMap((id, index) =>
    id.startsWith(`${fleet.name}-`)
      ? []
      : [
          {
            path: ["destroyedStacks", index],
            message: `'${id}' is no stack of this fleet: their ids start with '${fleet.name}-'`,
          },
        ],
  );
