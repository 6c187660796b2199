/** What belongs to registries, on AWS and Google; the registries themselves stand with their clouds. */
import type { Replacement } from "./replacement";

const ECR = "hashicorp/aws 6.25.0, internal/service/ecr";
const GOOGLE = "hashicorp/google 6.50.0, services/artifactregistry";
const IAM = "hashicorp/google 6.50.0, services/iambeta";

/** What replaces the parts of a registry. */
export const registryReplacements: readonly Replacement[] = [
  { type: "aws_ecr_repository", replaces: ["region"], source: `${ECR}/repository.go` },
  { type: "aws_ecr_lifecycle_policy", replaces: ["repository", "policy", "region"], source: `${ECR}/lifecycle_policy.go` },
  { type: "aws_ecr_repository_policy", replaces: ["repository", "region"], source: `${ECR}/repository_policy.go` },
  {
    type: "aws_ecr_repository_creation_template",
    replaces: ["prefix", "region"],
    source: `${ECR}/repository_creation_template.go`,
  },
  { type: "aws_ecr_replication_configuration", replaces: ["region"], source: `${ECR}/replication_configuration.go` },
  {
    type: "aws_ecr_pull_through_cache_rule",
    replaces: ["ecr_repository_prefix", "upstream_registry_url", "upstream_repository_prefix", "region"],
    source: `${ECR}/pull_through_cache_rule.go`,
  },
  {
    type: "google_artifact_registry_repository_iam_member",
    replaces: ["project", "location", "repository", "role", "member"],
    source: `${GOOGLE}/iam_artifact_registry_repository.go`,
  },
  {
    type: "google_iam_workload_identity_pool",
    replaces: ["project", "workload_identity_pool_id"],
    source: `${IAM}/resource_iam_workload_identity_pool.go`,
  },
  {
    type: "google_iam_workload_identity_pool_provider",
    replaces: ["project", "workload_identity_pool_id", "workload_identity_pool_provider_id"],
    source: `${IAM}/resource_iam_workload_identity_pool_provider.go`,
  },
];
