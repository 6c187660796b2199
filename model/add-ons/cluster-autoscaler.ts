import * as z from "zod";
import clusterAutoscalerValues from "../catalog/data/chart-values/cluster-autoscaler.json";
import type { Cloud } from "../schema/common";
import type { AddOn, Settings } from "./add-on";
import { chartFields, onOff } from "./fields";

/**
 * Images of cluster-autoscaler by Kubernetes minor, which they follow; the chart's own is one behind (tags of
 * kubernetes/autoscaler by 22 August 2026).
 */
export const CLUSTER_AUTOSCALER_IMAGES: Readonly<Record<string, string>> & { readonly newest: string } = {
  "1.33": "v1.33.6",
  "1.34": "v1.34.5",
  "1.35": "v1.35.2",
  "1.36": "v1.36.1",
  newest: "v1.36.1",
};

const fields = {
  clusterAutoscaler: z
    .strictObject({ ...onOff(true), ...chartFields })
    .prefault({})
    .describe("cluster-autoscaler. EKS only: AKS and GKE have their own."),
};
type Reads = Settings<typeof fields>;

/** Sizes EKS's node groups. AKS and GKE do it themselves. */
export const clusterAutoscaler = {
  fields,
  calls: {
    version: CLUSTER_AUTOSCALER_IMAGES.newest,
    source: "https://github.com/kubernetes/autoscaler",
    // v1.33.6, v1.34.5 and v1.35.2 call the same
    actions: {
      awsRead: {
        "autoscaling:DescribeAutoScalingGroups": "cluster-autoscaler/cloudprovider/aws/aws_wrapper.go:190",
        "autoscaling:DescribeLaunchConfigurations": "cluster-autoscaler/cloudprovider/aws/aws_wrapper.go:158",
        "autoscaling:DescribeScalingActivities": "cluster-autoscaler/cloudprovider/aws/auto_scaling_groups.go:542",
        "ec2:DescribeImages": "cluster-autoscaler/cloudprovider/aws/aws_wrapper.go:328",
        "ec2:DescribeInstanceTypes": "cluster-autoscaler/cloudprovider/aws/aws_util.go:39",
        "ec2:DescribeLaunchTemplateVersions": "cluster-autoscaler/cloudprovider/aws/aws_wrapper.go:307",
        "ec2:GetInstanceTypesFromInstanceRequirements": "cluster-autoscaler/cloudprovider/aws/aws_wrapper.go:349",
        "eks:DescribeNodegroup": "cluster-autoscaler/cloudprovider/aws/aws_wrapper.go:77",
      },
      awsWrite: {
        "autoscaling:SetDesiredCapacity": "cluster-autoscaler/cloudprovider/aws/auto_scaling_groups.go:271",
        "autoscaling:TerminateInstanceInAutoScalingGroup": "cluster-autoscaler/cloudprovider/aws/auto_scaling_groups.go:374",
      },
    },
  },
  about: [
    {
      field: "clusterAutoscaler",
      on: "yes, EKS only",
      installs: "cluster-autoscaler in the version of the cluster",
      needs: "–",
      may: "AWS: look at all scaling groups, size and shrink those tagged as this cluster's",
    },
  ],
  charts: {
    "cluster-autoscaler": {
      pin: {
        chart: "cluster-autoscaler",
        repository: "https://kubernetes.github.io/autoscaler",
        version: "9.59.0",
        previous: "9.58.0",
        appVersion: "1.35.0",
        source: { repository: "https://github.com/kubernetes/autoscaler", tag: "cluster-autoscaler-chart-9.59.0" },
        licence: "Apache-2.0",
        timeoutSeconds: 300,
      },
      shape: clusterAutoscalerValues,
      settings: ({ clusterAutoscaler }: Reads) => clusterAutoscaler,
    },
  },
  wanted: ({ clusterAutoscaler }: Reads, cloud: Cloud) => cloud === "aws" && clusterAutoscaler.enabled,
} satisfies AddOn;
