/**
 * Schemas of the ephemeral resources that stacks may open. `terraform providers schema -json` prints them, but the copies in
 * rehearsal/schemas were cut before anybody needed them, so these few are written by hand.
 */
import type { Attribute, Schema } from "./types";

const attributes = (names: readonly string[], flags: Omit<Attribute, "type">, type: Attribute["type"] = "string") =>
  Object.fromEntries(names.map((name) => [name, { type, ...flags }]));

const schema = (all: Readonly<Record<string, Attribute>>): Schema => ({ version: 0, block: { attributes: all } });

const schemas: Readonly<Record<string, Schema>> = {
  // hashicorp/random 3.9.0, docs/ephemeral-resources/password.md
  random_password: schema({
    length: { type: "number", required: true },
    ...attributes(["lower", "numeric", "special", "upper"], { optional: true, computed: true }, "bool"),
    ...attributes(["min_lower", "min_numeric", "min_special", "min_upper"], { optional: true, computed: true }, "number"),
    override_special: { type: "string", optional: true },
    ...attributes(["bcrypt_hash", "result"], { computed: true, sensitive: true }),
  }),
  // hashicorp/azurerm 4.55.0, internal/services/keyvault/key_vault_secret_ephemeral.go
  azurerm_key_vault_secret: schema({
    ...attributes(["name", "key_vault_id"], { required: true }),
    version: { type: "string", optional: true, computed: true },
    ...attributes(
      ["expiration_date", "not_before_date", "value", "id", "versionless_id", "resource_id", "resource_versionless_id"],
      { computed: true },
    ),
  }),
  // hashicorp/aws, internal/service/secretsmanager/secret_version_ephemeral.go; region: 6.0 upgrade guide, "Enhanced Region Support"
  aws_secretsmanager_secret_version: schema({
    secret_id: { type: "string", required: true },
    ...attributes(["region", "version_id", "version_stage"], { optional: true, computed: true }),
    ...attributes(["arn", "created_date"], { computed: true }),
    ...attributes(["secret_binary", "secret_string"], { computed: true, sensitive: true }),
    version_stages: { type: ["list", "string"], computed: true },
  }),
};

/** The schema of an ephemeral resource type. @returns undefined for a type that nobody wrote one for */
export function ephemeralSchema(type: string): Schema | undefined {
  return Object.hasOwn(schemas, type) ? schemas[type] : undefined;
}
