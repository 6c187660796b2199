import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseFleet } from "../../model/reading/load";
import { root, synthFleet } from "../support/fleet";
import { resources } from "../support/synth";

/** The fleet files of the page, by the heading that they stand under. */
const recipes = readFileSync(join(root, "docs/recipes.md"), "utf8")
  .split(/^## /m)
  .slice(1)
  .flatMap((section) =>
    [...section.matchAll(/```yaml\n(.*?)```/gs)].map(([, text], index) => ({
      title: `${section.split("\n")[0]}${index > 0 ? ` (${index + 1})` : ""}`,
      text: text!,
    })),
  );
const outputs = new Map<string, ReturnType<typeof synthFleet>["stacks"]>();

test.each(recipes)("$title is a fleet that can be synthesized", ({ title, text }) => {
  const { stacks } = synthFleet(parseFleet(text, title));
  outputs.set(title, stacks);
  expect(Object.keys(stacks).length).toBeGreaterThan(0);
});

test("each recipe makes what it is about", () => {
  const stacks = (title: string) => Object.values(outputs.get(title) ?? {});
  const all = (title: string, type: string) => stacks(title).flatMap((stack) => Object.values(resources(stack, type)));
  expect(outputs.size).toBe(13);
  expect(all("One EKS cluster", "aws_eks_cluster")).toHaveLength(1);
  expect(all("Two AKS clusters behind Traffic Manager", "azurerm_traffic_manager_profile").length).toBeGreaterThan(0);
  expect(all("A private GKE cluster", "google_container_cluster")).toMatchObject([
    { private_cluster_config: { enable_private_endpoint: true } },
  ]);
  expect(all("A cluster that exists already", "helm_release").length).toBeGreaterThan(0);
  expect(all("In a VPC that exists", "aws_vpc")).toEqual([]);
  expect(all("Spot and arm64 pools", "aws_eks_node_group").map(({ capacity_type }) => capacity_type)).toContain("SPOT");
  expect(stacks("Remote state in another account")[0]!.terraform.backend).toMatchObject({ s3: { use_lockfile: true } });
  expect(all("A registry in two clouds' reach", "azurerm_container_registry")).toHaveLength(1);
  expect(Object.keys(outputs.get("A registry in two clouds' reach")!)).toContain("images-dublin-pull-images");
  const database = "A database, and an application without a password";
  expect(all(database, "aws_db_instance")).toHaveLength(2);
  expect(JSON.stringify(all(database, "aws_iam_role_policy"))).toContain("rds-db:connect");
  const generation = "Generations with their data";
  expect(all(generation, "azurerm_snapshot")).toHaveLength(2);
  expect(all(generation, "azurerm_linux_virtual_machine")).toHaveLength(2);
  expect(Object.keys(outputs.get(generation)!)).toEqual(expect.arrayContaining(["shop-backup-store", "shop-servers-westeurope"]));
  const environments = ["shop-development", "shop-test", "shop"].map((app) => `envs-dublin-app-${app}`);
  expect(Object.keys(outputs.get("Several environments in one cluster")!)).toEqual(expect.arrayContaining(environments));
  const [dev, production] = ["Development and production", "Development and production (2)"].map((title) =>
    Object.keys(outputs.get(title)!),
  );
  expect(dev!.filter((id) => production!.includes(id))).toEqual([]);
});
