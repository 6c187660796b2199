import { ref, TerraformStack, Token } from "cdktf";
import type { Construct } from "constructs";

/** hashicorp/random, only for what it makes ephemerally (3.7.0 and later). Its binding knows no ephemeral resource, so none is used. */
const RANDOM = { source: "hashicorp/random", version: "3.9.0" };

/** Write-only arguments came with Terraform 1.11, ephemeral resources with 1.10. */
const TERRAFORM = ">= 1.11";

/**
 * An ephemeral resource: its values are in no plan and no state, and may be given to write-only arguments alone. cdktf
 * 0.21 has no class for them, so it is written into the stack's JSON.
 * @param name unique among those of the type in the stack
 * @returns reads one of its attributes
 */
export function ephemeral(
  scope: Construct,
  type: string,
  name: string,
  args: Readonly<Record<string, unknown>>,
): (attribute: string) => string {
  const stack = TerraformStack.of(scope);
  stack.addOverride(`ephemeral.${type}.${name}`, args);
  stack.addOverride("terraform.required_version", TERRAFORM);
  if (type.startsWith("random_")) stack.addOverride("terraform.required_providers.random", RANDOM);
  return (attribute) => Token.asString(ref(`ephemeral.${type}.${name}.${attribute}`, stack));
}

/** A password of letters and digits, another one at every plan and apply: give it to one write-only argument, and read it back from there. */
export function ephemeralPassword(scope: Construct, name: string): string {
  // Azure wants three of four kinds of characters; RDS takes 41 at most of MySQL
  const args = { length: 32, special: false, min_lower: 1, min_numeric: 1, min_upper: 1 };
  return ephemeral(scope, "random_password", name, args)("result");
}
