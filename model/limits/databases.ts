import type { BackingCloud } from "../schema/backing";
import type { Database, Engine } from "../schema/databases";

/** What the clouds' databases are and allow, as plain facts. */

/** Whether a cloud has the engine as a managed service that is built here. */
export function isOffered({ cloud, engine }: Pick<Database, "cloud" | "engine">): boolean {
  return engine !== "mongo" || cloud === "azure";
}

/** What version an engine has where the file says none. */
export const DEFAULT_VERSIONS: Readonly<Record<Engine, string>> = { mysql: "8.4", postgres: "17", mongo: "7.0" };

/**
 * Versions by engine and cloud. Azure: azurerm 4.55.0, ValidateFunc of version, without what left support; RDS: "MySQL on
 * Amazon RDS versions", "Release calendars for Amazon RDS for PostgreSQL"; Cloud SQL: "Database versions and version policies".
 */
const VERSIONS: Readonly<Record<Engine, Partial<Record<BackingCloud, readonly string[]>>>> = {
  mysql: { aws: ["8.0", "8.4"], azure: ["8.0", "8.4"], google: ["8.0", "8.4"] },
  postgres: {
    aws: ["14", "15", "16", "17"],
    azure: ["14", "15", "16", "17", "18"],
    google: ["14", "15", "16", "17"],
  },
  mongo: { azure: ["5.0", "6.0", "7.0"] },
};

export const versionsOf = ({ cloud, engine }: Pick<Database, "cloud" | "engine">): readonly string[] =>
  VERSIONS[engine][cloud] ?? [];

type Size = "small" | "medium" | "large";

/** The three sizes by their own names: two, two and eight processors; of Cosmos DB the most request units per second. */
const SIZES: Readonly<Record<string, Readonly<Record<Size, string>>>> = {
  "azure mysql": { small: "B_Standard_B2s", medium: "GP_Standard_D2ds_v4", large: "GP_Standard_D8ds_v4" },
  "azure postgres": { small: "B_Standard_B2s", medium: "GP_Standard_D2ds_v5", large: "GP_Standard_D8ds_v5" },
  "azure mongo": { small: "1000", medium: "4000", large: "20000" },
  aws: { small: "db.t4g.small", medium: "db.m7g.large", large: "db.m7g.2xlarge" },
  google: { small: "db-custom-1-3840", medium: "db-custom-2-7680", large: "db-custom-8-30720" },
};

/** The cloud's own name of a size. */
export function sizeName({ cloud, engine, size }: Pick<Database, "cloud" | "engine" | "size">): string {
  const names = SIZES[`${cloud} ${engine}`] ?? SIZES[cloud]!;
  return (names as Readonly<Record<string, string>>)[size] ?? size;
}

/** How a size of one's own is spelt: azurerm 4.55.0, FlexibleServerSkuName; RDS and Cloud SQL API references. */
const SIZE_NAMES: Readonly<Record<string, { readonly pattern: RegExp; readonly such: string }>> = {
  "azure mysql": {
    pattern:
      /^(B_Standard_B(1|1m|2|2m|4m|8m|12m|16m|20m)s|GP_Standard_D(2|4|8|16|32|48|64)(ds_v4|ads_v5)|MO_Standard_E\d+i?a?ds_v[45])$/,
    such: "GP_Standard_D2ds_v4",
  },
  "azure postgres": { pattern: /^(B_Standard_B\d+m?s|(GP|MO)_Standard_[DE]\d+a?d?s_v[3-6])$/, such: "GP_Standard_D2ds_v5" },
  "azure mongo": { pattern: /^[1-9]\d{0,2}000$/, such: "4000, in steps of a thousand" },
  aws: { pattern: /^db\.[a-z0-9-]+\.[a-z0-9]+$/, such: "db.m7g.large" },
  google: { pattern: /^db-(custom-\d+-\d+|perf-optimized-N-\d+)$/, such: "db-custom-2-7680" },
};

export const sizeSpelling = ({ cloud, engine }: Pick<Database, "cloud" | "engine">) =>
  SIZE_NAMES[`${cloud} ${engine}`] ?? SIZE_NAMES[cloud]!;

/** Azure's burstable machines have neither a standby nor replicas (Flexible Server docs, "High availability", "Read replicas"). */
export const isBurstable = (sizeOfCloud: string): boolean => sizeOfCloud.startsWith("B_");

/** Sizes of disks that Azure has for PostgreSQL, in GiB (azurerm 4.55.0, ValidateFunc of storage_mb). */
export const POSTGRES_DISKS: readonly number[] = [32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384];

/** Names that a database or its login can't have, on one cloud or another. */
const RESERVED = [
  "admin",
  "administrator",
  "root",
  "guest",
  "public",
  "sa",
  "mysql",
  "sys",
  "information",
  "performance",
  "postgres",
  "template",
  "rdsadmin",
  "cloudsqladmin",
  "azuresu",
  "local",
  "config",
];

export const isReserved = (name: string): boolean => RESERVED.includes(name) || name.startsWith("pg");

/** Letters and digits only: it is a part of the name of a secret, which has no underscore in Key Vault, and of a login. */
export const DATABASE_NAME = /^[a-z][a-z0-9]{0,30}$/;

/** Cloud SQL docs, Instance settings: what an instance can be called. */
export const INSTANCE_NAME = /^[a-z]([a-z0-9-]{0,96}[a-z0-9])?$/;

/** Azure docs, "Private endpoint DNS integration": the zone in which each service answers. */
export const PRIVATE_ZONES: Readonly<Record<Engine, string>> = {
  mysql: "privatelink.mysql.database.azure.com",
  postgres: "privatelink.postgres.database.azure.com",
  mongo: "privatelink.mongo.cosmos.azure.com",
};

/** Ports that servers listen on; Cosmos DB's own for the protocol of MongoDB. */
export const PORTS: Readonly<Record<Engine, number>> = { mysql: 3306, postgres: 5432, mongo: 10255 };
