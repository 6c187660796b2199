import { isJsonObject, type Json, type JsonObject } from "../output/json";
import { backendOf } from "../output/state";
import type { Login } from "./logins";
import { blocks, literal } from "./values";

/** Where a fleet keeps its state, as its stacks say. */
export interface StateOf {
  /** Backend of the stacks: local, s3, azurerm, gcs, pg, http, or cloud for HCP Terraform. */
  readonly backend: string;
  /** State lies beside the stacks, so that whoever checks them out anew has none. */
  readonly local: boolean;
  /** The login that the backend wants, of every stack. @default - none that is a cloud's */
  readonly login?: Login;
  /** Environment variables that the backend reads its own credentials from. */
  readonly environment: readonly string[];
}

/** What a backend asks of whoever runs Terraform. */
export function stateOf(config: JsonObject): StateOf {
  const { kind, settings } = backendOf(config);
  const one = (value: Json | undefined) => [literal(value)].filter((text) => text !== undefined);
  const state = (login?: Login, environment: readonly string[] = []): StateOf => ({
    backend: kind,
    local: kind === "local",
    ...(login && { login }),
    environment,
  });
  switch (kind) {
    case "s3":
      // a service that only speaks S3's language has keys of its own
      if (isJsonObject(settings.endpoints)) return state(undefined, ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]);
      return state({
        cloud: "aws",
        accounts: Array.isArray(settings.allowed_account_ids) ? settings.allowed_account_ids.map(String) : [],
        roles: blocks(settings.assume_role).flatMap((role) => one(role.role_arn)),
        regions: one(settings.region),
      });
    case "azurerm":
      return state({ cloud: "azure", tenants: [], subscriptions: one(settings.subscription_id) });
    case "gcs":
      return state({ cloud: "google", projects: [], impersonates: one(settings.impersonate_service_account) });
    case "pg":
      return state(undefined, ["PG_CONN_STR"]);
    case "http":
      return state(undefined, ["TF_HTTP_USERNAME", "TF_HTTP_PASSWORD"]);
    case "cloud":
      return state(undefined, [`TF_TOKEN_${(literal(settings.hostname) ?? "app.terraform.io").replaceAll(".", "_")}`]);
    default:
      return state();
  }
}
