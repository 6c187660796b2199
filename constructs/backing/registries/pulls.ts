import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { ArtifactRegistryRepositoryIamMember } from "@cdktf/provider-google/lib/artifact-registry-repository-iam-member";
import { Construct } from "constructs";
import { partitionOf } from "../../clusters/eks/partition";
import { ACR_ROLES } from "./azure";

export interface AzurePullsProps {
  /** Resource id. */
  readonly registryId: string;
  /** Object id of the kubelets' identity. */
  readonly objectId: string;
}

/** A cluster's right on a registry of Azure, in both of the registry's modes. */
export class AzurePulls extends Construct {
  constructor(scope: Construct, id: string, { registryId, objectId }: AzurePullsProps) {
    super(scope, id);
    for (const [index, role] of ACR_ROLES.pull.entries())
      new RoleAssignment(this, `pull-${index}`, {
        scope: registryId,
        roleDefinitionName: role,
        principalId: objectId,
        // an identity of this very apply, which the directory may not show yet
        skipServicePrincipalAadCheck: true,
      });
  }
}

export interface CachePullsProps {
  /** Name of the nodes' role. */
  readonly roleName: string;
  readonly policyName: string;
  readonly accountId: string;
  readonly region: string;
  /** What the names of cached repositories start with. */
  readonly prefixes: readonly string[];
}

/** The right to be the first that pulls an image through a cache of ECR: the nodes' own policy has the rest of it. */
export class CachePulls extends Construct {
  constructor(scope: Construct, id: string, { roleName, policyName, accountId, region, prefixes }: CachePullsProps) {
    super(scope, id);
    new IamRolePolicy(this, "policy", {
      role: roleName,
      name: policyName,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository"],
            Resource: prefixes.map((prefix) => `arn:${partitionOf(region)}:ecr:*:${accountId}:repository/${prefix}/*`),
          },
        ],
      }),
    });
  }
}

export interface GooglePullsProps {
  readonly projectId: string;
  readonly location: string;
  /** Id of the repository. */
  readonly repository: string;
  /** Of the nodes' service account. */
  readonly email: string;
}

/** The right of nodes on a repository of another project. */
export class GooglePulls extends Construct {
  constructor(scope: Construct, id: string, { projectId, location, repository, email }: GooglePullsProps) {
    super(scope, id);
    new ArtifactRegistryRepositoryIamMember(this, "reader", {
      project: projectId,
      location,
      repository,
      role: "roles/artifactregistry.reader",
      member: `serviceAccount:${email}`,
    });
  }
}
