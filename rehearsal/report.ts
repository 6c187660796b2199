/** What a rehearsal found: plain data, the same for tests and for the lines that people read. */

/** What Terraform would do, or did, to one resource. */
export interface PlannedChange {
  readonly address: string;
  readonly type: string;
  /** As in `terraform show -json`: ["create"], ["update"], ["delete", "create"] … */
  readonly actions: readonly string[];
  /** Whether the resource is destroyed and made again. */
  readonly replace: boolean;
  /**
   * What forces the replacement, or what an update changes, without what only follows from it: "node_config.machine_type",
   * list positions left out. Empty for a resource that is created or destroyed.
   */
  readonly causes: readonly string[];
  /** Top-level attributes that differ; empty for a resource that is created or destroyed. */
  readonly changedAttributes: readonly string[];
}

/** A resource in the state after apply. */
export interface StateResource {
  readonly address: string;
  readonly type: string;
  readonly mode: "managed" | "data";
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** Terraform's own diagnostic, with the stack that it came from. */
export interface StackDiagnostic {
  readonly stack: string;
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail: string;
  /** Address of the resource, where Terraform names one. */
  readonly address?: string;
  /** Place in the synthesized file, `cdk.tf.json:12`. */
  readonly place?: string;
}

/**
 * The steps of a rehearsal, in their order. `again` is the second plan, which must be empty; `unprotect` applies the
 * stacks without deletion protection, where they are given.
 */
export type Step = "init" | "validate" | "plan" | "apply" | "again" | "unprotect" | "destroy";

/** One step of one stack. */
export interface StepReport {
  readonly step: Step;
  readonly ok: boolean;
  readonly seconds: number;
  readonly add: number;
  readonly change: number;
  readonly destroy: number;
}

/** Everything about one stack. */
export interface StackReport {
  readonly stack: string;
  /** Ids of the stacks that are applied before it. */
  readonly dependencies: readonly string[];
  readonly ok: boolean;
  /** Why nothing was run. */
  readonly skipped?: string;
  readonly steps: readonly StepReport[];
  readonly plan: readonly PlannedChange[];
  /** What the plan right after apply would still do: nothing, if all is well. */
  readonly again: readonly PlannedChange[];
  /** Addresses in the order in which Terraform finished creating or changing them. */
  readonly applied: readonly string[];
  /** Addresses in the order in which Terraform finished destroying them, replacements included. */
  readonly destroyed: readonly string[];
  /** All of it in one order: "create aws_vpc.network", "update …", "delete …". */
  readonly order: readonly string[];
  readonly outputs: Readonly<Record<string, unknown>>;
  /** The state after apply. */
  readonly resources: readonly StateResource[];
  readonly diagnostics: readonly StackDiagnostic[];
}

/** Everything. */
export interface RehearsalReport {
  readonly ok: boolean;
  /** By stack id, in dependency order. */
  readonly stacks: Readonly<Record<string, StackReport>>;
  /** All errors of all stacks. */
  readonly errors: readonly StackDiagnostic[];
  /** What the rehearsal changed in the synthesized files to run them here, a sentence each. */
  readonly adjustments: readonly string[];
  readonly seconds: number;
  /** The kept folder, where it was asked for. */
  readonly folder?: string;
}
