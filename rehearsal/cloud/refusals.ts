/** Asks the services: may this be made, changed, deleted? */
import { aksRefusals } from "./aks";
import type { Attempt, Refusal } from "./attempt";
import { azureDatabaseRefusals } from "./azure-databases";
import { azureServerRefusals } from "./azure-servers";
import { databaseRefusals } from "./databases";
import { eksRefusals } from "./eks";
import { gkeRefusals } from "./gke";
import { stillUsed, usedTooEarly } from "./in-use";
import { quotaRefusals, quotaWarnings } from "./quotas";
import { registryRefusals } from "./registries";
import { route53Refusals } from "./route53";
import { nameTaken } from "./taken";
import { trafficManagerRefusals } from "./traffic-manager";

/** Types with a switch that keeps them from being deleted. */
function guarded(type: string, argument: string, source: string): Refusal {
  return {
    type,
    on: ["delete"],
    source,
    refuse: ({ attributes }) =>
      attributes[argument] === true
        ? `'${argument}' is true. Apply it as false first, then destroy (for a whole fleet: synthesize with --without-deletion-protection and apply).`
        : undefined,
  };
}

/** A right can be given below a lock, and not be taken away. */
const lockedRight: Refusal = {
  type: "azurerm_role_assignment",
  on: ["delete"],
  source: "Azure Resource Manager REST API, ScopeLocked; hashicorp/terraform-provider-azurerm#11770",
  refuse: ({ attributes, cloud }) => {
    const below = (lock: string) => `${String(attributes.scope)}/`.toLowerCase().startsWith(`${lock}/`.toLowerCase());
    const held = cloud.all("azurerm_management_lock").find(({ attributes: lock }) => below(String(lock.scope)));
    return held
      ? `The scope ${String(attributes.scope)} is below a lock, made by stack ${held.stack}, which holds every right there too: give it above the lock.`
      : undefined;
  },
};

/** Refusals of one resource; uses and names are tables of their own. */
export const refusals: readonly Refusal[] = [
  ...route53Refusals,
  ...trafficManagerRefusals,
  ...eksRefusals,
  ...aksRefusals,
  ...azureDatabaseRefusals,
  ...azureServerRefusals,
  ...databaseRefusals,
  ...registryRefusals,
  ...gkeRefusals,
  ...quotaRefusals,
  lockedRight,
  guarded("aws_eks_cluster", "deletion_protection", "EKS API, DeleteCluster"),
  guarded("aws_lb", "enable_deletion_protection", "Elastic Load Balancing v2 API, OperationNotPermitted"),
  guarded("google_container_cluster", "deletion_protection", "hashicorp/google 6.50.0, resource_container_cluster.go"),
];

/** The first refusal, as a sentence with its source. */
export function refusal(attempt: Attempt): string | undefined {
  const { kind, type, attributes, cloud, account } = attempt;
  const sentence = firstOf(refusals, attempt);
  if (sentence) return sentence;
  if (kind === "delete") return stillUsed(attempt);
  if (kind === "update") return undefined;
  return nameTaken(cloud, type, attributes, account) ?? usedTooEarly(attempt);
}

/** What the service takes here and may refuse in an account of somebody's, as a sentence with its source. */
export function warning(attempt: Attempt): string | undefined {
  return firstOf(quotaWarnings, attempt);
}

function firstOf(entries: readonly Refusal[], attempt: Attempt): string | undefined {
  for (const { type, on, refuse, source } of entries) {
    if (type !== attempt.type || !on.includes(attempt.kind)) continue;
    const sentence = refuse(attempt);
    if (sentence) return `${sentence} (Source: ${source}.)`;
  }
  return undefined;
}
