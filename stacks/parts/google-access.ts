import { Construct } from "constructs";
import { grantClusterAdmin, grantLogin } from "../../constructs/clusters/gke/access";
import { ProjectServices } from "../../constructs/clusters/gke/services";
import { googleProvider } from "../../constructs/providers";
import { namespaceOf } from "../../model/derived/placement";
import type { GoogleCluster } from "../../model/schema/cluster";
import type { Fleet } from "../../model/schema/fleet";
import type { FleetStack } from "../fleet-stack";

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
 *
 * Every resource names its project, so one provider is enough for all that the same identity works in. It has no alias:
 * Terraform refuses every plan of a state that holds a resource of an aliased provider that is gone, as that of a
 * project would be once its last cluster is.
 */
export function grantGoogleAccess(stack: FleetStack): void {
  const projects = googleProjects(stack.context.text);
  const clusters = [...projects.values()].flat();
  const identities = new Set(clusters.map(({ google }) => google.impersonateServiceAccount));
  const providerOf =
    ([first]: readonly GoogleCluster[]) =>
    (scope: Construct, alias?: string) =>
      googleProvider(scope, "provider", { ...first!.google, region: first!.region, alias });
  const shared = identities.size === 1 ? providerOf(clusters)(new Construct(stack, "google")) : undefined;
  for (const [projectId, members] of projects) {
    const project = new Construct(stack, `google-${projectId}`);
    const provider = shared ?? providerOf(members)(project, projectId);
    const services = new ProjectServices(project, "services", projectId, provider);
    const admins = members.flatMap(({ google }) => [...google.admins, google.runner]);
    grantClusterAdmin(project, "access", projectId, admins, { services, provider });
    grantLogin(project, projectId, peopleOf(stack.context.text, members), { services, provider });
  }
}

/** Who gets at a namespace of one of these clusters, by the fleet file. */
function peopleOf({ apps, namespaces }: Fleet, clusters: readonly GoogleCluster[]): readonly string[] {
  if (clusters.length === 0) return [];
  const used = Object.entries(apps).map(([name, app]) => namespaceOf(name, app));
  return Object.entries(namespaces).flatMap(
    ([
      name,
      {
        access: { google },
      },
    ]) => (google && used.includes(name) ? [...google.developers, ...google.viewers] : []),
  );
}
