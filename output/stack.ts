/** What a stack's cdk.tf.json says: its resources, outputs, variables and providers. */
import { isJsonObject, type Json, type JsonObject, member } from "./json";

/** A resource that a stack manages. */
export interface Resource {
  /** As Terraform prints it: `aws_eip.nat_1A2B3C4D`. */
  readonly address: string;
  readonly type: string;
  readonly name: string;
  /** Its arguments. */
  readonly block: JsonObject;
  /** Whether Terraform refuses to destroy it while it is in the file (`prevent_destroy`). */
  readonly isProtected: boolean;
}

/** An output of a stack. */
export interface Output {
  readonly name: string;
  readonly description?: string;
  readonly sensitive: boolean;
}

/** A variable of a stack. */
export interface Variable {
  readonly name: string;
  /** Terraform's type expression. @default - any */
  readonly type?: string;
  readonly description?: string;
  readonly sensitive: boolean;
  /** @default - it must be given */
  readonly default?: Json;
}

/** A provider that a stack needs. */
export interface RequiredProvider {
  /** Its local name, "aws". */
  readonly name: string;
  /** e.g. "hashicorp/aws" or "aws". */
  readonly source: string;
  readonly version: string;
}

/** What a stack manages, in the order of the file. */
export function resourcesOf(config: JsonObject): readonly Resource[] {
  return Object.entries(member(config, "resource")).flatMap(([type, ofType]) =>
    Object.entries(isJsonObject(ofType) ? ofType : {}).map(([name, value]) => {
      const block = member(value);
      return {
        address: `${type}.${name}`,
        type,
        name,
        block,
        isProtected: member(block, "lifecycle").prevent_destroy === true,
      };
    }),
  );
}

/** Which whole arguments Terraform leaves as they are; of `scaling_config[0].desired_size` only a part is. */
export function ignoredBy(block: JsonObject): (argument: string) => boolean {
  const list = member(block, "lifecycle").ignore_changes;
  if (list === "all") return () => true;
  return (argument) => Array.isArray(list) && list.includes(argument);
}

/** The outputs of a stack. */
export function outputsOf(config: JsonObject): readonly Output[] {
  return Object.entries(member(config, "output")).map(([name, value]) => {
    const { description, sensitive } = member(value);
    return { name, ...(typeof description === "string" && { description }), sensitive: sensitive === true };
  });
}

/** The variables of a stack. */
export function variablesOf(config: JsonObject): readonly Variable[] {
  return Object.entries(member(config, "variable")).map(([name, value]) => {
    const { type, description, sensitive, default: preset } = member(value);
    return {
      name,
      ...(typeof type === "string" && { type }),
      ...(typeof description === "string" && { description }),
      sensitive: sensitive === true,
      ...(preset !== undefined && { default: preset }),
    };
  });
}

/** The providers that a stack needs. */
export function providersOf(config: JsonObject): readonly RequiredProvider[] {
  return Object.entries(member(config, "terraform", "required_providers")).map(([name, value]) => {
    const { source, version } = member(value);
    return { name, source: typeof source === "string" ? source : name, version: typeof version === "string" ? version : "" };
  });
}

/** Types by provider: {aws: {resources: ["aws_vpc"], dataSources: [], ephemeral: []}}. */
export type UsedTypes = Readonly<Record<string, Readonly<Record<Kind, readonly string[]>>>>;

type Kind = "resources" | "dataSources" | "ephemeral";

/** Providers that Terraform carries inside itself. */
const BUILT_IN = new Set(["terraform"]);

/** The provider types that stacks use. A provider that is only declared appears with empty lists. */
export function usedTypes(stacks: readonly { readonly config: JsonObject }[]): UsedTypes {
  const used: Record<string, Record<Kind, Set<string>>> = {};
  const of = (provider: string) => (used[provider] ??= { resources: new Set(), dataSources: new Set(), ephemeral: new Set() });
  const blocks: Readonly<Record<Kind, string>> = { resources: "resource", dataSources: "data", ephemeral: "ephemeral" };
  for (const { config } of stacks) {
    for (const provider of Object.keys(member(config, "terraform", "required_providers"))) of(provider);
    for (const [kind, block] of Object.entries(blocks))
      for (const type of Object.keys(member(config, block))) of(providerOf(type))[kind as Kind].add(type);
  }
  return Object.fromEntries(
    Object.entries(used)
      .filter(([provider]) => !BUILT_IN.has(provider))
      .map(([provider, { resources, dataSources, ephemeral }]) => [
        provider,
        { resources: [...resources].sort(), dataSources: [...dataSources].sort(), ephemeral: [...ephemeral].sort() },
      ]),
  );
}

/** The provider that a type belongs to. */
export function providerOf(type: string): string {
  return type.split("_", 1)[0] ?? type;
}
