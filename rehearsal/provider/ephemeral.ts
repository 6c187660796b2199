/** What an ephemeral resource answers each time that it is opened: a new secret, or what a store of the rehearsal holds. */
import type { Cloud, CloudResource } from "../cloud/model";
import type { Diagnostic } from "../protocol/messages";
import type { Value, ValueObject } from "../protocol/values";
import { type Block, emptyBlock } from "../schema/types";
import { seed } from "../values/seed";

/** The opened resource, or why it can't be opened. */
export interface Opened {
  readonly result?: ValueObject;
  readonly diagnostics: readonly Diagnostic[];
}

type Answer = Readonly<Record<string, Value>> | string;

/** Opens one. Every argument is known: Terraform waits otherwise. */
export function opened(type: string, block: Block, config: ValueObject, cloud: Cloud): Opened {
  const answer = openers[type]?.(config, cloud) ?? `The rehearsal doesn't know what '${type}' answers.`;
  if (typeof answer === "string") return { diagnostics: [{ severity: 1, summary: `${type} can't be opened`, detail: answer }] };
  const written = Object.fromEntries(Object.entries(config).filter(([, value]) => value !== null));
  return { result: { ...emptyBlock(block), ...written, ...answer }, diagnostics: [] };
}

const openers: Readonly<Record<string, (config: ValueObject, cloud: Cloud) => Answer>> = {
  random_password: ({ length, min_upper: capitals, min_lower: letters, min_numeric: digits }, cloud) => {
    // new at every plan and apply, as the real one is (hashicorp/terraform-provider-random#625)
    const words = seed("random_password", String(cloud.serial("random_password")));
    const kinds = [capitals, letters, digits].map((least, place) => (Number(least ?? 0) > 0 ? "Aa0"[place] : "")).join("");
    const result = [kinds, ...[0, 1, 2, 3].map((n) => words.hex(64, `${n}`))].join("").slice(0, Number(length));
    return { result, bcrypt_hash: `$2a$10$${words.hex(53, "bcrypt")}` };
  },
  azurerm_key_vault_secret: ({ name, key_vault_id: vault, version }, cloud) => {
    const secret = cloud
      .all("azurerm_key_vault_secret")
      .find(({ attributes }) => attributes.name === name && attributes.key_vault_id === vault);
    if (!secret) return `SecretNotFound: '${String(name)}' is not in ${String(vault)}.`;
    const { attributes } = secret;
    if (version !== null && version !== attributes.version)
      return `SecretNotFound: '${String(name)}' has no version ${String(version)}; the newest is ${String(attributes.version)}.`;
    return { value: hiddenOr(secret, "value_wo", "value"), version: attributes.version ?? null, id: attributes.id ?? null };
  },
  aws_secretsmanager_secret_version: ({ secret_id: id, version_id: version }, cloud) => {
    const found = cloud.all("aws_secretsmanager_secret_version").find(({ attributes }) => attributes.secret_id === id);
    if (!found || (version !== null && version !== found.attributes.version_id))
      return `ResourceNotFoundException: ${String(id)} has no version ${String(version ?? "AWSCURRENT")}.`;
    return {
      arn: found.attributes.arn ?? null,
      version_id: found.attributes.version_id ?? null,
      secret_string: hiddenOr(found, "secret_string_wo", "secret_string"),
    };
  },
};

function hiddenOr({ hidden, attributes }: CloudResource, writeOnly: string, plain: string): Value {
  return hidden?.[writeOnly] ?? attributes[plain] ?? null;
}
