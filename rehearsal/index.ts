/** What the rest of the project may use of the rehearsal: run a synthesized folder, or a change between two. */
export { type ChangeOptions, type ChangeReport, rehearseChange } from "./change";
export { type RehearsalOptions, rehearse } from "./rehearse";
export type { PlannedChange, RehearsalReport, StackDiagnostic, StackReport, StateResource, Step, StepReport } from "./report";
export type { Fault } from "./runner/faults";
export { terraformOnPath } from "./runner/terraform";
