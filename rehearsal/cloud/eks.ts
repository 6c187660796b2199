/** What EKS refuses of a cluster because of the subnets that it is in. */
import { inner } from "../knowledge/facts";
import { isList, type ValueObject } from "../protocol/values";
import type { Attempt, Refusal } from "./attempt";
import type { Cloud } from "./model";

interface Zones {
  readonly known: ReadonlySet<string>;
  /** Whether there are subnets that the rehearsal didn't make, whose zones nobody here knows. */
  readonly others: boolean;
}

function zonesOf(cloud: Cloud, cluster: ValueObject): Zones {
  const ids = inner(cluster, "vpc_config", "subnet_ids");
  const subnets = cloud.all("aws_subnet").map(({ attributes }) => attributes);
  const zones = (isList(ids) ? ids : []).map((id) => subnets.find((subnet) => subnet.id === id)?.availability_zone);
  const known = zones.filter((zone) => typeof zone === "string");
  return { known: new Set(known), others: known.length < zones.length };
}

/** Only what is certain is refused: a zone that is missing on one side may be that of a subnet made elsewhere. */
function sameZones({ cloud, prior, attributes }: Attempt): string | undefined {
  if (!prior) return undefined;
  const [before, after] = [zonesOf(cloud, prior), zonesOf(cloud, attributes)];
  const entered = before.others ? [] : [...after.known].filter((zone) => !before.known.has(zone));
  const left = after.others ? [] : [...before.known].filter((zone) => !after.known.has(zone));
  if (entered.length + left.length === 0) return undefined;
  const moves = [
    entered.length > 0 ? `enter ${entered.sort().join(", ")}` : "",
    left.length > 0 ? `leave ${left.sort().join(", ")}` : "",
  ].filter(Boolean);
  return `With these vpc_config.subnet_ids cluster ${String(attributes.name)} would ${moves.join(" and ")}: an update must keep the set of availability zones that the cluster was created in.`;
}

/** EKS. */
export const eksRefusals: readonly Refusal[] = [
  {
    type: "aws_eks_cluster",
    on: ["update"],
    source: "EKS API, UpdateClusterConfig; EKS User Guide, VPC and subnet requirements",
    refuse: sameZones,
  },
];
