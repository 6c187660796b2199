/**
 * What no unusual fleet sets, with the reason: mostly fields that clouds share and a rule refuses on one of them. A field
 * stands for all that is below it.
 */
export const UNSET: Readonly<Record<string, string>> = {
  extends: "needs another file beside it: __tests__/model/reading/layers.test.ts has them",
  "clusters.*<aws>.network.nodes": "nodes and pods share the subnets of the VPC",
  "clusters.*<azure>.pools.*.image": "only EKS pins the image of nodes",
  "clusters.*<google>.pools.*.image": "only EKS pins the image of nodes",
  "clusters.*<google>.pools.*.kubernetes": "GKE's nodes follow the release channel",
  "clusters.*<aws>.network.pods": "nodes and pods share the subnets of the VPC",
  ...anotherClouds("aws", ["subnetId", "network", "subnetwork", "podsRange", "servicesRange"]),
  ...anotherClouds("azure", [
    "vpcId",
    "privateSubnetIds",
    "publicSubnetIds",
    "network",
    "subnetwork",
    "podsRange",
    "servicesRange",
  ]),
  ...anotherClouds("google", ["vpcId", "privateSubnetIds", "publicSubnetIds", "subnetId"]),
  "clusters.*<azure>.addons.logging.output<cloud>": "for EKS alone",
  "clusters.*<google>.addons.logging.output<cloud>": "for EKS alone",
  "clusters.*<existing>.addons.logging.output<cloud>": "for EKS alone",
  "clusters.*<existing>.addons.certManager.carryOver": "which secret store there is is not known",
  "clusters.*<existing>.addons.externalSecrets": "which secret store there is is not known",
  "clusters.*<existing>.addons.reloader": "which secret store there is is not known",
  "clusters.*<existing>.addons.storage.shared": "which file service there is is not known",
  "clusters.*<aws>.servers": "for AKS alone",
  "clusters.*<google>.servers": "for AKS alone",
  "clusters.*<existing>.servers": "for AKS alone",
  "clusters.*<existing>.addons.backup": "which cloud's store there is is not known",
  "source=vendored": "needs the charts' archives beside the file: __tests__/priming/chart-vendored.test.ts has them",
};

function anotherClouds(cloud: string, fields: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(fields.map((field) => [`clusters.*<${cloud}>.network.existing.${field}`, "another cloud's"]));
}
