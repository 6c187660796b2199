import type { State } from "../../model/schema/state";

/** Arguments of a backend, in Terraform's own spelling: plain data without a credential. */
export type Settings = Readonly<Record<string, unknown>>;

/** Where one stack keeps its state, and how another stack reads it. Both come from one function, so they can't drift. */
export interface StateLocation {
  /** Backend of the stack, or "cloud" for the block of HCP Terraform, which takes the place of a backend. */
  readonly backend: string;
  readonly settings: Settings;
  /** What a consumer's terraform_remote_state is told. */
  readonly reader: {
    readonly backend: string;
    readonly config: Settings;
    /** Whether the backend knows workspaces; the consumer then reads the producer's workspace of its own name. */
    readonly workspaces: boolean;
  };
}

/** The settings of one backend, as the fleet file has them. */
export type StateOf<B extends State["backend"]> = Extract<State, { backend: B }>;

/** A location whose reader is given what the backend is given, which holds for every store of plain objects. */
export function sameForReader(backend: string, settings: Settings): StateLocation {
  return { backend, settings, reader: { backend, config: settings, workspaces: true } };
}
