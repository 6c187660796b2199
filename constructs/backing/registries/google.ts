import { ArtifactRegistryRepository } from "@cdktf/provider-google/lib/artifact-registry-repository";
import { ArtifactRegistryRepositoryIamMember } from "@cdktf/provider-google/lib/artifact-registry-repository-iam-member";
import { IamWorkloadIdentityPool } from "@cdktf/provider-google/lib/iam-workload-identity-pool";
import { ProjectService } from "@cdktf/provider-google/lib/project-service";
import { TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import { shortHash } from "../../../model/derived/names";
import type { Registry } from "../../../model/schema/registries";
import { googleLabels } from "../../clusters/gke/labels";
import type { RegistryProps } from "./azure";

/** Name of the output that has the pool's full name. */
export const POOL_OUTPUT = "workload_identity_pool";

const DAY_SECONDS = 24 * 60 * 60;

export interface GoogleRegistryProps extends RegistryProps {
  /** Id of the pool that trusts the tokens of clusters of other clouds. @default - none pulls */
  readonly pool?: string | undefined;
}

/** A repository of Artifact Registry: in a region, or in several at once where its location is a continent. */
export class GoogleRegistry extends Construct {
  readonly repository: ArtifactRegistryRepository;

  constructor(scope: Construct, id: string, { name, registry, tags, pool }: GoogleRegistryProps) {
    super(scope, id);
    const { google, region, deletionProtection, immutableTags, push } = registry;
    const scan = registry.scan ?? true;
    if (!google) throw new Error(`registry ${name} has no project: the fleet was not loaded by loadFleet`);
    const project = google.projectId;
    // others of the project use them too, so they stay on
    const names = ["artifactregistry", ...(scan ? ["containerscanning"] : []), ...(pool ? ["iam", "sts", "iamcredentials"] : [])];
    const services = names.map(
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
    if (pool) this.pool(pool, project, registry, services);
  }

  /** By which the project trusts the tokens of clusters elsewhere. One that is deleted keeps its name for 30 days. */
  private pool(id: string, project: string, { deletionProtection }: Registry, services: ProjectService[]): void {
    const pool = new IamWorkloadIdentityPool(this, "pool", {
      project,
      workloadIdentityPoolId: id,
      displayName: "Clusters of other clouds",
      description: "Who pulls images",
      dependsOn: services,
      lifecycle: { preventDestroy: deletionProtection },
    });
    new TerraformOutput(this, "pool-name", {
      value: pool.name,
      description: "For clusters of other clouds: the pool with the project's number.",
    }).overrideLogicalId(POOL_OUTPUT);
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
