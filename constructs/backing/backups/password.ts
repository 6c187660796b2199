import { Fn } from "cdktf";
import type { Construct } from "constructs";
import { ephemeralPassword } from "../../cdktf/ephemeral";
import type { LoginStore } from "../databases/logins";

/** Key of the password in Velero's Secret (velero 1.18, pkg/repository/keys). */
export const PASSWORD_KEY = "repository-password";

/**
 * The password that backups are encrypted with. Made once, for all clusters that the store will ever have: without it a
 * restore into the next generation reads nothing, so it has no version that could be raised.
 */
export function putPassword(scope: Construct, store: Pick<LoginStore, "put">, entry: string): void {
  store.put(entry, Fn.jsonencode({ [PASSWORD_KEY]: ephemeralPassword(scope, entry) }), 1);
}
