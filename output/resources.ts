import { join } from "node:path";
import { manifestStacks, readJson } from "./manifest";

/** What a synthesized stack manages, by address as Terraform prints it (`aws_eip.nat_1A2B3C4D`). */
export interface StackResources {
  readonly addresses: readonly string[];
  /** Those that Terraform refuses to destroy while they are in the file (`prevent_destroy`). */
  readonly protected: readonly string[];
}

/** What each stack of a synthesized folder manages, by stack id. */
export function resourcesIn(folder: string): Readonly<Record<string, StackResources>> {
  return Object.fromEntries(
    Object.values(manifestStacks(folder)).map((stack) => [stack.name, resourcesOf(join(folder, stack.synthesizedStackPath))]),
  );
}

/** What a stack manages, from its cdk.tf.json. */
export function resourcesOf(file: string): StackResources {
  const stack = readJson(file) as {
    readonly resource?: Record<string, Record<string, { readonly lifecycle?: { readonly prevent_destroy?: boolean } }>>;
  };
  const resources = Object.entries(stack.resource ?? {}).flatMap(([type, ofType]) =>
    Object.entries(ofType).map(([id, { lifecycle }]) => ({ address: `${type}.${id}`, lifecycle })),
  );
  return {
    addresses: resources.map(({ address }) => address),
    protected: resources.filter(({ lifecycle }) => lifecycle?.prevent_destroy).map(({ address }) => address),
  };
}
