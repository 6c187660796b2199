/** AWS: RDS, Secrets Manager, VPC peering. */
import type { Replacement } from "./replacement";

const SOURCE = "hashicorp/aws 6.25.0, internal/service";
const INSTANCE = `${SOURCE}/rds/instance.go`;
const GROUP = `${SOURCE}/rds/subnet_group.go`;
const SECRET = `${SOURCE}/secretsmanager/secret.go`;
const VERSION = `${SOURCE}/secretsmanager/secret_version.go`;
const PEERING = `${SOURCE}/ec2/vpc_peering_connection.go`;

/** A replica keeps its source, or loses it by its promotion; another one is another instance. */
const source = (before: unknown, after: unknown): boolean =>
  typeof before === "string" && before !== "" && before !== after && after !== null;

/** What replaces a database, a secret or a peering of AWS. */
export const awsDatabaseReplacements: readonly Replacement[] = [
  {
    type: "aws_db_instance",
    replaces: [
      "engine",
      "username",
      "db_name",
      "storage_encrypted",
      "kms_key_id",
      "availability_zone",
      "snapshot_identifier",
      "restore_to_point_in_time",
      "character_set_name",
      "timezone",
      "region",
    ],
    source: INSTANCE,
  },
  {
    type: "aws_db_instance",
    at: "replicate_source_db",
    replacesIf: source,
    source: `${INSTANCE}, update: a new source is refused`,
  },
  { type: "aws_db_subnet_group", replaces: ["name", "name_prefix", "region"], source: GROUP },
  { type: "aws_secretsmanager_secret", replaces: ["name", "name_prefix", "region"], source: SECRET },
  {
    type: "aws_secretsmanager_secret_version",
    replaces: ["secret_id", "secret_string", "secret_binary", "secret_string_wo_version", "region"],
    source: VERSION,
  },
  {
    type: "aws_vpc_peering_connection",
    replaces: ["vpc_id", "peer_vpc_id", "peer_owner_id", "peer_region", "region"],
    source: PEERING,
  },
  {
    type: "aws_vpc_peering_connection_accepter",
    replaces: ["vpc_peering_connection_id", "region"],
    source: `${SOURCE}/ec2/vpc_peering_connection_accepter.go`,
  },
];
