import { type JsonObject, member } from "../../output/json";

/** The accounts that an apply of a stack needs a login for, from its provider blocks: `AWS 111122223333`. */
export function loginsOf(config: JsonObject): readonly string[] {
  const logins = Object.entries(member(config, "provider")).flatMap(([provider, blocks]) =>
    [blocks].flat().flatMap((block) => loginOf(provider, member(block))),
  );
  return [...new Set(logins)].sort();
}

function loginOf(provider: string, block: JsonObject): readonly string[] {
  switch (provider) {
    case "aws": {
      const ids = block.allowed_account_ids;
      return [`AWS ${Array.isArray(ids) ? ids.join(", ") : "account"}`];
    }
    case "azurerm":
      return [`Azure ${String(block.subscription_id ?? "subscription")}`];
    case "google":
      return [`Google ${String(block.project ?? "project")}`];
    case "kubernetes":
    case "helm":
      return ["the cluster's API"];
    default:
      return [];
  }
}
