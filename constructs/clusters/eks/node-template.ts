import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import type { Construct } from "constructs";
import type { ClusterPool } from "../settings";
import { type EksSettings, named } from "./settings";

/** A launch template by its id, and its newest version as text, which is what a node group takes. */
export interface NodeTemplate {
  readonly id: string;
  readonly latestVersion: string;
}

/**
 * How the machines of a pool are made. A change rolls through the pool in place. It names no security group: then EKS
 * puts the cluster's on the nodes, which the ingress load balancer's rule is on.
 */
export function nodeTemplate(scope: Construct, settings: EksSettings, pool: string, props: ClusterPool): NodeTemplate {
  // No cluster and no pool has an underscore in its name: no two pools of the account share this one.
  const name = `${settings.name}_${pool}`;
  const tags = named(settings, name);
  const template = new LaunchTemplate(scope, "template", {
    provider: settings.provider,
    name,
    updateDefaultVersion: true,
    blockDeviceMappings: [
      {
        // Root device of Amazon Linux 2023
        deviceName: "/dev/xvda",
        ebs: { volumeSize: props.diskGib, volumeType: "gp3", encrypted: "true", deleteOnTermination: "true" },
      },
    ],
    // One hop ends in the machine itself: pods don't get the node's credentials.
    metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
    userData: Buffer.from(nodeConfig(props.maxPods)).toString("base64"),
    tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({ resourceType, tags })),
    tags,
  });
  return { id: template.id, latestVersion: template.getStringAttribute("latest_version") };
}

/** What nodeadm, which starts a node of Amazon Linux 2023, merges with EKS's own configuration of the node. */
function nodeConfig(maxPods: number): string {
  const config = { apiVersion: "node.eks.aws/v1alpha1", kind: "NodeConfig", spec: { kubelet: { config: { maxPods } } } };
  return [
    "MIME-Version: 1.0",
    'Content-Type: multipart/mixed; boundary="node"',
    "",
    "--node",
    "Content-Type: application/node.eks.aws",
    "",
    JSON.stringify(config),
    "--node--",
    "",
  ].join("\n");
}
