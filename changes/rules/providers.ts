import { stackIds } from "../../model/derived/names";
import { isMoved } from "./replaced";
import type { ChangeRule, Finding } from "./rule";

/** Its block may be empty: a resource in the state has its project, and the operator's own login does. */
const NEEDS_NO_BLOCK = "google";

/**
 * The last thing that a stack has in a cloud leaves, and with it the block of that cloud's provider. Terraform destroys
 * only by a provider that is configured: it refuses every plan where the block had an alias or has arguments that must be
 * there (azurerm's `features`, the region of aws).
 */
export const providersGone: ChangeRule = (change) =>
  Object.entries(change.before.stacks).flatMap(([id, { providers = {}, protected: kept }]): Finding[] => {
    const now = change.after.stacks[id];
    // a zone that is left to somebody else is forgotten with what is in it, as its own rule says
    const isLeft = change.before.zone.existing !== change.after.zone.existing && id === stackIds.global(change.after.fleet);
    if (now === undefined || isMoved(change, id) || isLeft) return [];
    return Object.entries(providers).flatMap(([provider, all]): Finding[] => {
      // what is protected has rules of its own, and no command of this one destroys it
      const addresses = all.filter((address) => !kept.includes(address));
      if (provider in (now.providers ?? {}) || addresses.length === 0) return [];
      return [provider === NEEDS_NO_BLOCK ? byOwnLogin(id, provider, addresses) : withoutProvider(id, provider, addresses)];
    });
  });

function withoutProvider(stack: string, provider: string, addresses: readonly string[]): Finding {
  const targets = addresses.map((address) => `-target='${address}'`).join(" ");
  const folder = `terraform -chdir=cdktf.out/stacks/${stack}`;
  return {
    id: "provider-gone",
    severity: "refused",
    path: [],
    transition: `stacks.${stack}.providers.${provider}: there → gone`,
    message: `stack ${stack} leaves nothing of provider ${provider} and declares it no more, so Terraform could not destroy what it made with it (${addresses.join(", ")}). Destroy that first, with the output as it is; then accept this change and synthesize`,
    commands: [`${folder} init`, `${folder} destroy ${targets}`],
  };
}

function byOwnLogin(stack: string, provider: string, addresses: readonly string[]): Finding {
  return {
    id: "provider-gone",
    severity: "warning",
    path: [],
    message: `stack ${stack} leaves nothing of provider ${provider} and declares it no more: Terraform destroys what it made with it (${addresses.join(", ")}) by the operator's own login of Google, without an account to impersonate`,
  };
}
