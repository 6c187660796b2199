import { CLUSTER_AUTOSCALER_IMAGES } from "../../../model/add-ons/cluster-autoscaler";
import { PodIdentityRole } from "../../identity/aws-roles";
import { autoscalerPolicy } from "../../identity/policies";
import type { Install } from "../install";

const ACCOUNT = { namespace: "cluster-autoscaler", name: "cluster-autoscaler" };

/** Sizes EKS's node groups by what pods ask for. AKS and GKE do it themselves. */
export const clusterAutoscaler: Install<"cluster-autoscaler"> = {
  namespace: { name: ACCOUNT.namespace, podSecurity: "restricted", open: [{ port: 8085, from: "cluster" }] },
  install(scope, host, installer) {
    const { name, own, tags } = host;
    if (own.cloud !== "aws") throw new Error(`cluster-autoscaler on ${host.face.name}: it is for EKS alone`);
    const role = new PodIdentityRole(scope, "role", {
      provider: host.ownProvider(),
      name: `${name}-cluster-autoscaler`,
      clusterName: own.foundation.clusterName,
      account: ACCOUNT,
      policy: autoscalerPolicy(name),
      permissionsBoundaryArn: own.permissionsBoundaryArn,
      tags,
    });
    installer.chart(scope, "release", {
      phase: "operators",
      chart: "cluster-autoscaler",
      namespace: ACCOUNT.namespace,
      after: role.ready,
      values: {
        fullnameOverride: "cluster-autoscaler",
        cloudProvider: "aws",
        awsRegion: own.region,
        autoDiscovery: { clusterName: name },
        image: { tag: CLUSTER_AUTOSCALER_IMAGES[own.kubernetes] ?? CLUSTER_AUTOSCALER_IMAGES.newest },
        rbac: { serviceAccount: { create: true, name: ACCOUNT.name } },
        extraArgs: { "balance-similar-node-groups": true, expander: "least-waste", "skip-nodes-with-local-storage": false },
        resources: { requests: { cpu: "100m", memory: "256Mi" }, limits: { memory: "600Mi" } },
        containerSecurityContext: {
          allowPrivilegeEscalation: false,
          capabilities: { drop: ["ALL"] },
          readOnlyRootFilesystem: true,
        },
        securityContext: {
          runAsNonRoot: true,
          runAsUser: 65534,
          runAsGroup: 65534,
          fsGroup: 65534,
          seccompProfile: { type: "RuntimeDefault" },
        },
      },
    });
  },
};
