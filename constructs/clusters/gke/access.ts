import { ProjectIamMember } from "@cdktf/provider-google/lib/project-iam-member";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { shortHash } from "../../../model/derived/names";
import type { ProjectServices } from "./services";

/**
 * Makes members administrators of the GKE clusters of a project, leaving every other grant alone.
 *
 * Of the project, because nothing less works: an IAM condition on resource.name is not evaluated for what is inside
 * a cluster (measured in August 2026 by the authors of the public kube-agents: a condition on the cluster, and even one
 * on the service alone, grants nothing there), a cluster has no policy of its own, and Kubernetes RBAC would have to be
 * written by somebody who already is an administrator. Clusters that need different administrators need different projects.
 */
export function grantClusterAdmin(
  scope: Construct,
  id: string,
  projectId: string,
  members: Iterable<string>,
  options: { readonly services?: ProjectServices; readonly provider?: TerraformProvider } = {},
): void {
  const group = new Construct(scope, id);
  for (const member of new Set(members))
    new ProjectIamMember(group, `admin-${shortHash(member)}`, {
      provider: options.provider,
      project: projectId,
      role: "roles/container.admin",
      member,
      dependsOn: options.services?.of("cloudresourcemanager", "container"),
    });
}

/**
 * Lets people find the clusters of a project and log in to them; what they may do there is for RBAC. Of the project, and
 * once for all of its clusters, for the same reasons.
 */
export function grantLogin(
  scope: Construct,
  projectId: string,
  members: Iterable<string>,
  options: { readonly services?: ProjectServices; readonly provider?: TerraformProvider } = {},
): void {
  for (const member of new Set(members))
    new ProjectIamMember(scope, `login-${shortHash(member)}`, {
      provider: options.provider,
      project: projectId,
      role: "roles/container.clusterViewer",
      member,
      dependsOn: options.services?.of("cloudresourcemanager", "container"),
    });
}
