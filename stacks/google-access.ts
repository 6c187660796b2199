import { Construct } from "constructs";
import { grantClusterAdmin } from "../constructs/clusters/gke/access";
import { ProjectServices } from "../constructs/clusters/gke/services";
import { googleProvider } from "../constructs/providers";
import type { GoogleCluster } from "../model/schema/cluster";
import type { Fleet } from "../model/schema/fleet";
import type { FleetStack } from "./fleet-stack";

/** GKE clusters of a fleet by their project: administrators are the project's, not a cluster's. */
export function googleProjects(fleet: Fleet): ReadonlyMap<string, readonly GoogleCluster[]> {
  const projects = new Map<string, GoogleCluster[]>();
  for (const cluster of fleet.clusters)
    if (cluster.cloud === "google")
      projects.set(cluster.google.projectId, [...(projects.get(cluster.google.projectId) ?? []), cluster]);
  return projects;
}

/**
 * Administrators of each project's clusters, once for all of them: in the clusters' own states, the first cluster to be
 * destroyed would take the grant from the others.
 */
export function grantGoogleAccess(stack: FleetStack): void {
  const projects = googleProjects(stack.context.fleet);
  for (const [projectId, [first, ...others]] of projects) {
    const project = new Construct(stack, `google-${projectId}`);
    const provider = googleProvider(project, "provider", {
      ...first!.google,
      region: first!.region,
      alias: projects.size > 1 ? projectId : undefined,
    });
    const members = [first!, ...others].flatMap(({ google }) => [...google.admins, google.runner]);
    const services = new ProjectServices(project, "services", projectId, provider);
    grantClusterAdmin(project, "access", projectId, members, { services, provider });
  }
}
