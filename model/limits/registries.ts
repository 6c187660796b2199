import type { RegistryCloud } from "../schema/registries";

/** What the registries of the clouds allow. */

/** Azure docs, Naming rules: 5 to 50 letters and digits; the name is part of a host, which knows no capitals. */
const ACR_NAME = { pattern: /^[a-z0-9]{5,50}$/, words: "5 to 50 lower-case letters and digits" };
/** ECR API reference, CreateRepository: a repository's name has at most 256 characters, this is what it starts with. */
const ECR_NAME = {
  pattern: /^[a-z0-9]+([._-][a-z0-9]+)*(\/[a-z0-9]+([._-][a-z0-9]+)*)*$/,
  words: "lower-case letters, digits and single separators",
};
/** Artifact Registry docs, Create repositories: as names of resources in Google Cloud (RFC 1035). */
const AR_NAME = { pattern: /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/, words: "at most 63 lower-case letters, digits and hyphens" };

export const REGISTRY_NAMES = { azure: ACR_NAME, aws: ECR_NAME, google: AR_NAME } as const;

/** Artifact Registry docs, Locations: the multi-regions. */
export const MULTI_REGIONS: readonly string[] = ["us", "europe", "asia"];

/** Prefixes of pull-through caches (hashicorp/aws 6.25.0, ecr/pull_through_cache_rule.go). */
export const CACHE_PREFIX = { min: 2, max: 30 } as const;

/** Registries that ECR caches without a login, and those that want one (ECR user guide, Pull through cache: supported upstreams). */
export const OPEN_UPSTREAMS: readonly string[] = ["public.ecr.aws", "registry.k8s.io", "quay.io"];
const LOGIN_UPSTREAMS = /^(registry-1\.docker\.io|ghcr\.io|registry\.gitlab\.com|cgr\.dev|[a-z0-9]+\.azurecr\.io)$/;
export const wantsLogin = (host: string): boolean => LOGIN_UPSTREAMS.test(host);

/** How each cloud spells who may push. */
export const PUSHERS: Readonly<Record<Exclude<RegistryCloud, "external">, { readonly pattern: RegExp; readonly words: string }>> =
  {
    aws: {
      pattern: /^arn:aws(-[a-z]+)*:iam::\d{12}:role\/([!-~]+\/)?[\w+=,.@-]{1,64}$/,
      words: "the ARN of a role, which a pipeline takes with its own token: arn:aws:iam::111122223333:role/images",
    },
    azure: {
      pattern: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
      words: "the object id of a service principal or managed identity",
    },
    google: {
      pattern: /^(serviceAccount|principal|principalSet|group):[\w.%+@/:=|*~-]+$/,
      words:
        "a member, such as principalSet://iam.googleapis.com/projects/1234/locations/global/workloadIdentityPools/ci/attribute.repository/team/shop",
    },
  };
