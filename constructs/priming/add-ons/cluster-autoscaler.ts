import { CLUSTER_AUTOSCALER_IMAGES } from "../../../model/catalog/charts";
import { clusterName } from "../../../model/derived/names";
import { PodIdentityRole } from "../../identity/aws-roles";
import { autoscalerPolicy } from "../../identity/policies";
import type { AddOn } from "../context";

const ACCOUNT = { namespace: "cluster-autoscaler", name: "cluster-autoscaler" };

/** Sizes EKS's node groups by what pods ask for. AKS and GKE do it themselves. */
export const clusterAutoscaler: AddOn = {
  name: "cluster-autoscaler",
  wanted: ({ addons, half }) => half.cloud === "aws" && addons.clusterAutoscaler.enabled,
  namespace: { name: ACCOUNT.namespace, podSecurity: "restricted", open: [{ port: 8085, from: "cluster" }] },
  install(scope, { addons, half, fleet, tags }, installer) {
    if (half.cloud !== "aws") return;
    const { cluster } = half;
    const name = clusterName(fleet.name, cluster.name);
    const role = new PodIdentityRole(scope, "role", {
      name: `${name}-cluster-autoscaler`,
      clusterName: half.foundation.clusterName,
      account: ACCOUNT,
      policy: autoscalerPolicy(name),
      permissionsBoundaryArn: cluster.aws.permissionsBoundaryArn,
      tags,
    });
    installer.chart(scope, "release", {
      phase: "operators",
      chart: "cluster-autoscaler",
      namespace: ACCOUNT.namespace,
      settings: addons.clusterAutoscaler,
      after: role.ready,
      values: {
        fullnameOverride: "cluster-autoscaler",
        cloudProvider: "aws",
        awsRegion: cluster.region,
        autoDiscovery: { clusterName: name },
        image: { tag: CLUSTER_AUTOSCALER_IMAGES[cluster.kubernetes] ?? CLUSTER_AUTOSCALER_IMAGES.newest },
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
