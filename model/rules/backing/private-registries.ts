import { mayPull, networkOfSubnet } from "../../derived/registries";
import type { Path } from "../../problems/paths";
import type { Problem, Rule } from "../../problems/problem";
import type { AzureCluster } from "../../schema/cluster";
import type { Fleet } from "../../schema/fleet";
import type { Registry } from "../../schema/registries";

type Found = readonly (readonly [field: Path, message: string])[];

/** A registry without a public way is reached by whoever pushes and pulls. */
export const privateRegistries: Rule = (fleet) =>
  Object.entries(fleet.registries).flatMap(([key, registry]): Problem[] =>
    (registry.access === "private" ? closed(fleet, key, registry) : open(registry)).map(([field, message]) => ({
      path: ["registries", key, ...field],
      message,
    })),
  );

function open({ ci, privateDnsZoneId }: Registry): Found {
  return Object.entries({ ci, privateDnsZoneId }).flatMap(
    ([field, value]): Found => (value === undefined ? [] : [[[field], "is for registries with `access: private`: remove it"]]),
  );
}

function closed(fleet: Fleet, key: string, registry: Registry): Found {
  const { cloud, ci } = registry;
  if (cloud !== "azure")
    return [
      [
        ["access"],
        cloud === "external"
          ? "is for registries that are made here: remove it"
          : `'private': ${cloud === "aws" ? "ECR" : "Artifact Registry"} has no network of its own, only rights say who pulls; for pulls without the internet make ${cloud === "aws" ? "VPC endpoints of ecr.api, ecr.dkr and s3" : "Private Google Access"} in the cluster's network, and remove this`,
      ],
    ];
  if (!ci)
    return [
      [
        ["ci"],
        "is missing: without a public way nobody pushes but from a network; write `ci: { subnetId: … }` of your pipelines'",
      ],
    ];
  const pullers = fleet.clusters.filter((cluster) => mayPull(fleet, key, cluster));
  const foreign = pullers.filter((cluster) => cloud !== cluster.cloud);
  if (foreign.length > 0)
    return [
      [
        ["access"],
        `'private', and ${foreign.map(({ name }) => name).join(", ")} pull${foreign.length === 1 ? "s" : ""} from another cloud, from where it can't be reached: leave it public, whose images nobody has without a right either`,
      ],
    ];
  return pullers.flatMap((cluster) =>
    cluster.cloud === "azure" ? networkProblem(cluster, registry, networkOfSubnet(ci.subnetId)) : [],
  );
}

/** Whether there can be an endpoint in a cluster's network. */
function networkProblem({ name, azure, network }: AzureCluster, registry: Registry, ciNetwork: string): Found {
  if (azure.subscriptionId !== registry.azure?.subscriptionId)
    return [
      [
        ["access"],
        `'private', and '${name}' is in subscription ${azure.subscriptionId}: an endpoint across subscriptions is not made here`,
      ],
    ];
  if (network.existing) {
    const own = network.existing.subnetId === undefined ? undefined : networkOfSubnet(network.existing.subnetId);
    return own?.toLowerCase() === ciNetwork.toLowerCase() && own !== ciNetwork
      ? [[["ci", "subnetId"], `'${ciNetwork}' is the network of '${name}', which spells it '${own}': write both alike`]]
      : [];
  }
  // its subnet for endpoints, a /25 at least, has room for the registry's address and those of all its copies
  return network.cidr === undefined
    ? [[["access"], `'private', and '${name}' has no network.cidr, of which a part is for private endpoints: give it one`]]
    : [];
}
