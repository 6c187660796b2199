/** What RDS, Cloud SQL and the networks around them refuse. */
import type { Refusal } from "./attempt";

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** RDS takes the protection away first. */
const guarded = (type: string, argument: string, source: string): Refusal => ({
  type,
  on: ["delete"],
  source,
  refuse: ({ attributes }) =>
    attributes[argument] === true
      ? `'${argument}' is true. Apply it as false first, then destroy (for a whole fleet: synthesize with --without-deletion-protection and apply).`
      : undefined,
});

const setting = (attributes: Readonly<Record<string, unknown>>, name: string): unknown =>
  (Array.isArray(attributes.settings) ? attributes.settings[0] : undefined)?.[name];

export const databaseRefusals: readonly Refusal[] = [
  guarded("aws_db_instance", "deletion_protection", "RDS API, DeleteDBInstance: InvalidParameterCombination"),
  guarded(
    "google_sql_database_instance",
    "deletion_protection",
    "hashicorp/google 6.50.0, resource_sql_database_instance.go, delete",
  ),
  {
    type: "google_sql_database_instance",
    on: ["delete"],
    source: "Cloud SQL Admin API: deletion protection is enabled on the instance",
    refuse: ({ attributes }) =>
      setting(attributes, "deletion_protection_enabled") === true
        ? "'settings.deletion_protection_enabled' is true. Apply it as false first."
        : undefined,
  },
  {
    type: "google_sql_database_instance",
    on: ["delete"],
    source: "Cloud SQL docs, Delete instances: replicas first",
    refuse: ({ attributes, cloud }) => {
      const replica = cloud
        .all("google_sql_database_instance")
        .find((other) => text(other.attributes.master_instance_name) === attributes.name);
      return replica ? `Replica ${text(replica.attributes.name)} still follows it: delete or promote that first.` : undefined;
    },
  },
  {
    type: "google_sql_user",
    on: ["create"],
    source: "Cloud SQL docs, Manage users with IAM database authentication; hashicorp/terraform-provider-google#10946",
    refuse: ({ config, cloud }) => {
      if (!text(config.type).startsWith("CLOUD_IAM_")) return undefined;
      if (["host", "password", "password_wo"].some((one) => (config[one] ?? null) !== null))
        return "A user of IAM has neither 'host' nor a password: Cloud SQL answers INTERNAL_ERROR.";
      const name = text(config.instance);
      const instance = cloud.all("google_sql_database_instance").find(({ attributes }) => attributes.name === name);
      if (!instance) return undefined;
      const flags = setting(instance.attributes, "database_flags");
      const on = (Array.isArray(flags) ? flags : []).some(
        (flag) => /^cloudsql[._]iam_authentication$/.test(String(flag.name)) && flag.value === "on",
      );
      return on ? undefined : `The instance ${name} takes no users of IAM: its flag iam_authentication is not on.`;
    },
  },
  {
    type: "aws_db_instance",
    on: ["create"],
    source: "RDS user guide, Working with DB instance read replicas: automated backups of the source",
    refuse: ({ config, cloud }) => {
      const name = text(config.replicate_source_db);
      if (name === "") return undefined;
      const source = cloud
        .all("aws_db_instance")
        .find(({ attributes }) => attributes.arn === name || attributes.identifier === name);
      if (!source) return `DBInstanceNotFound: the source ${name} does not exist.`;
      if (Number(source.attributes.backup_retention_period ?? 0) === 0) return "The source of a replica needs automated backups.";
      const encrypted = source.attributes.storage_encrypted === true && source.attributes.region !== config.region;
      return encrypted && !config.kms_key_id
        ? "A replica of an encrypted instance in another region needs 'kms_key_id'."
        : undefined;
    },
  },
  {
    type: "aws_route",
    on: ["create"],
    source: "EC2 API, CreateRoute: InvalidVpcPeeringConnectionState",
    refuse: ({ config, cloud }) => {
      const id = text(config.vpc_peering_connection_id);
      const peering = cloud.all("aws_vpc_peering_connection").find(({ attributes }) => attributes.id === id);
      if (!peering || peering.attributes.accept_status === "active") return undefined;
      const accepted = cloud
        .all("aws_vpc_peering_connection_accepter")
        .some(({ attributes }) => attributes.vpc_peering_connection_id === id);
      return accepted ? undefined : `The peering ${id} is not accepted yet: let the route depend on the accepter.`;
    },
  },
  {
    type: "aws_vpc_peering_connection",
    on: ["create"],
    source: "VPC peering guide: overlapping CIDR blocks",
    refuse: ({ config, cloud }) => {
      const range = (id: unknown) => cloud.all("aws_vpc").find(({ attributes }) => attributes.id === id)?.attributes.cidr_block;
      const [own, peer] = [range(config.vpc_id), range(config.peer_vpc_id)];
      return own !== undefined && own === peer ? `Both VPCs have ${text(own)}: they can't be peered.` : undefined;
    },
  },
];
