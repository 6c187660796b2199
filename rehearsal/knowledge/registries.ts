/** What the providers and services know of registries and a schema doesn't say. */
import type { ValueObject } from "../protocol/values";
import type { Line } from "./line";

const ECR = "hashicorp/aws 6.25.0, internal/service/ecr";
const PREFIX = /^(ROOT|(?=.{2,256}$)[a-z0-9]+([._-][a-z0-9]+)*(\/[a-z0-9]+([._-][a-z0-9]+)*)*\/?)$/;
const blocks = (config: ValueObject, name: string): readonly ValueObject[] =>
  Array.isArray(config[name]) ? (config[name] as readonly ValueObject[]) : [];
const IAM = "hashicorp/google 6.50.0, services/iambeta";
const POOL = /^(?!gcp-)[0-9a-z-]{4,32}$/;
const POOL_WORDS = "4 to 32 lower-case letters, digits and hyphens, not starting with gcp-";
const OPEN = ["public.ecr.aws", "registry.k8s.io", "quay.io"];

function login(config: ValueObject): string | undefined {
  const from = config.upstream_registry_url;
  if (typeof from !== "string" || OPEN.includes(from) || /\.dkr\.ecr\./.test(from)) return undefined;
  if (!config.credential_arn) return `${from} is cached with a login alone: name a secret in 'credential_arn'.`;
  const place = String(config.credential_arn).split(":")[3];
  return typeof config.region !== "string" || place === config.region
    ? undefined
    : `The secret is in ${place}, and the cache in ${config.region}.`;
}

/** What ECR says of a policy that expires images. */
function expiry(config: ValueObject): string | undefined {
  if (typeof config.policy !== "string") return undefined;
  let rules: readonly { readonly rulePriority: number; readonly selection: { readonly tagStatus: string } }[];
  try {
    rules = JSON.parse(config.policy).rules ?? [];
  } catch {
    // the provider says so by itself
    return undefined;
  }
  const any = rules.find(({ selection }) => selection.tagStatus === "any");
  return any && rules.some(({ rulePriority }) => rulePriority > any.rulePriority)
    ? "InvalidParameterException: the rule for tagStatus any must have the highest rulePriority."
    : undefined;
}

function kept(config: ValueObject): string | undefined {
  return blocks(config, "cleanup_policies").some(
    ({ action, most_recent_versions: newest }) => action === "DELETE" && Array.isArray(newest) && newest.length > 0,
  )
    ? "most_recent_versions is for policies with action KEEP."
    : undefined;
}

export const registryLines: readonly Line[] = [
  {
    type: "azurerm_container_registry",
    at: "retention_policy_in_days",
    between: [0, 365],
    source: "hashicorp/azurerm 4.55.0, internal/services/containers/container_registry_resource.go",
  },
  {
    type: "aws_ecr_repository_creation_template",
    at: "prefix",
    matches: PREFIX,
    say: "ROOT, or 2 to 256 lower-case letters, digits and single separators",
    source: `${ECR}/repository_creation_template.go`,
  },
  {
    type: "aws_ecr_repository_creation_template",
    at: "applied_for",
    oneOf: ["PULL_THROUGH_CACHE", "REPLICATION"],
    source: "ECR API, RCTAppliedFor",
  },
  {
    type: "aws_ecr_pull_through_cache_rule",
    at: "ecr_repository_prefix",
    length: [2, 30],
    source: `${ECR}/pull_through_cache_rule.go`,
  },
  {
    type: "aws_ecr_pull_through_cache_rule",
    check: login,
    when: "apply",
    source: "ECR API, CreatePullThroughCacheRule: UnsupportedUpstreamRegistryException",
  },
  { type: "aws_ecr_lifecycle_policy", check: expiry, when: "apply", source: "ECR API, PutLifecyclePolicy" },
  {
    type: "google_iam_workload_identity_pool",
    at: "workload_identity_pool_id",
    matches: POOL,
    say: POOL_WORDS,
    source: `${IAM}/resource_iam_workload_identity_pool.go`,
  },
  {
    type: "google_iam_workload_identity_pool_provider",
    at: "workload_identity_pool_provider_id",
    matches: POOL,
    say: POOL_WORDS,
    source: `${IAM}/resource_iam_workload_identity_pool_provider.go`,
  },
  {
    type: "google_iam_workload_identity_pool_provider",
    exactlyOne: ["aws", "oidc", "saml", "x509"],
    source: `${IAM}/resource_iam_workload_identity_pool_provider.go`,
  },
  {
    type: "google_artifact_registry_repository",
    check: kept,
    when: "apply",
    source: "Artifact Registry REST API, CleanupPolicy",
  },
];
