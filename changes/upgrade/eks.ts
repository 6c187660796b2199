import { acceleratorOf } from "../../model/limits/aws";
import { EKS_ADD_ONS } from "../../model/schema/clouds";
import type { AwsCluster } from "../../model/schema/cluster";
import type { Fleet } from "../../model/schema/fleet";
import { chosen, type Move, type Stay, type Upgrade } from "./moves";

/** A version that only AWS knows, and the command that asks for it. */
export interface Question {
  readonly cluster: string;
  /** The add-on or the pool. */
  readonly key: string;
  /** Arguments of the aws command line. */
  readonly ask: readonly string[];
}

/** EKS's image of its architecture, as its SSM parameter is called (EKS user guide, "Retrieve recommended AMI IDs"). */
const IMAGE = { amd64: "x86_64", arm64: "arm64" } as const;

/** What is to be asked of AWS: the default version of each add-on, or the newest image of each pool. */
export function questions(fleet: Fleet, clusters: readonly string[], kind: "addons" | "images"): readonly Question[] {
  return eksClusters(fleet, clusters).flatMap((cluster) => {
    const { name, region, kubernetes } = cluster;
    if (kind === "images")
      return Object.entries(cluster.pools).map(([pool, { architecture, machines, kubernetes: own = kubernetes }]) => ({
        cluster: name,
        key: pool,
        ask: [
          ...["ssm", "get-parameter", "--region", region, "--query", "Parameter.Value", "--output", "text", "--name"],
          `/aws/service/eks/optimized-ami/${own}/amazon-linux-2023/${IMAGE[architecture]}/${acceleratorOf(machines?.[0] ?? "") ?? "standard"}/recommended/release_version`,
        ],
      }));
    return EKS_ADD_ONS.map((addOn) => ({
      cluster: name,
      key: addOn,
      ask: [
        ...["eks", "describe-addon-versions", "--region", region, "--kubernetes-version", kubernetes, "--addon-name", addOn],
        ...[
          "--query",
          "addons[0].addonVersions[?compatibilities[?defaultVersion==`true`]].addonVersion | [0]",
          "--output",
          "text",
        ],
      ],
    }));
  });
}

/** @param answers versions by cluster and key */
export function pinEks(
  fleet: Fleet,
  clusters: readonly string[],
  kind: "addons" | "images",
  answers: ReadonlyMap<string, string>,
): Upgrade {
  const moves: Move[] = [];
  const stays: Stay[] = [];
  for (const { cluster: name, key } of questions(fleet, clusters, kind)) {
    const cluster = eksClusters(fleet, [name])[0]!;
    const to = answers.get(`${name}/${key}`);
    const from =
      kind === "addons" ? cluster.aws.addonVersions[key as keyof typeof cluster.aws.addonVersions] : cluster.pools[key]?.image;
    if (to === undefined || to === from)
      stays.push({ cluster: name, why: `${key} ${to === undefined ? "is not pinned" : `is at ${to} already`}` });
    else
      moves.push({
        cluster: name,
        path: kind === "addons" ? ["aws", "addonVersions", key] : ["pools", key, "image"],
        what: kind === "addons" ? `add-on ${key}` : `image of pool ${key}`,
        from: from ?? "AWS's choice",
        to,
        notes: kind === "images" ? ["nodes are replaced a third at a time"] : [],
        pin: { field: kind === "addons" ? "eksAddons" : "images", key },
      });
  }
  return { moves, stays };
}

function eksClusters(fleet: Fleet, clusters: readonly string[]): readonly AwsCluster[] {
  return chosen(fleet, clusters).filter((cluster): cluster is AwsCluster => cluster.cloud === "aws");
}
