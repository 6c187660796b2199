import type { Handoff } from "../model";

/** Stacks that keep a variable from apply to apply, and its name: a release's tag, which an engine's own plan doesn't know. */
export function keepers({ stacks }: Handoff): readonly { readonly id: string; readonly variable: string }[] {
  return stacks.flatMap(({ id, variables }) => variables.filter(({ kept }) => kept).map(({ name }) => ({ id, variable: name })));
}
