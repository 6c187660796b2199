import { Construct } from "constructs";
import type { ClusterFace, GoogleFoundation } from "../face";
import { grantClusterAdmin } from "./access";
import { checkGkeCluster } from "./checks";
import { gkeControlPlane } from "./control-plane";
import { GkeSecretsKey } from "./encryption";
import { GkeIngress } from "./ingress";
import { gkeNetwork } from "./network";
import { GkeNodeIdentity } from "./node-identity";
import { gkeNodePools } from "./node-pools";
import type { GkeClusterProps } from "./props";
import { ProjectServices } from "./services";
import { gkeSettings } from "./settings";

/**
 * A regional GKE cluster with private nodes. Needs a Google provider in its stack; every resource names the project itself.
 *
 * The stack's runner needs in the project: roles/container.admin, compute.networkAdmin, iam.serviceAccountAdmin,
 * iam.serviceAccountUser, resourcemanager.projectIamAdmin, serviceusage.serviceUsageAdmin, cloudkms.admin.
 * @throws where GKE would refuse the props in the middle of an apply, with every reason
 */
export class GkeCluster extends Construct {
  /** What priming, applications and routing need. */
  readonly face: ClusterFace;
  /** What priming needs besides. */
  readonly foundation: GoogleFoundation;
  /** E-mail address of the service account of every node. */
  readonly nodeAccount: string;

  constructor(scope: Construct, id: string, props: GkeClusterProps) {
    super(scope, id);
    const settings = gkeSettings(props);
    checkGkeCluster(settings);
    const { name, projectId, region, provider } = settings;

    const services = new ProjectServices(this, "services", projectId, provider);
    const network = gkeNetwork(this, "network", settings, services);
    const nodes = new GkeNodeIdentity(this, "nodes", settings, services);
    this.nodeAccount = nodes.email;
    const ingress = new GkeIngress(this, "ingress", settings, services);
    const key = settings.secretsKey === undefined ? new GkeSecretsKey(this, "secrets", settings, services) : undefined;
    if (settings.grantAccess) grantClusterAdmin(this, "access", projectId, settings.members, { services, provider });

    const { cluster, endpoint, certificateAuthority } = gkeControlPlane(this, settings, {
      network,
      nodeAccount: nodes.email,
      secretsKey: key?.keyId ?? settings.secretsKey!,
      // Services and grants come before it, and the address outlives it.
      dependsOn: [
        ...services.of("container", "compute", "dns", "file", "artifactregistry"),
        ...nodes.grants,
        ...network.ready,
        ...(key ? [key.grant] : []),
        ingress.address,
      ],
    });
    gkeNodePools(this, settings, { cluster, nodeAccount: nodes.email });

    this.face = {
      name: settings.clusterKey,
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
