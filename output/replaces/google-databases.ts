/** Google Cloud: Cloud SQL, Secret Manager, Private Service Connect. */
import type { Replacement } from "./replacement";

const SOURCE = "hashicorp/google 6.50.0, google/services";
const INSTANCE = `${SOURCE}/sql/resource_sql_database_instance.go`;
const USER = `${SOURCE}/sql/resource_sql_user.go`;
const DATABASE = `${SOURCE}/sql/resource_sql_database.go`;
const SECRET = `${SOURCE}/secretmanager/resource_secret_manager_secret.go`;
const VERSION = `${SOURCE}/secretmanager/resource_secret_manager_secret_version.go`;
const RULE = `${SOURCE}/compute/resource_compute_forwarding_rule.go`;

const shrinks = (before: unknown, after: unknown): boolean =>
  typeof before === "number" && typeof after === "number" && after < before;

/** What replaces a database, a secret or a private way to it of Google Cloud. */
export const googleDatabaseReplacements: readonly Replacement[] = [
  {
    type: "google_sql_database_instance",
    replaces: ["name", "region", "encryption_key_name", "clone", "settings.collation", "settings.disk_type"],
    source: INSTANCE,
  },
  {
    type: "google_sql_database_instance",
    at: "settings.disk_size",
    replacesIf: shrinks,
    source: `${INSTANCE}, ForceNewIfChange IsDiskShrinkage`,
  },
  {
    type: "google_sql_database_instance",
    at: "master_instance_name",
    replacesIf: (before, after) => typeof after === "string" && after !== "" && before !== after,
    source: `${INSTANCE}: a promotion takes it away in place, another master replaces`,
  },
  { type: "google_sql_database", replaces: ["name", "instance", "project"], source: DATABASE },
  { type: "google_sql_user", replaces: ["name", "instance", "host", "type", "project"], source: USER },
  { type: "google_secret_manager_secret", replaces: ["secret_id", "project", "replication"], source: SECRET },
  {
    type: "google_secret_manager_secret_version",
    replaces: ["secret", "secret_data", "secret_data_wo_version", "is_secret_data_base64"],
    source: VERSION,
  },
  {
    type: "google_compute_forwarding_rule",
    replaces: ["name", "region", "network", "subnetwork", "ip_address", "load_balancing_scheme", "project"],
    source: RULE,
  },
  {
    type: "google_dns_managed_zone",
    replaces: ["name", "dns_name", "visibility", "project"],
    source: `${SOURCE}/dns/resource_dns_managed_zone.go`,
  },
  {
    type: "google_dns_record_set",
    replaces: ["name", "managed_zone", "type", "project"],
    source: `${SOURCE}/dns/resource_dns_record_set.go`,
  },
  {
    type: "google_secret_manager_secret_iam_member",
    replaces: ["condition", "member", "project", "role", "secret_id"],
    source: "hashicorp/google 6.50.0, google/tpgiamresource/resource_iam_member.go",
  },
];
