import { ArtifactRegistryRepositoryIamMember } from "@cdktf/provider-google/lib/artifact-registry-repository-iam-member";
import { IamWorkloadIdentityPoolProvider } from "@cdktf/provider-google/lib/iam-workload-identity-pool-provider";
import { ServiceAccount } from "@cdktf/provider-google/lib/service-account";
import { ServiceAccountIamMember } from "@cdktf/provider-google/lib/service-account-iam-member";
import { Construct } from "constructs";
import { shorten, shortHash } from "../../../model/derived/names";
import { WebIdentityRole } from "../../identity/aws-roles";
import { AzureIdentity } from "../../identity/azure-identity";
import { pullImagesPolicy } from "../../identity/policies";
import { subjectOf } from "../../identity/trust";
import { ACR_ROLES } from "./azure";

/**
 * What the pods of a cluster need to fetch tokens of a registry in another cloud: an identity there for each namespace,
 * which trusts the tokens of one service account. Kubernetes asks for no key, and there is none.
 */
export interface TokenIdentitiesProps {
  /** Start of the names of identities. */
  readonly name: string;
  /** Issuer of the cluster's tokens. */
  readonly issuer: string;
  readonly namespaces: readonly string[];
  /** Name of the service account in each of them. */
  readonly account: string;
  /** Escaped. */
  readonly tags: Readonly<Record<string, string>>;
}

/** What the stack of the cluster's priming must know, by namespace. */
export type TokenOutputs = Readonly<Record<string, string>>;

export interface AwsTokensProps extends TokenIdentitiesProps {
  /** ARN of the trust of the registry's account in the cluster's tokens. */
  readonly oidcProviderArn: string;
  /** ARNs of the repositories. */
  readonly repositories: readonly string[];
  /** ARNs of repositories that the first pull of an image makes. */
  readonly caches: readonly string[];
}

export class AwsTokens extends Construct {
  readonly outputs: TokenOutputs;

  constructor(scope: Construct, id: string, props: AwsTokensProps) {
    super(scope, id);
    const { name, namespaces, account, oidcProviderArn, repositories, caches, tags } = props;
    this.outputs = Object.fromEntries(
      namespaces.map((namespace) => {
        const role = new WebIdentityRole(this, `namespace-${namespace}`, {
          name: `${name}-${namespace}`,
          account: { namespace, name: account },
          oidcProviderArn,
          policy: pullImagesPolicy(repositories, caches),
          tags,
        });
        return [namespace, role.arn];
      }),
    );
  }
}

export interface AzureTokensProps extends TokenIdentitiesProps {
  readonly resourceGroup: string;
  readonly location: string;
  readonly registryId: string;
}

/** An identity for each namespace: one takes twenty trusts at most (Entra docs, workload identity federation). */
export class AzureTokens extends Construct {
  readonly outputs: TokenOutputs;

  constructor(scope: Construct, id: string, props: AzureTokensProps) {
    super(scope, id);
    const { name, issuer, namespaces, account, resourceGroup, location, registryId, tags } = props;
    this.outputs = Object.fromEntries(
      namespaces.map((namespace) => {
        const identity = new AzureIdentity(this, `namespace-${namespace}`, {
          name: shorten(`${name}-${namespace}`, 128),
          resourceGroup,
          location,
          issuer,
          account: { namespace, name: account },
          grants: ACR_ROLES.pull.map((role, index) => ({ id: `pull-${index}`, scope: registryId, role })),
          tags,
        });
        return [namespace, identity.clientId];
      }),
    );
  }
}

export interface GoogleTokensProps extends TokenIdentitiesProps {
  /** Key of the cluster. */
  readonly cluster: string;
  readonly projectId: string;
  readonly location: string;
  readonly repository: string;
  /** The workload identity pool of the registry: its id, and its full name, which has the project's number. */
  readonly pool: { readonly id: string; readonly name: string };
}

/** One provider for the cluster, which takes the tokens of these service accounts alone, and one account that they act as. */
export class GoogleTokens extends Construct {
  /** Audience of the tokens, and the account's address. */
  readonly outputs: Readonly<Record<"audience" | "email", string>>;

  constructor(scope: Construct, id: string, props: GoogleTokensProps) {
    super(scope, id);
    const { name, cluster, projectId, location, repository, pool, issuer, namespaces, account } = props;
    const subjects = namespaces.map((namespace) => `'${subjectOf({ namespace, name: account })}'`);
    const provider = new IamWorkloadIdentityPoolProvider(this, "provider", {
      project: projectId,
      workloadIdentityPoolId: pool.id,
      // 4 to 32 characters; one that is deleted keeps its name for 30 days
      workloadIdentityPoolProviderId: `cluster-${cluster}`,
      // the clusters' subjects are the same words: which cluster's it is must be told besides
      attributeMapping: { "google.subject": "assertion.sub", "attribute.cluster": `'${cluster}'` },
      attributeCondition: `assertion.sub in [${subjects.join(", ")}]`,
      oidc: { issuerUri: issuer },
    });
    const made = new ServiceAccount(this, "account", {
      project: projectId,
      // thirty characters at most
      accountId: `pull-${shortHash(name)}`,
      displayName: `Pods of ${name}`,
    });
    new ServiceAccountIamMember(this, "user", {
      serviceAccountId: made.name,
      role: "roles/iam.workloadIdentityUser",
      member: `principalSet://iam.googleapis.com/${pool.name}/attribute.cluster/${cluster}`,
    });
    new ArtifactRegistryRepositoryIamMember(this, "reader", {
      project: projectId,
      location,
      repository,
      role: "roles/artifactregistry.reader",
      member: `serviceAccount:${made.email}`,
    });
    this.outputs = { audience: `//iam.googleapis.com/${provider.name}`, email: made.email };
  }
}
