/** Whole fleets from their files. Needs all five provider bindings. */
export { type SynthRequest, synthesize } from "../cli/synthesize";
export type { OwnAddOn, OwnAddOns } from "../constructs/priming/own-add-on";
export { FleetError, loadFleet, parseFleet } from "../model/reading/load";
export type { Fleet } from "../model/schema/fleet";
export { buildFleet } from "../stacks/build-fleet";
