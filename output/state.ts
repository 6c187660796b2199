/** Where a stack's state is, and the states that it reads. */
import { isJsonObject, type Json, type JsonObject, member } from "./json";

/** The kind and settings of a state's backend. */
export interface Backend {
  /** "s3", "local", … and "cloud" for HCP Terraform's own block. */
  readonly kind: string;
  readonly settings: JsonObject;
}

/** A reader of another state's outputs (`data.terraform_remote_state`). */
export interface StateReader extends Backend {
  /** Its name in the stack. */
  readonly name: string;
}

/** Where a stack's state is. */
export function backendOf(config: JsonObject): Backend {
  const terraform = member(config, "terraform");
  if (terraform.cloud !== undefined) return { kind: "cloud", settings: objectIn(terraform.cloud) };
  const [entry] = Object.entries(member(terraform, "backend"));
  return entry ? { kind: entry[0], settings: objectIn(entry[1]) } : { kind: "local", settings: {} };
}

/** The states that a stack reads. */
export function stateReadersOf(config: JsonObject): readonly StateReader[] {
  return Object.entries(member(config, "data", "terraform_remote_state")).map(([name, block]) => {
    const { backend, config: settings } = member(block);
    return { name, kind: typeof backend === "string" ? backend : "local", settings: objectIn(settings) };
  });
}

/** What names a state: settings that a backend and its readers have in common. Credentials and locks are none of it. */
const NAMING = [
  "bucket",
  "key",
  "prefix",
  "storage_account_name",
  "container_name",
  "path",
  "schema_name",
  "address",
  "organization",
];

/** The same text for a stack's backend and for every reader of its state. */
export function stateKey({ kind, settings }: Backend): string {
  const names = NAMING.map((name) => String(settings[name] ?? ""));
  const [workspaces] = [settings.workspaces ?? null].flat();
  const workspace = String(member(workspaces).name ?? "");
  return [kind === "cloud" ? "remote" : kind, ...names, workspace].join(" ");
}

/** Settings, where cdktf may have written a block as a list of one. */
function objectIn(value: Json | undefined): JsonObject {
  const [one] = [value ?? null].flat();
  return isJsonObject(one) ? one : {};
}
