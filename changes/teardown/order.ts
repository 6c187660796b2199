import { stackIds } from "../../model/derived/names";
import { type JsonObject, member } from "../../output/json";
import { inWaves, type Ordered } from "../../output/order";
import { resourcesOf } from "../../output/stack";
import { clusterOfStack } from "../rules/of-cluster";

/** A stack as it was synthesized. */
export interface Standing extends Ordered {
  readonly config: JsonObject;
}

/** What is torn down, in order. */
export interface Order {
  /** Stacks of public names: destroyed first, with a whole fleet; with one cluster they must not lead to it any more. */
  readonly names: readonly string[];
  /** How long resolvers may still lead to what is destroyed after them, in seconds. */
  readonly ttlSeconds: number;
  /** The other stacks, one after the other. */
  readonly stacks: readonly string[];
}

/**
 * The order in which a fleet, or one of its clusters, is torn down: names, the longest time that they are kept, then
 * everything before what it stands on.
 * @param cluster only its stacks. @default - all of the fleet
 */
export function teardownOrder(fleet: string, stacks: readonly Standing[], clusters: readonly string[], cluster?: string): Order {
  const isNames = (id: string) => id === stackIds.route53(fleet) || id === stackIds.trafficManager(fleet);
  const chosen = stacks.filter(
    ({ id }) => cluster === undefined || clusterOfStack(fleet, id, (name) => clusters.includes(name)) === cluster,
  );
  const reversed = inWaves(chosen)
    .reverse()
    .flat()
    .map(({ id }) => id);
  const names = stacks.filter(({ id }) => isNames(id));
  return {
    names: names.map(({ id }) => id),
    ttlSeconds: names.length === 0 ? 0 : Math.max(0, ...stacks.flatMap(({ config }) => ttls(config))),
    stacks: reversed.filter((id) => !isNames(id)),
  };
}

/** Azure's records that lead clients somewhere; Route53's are of one type, and say which. */
const LEADING = /^azurerm_dns_(a|aaaa|cname)_record$/;
const KINDS: readonly unknown[] = ["A", "AAAA", "CNAME"];

/** Seconds for which answers that lead to a cluster are kept: an address, or another name, not who answers for a zone. */
function ttls(config: JsonObject): readonly number[] {
  return resourcesOf(config).flatMap(({ type, block }) => {
    const [dns] = [block.dns_config ?? null].flat();
    const isLeading = LEADING.test(type) || (type === "aws_route53_record" && KINDS.includes(block.type));
    // what authorities ask for a certificate leads nobody to a cluster
    const leads = isLeading && !String(block.name).startsWith("_");
    const found = type === "azurerm_traffic_manager_profile" ? member(dns).ttl : leads ? block.ttl : undefined;
    return typeof found === "number" ? [found] : [];
  });
}

/** Addresses that only a cluster's own API can destroy: with it they are gone. */
export const isKubernetes = (address: string): boolean => /^(helm_release|kubernetes_\w+)\./.test(address);
