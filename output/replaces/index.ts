/** What a change of an argument replaces: read by the comparison of two folders and by the rehearsal. */
import { aksReplacements } from "./aks";
import { awsReplacements } from "./aws";
import { awsDatabaseReplacements } from "./aws-databases";
import { azurermReplacements } from "./azurerm";
import { azurermBackingReplacements } from "./azurerm-backing";
import { eksReplacements } from "./eks";
import { googleReplacements } from "./google";
import { googleDatabaseReplacements } from "./google-databases";
import { insideBlocks } from "./inside-blocks";
import { kubernetesReplacements } from "./kubernetes";
import { registryReplacements } from "./registries";
import type { Replacement } from "./replacement";

export type { Replacement };

const aws: readonly Replacement[] = [...awsReplacements, ...awsDatabaseReplacements, ...eksReplacements];

/** Of IAM and Route53, which have no regions. */
const isGlobal = (type: string): boolean => /^aws_(iam|route53)_/.test(type);

/** Every resource of AWS that says its own region is made again in another one. */
const awsRegions = [...new Set([...aws, ...insideBlocks].map(({ type }) => type))]
  .filter((type) => type.startsWith("aws_") && !isGlobal(type))
  .map(
    (type): Replacement => ({
      type,
      at: "region",
      replacesIf: (before, after) => before !== null && after !== null && before !== after,
      source: "hashicorp/aws 6.x, internal/provider/sdkv2, forceNewIfRegionChanges",
    }),
  );

/** Every fact, in the order of the files. */
export const replacements: readonly Replacement[] = [
  ...aws,
  ...awsRegions,
  ...azurermReplacements,
  ...azurermBackingReplacements,
  ...aksReplacements,
  ...googleReplacements,
  ...googleDatabaseReplacements,
  ...kubernetesReplacements,
  ...registryReplacements,
  { type: "time_sleep", replaces: ["triggers"], source: "hashicorp/time 0.13.1, internal/provider/resource_time_sleep.go" },
  ...insideBlocks,
];

const byType = new Map<string, Replacement[]>();
for (const fact of replacements) byType.set(fact.type, [...(byType.get(fact.type) ?? []), fact]);

/** Whether it is known what replaces resources of a type. */
export const isKnown = (type: string): boolean => byType.has(type);

/**
 * The arguments of which a change replaces a resource, of those that differ.
 * @param before its block in the synthesized JSON
 * @param after the same after the change
 */
export function replacedBy(type: string, before: unknown, after: unknown): readonly string[] {
  return (byType.get(type) ?? []).flatMap((fact) => {
    if ("replaces" in fact) return fact.replaces.filter((path) => !same(at(before, path), at(after, path)));
    const [was, is] = [at(before, fact.at), at(after, fact.at)];
    return !same(was, is) && fact.replacesIf(was, is) ? [fact.at] : [];
  });
}

/** The arguments of a block by which it is replaced, with their values; what replaces only sometimes is among them. */
export function replacingArguments(type: string, block: unknown): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    knownArguments(type)
      .map((path) => [path, at(block, path)] as const)
      .filter(([, value]) => value !== null),
  );
}

/** The arguments by which a resource of a type is replaced, as far as they are known, in order. */
export const knownArguments = (type: string): readonly string[] =>
  [...new Set((byType.get(type) ?? []).flatMap((fact) => ("replaces" in fact ? fact.replaces : [fact.at])))].sort();

/** Whether another value of one argument replaces a resource. @param before null where it was not set */
export function replacesAt(type: string, path: string, before: unknown, after: unknown): boolean {
  if (same(before, after)) return false;
  return (byType.get(type) ?? []).some((fact) =>
    "replaces" in fact ? fact.replaces.includes(path) : fact.at === path && fact.replacesIf(before, after),
  );
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The value at a path: of the only element, where a block is a list of one; null where there is none. */
function at(block: unknown, path: string): unknown {
  let value = block;
  for (const key of path.split(".")) {
    if (Array.isArray(value) && value.length === 1) value = value[0];
    if (Array.isArray(value)) return value.map((item) => at(item, key));
    value = typeof value === "object" && value !== null ? ((value as Record<string, unknown>)[key] ?? null) : null;
  }
  return value;
}

/** Computed attributes that any update of a resource makes unknown until apply, with what depends on them. */
const RECOMPUTED: Readonly<Record<string, readonly string[]>> = {
  // hashicorp/aws 6.x, internal/service/ec2/ec2_launch_template.go, CustomizeDiff
  aws_launch_template: ["latest_version"],
  // hashicorp/helm 3.1.1, helm/resource_helm_release.go, ModifyPlan
  helm_release: ["metadata", "status", "manifest"],
};

/** The attributes of a type that change with any update of it. */
export const recomputed = (type: string): readonly string[] => RECOMPUTED[type] ?? [];
