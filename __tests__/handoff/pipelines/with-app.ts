import type { Variable } from "../../../handoff/model";
import type { PipelineInput } from "../../../handoff/pipelines/common";
import { input } from "./remote";

/** With an application on two clusters, whose tag its stacks keep, nothing protected, and nights. */
const tag: Variable = { name: "image_tag", sensitive: false, ephemeral: false, required: true, kept: true };
const web = (cluster: string) => ({
  ...input.handoff.stacks.find(({ id }) => id === `arctiq-${cluster}-priming`)!,
  id: `arctiq-${cluster}-app-web`,
  folder: `stacks/arctiq-${cluster}-app-web`,
  level: 4,
  after: [`arctiq-${cluster}-priming`],
  variables: [tag],
});

export const withApp: PipelineInput = {
  ...input,
  clusters: ["sydney", "toronto", "saopaulo"],
  nights: true,
  handoff: {
    ...input.handoff,
    stacks: [...input.handoff.stacks, web("sydney"), web("toronto")].map((stack) => ({ ...stack, protected: [] })),
  },
};
