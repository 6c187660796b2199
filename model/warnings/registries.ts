import type { Fleet } from "../schema/fleet";

/** Regions that an account must switch on first (AWS Account Management guide, "Enable or disable AWS Regions"). */
const OPT_IN = new Set([
  "af-south-1",
  "ap-east-1",
  "ap-east-2",
  "ap-south-2",
  "ap-southeast-3",
  "ap-southeast-4",
  "ap-southeast-5",
  "ap-southeast-6",
  "ap-southeast-7",
  "ca-west-1",
  "eu-central-2",
  "eu-south-1",
  "eu-south-2",
  "il-central-1",
  "me-central-1",
  "me-south-1",
  "mx-central-1",
]);

/** Replicas where ECR can make none until somebody has switched the region on, which no plan asks. */
export function registryWarnings({ registries }: Fleet): readonly string[] {
  return Object.entries(registries).flatMap(([key, { cloud, replicas }]) =>
    replicas
      .filter((region) => cloud === "aws" && OPT_IN.has(region))
      .map(
        (region) =>
          `registries.${key}.replicas: ${region} is off in a new AWS account; switch it on there before the first apply`,
      ),
  );
}
