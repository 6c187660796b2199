/** What Google Cloud refuses of a subnet's ranges that are in use. */
import { isList, isObject, type ValueObject } from "../protocol/values";
import type { Attempt, Refusal } from "./attempt";

function rangesOf(subnet: ValueObject): ReadonlyMap<string, string> {
  const ranges = isList(subnet.secondary_ip_range ?? null) ? (subnet.secondary_ip_range as readonly unknown[]) : [];
  return new Map(
    ranges.flatMap((range) =>
      isObject(range as ValueObject)
        ? [[String((range as ValueObject).range_name), String((range as ValueObject).ip_cidr_range)] as const]
        : [],
    ),
  );
}

/** The API takes a secondary range in or out, one way in a request, and never changes one. */
function secondaryRanges({ cloud, prior, attributes, account }: Attempt): string | undefined {
  if (!prior) return undefined;
  const [before, after] = [rangesOf(prior), rangesOf(attributes)];
  for (const [name, range] of before) {
    const now = after.get(name);
    if (now !== undefined && now !== range)
      return `Subnet ${String(attributes.name)}: secondary range "${name}" is ${range} and can't become ${now}: an existing range is never modified, and the cluster that has its pods or services there would not move. A new cluster takes the new range.`;
  }
  const added = [...after.keys()].filter((name) => !before.has(name));
  const gone = [...before.keys()].filter((name) => !after.has(name));
  if (added.length > 0 && gone.length > 0)
    return `Subnet ${String(attributes.name)}: secondary ranges ${added.join(", ")} and ${gone.join(", ")} can't be added and removed in one request.`;
  const users = cloud.all("google_container_cluster").filter((cluster) => cluster.account === account);
  for (const name of gone) {
    const user = users.find(({ attributes: cluster }) =>
      JSON.stringify(cluster.ip_allocation_policy ?? null).includes(`"${name}"`),
    );
    if (user)
      return `Subnet ${String(attributes.name)}: secondary range "${name}" is in use by cluster ${String(user.attributes.name)}.`;
  }
  return undefined;
}

/** Google Cloud. */
export const gkeRefusals: readonly Refusal[] = [
  {
    type: "google_compute_subnetwork",
    on: ["update"],
    source: "Compute Engine API, subnetworks.patch; hashicorp/terraform-provider-google issues 2570, 7474",
    refuse: secondaryRanges,
  },
];
