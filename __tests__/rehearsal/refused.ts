import type { ValueObject } from "../../rehearsal/protocol/values";
import { problems } from "../../rehearsal/provider/rules";
import { providerSchemas } from "../../rehearsal/schema/store";
import { type Block, emptyBlock } from "../../rehearsal/schema/types";

export type Plain = { readonly [key: string]: unknown };

/** `default_action.0.type` */
export const steps = (path: string): readonly (string | number)[] =>
  path.split(".").map((step) => (/^\d+$/.test(step) ? Number(step) : step));

function blockOf(type: string): Block {
  return (providerSchemas(type.split("_")[0]!).resource(type) as { block: Block }).block;
}

/** A configuration with every argument that it doesn't give as null, as Terraform hands it over. */
function written(block: Block, config: Plain): ValueObject {
  const full: Record<string, unknown> = { ...emptyBlock(block), ...config };
  for (const [name, nested] of Object.entries(block.block_types ?? {})) {
    const given = config[name];
    if (Array.isArray(given)) full[name] = given.map((item) => written(nested.block, item as Plain));
  }
  return full as ValueObject;
}

/** What the rehearsal says of a configuration, as the provider or at an apply. */
export function refusalsOf(type: string, config: Plain): readonly string[] {
  const block = blockOf(type);
  return (["validate", "apply"] as const).flatMap((when) =>
    problems(type, block, written(block, config), when).map(({ detail }) => detail),
  );
}

/** A copy with something else at a path; undefined takes it away. */
export function changed(value: unknown, [key, ...rest]: readonly (string | number)[], to: unknown): unknown {
  if (key === undefined) return to;
  if (Array.isArray(value)) return value.map((item, index) => (index === key ? changed(item, rest, to) : item));
  const { [String(key)]: inner, ...others } = (value ?? {}) as Record<string, unknown>;
  const next = changed(inner, rest, to);
  return next === undefined ? others : { ...others, [String(key)]: next };
}
