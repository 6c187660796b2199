import { type App, TerraformOutput } from "cdktf";
import { POOL_OUTPUT } from "../constructs/backing/registries/google";
import { AwsTokens, AzureTokens, GoogleTokens } from "../constructs/backing/registries/token-identities";
import { literalDeep } from "../constructs/cdktf/escape";
import { partitionOf } from "../constructs/clusters/eks/partition";
import { remoteFace } from "../constructs/clusters/outputs";
import { IssuerTrust } from "../constructs/identity/issuer-trust";
import { awsProvider, azureProvider, googleProvider } from "../constructs/providers";
import { clusterName, stackIds } from "../model/derived/names";
import { type TokenPull, tokenPulls, tokenSecret } from "../model/derived/pulls";
import { nearestRegion, pullPool, registryGroup, registryId, registryName } from "../model/derived/registries";
import type { Cluster } from "../model/schema/cluster";
import { ClusterStack } from "./cluster-stack";
import { FleetStack, type StackContext } from "./fleet-stack";
import { clusterTags } from "./parts/tags";

/**
 * What a cluster's applications need in the cloud of a registry that isn't the cluster's own. A state of its own: it has
 * one provider, of the registry's account, and can be destroyed when the last application has gone elsewhere.
 */
export class PullStack extends FleetStack {
  private constructor(
    app: App,
    private readonly cluster: Cluster,
    private readonly pull: TokenPull,
    context: StackContext,
  ) {
    super(app, stackIds.pull(context.fleet.name, cluster.name, pull.key), context);
    for (const [name, value] of Object.entries(this.identities()))
      new TerraformOutput(this, `pull_${name}`, { value, description: "For the priming of the cluster." }).overrideLogicalId(
        pullOutput(name),
      );
  }

  /** Builds a stack for each registry of another cloud that applications of a cluster have images from. */
  static build(app: App, cluster: Cluster, context: StackContext): void {
    for (const pull of tokenPulls(context.fleet, cluster)) new PullStack(app, cluster, pull, context);
  }

  private identities(): Readonly<Record<string, string>> {
    const { fleet, text } = this.context;
    const { cluster, pull } = this;
    const { key, namespaces } = pull;
    const registry = text.registries[key]!;
    const outputs = this.read("cluster", stackIds.cluster(fleet.name, cluster.name));
    const issuer = remoteFace(ClusterStack.builtFor(cluster, this.context).face, outputs).oidcIssuer ?? "";
    const name = `${clusterName(fleet.name, cluster.name)}-${key}`;
    const tags = { ...clusterTags(text, literalDeep(cluster)), registry: key };
    const props = { name, issuer, namespaces, account: tokenSecret(key), tags };
    const region = registry.region ?? "";
    if (registry.cloud === "azure" && registry.azure) {
      azureProvider(this, "azure", registry.azure);
      this.after(stackIds.registry(fleet.name, key));
      const resourceGroup = registryGroup(fleet, key);
      return new AzureTokens(this, "pull", {
        ...props,
        resourceGroup,
        location: region,
        registryId: registryId(fleet, key, registry),
      }).outputs;
    }
    if (registry.cloud === "google" && registry.google) {
      googleProvider(this, "google", { ...registry.google, region });
      const { projectId } = registry.google;
      const made = this.read("registry", stackIds.registry(fleet.name, key));
      const repository = registryName(fleet, key, registry);
      const pool = { id: pullPool(fleet, key, registry), name: made.getString(POOL_OUTPUT) };
      return new GoogleTokens(this, "pull", { ...props, cluster: cluster.name, projectId, location: region, repository, pool })
        .outputs;
    }
    if (registry.cloud !== "aws" || !registry.aws)
      throw new Error(`registry ${key} has no account: the fleet was not loaded by loadFleet`);
    const { accountId } = registry.aws;
    const near = nearestRegion(registry, cluster);
    awsProvider(this, "aws", { ...registry.aws, region: near });
    const { engine, aws: zone } = fleet.dns;
    // an account takes an issuer once, and the zone's has it from the cluster's stack
    const trusted = engine === "route53" && zone?.accountId === accountId;
    const arns = (names: readonly string[], place: string) =>
      names.map((name) => `arn:${partitionOf(near)}:ecr:${place}:${accountId}:repository/${name}/*`);
    return new AwsTokens(this, "pull", {
      ...props,
      oidcProviderArn: trusted ? outputs.getString("oidc_provider_arn") : new IssuerTrust(this, "issuer", { issuer, tags }).arn,
      repositories: arns([registryName(fleet, key, registry)], near),
      caches: arns(Object.keys(registry.caches), "*"),
    }).outputs;
  }
}

/** Name of the output for a namespace, or for all of them. */
export const pullOutput = (name: string): string => `pull_${name.replaceAll("-", "_")}`;
