import { type JsonObject, member } from "../../output/json";
import { resourcesOf } from "../../output/stack";

/** Stacks that declare the provider of a cloud only as long as something in them is in it. */
const ON_DEMAND = /-(global|priming)$/;

/** What a stack has for what runs inside a cluster: it is declared whatever there is. */
const IN_CLUSTER = new Set(["helm", "kubernetes"]);

/**
 * The addresses of what a stack has in each cloud, by provider as Terraform names it: `azurerm`, `aws.parent`. Without
 * that provider's block Terraform couldn't destroy them. A provider that is declared and has nothing has an empty list.
 */
export function providerFacts(id: string, config: JsonObject): Readonly<Record<string, readonly string[]>> {
  if (!ON_DEMAND.test(id)) return {};
  const found: Record<string, string[]> = Object.fromEntries(
    Object.entries(member(config, "provider")).flatMap(([name, blocks]) =>
      IN_CLUSTER.has(name) || !Array.isArray(blocks)
        ? []
        : blocks.map((block) => {
            const { alias } = member(block);
            return [typeof alias === "string" ? `${name}.${alias}` : name, []];
          }),
    ),
  );
  for (const { type, address, block } of resourcesOf(config)) {
    const provider = typeof block.provider === "string" ? block.provider : type.split("_")[0]!;
    found[provider]?.push(address);
  }
  return Object.fromEntries(Object.entries(found).map(([provider, addresses]) => [provider, addresses.sort()]));
}
