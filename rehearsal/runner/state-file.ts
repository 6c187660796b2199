/** The state files that a rehearsal keeps, and the types that they still hold. */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Stack } from "../../output/folder";
import type { JsonObject } from "../../output/json";
import { backendOf } from "../../output/state";

/** What of a state file is looked at. */
export interface StateFile {
  readonly outputs?: Readonly<Record<string, { readonly value: unknown }>>;
  readonly resources?: readonly {
    readonly mode: "managed" | "data";
    readonly type: string;
    readonly name: string;
    readonly instances: readonly {
      readonly index_key?: string | number;
      readonly attributes: Readonly<Record<string, unknown>>;
    }[];
  }[];
}

/**
 * A stack's state, where it is a file.
 * @param folder the stack's folder in the workspace
 * @returns undefined where there is none yet, or where a backend that is no file keeps it
 */
export function stateText(folder: string, stack: Stack): string | undefined {
  const local = join(folder, "../../../state", `${stack.id}.tfstate`);
  const { kind, settings } = backendOf(stack.config);
  const written =
    kind === "local" && settings && typeof settings === "object" && "path" in settings
      ? resolve(folder, String(settings.path))
      : local;
  const path = [written, local].find((candidate) => existsSync(candidate));
  return path && readFileSync(path, "utf8");
}

/**
 * The types in a stack's state, in the form of a stack's JSON. Terraform reads and destroys nothing whose schema no
 * provider hands it, so what the state holds is served though the stack no longer has it.
 */
export function typesInState(folder: string, stack: Stack): { readonly config: JsonObject } {
  const { resources = [] } = JSON.parse(stateText(folder, stack) || "{}") as StateFile;
  const of = (mode: string) =>
    Object.fromEntries(resources.filter((resource) => resource.mode === mode).map(({ type }) => [type, {}]));
  return { config: { resource: of("managed"), data: of("data") } };
}
