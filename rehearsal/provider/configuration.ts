/** What each provider needs in its own configuration before it plans anything. */
import type { Diagnostic } from "../protocol/messages";
import { isObject, UNKNOWN, type Value, type ValueObject } from "../protocol/values";

/** Problems of a provider's configuration, when Terraform is about to plan with it. */
export function configurationProblems(provider: string, config: ValueObject): Diagnostic[] {
  const check = checks[provider];
  const sentence = check?.(config);
  return sentence ? [{ severity: 1, summary: `Provider ${provider} can't be configured`, detail: sentence }] : [];
}

const checks: Readonly<Record<string, (config: ValueObject) => string | undefined>> = {
  // Without a region every resource fails (hashicorp/aws documentation, "Provider Configuration").
  aws: (config) => needed(config, "region", "set region in the provider block; AWS_REGION of whoever runs it must not decide"),
  // subscription_id is required from 4.0 on (azurerm 4.0 upgrade guide).
  azurerm: (config) => needed(config, "subscription_id", "set subscription_id in the provider block"),
  kubernetes: reachable,
  helm: (config) => reachable(isObject(config.kubernetes ?? null) ? (config.kubernetes as ValueObject) : {}),
};

/** Without a project of its own a resource takes the provider's; with none it fails at plan (hashicorp/google provider reference). */
export function withoutProject(type: string, written: ValueObject, provider: ValueObject): Diagnostic[] {
  if (!type.startsWith("google_") || !("project" in written) || !empty(written.project) || !empty(provider.project)) return [];
  return [{ severity: 1, summary: `${type} has no project`, detail: "'project' is missing: set project in the provider block." }];
}

function needed(config: ValueObject, name: string, advice: string): string | undefined {
  return empty(config[name]) ? `'${name}' is missing: ${advice}.` : undefined;
}

/**
 * A host that is unknown at plan makes every kubernetes_* resource fail, and makes helm forget its releases
 * (hashicorp/terraform-provider-helm#1669).
 */
function reachable(config: ValueObject): string | undefined {
  if (config.host === UNKNOWN)
    return "'host' is known only after apply. The cluster must be in another state, applied before, and its endpoint read from there.";
  if (!empty(config.host)) return undefined;
  if (!empty(config.config_path) || (Array.isArray(config.config_paths) && config.config_paths.length > 0)) return undefined;
  return "'host' is missing: name the API server, as the operator's own kubeconfig must not decide which cluster is changed.";
}

function empty(value: Value | undefined): boolean {
  return value === undefined || value === null || value === "";
}
