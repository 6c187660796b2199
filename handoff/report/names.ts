import { recoveryOf } from "../../model/derived/recovery";
import type { Fleet } from "../../model/schema/fleet";
import { shown } from "../../routing/choose";
import { type Group, type Member, type NameTree, type ProbePlan, routingTrees } from "../../routing/tree";

/** A public name as the report shows it. */
export interface NameRow {
  readonly fqdn: string;
  readonly engine: string;
  readonly policy: string;
  readonly members: string;
  readonly app: string;
  readonly probe: string;
  readonly ttlSeconds: number;
  /** The longest until clients of a dead cluster are answered another one: noticed, and forgotten by resolvers. @default - nothing is asked */
  readonly recoverySeconds?: number;
}

const ENGINES = { route53: "Route53", "traffic-manager": "Traffic Manager" } as const;

/** The public names of a fleet, in the order of the file. */
export function nameRows(fleet: Fleet): readonly NameRow[] {
  return routingTrees(fleet).map((tree) => ({
    fqdn: tree.fqdn,
    engine: ENGINES[tree.engine],
    policy: tree.root.policy,
    members: membersInWords(tree.root),
    app: tree.app ?? "",
    probe: isProbed(tree) ? probeInWords(tree.probe) : "none",
    ttlSeconds: tree.ttlSeconds,
    recoverySeconds: recoveryOf(fleet, tree.name, fleet.names[tree.name]!)?.seconds,
  }));
}

/** simple is an alias or a CNAME to one cluster: nothing is asked. */
const isProbed = ({ root }: NameTree): boolean => root.policy !== "simple";

function membersInWords({ policy, members }: Group): string {
  return members.map((member) => memberInWords(policy, member)).join(policy === "failover" ? ", then " : ", ");
}

function memberInWords(policy: Group["policy"], { key, node, weight, locations, bias }: Member): string {
  const rule =
    policy === "weighted"
      ? ` ${weight}`
      : policy === "geolocation"
        ? ` for ${locations.map(shown).join(", ")}`
        : policy === "geoproximity" && bias !== 0
          ? ` with bias ${bias}`
          : "";
  if (node.kind === "cluster") return `${key}${rule}${node.drained ? " (drained)" : ""}`;
  return `${key}${rule} (${node.policy}: ${membersInWords(node)})`;
}

function probeInWords({ protocol, port, path, app, intervalSeconds, failureThreshold }: ProbePlan): string {
  const host = app === undefined ? "the ingress" : `the host of ${app}`;
  return `${protocol} ${port}${path ?? ""} of ${host}, every ${intervalSeconds} s, ${failureThreshold} failures`;
}
