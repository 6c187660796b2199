import { isJsonObject, type Json, type JsonObject, member } from "../output/json";
import { resourcesOf } from "../output/stack";

/**
 * A change of one stack by a file beside its cdk.tf.json: Terraform merges what `*_override.tf.json` holds over it,
 * argument by argument, lifecycle's too (developer.hashicorp.com/terraform/language/files/override). What was
 * synthesized stays as it is, and taking the file away undoes it.
 */
export interface Patch {
  readonly stack: string;
  readonly override: JsonObject;
}

/** Arguments by which a cloud itself refuses to delete something, at any depth. */
const CLOUD_PROTECTION = new Set(["deletion_protection", "deletion_protection_enabled", "enable_deletion_protection"]);

/** A backup vault of Azure can't go while it keeps what was deleted. */
const KEEPS_DELETED = "soft_delete";

/** What lifts a stack's deletion protection: Terraform's own and the cloud's. */
export function unprotectedPatch(stack: string, config: JsonObject): readonly Patch[] {
  return patch(stack, config, ({ lifecycle, "//": _, ...block }) => ({
    ...(member(lifecycle).prevent_destroy === true && { lifecycle: { prevent_destroy: false } }),
    // an override takes the place of a nested block whole
    ...Object.fromEntries(
      Object.entries(block).flatMap(([argument, value]) => {
        const lifted = withoutProtection(value, argument);
        return lifted === value ? [] : [[argument, lifted]];
      }),
    ),
  }));
}

/** The same value where nothing in it protects. */
function withoutProtection(value: Json, argument: string): Json {
  if (CLOUD_PROTECTION.has(argument)) return value === true ? false : value;
  if (argument === KEEPS_DELETED) return value === "On" ? "Off" : value;
  if (isList(value)) {
    const lifted = value.map((item) => withoutProtection(item, ""));
    return lifted.every((item, index) => item === value[index]) ? value : lifted;
  }
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, withoutProtection(inner, key)] as const);
  return entries.every(([key, inner]) => inner === value[key]) ? value : Object.fromEntries(entries);
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

/** Where a construct's path says which cluster's member it is. */
const SWITCH = /\/_checks\/(?<cluster>[^/]+?)--[^/]*\/switch$/;
const ENDPOINT = /\/endpoint-(?<cluster>[^/]+?)(-\d+)?$/;

/**
 * What takes each cluster out of the public names: Route53's calculated checks get a threshold above the number of their
 * children, Traffic Manager's endpoints are disabled. See docs/drain.md.
 */
export function drainPatches(
  stacks: readonly { readonly id: string; readonly config: JsonObject }[],
): Readonly<Record<string, readonly Patch[]>> {
  const clusters = new Set(
    stacks.flatMap(({ config }) => resourcesOf(config).map(({ type, block }) => memberOf(type, block) ?? "")),
  );
  clusters.delete("");
  return Object.fromEntries(
    [...clusters]
      .sort()
      .map((cluster) => [
        cluster,
        stacks.flatMap(({ id, config }) =>
          patch(id, config, (block, type) => (memberOf(type, block) === cluster ? drained(type, block) : {})),
        ),
      ]),
  );
}

/** The cluster whose traffic a resource switches. */
function memberOf(type: string, block: JsonObject): string | undefined {
  const path = String(member(block, "//", "metadata").path ?? "");
  if (type === "aws_route53_health_check" && block.type === "CALCULATED") return SWITCH.exec(path)?.groups?.cluster;
  if (/^azurerm_traffic_manager_(external|azure)_endpoint$/.test(type)) return ENDPOINT.exec(path)?.groups?.cluster;
  return undefined;
}

function drained(type: string, block: JsonObject): JsonObject {
  if (type !== "aws_route53_health_check") return block.enabled === false ? {} : { enabled: false };
  const children = Array.isArray(block.child_healthchecks) ? block.child_healthchecks.length : 0;
  return Number(block.child_health_threshold) > children ? {} : { child_health_threshold: children + 1 };
}

function patch(stack: string, config: JsonObject, change: (block: JsonObject, type: string) => JsonObject): readonly Patch[] {
  const resource: Record<string, Record<string, JsonObject>> = {};
  for (const { type, name, block } of resourcesOf(config)) {
    const changed = change(block, type);
    if (Object.keys(changed).length > 0) resource[type] = { ...resource[type], [name]: changed };
  }
  return Object.keys(resource).length > 0 ? [{ stack, override: { resource } }] : [];
}
