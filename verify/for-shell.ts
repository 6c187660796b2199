import { CLIENT_NETWORKS, CLIENT_NETWORKS_SOURCE } from "../model/catalog/client-networks";
import { recoveryOf } from "../model/derived/recovery";
import type { Fleet } from "../model/schema/fleet";
import { dependsOnPlace } from "../routing/allowed";
import { checkOf } from "../routing/compile/checks";
import { leavesOf, type NameTree, routingTrees } from "../routing/tree";
import { allowedIn, allowedNowhere } from "./clients";
import { hostOf, pathOf } from "./requests";
import { promisedCertificate } from "./web";

/** What a shell script needs to look at a fleet from outside without Meridian: all that is computed is computed here. */
export interface ShellFacts {
  readonly zone: string;
  /** As the records must be, sorted. @default - null: they are nobody's of ours */
  readonly caa: string | null;
  readonly clusters: readonly {
    readonly name: string;
    readonly host: string;
    readonly certificate: string;
    /** Whether something answers on its ingress. */
    readonly answers: boolean;
  }[];
  readonly names: readonly ShellName[];
  readonly source: string;
  readonly date: string;
  /** Networks (/24) by country. */
  readonly networks: Readonly<Record<string, readonly string[]>>;
}

export interface ShellName {
  readonly name: string;
  /** What is asked for: a wildcard has no host of its own. */
  readonly host: string;
  readonly path: string;
  /** Whether the path is known to answer 200 to 399. */
  readonly answers: boolean;
  /** Whether replies must depend on the client's network to say anything. */
  readonly byPlace: boolean;
  readonly recoverySeconds: number | null;
  readonly members: readonly { readonly cluster: string; readonly probeHost: string }[];
  readonly probe: { readonly protocol: string; readonly port: number; readonly path: string };
  /** Who may be answered while everybody is healthy: in some countries, and everywhere else. */
  readonly groups: readonly { readonly clusters: readonly string[]; readonly countries: readonly string[] }[];
  readonly otherwise: readonly string[];
  /** Who may be answered anywhere, to a client of no known country too. */
  readonly anywhere: readonly string[];
}

/** The facts of a fleet, in its order. */
export function shellFacts(fleet: Fleet): ShellFacts {
  const { zone, caa, existing } = fleet.dns;
  return {
    zone,
    caa: existing || caa.length === 0 ? null : [...caa.map((authority) => `0 issue "${authority}"`)].sort().join(", "),
    clusters: fleet.clusters
      .filter(({ retired }) => !retired)
      .map((cluster) => ({
        name: cluster.name,
        host: `ingress.${cluster.name}.${zone}`,
        certificate: promisedCertificate(fleet, cluster),
        answers: cluster.addons.ingress.controller !== "none",
      })),
    names: routingTrees(fleet).map((tree) => nameFacts(fleet, tree)),
    ...CLIENT_NETWORKS_SOURCE,
    networks: CLIENT_NETWORKS,
  };
}

function nameFacts(fleet: Fleet, tree: NameTree): ShellName {
  const { protocol, port, path, app } = tree.probe;
  const clusters = [...new Set(leavesOf(tree.root).map(({ cluster }) => cluster))];
  const groups = new Map<string, string[]>();
  for (const country of Object.keys(CLIENT_NETWORKS)) {
    const allowed = allowedIn(tree, country, () => true).join(" ");
    groups.set(allowed, [...(groups.get(allowed) ?? []), country]);
  }
  const [largest, ...others] = [...groups].sort(([, one], [, other]) => other.length - one.length);
  const words = (text: string) => text.split(" ").filter((word) => word !== "");
  return {
    name: tree.fqdn,
    host: hostOf(tree),
    path: pathOf(tree),
    answers: app !== undefined,
    byPlace: dependsOnPlace(tree.root),
    recoverySeconds: recoveryOf(fleet, tree.name, fleet.names[tree.name]!)?.seconds ?? null,
    members: clusters.map((cluster) => ({ cluster, probeHost: checkOf(tree, cluster, false).host })),
    probe: { protocol, port, path: path ?? "" },
    groups: others.map(([allowed, countries]) => ({ clusters: words(allowed), countries })),
    otherwise: words(largest?.[0] ?? ""),
    anywhere: [...new Set([...[...groups.keys()].flatMap(words), ...allowedNowhere(tree, () => true)])].sort(),
  };
}
