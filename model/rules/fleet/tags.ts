import type { Problem, Rule } from "../../problems/problem";
import type { Cluster } from "../../schema/cluster";
import type { Fleet } from "../../schema/fleet";

/** Tags that Meridian sets itself. */
const OWN = ["fleet", "cluster", "Name"];

interface Limits {
  readonly name: string;
  /** Of the user's tags; the cloud's limit less what Meridian and Kubernetes add. */
  readonly most: number;
  readonly key: RegExp;
  readonly keyWords: string;
  readonly value: RegExp;
  readonly valueWords: string;
}

/**
 * AWS: "Tag your Amazon EC2 resources", 50 tags. Azure: "Use tags to organize your resources", 50, but DNS zones take 15.
 * Google Cloud: "Requirements for labels", 64; there upper case and other characters are rewritten.
 */
const LIMITS: Readonly<Record<"aws" | "azure" | "google", Limits>> = {
  aws: {
    name: "AWS",
    most: 40,
    key: /^(?!aws:)[\p{L}\p{N} _.:/=+\-@]{1,128}$/u,
    keyWords: "1 to 128 letters, digits, spaces and _.:/=+-@, not starting with aws:",
    value: /^[\p{L}\p{N} _.:/=+\-@]{0,256}$/u,
    valueWords: "at most 256 letters, digits, spaces and _.:/=+-@",
  },
  azure: {
    name: "Azure",
    most: 13,
    key: /^[^<>%&\\?/]{1,512}$/u,
    keyWords: "1 to 512 characters without < > % & \\ ? /",
    value: /^.{0,256}$/su,
    valueWords: "at most 256 characters",
  },
  google: { name: "Google Cloud", most: 55, key: /^./su, keyWords: "not empty", value: /^/u, valueWords: "" },
};

/** Tags within the limits of every cloud that they are put on. */
export const tags: Rule = (fleet) => [
  ...setProblems(fleet.tags, ["tags"], cloudsOf(fleet, fleet.clusters)),
  ...fleet.clusters.flatMap((cluster) => [
    ...setProblems(cluster.tags, ["clusters", cluster.name, "tags"], cloudsOf(fleet, [cluster])),
    ...mergedProblems(fleet, cluster),
    ...countProblems(fleet, cluster),
  ]),
];

type TagCloud = keyof typeof LIMITS;

/** Clouds whose resources get a cluster's tags: its own, and the zone's for its records and roles. */
function cloudsOf({ dns }: Fleet, clusters: readonly Cluster[]): readonly TagCloud[] {
  const zone: TagCloud = dns.engine === "route53" ? "aws" : "azure";
  return [...new Set([zone, ...clusters.flatMap(({ cloud }) => (cloud === "existing" ? [] : [cloud]))])];
}

function setProblems(
  set: Readonly<Record<string, string>>,
  path: readonly string[],
  clouds: readonly TagCloud[],
): readonly Problem[] {
  const seen = new Map<string, string>();
  return Object.entries(set).flatMap(([key, value]) => {
    const at = (message: string, atKey: boolean): Problem[] => [{ path: [...path, key], message, atKey }];
    if (OWN.some((own) => own.toLowerCase() === key.toLowerCase()))
      return at(`the tag '${key}' is set by Meridian: choose another`, true);
    const plain = plainKey(key);
    const other = seen.get(plain);
    seen.set(plain, key);
    if (other !== undefined) return at(`'${key}' and '${other}' are the same tag to Azure or Google Cloud: rename one`, true);
    return clouds.flatMap((cloud) => {
      const limits = LIMITS[cloud];
      if (!limits.key.test(key)) return at(`'${key}' can't be the name of a tag on ${limits.name}: ${limits.keyWords}`, true);
      return limits.value.test(value)
        ? []
        : at(`'${value}' can't be the value of a tag on ${limits.name}: ${limits.valueWords}`, false);
    });
  });
}

/** Azure knows no capitals in tag names, and Google rewrites labels to lower-case letters, digits, _ and -. */
const plainKey = (key: string) => key.toLowerCase().replace(/[^a-z0-9_-]/g, "-");

/** A cluster's tag takes the place of the fleet's of the same name, and must be spelt like it. */
function mergedProblems(fleet: Fleet, cluster: Cluster): readonly Problem[] {
  const fleetKeys = new Map(Object.keys(fleet.tags).map((key) => [plainKey(key), key]));
  return Object.keys(cluster.tags).flatMap((key) => {
    const other = fleetKeys.get(plainKey(key));
    if (other === undefined || other === key) return [];
    const message = `'${key}' and the fleet's '${other}' are the same tag to Azure or Google Cloud: spell them alike, or rename one`;
    return [{ path: ["clusters", cluster.name, "tags", key], atKey: true, message }];
  });
}

function countProblems(fleet: Fleet, cluster: Cluster): readonly Problem[] {
  const count = Object.keys({ ...fleet.tags, ...cluster.tags }).length;
  return cloudsOf(fleet, [cluster])
    .filter((cloud) => count > LIMITS[cloud].most)
    .slice(0, 1)
    .map((cloud) => ({
      path: ["clusters", cluster.name, "tags"],
      message: `${count} tags, the fleet's included, are too many for ${LIMITS[cloud].name}: at most ${LIMITS[cloud].most} besides Meridian's own`,
    }));
}
