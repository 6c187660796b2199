/** Google Cloud: Cloud SQL, Secret Manager, Private Service Connect. */
import type { Value, ValueObject } from "../protocol/values";
import { inner } from "./facts";
import type { Line } from "./line";

const SOURCE = "hashicorp/google 6.50.0, google/services";
const INSTANCE = `${SOURCE}/sql/resource_sql_database_instance.go`;
const USER = `${SOURCE}/sql/resource_sql_user.go`;
const DATABASE = `${SOURCE}/sql/resource_sql_database.go`;
const VERSION = `${SOURCE}/secretmanager/resource_secret_manager_secret_version.go`;

const block = (config: ValueObject, ...path: readonly string[]): Value => inner(config, "settings", ...path);

/** Binary logs are MySQL's, recovery to a point in time is said with PostgreSQL alone. */
function recovery(config: ValueObject): string | undefined {
  const version = String(config.database_version);
  const pitr = block(config, "backup_configuration", "point_in_time_recovery_enabled");
  const binlog = block(config, "backup_configuration", "binary_log_enabled");
  if (version.startsWith("MYSQL") && pitr === true)
    return "point_in_time_recovery_enabled is for PostgreSQL and SQL Server; MySQL has binary_log_enabled.";
  if (!version.startsWith("MYSQL") && binlog === true) return "binary_log_enabled is for MySQL.";
  const standby = block(config, "availability_type") === "REGIONAL" && config.master_instance_name === null;
  if (standby && block(config, "backup_configuration", "enabled") !== true) return "REGIONAL needs backups.";
  return standby && version.startsWith("MYSQL") && binlog !== true ? "REGIONAL needs binary_log_enabled on MySQL." : undefined;
}

/** Tiers and editions have names of their own. */
function tier(config: ValueObject): string | undefined {
  const [edition, name] = [block(config, "edition"), String(block(config, "tier"))];
  if (edition === "ENTERPRISE_PLUS" && !name.startsWith("db-perf-optimized-N-"))
    return `Tier ${name} is none of ENTERPRISE_PLUS.`;
  return edition === "ENTERPRISE" && name.startsWith("db-perf-optimized") ? `Tier ${name} is of ENTERPRISE_PLUS.` : undefined;
}

/** Facts about Google's databases. */
export const googleDatabaseLines: readonly Line[] = [
  {
    type: "google_sql_database_instance",
    at: "name",
    matches: /^[a-z][a-z0-9-]{0,96}[a-z0-9]$/,
    say: "lower-case letters, digits and hyphens, starting with a letter",
    source: "Cloud SQL Admin API, DatabaseInstance.name",
  },
  {
    type: "google_sql_database_instance",
    at: "database_version",
    matches: /^(MYSQL_(5_6|5_7|8_0|8_0_\d+|8_4)|POSTGRES_(9_6|1\d)|SQLSERVER_\w+)$/,
    say: "a version such as MYSQL_8_4 or POSTGRES_17",
    source: "Cloud SQL Admin API, SqlDatabaseVersion",
  },
  { type: "google_sql_database_instance", at: "settings.edition", oneOf: ["ENTERPRISE", "ENTERPRISE_PLUS"], source: INSTANCE },
  { type: "google_sql_database_instance", at: "settings.availability_type", oneOf: ["REGIONAL", "ZONAL"], source: INSTANCE },
  {
    type: "google_sql_database_instance",
    at: "settings.ip_configuration.ssl_mode",
    oneOf: ["ALLOW_UNENCRYPTED_AND_ENCRYPTED", "ENCRYPTED_ONLY", "TRUSTED_CLIENT_CERTIFICATE_REQUIRED"],
    source: INSTANCE,
  },
  {
    type: "google_sql_database_instance",
    at: "settings.backup_configuration.transaction_log_retention_days",
    between: [1, 35],
    source: INSTANCE,
  },
  { type: "google_sql_database_instance", check: recovery, source: `${INSTANCE}, CustomizeDiff` },
  { type: "google_sql_database_instance", check: tier, when: "apply", source: "Cloud SQL docs, Introduction to editions" },
  {
    type: "google_sql_database_instance",
    recomputes: ["master_instance_name"],
    source: `${INSTANCE}, read after a promotion: an instance of its own has no master`,
  },
  { type: "google_sql_database", at: "deletion_policy", oneOf: ["ABANDON", "DELETE"], source: DATABASE },
  { type: "google_sql_user", at: "deletion_policy", oneOf: ["ABANDON"], source: USER },
  { type: "google_sql_user", atMostOne: ["password", "password_wo"], source: USER },
  {
    type: "google_secret_manager_secret",
    at: "secret_id",
    matches: /^[\w-]{1,255}$/,
    say: "at most 255 letters, digits, hyphens and underscores",
    source: "Secret Manager API, secretId",
  },
  {
    type: "google_secret_manager_secret_version",
    at: "deletion_policy",
    oneOf: ["DELETE", "DISABLE", "ABANDON"],
    source: VERSION,
  },
  { type: "google_secret_manager_secret_version", exactlyOne: ["secret_data", "secret_data_wo"], source: VERSION },
  {
    type: "google_secret_manager_secret_version",
    check: (config) =>
      (config.secret_data_wo ?? null) !== null && Number(config.secret_data_wo_version ?? 0) < 1
        ? "secret_data_wo_version below 1 reads the secret back into the state."
        : undefined,
    source: `${VERSION}, flatten`,
  },
];
