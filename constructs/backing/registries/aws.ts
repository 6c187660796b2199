import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { EcrPullThroughCacheRule } from "@cdktf/provider-aws/lib/ecr-pull-through-cache-rule";
import { EcrReplicationConfiguration } from "@cdktf/provider-aws/lib/ecr-replication-configuration";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { EcrRepositoryCreationTemplate } from "@cdktf/provider-aws/lib/ecr-repository-creation-template";
import { EcrRepositoryPolicy } from "@cdktf/provider-aws/lib/ecr-repository-policy";
import type { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { cacheRegions } from "../../../model/derived/registries";
import type { Registry } from "../../../model/schema/registries";
import { partitionOf } from "../../clusters/eks/partition";
import type { RegistryProps } from "./azure";
import { lifecyclePolicy, repositoryPolicy } from "./ecr-policies";

export interface AwsRegistryProps extends RegistryProps {
  /** Other accounts whose nodes pull. */
  readonly pullAccounts: readonly string[];
}

/**
 * Repositories of ECR, which have nothing in common but what their names start with. ECR makes the replicas itself, as the
 * template in their region says, when the first image comes.
 */
export class AwsRegistry extends Construct {
  private readonly mutability: string;
  private readonly keeps: string;
  private readonly grants: string | undefined;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AwsRegistryProps,
  ) {
    super(scope, id);
    const { registry, pullAccounts } = props;
    const { region = "", replicas, repositories } = registry;
    this.mutability = (registry.immutableTags ?? true) ? "IMMUTABLE" : "MUTABLE";
    this.keeps = lifecyclePolicy(registry.keep);
    this.grants = repositoryPolicy(registry.push, pullAccounts, partitionOf(region));
    for (const repository of repositories) this.repository(repository, registry);
    if (replicas.length > 0) this.replicate(registry);
    for (const [prefix, cache] of Object.entries(registry.caches))
      for (const place of cacheRegions(registry, prefix)) {
        const template = this.template(`cache-${prefix}-${place}-template`, prefix, place, "PULL_THROUGH_CACHE");
        new EcrPullThroughCacheRule(this, `cache-${prefix}-${place}`, {
          region: place,
          ecrRepositoryPrefix: prefix,
          upstreamRegistryUrl: cache.from,
          credentialArn: cache.secretArn,
          // a repository that is made before it keeps everything for ever
          dependsOn: [template],
        });
      }
  }

  private repository(repository: string, { region, scan, deletionProtection }: Registry): void {
    const made = new EcrRepository(this, `repository-${repository}`, {
      region,
      name: `${this.props.name}/${repository}`,
      imageTagMutability: this.mutability,
      imageScanningConfiguration: { scanOnPush: scan ?? true },
      // one that still has images is not destroyed
      forceDelete: false,
      tags: { ...this.props.tags },
      lifecycle: { preventDestroy: deletionProtection },
    });
    new EcrLifecyclePolicy(this, `keep-${repository}`, { region, repository: made.name, policy: this.keeps });
    if (this.grants !== undefined)
      new EcrRepositoryPolicy(this, `rights-${repository}`, { region, repository: made.name, policy: this.grants });
  }

  private replicate({ region, replicas, replication, aws }: Registry): void {
    const { name } = this.props;
    const templates = replicas.map((place) => this.template(`replica-${place}`, name, place, "REPLICATION"));
    if (replication === "external") return;
    new EcrReplicationConfiguration(this, "replication", {
      region,
      replicationConfiguration: {
        rule: [
          {
            destination: replicas.map((place) => ({ region: place, registryId: aws?.accountId ?? "" })),
            repositoryFilter: [{ filter: `${name}/`, filterType: "PREFIX_MATCH" }],
          },
        ],
      },
      // what was copied before keeps the settings that it was made with
      dependsOn: templates,
    });
  }

  /** What a repository is like that ECR makes: without it mutable, open to nobody else, and kept whole for ever. */
  private template(id: string, prefix: string, region: string, appliedFor: string): TerraformResource {
    return new EcrRepositoryCreationTemplate(this, id, {
      region,
      prefix,
      appliedFor: [appliedFor],
      // what was cached follows its source, also where that moves a tag
      imageTagMutability: appliedFor === "REPLICATION" ? this.mutability : "MUTABLE",
      lifecyclePolicy: this.keeps,
      repositoryPolicy: this.grants,
    });
  }
}
