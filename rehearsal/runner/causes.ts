/** Why Terraform changes a resource: what in its configuration is different, without what only follows from that. */
import { providerSchemas } from "../schema/store";
import type { Block } from "../schema/types";

type Values = Readonly<Record<string, unknown>>;

/** One resource in `terraform show -json` of a plan. */
export interface ShownChange {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly mode: string;
  /** "registry.terraform.io/hashicorp/aws" */
  readonly provider_name: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Values | null;
    readonly after: Values | null;
    readonly after_unknown: Values;
    /** Ways to what forces the replacement: names, list positions and map keys. */
    readonly replace_paths?: readonly (readonly unknown[])[];
  };
}

/** The part of `terraform show -json` of a plan that is read here. */
export interface ShownPlan {
  readonly resource_changes?: readonly ShownChange[];
  readonly configuration?: {
    readonly root_module?: {
      readonly resources?: readonly {
        readonly mode: string;
        readonly type: string;
        readonly name: string;
        readonly expressions?: Values;
      }[];
    };
  };
}

/**
 * The paths that force a replacement, or those that an update changes, sorted and as the knowledge tables write them:
 * "node_config.machine_type". Empty for what is created or destroyed, and where Terraform names no path.
 */
export function causes({ configuration }: ShownPlan, shown: ShownChange): readonly string[] {
  const { type, name, mode, provider_name: provider, change } = shown;
  const { before, after, after_unknown: unknown, replace_paths: forced } = change;
  if (!before || !after) return [];
  if (change.actions.length > 1) return unique((forced ?? []).map(spelled));
  const block = providerSchemas(provider.replace(/^.*\//, "")).resource(type)?.block ?? {};
  const written = configuration?.root_module?.resources?.find(
    (resource) => resource.mode === mode && resource.type === type && resource.name === name,
  );
  return unique(differences(block, { before, after, unknown, written: written?.expressions ?? {} }));
}

/** One level of a resource: its values, which of them are unknown, and what the configuration writes there. */
interface Level {
  readonly before: Values;
  readonly after: Values;
  readonly unknown: Values;
  readonly written: Values;
}

function differences(block: Block, { before, after, unknown, written }: Level): string[] {
  return Object.keys({ ...before, ...after, ...unknown }).flatMap((name) => {
    if (unknown[name] !== true && !hasUnknown(unknown[name]) && same(before[name], after[name])) return [];
    const nested = block.block_types?.[name];
    if (!nested) return block.attributes?.[name]?.computed && !(name in written) ? [] : [name];
    const [old, now, open, own] = [before[name], after[name], unknown[name], written[name]].map(elements);
    if (!old || !now || !open || !own || old.length !== now.length) return [name];
    return now.flatMap((_, i) =>
      differences(nested.block, { before: old[i]!, after: now[i]!, unknown: open[i] ?? {}, written: own[i] ?? {} }).map(
        (path) => `${name}.${path}`,
      ),
    );
  });
}

/** The blocks of one name; a single one is given as it is. */
function elements(blocks: unknown): readonly Values[] {
  return (Array.isArray(blocks) ? blocks : [blocks]).filter(
    (block): block is Values => typeof block === "object" && block !== null,
  );
}

function hasUnknown(value: unknown): boolean {
  return value === true || (typeof value === "object" && value !== null && Object.values(value).some(hasUnknown));
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}

function spelled(path: readonly unknown[]): string {
  return path.filter((step) => typeof step === "string").join(".");
}

function unique(paths: readonly string[]): readonly string[] {
  return [...new Set(paths)].sort();
}
