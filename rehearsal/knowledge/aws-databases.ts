/** AWS: RDS, Secrets Manager, VPC peering. */
import type { ValueObject } from "../protocol/values";
import type { Line } from "./line";

const SOURCE = "hashicorp/aws 6.25.0, internal/service";
const INSTANCE = `${SOURCE}/rds/instance.go`;
const GROUP = `${SOURCE}/rds/subnet_group.go`;
const SECRET = `${SOURCE}/secretsmanager/secret.go`;
const VERSION = `${SOURCE}/secretsmanager/secret_version.go`;
const PEERING = `${SOURCE}/ec2/vpc_peering_connection.go`;

/** What an instance is made from decides what it needs. */
function origin(config: ValueObject): string | undefined {
  if (config.replicate_source_db || config.snapshot_identifier || config.restore_to_point_in_time) return undefined;
  const missing = ["engine", "allocated_storage", "username"].filter((name) => (config[name] ?? null) === null);
  const created = config.password || config.password_wo || config.manage_master_user_password || config.password_wo_version;
  // a replica that was promoted has them from its source; it is updated, never made
  if (missing.length === 3) return undefined;
  if (missing.length > 0) return `A new instance needs ${missing.map((name) => `'${name}'`).join(" and ")}.`;
  return created ? undefined : "A new instance needs a password of its administrator.";
}

function finalSnapshot(config: ValueObject): string | undefined {
  return config.skip_final_snapshot !== true && !config.final_snapshot_identifier
    ? "'final_snapshot_identifier' is needed where 'skip_final_snapshot' isn't true, or the destroy fails."
    : undefined;
}

/** Facts about AWS's databases. */
export const awsDatabaseLines: readonly Line[] = [
  {
    type: "aws_db_instance",
    at: "identifier",
    matches: /^(?!.*--)[a-z][a-z0-9-]{0,61}[a-z0-9]$/,
    say: "at most 63 lower-case letters, digits and single hyphens, starting with a letter",
    source: `${SOURCE}/rds/validate.go`,
  },
  { type: "aws_db_instance", at: "backup_retention_period", between: [0, 35], source: INSTANCE },
  { type: "aws_db_instance", at: "storage_type", oneOf: ["standard", "gp2", "gp3", "io1", "io2"], source: INSTANCE },
  {
    type: "aws_db_instance",
    at: "engine_lifecycle_support",
    oneOf: ["open-source-rds-extended-support", "open-source-rds-extended-support-disabled"],
    source: INSTANCE,
  },
  {
    type: "aws_db_instance",
    at: "final_snapshot_identifier",
    matches: /^(?!.*--)[A-Za-z][0-9A-Za-z-]*[0-9A-Za-z]$/,
    say: "letters, digits and single hyphens, starting with a letter",
    source: INSTANCE,
  },
  { type: "aws_db_instance", atMostOne: ["password", "password_wo", "manage_master_user_password"], source: INSTANCE },
  { type: "aws_db_instance", given: "password_wo", needs: ["password_wo_version"], source: INSTANCE },
  { type: "aws_db_instance", check: origin, when: "apply", source: `${INSTANCE}, create` },
  { type: "aws_db_instance", check: finalSnapshot, when: "apply", source: `${INSTANCE}, delete` },
  {
    type: "aws_db_subnet_group",
    at: "subnet_ids",
    length: [2, 20],
    source: `${GROUP}; RDS API, DBSubnetGroupDoesNotCoverEnoughAZs`,
  },
  {
    type: "aws_db_subnet_group",
    at: "name",
    matches: /^[ .0-9a-z-_]+$/,
    say: "lower-case letters, digits, hyphens, underscores, periods and spaces",
    source: GROUP,
  },
  {
    type: "aws_secretsmanager_secret",
    at: "recovery_window_in_days",
    matches: /^(0|[7-9]|[12]\d|30)$/,
    say: "0, or 7 to 30",
    source: SECRET,
  },
  {
    type: "aws_secretsmanager_secret",
    at: "name",
    matches: /^[\w+=,.@/-]{1,512}$/,
    say: "at most 512 letters, digits and /_+=.@-",
    source: SECRET,
  },
  {
    type: "aws_secretsmanager_secret_version",
    atMostOne: ["secret_string", "secret_binary", "secret_string_wo"],
    source: VERSION,
  },
  { type: "aws_secretsmanager_secret_version", given: "secret_string_wo", needs: ["secret_string_wo_version"], source: VERSION },
  {
    type: "aws_vpc_peering_connection",
    check: (config) =>
      config.auto_accept === true && typeof config.peer_region === "string"
        ? "'auto_accept' can't be true with a 'peer_region': accept it there."
        : undefined,
    source: `${PEERING}, CustomizeDiff`,
  },
];
