import { handoffOf } from "../../../handoff/model";
import type { PipelineInput } from "../../../handoff/pipelines/common";
import type { Fleet } from "../../../model/schema/fleet";
import { committedFleet } from "../../support/fleet";
import { synthesized } from "../committed";

/** The fleet in three clouds, with its state where each job finds it. */
export const remote: Fleet = {
  ...committedFleet("fleets/arctiq.yaml"),
  state: { backend: "s3", bucket: "states", region: "eu-central-1", prefix: "arctiq/" },
};

export const input: PipelineInput = {
  handoff: handoffOf(synthesized(remote)),
  source: "fleets/arctiq.yaml",
  bundle: "bundles/arctiq",
  clusters: remote.clusters.map(({ name }) => name),
};

/** The same with its state beside the stacks. */
export const local: PipelineInput = { ...input, handoff: handoffOf(synthesized(committedFleet("fleets/arctiq.yaml"))) };
