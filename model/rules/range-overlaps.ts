import { Address4 } from "ip-address";
import { canonical, isCidr, prefixLength, size } from "../cidr";
import type { Problem, Rule } from "../problem";
import type { MadeCluster } from "../schema/cluster";
import { inCluster, madeClusters } from "./clusters";

interface Taken {
  readonly cluster: MadeCluster;
  readonly field: string;
  readonly range: string;
  /** First and last address as numbers. */
  readonly first: number;
  readonly last: number;
  /** Place in the file. */
  readonly order: number;
}

/**
 * No two clusters share addresses, so that networks can be connected later: what overlaps then can only be made anew.
 * Services stay inside of a cluster, and so do pods of an AKS overlay; both may repeat.
 */
export const rangeOverlaps: Rule = (fleet) => {
  const taken = madeClusters(fleet).flatMap(rangesOf);
  const sorted = taken.toSorted((one, other) => one.first - other.first || one.order - other.order);
  const problems: Problem[] = [];
  let reaching: Taken | undefined;
  for (const range of sorted) {
    if (reaching && range.first <= reaching.last && range.cluster !== reaching.cluster) problems.push(overlap(range, reaching));
    if (!reaching || range.last > reaching.last) reaching = range;
  }
  return problems;
};

function overlap(one: Taken, other: Taken): Problem {
  const [earlier, later] = one.order < other.order ? [one, other] : [other, one];
  return inCluster(
    later.cluster,
    ["network", later.field],
    `${later.range} overlaps ${earlier.range} of cluster '${earlier.cluster.name}': clusters must not share addresses`,
  );
}

function rangesOf(cluster: MadeCluster, order: number): readonly Taken[] {
  const { cidr, nodes, pods } = cluster.network;
  const fields = { cidr, nodes, ...(cluster.cloud === "google" && { pods }) };
  return Object.entries(fields).flatMap(([field, range]) => {
    if (range === undefined || !isCidr(range) || prefixLength(range) === 0) return [];
    const first = Number(new Address4(canonical(range)).bigInt());
    return [{ cluster, field, range, first, last: first + size(range) - 1, order }];
  });
}
