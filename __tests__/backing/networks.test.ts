import { stringify } from "yaml";
import { over, problemsWith, SOUND } from "../model/support";
import { fleetOf, synthFleet } from "../support/fleet";
import { aksInHub, gkeInHub, SUBNETS } from "../support/shared-network";
import { resources } from "../support/synth";

const blog = { engine: "mysql", cloud: "azure", region: "eastus", clusters: ["one", "two"] };
const changes = {
  defaults: { addons: { externalSecrets: { enabled: true } } },
  clusters: {
    eks: undefined,
    aks: undefined,
    gke: undefined,
    one: aksInHub("one", 20),
    two: aksInHub("two", 22),
    g1: gkeInHub("europe-west1"),
    g2: gkeInHub("europe-west4"),
  },
  databases: {
    blog,
    stock: {
      engine: "postgres",
      cloud: "google",
      region: "europe-west1",
      network: { cidr: "10.251.0.0/24" },
      clusters: ["g1", "g2"],
    },
  },
};

test("a network that several clusters share is attached once, by the stack of the database", () => {
  const { stacks } = synthFleet(fleetOf(stringify(over(SOUND, changes))));
  const data = stacks["acme-data-blog"]!;
  const [endpoint, ...more] = Object.values(resources(data, "azurerm_private_endpoint"));
  expect(more).toEqual([]);
  expect(endpoint).toMatchObject({ location: "uksouth", subnet_id: `${SUBNETS}/one` });
  expect(endpoint?.depends_on).toEqual([expect.stringMatching(/^azurerm_mysql_flexible_server\./)]);
  expect(Object.values(resources(data, "azurerm_private_dns_zone")).map(({ name }) => name)).toEqual([
    "privatelink.mysql.database.azure.com",
  ]);
  const [way, ...ways] = Object.values(resources(stacks["acme-data-stock"]!, "google_compute_forwarding_rule"));
  expect(ways).toEqual([]);
  expect(way?.network).toBe("projects/acme-platform/global/networks/hub");
  for (const cluster of ["one", "two", "g1", "g2"]) {
    const own = stacks[`acme-${cluster}-cluster`]!;
    expect([resources(own, "azurerm_private_endpoint"), resources(own, "google_compute_forwarding_rule")]).toEqual([{}, {}]);
  }
});

test("each of several networks has a group of its own, as two zones of one name can't be in one, and waits for it", () => {
  const ci = { subnetId: SUBNETS.replace("/hub/subnets", "/ci/subnets/run") };
  const registries = { images: { cloud: "azure", region: "uksouth", access: "private", pull: ["one", "two"], ci } };
  const stack = synthFleet(fleetOf(stringify(over(SOUND, { ...changes, registries })))).stacks["acme-registry-images"]!;
  const groups = Object.entries(resources(stack, "azurerm_resource_group")).filter(([id]) => id.startsWith("network-"));
  expect(new Set(groups.map(([, { name }]) => name)).size).toBe(2);
  for (const type of ["azurerm_private_dns_zone", "azurerm_private_dns_zone_virtual_network_link", "azurerm_private_endpoint"])
    expect(Object.values(resources(stack, type)).map(({ resource_group_name }) => resource_group_name)).toEqual(
      groups.map(([id]) => `\${azurerm_resource_group.${id}.name}`),
    );
});

test("two databases of a kind in reach of one network that exists need its zone", () => {
  const zone =
    "/subscriptions/s/resourceGroups/hub/providers/Microsoft.Network/privateDnsZones/privatelink.mysql.database.azure.com";
  const two = (more: object) => problemsWith(over(changes, { databases: { blog: more, shop: { ...blog, ...more } } })).join("\n");
  expect(two({})).toMatch(/databases.blog: is in reach of a network that exists, as 'shop' is/);
  expect(two({ privateDnsZoneId: zone })).not.toMatch(/in reach of a network/);
});
