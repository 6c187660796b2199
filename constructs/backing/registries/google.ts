import { ArtifactRegistryRepository } from "@cdktf/provider-google/lib/artifact-registry-repository";
import { ArtifactRegistryRepositoryIamMember } from "@cdktf/provider-google/lib/artifact-registry-repository-iam-member";
import { ProjectService } from "@cdktf/provider-google/lib/project-service";
import { Construct } from "constructs";
import { shortHash } from "../../../model/derived/names";
import type { Registry } from "../../../model/schema/registries";
import { googleLabels } from "../../clusters/gke/labels";
import type { RegistryProps } from "./azure";

const DAY_SECONDS = 24 * 60 * 60;

/** A repository of Artifact Registry: in a region, or in several at once where its location is a continent. */
export class GoogleRegistry extends Construct {
  readonly repository: ArtifactRegistryRepository;

  constructor(scope: Construct, id: string, { name, registry, tags }: RegistryProps) {
    super(scope, id);
    const { google, region, deletionProtection, immutableTags, push } = registry;
    const scan = registry.scan ?? true;
    if (!google) throw new Error(`registry ${name} has no project: the fleet was not loaded by loadFleet`);
    const project = google.projectId;
    // others of the project use them too, so they stay on
    const services = ["artifactregistry", ...(scan ? ["containerscanning"] : [])].map(
      (service) =>
        new ProjectService(this, `api-${service}`, { project, service: `${service}.googleapis.com`, disableOnDestroy: false }),
    );
    this.repository = new ArtifactRegistryRepository(this, "repository", {
      project,
      location: region,
      repositoryId: name,
      format: "DOCKER",
      mode: "STANDARD_REPOSITORY",
      dockerConfig: { immutableTags: immutableTags ?? true },
      cleanupPolicyDryRun: false,
      cleanupPolicies: cleanupPolicies(registry.keep),
      vulnerabilityScanningConfig: { enablementConfig: scan ? "INHERITED" : "DISABLED" },
      labels: googleLabels(tags),
      dependsOn: services,
      lifecycle: { preventDestroy: deletionProtection },
    });
    for (const member of push)
      new ArtifactRegistryRepositoryIamMember(this, `push-${shortHash(member)}`, {
        project,
        location: region,
        repository: this.repository.repositoryId,
        role: "roles/artifactregistry.writer",
        member,
      });
  }
}

/** What a policy keeps is kept, whatever another one deletes. */
function cleanupPolicies({ untaggedDays, newest }: Registry["keep"]) {
  const untagged = {
    id: "untagged",
    action: "DELETE",
    condition: { tagState: "UNTAGGED", olderThan: `${untaggedDays * DAY_SECONDS}s` },
  };
  if (newest === undefined) return [untagged];
  return [
    untagged,
    { id: "older", action: "DELETE", condition: { tagState: "TAGGED" } },
    { id: "newest", action: "KEEP", mostRecentVersions: { keepCount: newest } },
  ];
}
