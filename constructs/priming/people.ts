import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { Construct } from "constructs";
import { shortHash } from "../../model/derived/names";
import type { Values } from "../helm/values";
import type { AddOnHost, OwnAws, OwnAzure } from "./host";
import type { AppNamespace } from "./namespace";

/** What people are to a namespace, with Kubernetes' own role for it and Azure's (learn.microsoft.com/azure/aks/manage-azure-rbac). */
const ROLES = {
  developers: { kubernetes: "edit", azure: "Azure Kubernetes Service RBAC Writer" },
  viewers: { kubernetes: "view", azure: "Azure Kubernetes Service RBAC Reader" },
} as const;
type Role = keyof typeof ROLES;

interface Grant {
  readonly namespace: string;
  readonly role: Role;
  readonly principals: readonly string[];
}

/**
 * Lets people into namespaces of applications by their identity in the cluster's cloud: on AKS by roles on the namespace,
 * which is what its API server asks for people of Entra; elsewhere by RBAC, on EKS for groups that an access entry gives.
 */
export class PeoplesAccess extends Construct {
  /** RoleBindings of the namespaces. */
  readonly bindings: readonly Values[];

  constructor(scope: Construct, id: string, host: AddOnHost, namespaces: readonly AppNamespace[]) {
    super(scope, id);
    const grants = namespaces.flatMap(({ name: namespace, access }) =>
      (Object.keys(ROLES) as Role[]).flatMap((role): Grant[] => {
        const principals = access?.[role] ?? [];
        return principals.length > 0 ? [{ namespace, role, principals }] : [];
      }),
    );
    const { own } = host;
    if (own.cloud === "azure") this.onAzure(host, own, grants);
    if (own.cloud === "aws") this.onAws(host, own, grants);
    this.bindings = own.cloud === "azure" ? [] : grants.map((grant) => binding(grant, subjectsOf(own.cloud, grant)));
  }

  private onAzure(host: AddOnHost, { subscriptionId, foundation }: OwnAzure, grants: readonly Grant[]): void {
    const { resourceGroup, clusterName } = foundation;
    const cluster = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.ContainerService/managedClusters/${clusterName}`;
    for (const { namespace, role, principals } of grants)
      for (const principalId of principals)
        new RoleAssignment(this, `${namespace}-${role}-${shortHash(principalId)}`, {
          provider: host.ownProvider(),
          scope: `${cluster}/namespaces/${namespace}`,
          roleDefinitionName: ROLES[role].azure,
          principalId,
        });
  }

  /** A cluster takes one entry of each principal, with all of its groups. */
  private onAws(host: AddOnHost, { foundation }: OwnAws, grants: readonly Grant[]): void {
    const principals = [...new Set(grants.flatMap((grant) => grant.principals))];
    for (const principalArn of principals)
      new EksAccessEntry(this, `entry-${shortHash(principalArn)}`, {
        provider: host.ownProvider(),
        clusterName: foundation.clusterName,
        principalArn,
        kubernetesGroups: grants
          .filter((grant) => grant.principals.includes(principalArn))
          .map(groupOf)
          .sort(),
        tags: { ...host.tags },
      });
  }
}

const groupOf = ({ namespace, role }: Grant): string => `meridian:${namespace}:${role}`;

const subject = (kind: "Group" | "User", name: string): Values => ({ apiGroup: "rbac.authorization.k8s.io", kind, name });

function subjectsOf(cloud: "aws" | "google" | "existing", grant: Grant): readonly Values[] {
  switch (cloud) {
    case "aws":
      return [subject("Group", groupOf(grant))];
    case "google":
      return grant.principals.map((member) => {
        const [kind, name] = member.split(":") as [string, string];
        return subject(kind === "group" ? "Group" : "User", name);
      });
    case "existing":
      return grant.principals.map((name) => subject("Group", name));
  }
}

const binding = ({ namespace, role }: Grant, subjects: readonly Values[]): Values => ({
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind: "RoleBinding",
  metadata: { name: role, namespace },
  subjects,
  roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: ROLES[role].kubernetes },
});
