import { Construct } from "constructs";
import type { ClusterFace, GoogleFoundation } from "../face";
import { grantClusterAdmin } from "./access";
import { controlPlane } from "./control-plane";
import { SecretsKey } from "./encryption";
import { Ingress } from "./ingress";
import { googleLabels } from "./labels";
import { DEFAULT_MAINTENANCE } from "./maintenance";
import { clusterNetwork } from "./network";
import { NodeIdentity } from "./node-identity";
import { nodePool } from "./node-pools";
import type { GkeClusterProps } from "./props";
import { ProjectServices } from "./services";

export { grantClusterAdmin } from "./access";
export { googleLabels } from "./labels";
export type { GkeApi, GkeClusterProps, GkeMaintenance, GkeNetwork, GkePool } from "./props";

/**
 * A regional GKE cluster with private nodes. Needs a Google provider in its stack; every resource names the project itself.
 *
 * The stack's runner needs in the project: roles/container.admin, compute.networkAdmin, iam.serviceAccountAdmin,
 * iam.serviceAccountUser, resourcemanager.projectIamAdmin, serviceusage.serviceUsageAdmin, cloudkms.admin.
 */
export class GkeCluster extends Construct {
  /** What priming, applications and routing need. */
  readonly face: ClusterFace;
  /** What priming needs besides. */
  readonly foundation: GoogleFoundation;

  constructor(scope: Construct, id: string, props: GkeClusterProps) {
    super(scope, id);
    const { name, projectId, region } = props;
    const zones = props.network.zones;
    const deletionProtection = props.deletionProtection ?? true;
    const labels = googleLabels(props.tags ?? {});

    const services = new ProjectServices(this, "services", projectId);
    const placed = { name, projectId, region, services };
    const kept = { ...placed, labels, deletionProtection };
    const network = clusterNetwork(this, "network", { ...kept, network: props.network });
    const nodes = new NodeIdentity(this, "nodes", placed);
    const ingress = new Ingress(this, "ingress", kept);
    const key = props.secretsKey ? undefined : new SecretsKey(this, "secrets", kept);
    if (props.grantAccess ?? true)
      grantClusterAdmin(this, "access", projectId, [...(props.admins ?? []), props.runner], { services });

    const { cluster, endpoint, certificateAuthority } = controlPlane(this, "control-plane", {
      ...kept,
      kubernetes: props.kubernetes,
      zones,
      network,
      nodeAccount: nodes.email,
      api: props.api,
      releaseChannel: props.releaseChannel ?? "REGULAR",
      dnsEndpoint: props.dnsEndpoint ?? false,
      controlPlaneCidr: props.controlPlaneCidr,
      secretsKey: key?.keyId ?? props.secretsKey!,
      maintenance: props.maintenance ?? DEFAULT_MAINTENANCE,
      // Services and grants come before it, and the address outlives it.
      dependsOn: [
        ...services.of("container", "compute", "dns", "file", "artifactregistry"),
        ...nodes.grants,
        ...network.ready,
        ...(key ? [key.grant] : []),
        ingress.address,
      ],
    });
    for (const [poolKey, pool] of Object.entries(props.pools))
      nodePool(this, `pool-${poolKey}`, {
        key: poolKey,
        pool,
        projectId,
        cluster,
        region,
        zones,
        nodeAccount: nodes.email,
      });

    this.face = {
      name: props.clusterKey ?? name,
      endpoint,
      certificateAuthority,
      auth: {
        command: "gke-gcloud-auth-plugin",
        // The identity that Terraform's own google provider and gcs backend use: a person's `gcloud auth
        // application-default login`, a pipeline's GOOGLE_APPLICATION_CREDENTIALS (workload identity federation). Without
        // it the plugin asks gcloud, which may be logged in as somebody else, or not at all.
        args: ["--use_application_default_credentials"],
      },
      // The form is fixed, so that trust in it can be planned; the name is the cluster's attribute, so that it waits for the cluster.
      oidcIssuer: `https://container.googleapis.com/v1/projects/${projectId}/locations/${region}/clusters/${cluster.name}`,
      ingress: ingress.face,
    };
    this.foundation = {
      clusterName: name,
      projectId,
      location: region,
      network: network.network,
      subnetwork: network.subnetwork,
    };
  }
}
