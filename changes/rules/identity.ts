import type { Facts, Lock } from "../lock/lock";
import { type ChangeRule, differ, type Finding, keptClusters, transition } from "./rule";

/** A cluster stays where it is: its name and its states belong to the one that is there. */
export const identity: ChangeRule = (change) =>
  keptClusters(change).flatMap(({ name, before, after }): Finding[] => {
    if (before.cloud !== after.cloud) {
      const path = ["clusters", name, "cloud"];
      const taken = before.cloud === "existing" || after.cloud === "existing";
      return [
        {
          id: taken ? "cluster-made-existing" : "cluster-cloud",
          severity: "refused",
          path,
          message: `was '${before.cloud}' and is '${after.cloud}' now, in the same states. Add the other cluster under a name of its own; or put this one back with \`retired: true\`, synthesize, destroy its stacks, and only then write the other cloud`,
        },
      ];
    }
    if (before.cloud === "existing") return [];
    const moved = (["region", "account"] as const).filter((field) => differ(before[field], after[field]));
    return moved.map((field) => {
      const path = ["clusters", name, ...(field === "region" ? ["region"] : ACCOUNT[after.cloud]!)];
      return {
        id: `cluster-${field}`,
        severity: "refused" as const,
        path,
        transition: transition(path, before[field], after[field]),
        message: `was '${before[field]}' and would be '${after[field]}': everything of the cluster would be destroyed and made again, under the same names, which breaks half-way. Add a cluster under a name of its own there, move the names to it, then retire this one`,
      };
    });
  });

const ACCOUNT: Readonly<Record<string, readonly string[]>> = {
  aws: ["aws", "accountId"],
  azure: ["azure", "subscriptionId"],
  google: ["google", "projectId"],
};

/**
 * A subscription in another Entra tenant keeps its resources and loses every role assignment and identity; a cluster of
 * AKS can't come along ("Transfer an Azure subscription to a different Microsoft Entra directory", learn.microsoft.com,
 * 2026). In another subscription the cluster, zone or database is another one, which other rules say.
 */
export const tenant: ChangeRule = ({ before, after }) => {
  const all = (lock: Lock): readonly (readonly [string, Facts])[] => [
    ["dns.azure", lock.zone],
    ...(["clusters", "databases", "backups"] as const).flatMap((kind) =>
      Object.entries(lock[kind] ?? {}).map(([name, facts]) => [`${kind}.${name}.azure`, facts as Facts] as const),
    ),
  ];
  const known = new Map(all(before));
  return all(after).flatMap(([where, now]): Finding[] => {
    const old = known.get(where);
    if (!differ(old?.tenant, now.tenant) || differ(old?.account, now.account)) return [];
    const path = [...where.split("."), "tenantId"];
    return [
      {
        id: "azure-tenant",
        severity: "refused",
        path,
        transition: transition(path, old?.tenant, now.tenant),
        message: `was '${old?.tenant}' and would be '${now.tenant}', in the same subscription. A subscription that moves to another tenant loses all its role assignments and what its identities may do, and AKS doesn't work there any more: make everything anew in a subscription of that tenant, under other names. If only the id was wrong and nothing was applied with it, accept this change`,
      },
    ];
  });
};

/** Where each fact of the zone stands in the file. */
const ZONE = {
  name: ["dns", "zone"],
  engine: ["dns", "engine"],
  account: ["dns"],
  resourceGroup: ["dns", "azure", "resourceGroup"],
  existing: ["dns", "existing"],
} as const;

/** The fleet's zone stays: every record of the fleet is in it. */
export const zone: ChangeRule = ({ before, after }) => {
  const changed = (Object.keys(ZONE) as (keyof typeof ZONE)[]).filter((field) => differ(before.zone[field], after.zone[field]));
  // of another zone it doesn't matter who made it
  return changed.flatMap((field): Finding[] => {
    if (field === "existing" && changed.length > 1) return [];
    const [was, is] = [before.zone[field], after.zone[field]];
    return [
      {
        id: "zone-changed",
        severity: "refused",
        path: [...ZONE[field]],
        transition: transition(["dns", field], was, is),
        message: field === "existing" ? ownership(after) : moved(was, is),
      },
    ];
  });
};

const moved = (was: unknown, is: unknown): string =>
  `was '${was}' and would be '${is}': the zone would be destroyed with every record in it, and its name servers with it. Make another fleet for the other zone, delegate to it, and retire this one`;

/** A zone of something else becomes Meridian's, or the other way round. */
function ownership({ fleet, zone: { name, existing } }: Lock): string {
  if (existing)
    return `the zone ${name} was made here and would be destroyed with every record in it. To leave it to somebody else, forget it first (terraform -chdir=cdktf.out/stacks/${fleet}-global state list, then state rm '<address>' of the zone and what is in it), then accept this change`;
  return `a second zone ${name} would be made, to which nobody delegates, and every record would move there: no name would have an answer. To take over the one that is there, accept this change and name its id under \`imports\` of ${fleet}-global before anything is applied`;
}
