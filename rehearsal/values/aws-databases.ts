/** What AWS decides about databases, their secrets and the ways to them. */
import { arn, awsAccount, awsRegion, ec2 } from "./aws";
import { type Inventor, text } from "./context";

/** Resource types of RDS, Secrets Manager and VPC peering. */
export const awsDatabaseInventors: Readonly<Record<string, Inventor>> = {
  aws_db_instance: (s) => {
    const name = text(s.known, "identifier");
    const resource = `db-${s.seed.letters(26)}`;
    const address = `${name}.${s.seed.hex(12, "host")}.${awsRegion(s)}.rds.amazonaws.com`;
    const port = typeof s.known.port === "number" ? s.known.port : 5432;
    return {
      id: resource,
      resource_id: resource,
      arn: arn(s, "rds", `db:${name}`),
      address,
      endpoint: `${address}:${port}`,
      hosted_zone_id: `Z${s.seed.letters(13)}`,
      status: "available",
      engine_version_actual: `${text(s.known, "engine_version", "17")}.1`,
      kms_key_id: arn(s, "kms", `key/${s.seed.uuid("kms")}`),
      username: "",
    };
  },
  aws_db_subnet_group: (s) => ({
    id: text(s.known, "name"),
    arn: arn(s, "rds", `subgrp:${text(s.known, "name")}`),
    vpc_id: `vpc-0${s.seed.hex(16)}`,
    supported_network_types: ["IPV4"],
  }),
  aws_secretsmanager_secret: (s) => {
    const id = arn(s, "secretsmanager", `secret:${text(s.known, "name")}-${s.seed.letters(6)}`);
    return { id, arn: id, policy: "" };
  },
  aws_secretsmanager_secret_version: (s) => {
    const version = s.seed.uuid("version");
    return {
      id: `${text(s.known, "secret_id")}|${version}`,
      arn: text(s.known, "secret_id"),
      version_id: version,
      version_stages: ["AWSCURRENT"],
      has_secret_string_wo: true,
    };
  },
  aws_vpc_peering_connection: (s) => ({
    ...ec2("pcx", "vpc-peering-connection")(s),
    accept_status: s.known.auto_accept === true ? "active" : "pending-acceptance",
    peer_owner_id: awsAccount(s.provider),
    peer_region: awsRegion(s),
  }),
  aws_vpc_peering_connection_accepter: (s) => ({
    id: text(s.known, "vpc_peering_connection_id"),
    accept_status: "active",
  }),
};
