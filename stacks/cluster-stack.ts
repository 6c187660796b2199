import { type App, TerraformOutput } from "cdktf";
import { literalDeep } from "../constructs/cdktf/escape";
import type { ClusterFace } from "../constructs/clusters/face";
import { exportCluster, type Foundation } from "../constructs/clusters/outputs";
import { ClusterRecords } from "../constructs/dns/cluster-records";
import { IssuerTrust } from "../constructs/identity/issuer-trust";
import { readsEntries } from "../model/derived/app-secrets";
import { usesIssuer } from "../model/derived/certificates";
import { stackIds } from "../model/derived/names";
import { ofRule } from "../model/problems/problem";
import type { Cluster } from "../model/schema/cluster";
import { FleetStack, type StackContext } from "./fleet-stack";
import { attachDatabases } from "./parts/attach-databases";
import { attachRegistries } from "./parts/attach-registries";
import { grantPulls } from "./parts/grant-pulls";
import { makeCluster } from "./parts/make-cluster";
import { makeServers } from "./parts/make-servers";
import { applyOverrides } from "./parts/overrides";
import { zoneTrustsIssuer } from "./parts/own-provider";
import { clusterTags } from "./parts/tags";
import { zoneAccess, zoneProvider } from "./parts/zone-access";

/** A cluster, its network and ingress address, the records that name it, and the trust in its tokens. */
export class ClusterStack extends FleetStack {
  readonly face: ClusterFace;
  /** What priming needs besides the face. @default - an existing cluster has none */
  readonly foundation?: Foundation;

  /** The stack of a cluster, which must have been built before the stacks that use it. */
  static builtFor(cluster: Cluster, { fleet, stacks }: StackContext): ClusterStack {
    const id = stackIds.cluster(fleet.name, cluster.name);
    const stack = stacks.get(id);
    if (!(stack instanceof ClusterStack)) throw new Error(`stack ${id} has not been built: build it before those that use it`);
    return stack;
  }

  constructor(app: App, cluster: Cluster, context: StackContext) {
    super(app, stackIds.cluster(context.fleet.name, cluster.name), context);
    const { fleet } = context;
    const text = literalDeep(cluster);
    const tags = clusterTags(context.text, text);
    const made = makeCluster(this, text, tags);
    this.face = made.face;
    this.foundation = made.foundation;

    attachDatabases(this, cluster, made.network, tags);
    grantPulls(this, cluster, made.nodes);
    attachRegistries(this, cluster, made.network, tags);
    makeServers(this, cluster, made.network, tags);
    const provider = zoneProvider(this, made.own);
    const zone = zoneAccess(this, provider);
    new ClusterRecords(this, "records", {
      cluster: cluster.name,
      zone,
      ingress: this.face.ingress,
      ttlSeconds: fleet.dns.ttlSeconds,
      tags,
      provider,
    });
    exportCluster(this, this.face, this.foundation);
    const issuer = this.face.oidcIssuer;
    if (zone.engine === "route53" && issuer !== undefined && usesIssuer(fleet, cluster)) {
      const given = text.cloud === "existing" ? text.existing.oidcProviderArn : undefined;
      new TerraformOutput(this, "oidc_provider_arn", {
        value: given ?? new IssuerTrust(this, "issuer", { issuer, tags, provider }).arn,
        description: "IAM's trust in the cluster's tokens, in the zone's account.",
      });
    }
    this.trustForEntries(cluster, tags);
    context.problems.push(...ofRule("overrides", applyOverrides(this, cluster)));
  }

  /** Its account's own trust in the cluster's tokens, by which namespaces read entries: an account takes an issuer once. */
  private trustForEntries(cluster: Cluster, tags: Readonly<Record<string, string>>): void {
    const { fleet } = this.context;
    if (cluster.cloud !== "aws" || this.face.oidcIssuer === undefined) return;
    if (!readsEntries(fleet, cluster.name) || zoneTrustsIssuer(cluster, fleet.dns)) return;
    const trust = new IssuerTrust(this, "own-issuer", { issuer: this.face.oidcIssuer, tags });
    new TerraformOutput(this, "own_oidc_provider_arn", {
      value: trust.arn,
      description: "IAM's trust in the cluster's tokens, in its own account.",
    });
  }
}
