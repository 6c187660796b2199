import { shorten } from "../../model/derived/names";
import { type StateLocation, type StateOf, sameForReader } from "./location";

/** PostgreSQL cuts longer identifiers off without a word, which would let two stacks share a state. */
const MAX_POSTGRES_IDENTIFIER = 63;

/**
 * Files in the folder `state` beside the synthesized folder. The path is relative to the stack's own folder,
 * `<out>/stacks/<id>`, and all stacks' folders are siblings: the same text is right for producer and consumer.
 */
export function localLocation(stackId: string): StateLocation {
  return sameForReader("local", { path: `../../../state/${stackId}.tfstate` });
}

/** PostgreSQL. The connection, which holds a password, is in PG_CONN_STR for backend and reader alike. */
export function pgLocation(stackId: string): StateLocation {
  return sameForReader("pg", { schema_name: shorten(stackId, MAX_POSTGRES_IDENTIFIER) });
}

/** A state server such as GitLab's. User and password are in TF_HTTP_USERNAME and TF_HTTP_PASSWORD. */
export function httpLocation(state: StateOf<"http">, stackId: string): StateLocation {
  const of = (template: string) => template.replaceAll("{stack}", stackId);
  const address = of(state.address);
  const lock = state.lockAddress ? of(state.lockAddress) : `${address}/lock`;
  return {
    backend: "http",
    settings: {
      address,
      lock_address: lock,
      lock_method: state.lockMethod,
      unlock_address: lock,
      unlock_method: state.unlockMethod,
    },
    reader: { backend: "http", config: { address }, workspaces: false },
  };
}

/** HCP Terraform: a workspace for each stack. Its state is read through the older `remote` backend, which has a reader. */
export function hcpLocation(state: StateOf<"hcp">, stackId: string): StateLocation {
  const service = { organization: state.organization, hostname: state.hostname };
  return {
    backend: "cloud",
    settings: { ...service, workspaces: { name: stackId, ...(state.project && { project: state.project }) } },
    reader: { backend: "remote", config: { ...service, workspaces: { name: stackId } }, workspaces: false },
  };
}
