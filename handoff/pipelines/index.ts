import type { Files } from "../bundle/files";
import { azurePipelines } from "./azure";
import { bitbucketPipelines } from "./bitbucket";
import { applicationsOf, type PipelineInput } from "./common";
import { githubWorkflows } from "./github";
import { gitlabPipelines } from "./gitlab";
import { identitiesPage } from "./identities";
import { jenkinsPipelines } from "./jenkins";
import { toolImage } from "./tool-image";

/** The pipeline services, and what each gets: files by their path in the repository's root. */
const PIPELINES = {
  github: githubWorkflows,
  gitlab: gitlabPipelines,
  azure: azurePipelines,
  bitbucket: bitbucketPipelines,
  jenkins: jenkinsPipelines,
} as const satisfies Readonly<Record<string, (input: PipelineInput) => Files>>;

export type PipelineName = keyof typeof PIPELINES;
export const PIPELINE_NAMES = Object.keys(PIPELINES) as readonly PipelineName[];

/** Files of the named services below `pipelines/<service>/`, and the page about their identities. */
export function pipelineFiles(names: readonly PipelineName[], input: PipelineInput): Files {
  if (names.length === 0) return {};
  const files = names.flatMap((name) =>
    Object.entries(PIPELINES[name](input)).map(([path, text]) => [`pipelines/${name}/${path}`, text] as const),
  );
  return {
    ...Object.fromEntries(files),
    "pipelines/README.md": identitiesPage(names, input),
    ...(names.some((name) => name !== "github" && name !== "azure") && {
      "pipelines/Dockerfile": toolImage(input.handoff, input.source, applicationsOf(input).length > 0),
    }),
  };
}
