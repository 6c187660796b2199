import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { over, SOUND } from "../model/support";
import { committedFleet, fleetOf, root, synthFleet } from "../support/fleet";
import { type Block, resources, theResource } from "../support/synth";

const { stacks } = synthFleet(committedFleet("fleets/data.yaml"));
const all = (type: string): Block[] =>
  Object.entries(stacks)
    .filter(([id]) => id.startsWith("data-data-"))
    .flatMap(([, stack]) => Object.values(resources(stack, type)));
const ignored = ({ lifecycle }: Block) => (lifecycle as { ignore_changes: string[] }).ignore_changes;

test("a disk that has grown by itself replaces no server", () => {
  const mysql = all("azurerm_mysql_flexible_server");
  const postgres = all("azurerm_postgresql_flexible_server");
  const rds = all("aws_db_instance");
  const sql = all("google_sql_database_instance");
  expect([mysql, postgres, rds, sql].map((found) => found.length)).toEqual([2, 1, 3, 3]);
  for (const server of mysql) {
    expect(server.storage).toMatchObject({ auto_grow_enabled: true });
    expect(ignored(server)).toContain("storage[0].size_gb");
  }
  for (const server of postgres) {
    expect(server.auto_grow_enabled).toBe(true);
    expect(ignored(server)).toContain("storage_mb");
  }
  for (const server of rds) {
    expect(Number(server.max_allocated_storage)).toBeGreaterThan(Number(server.allocated_storage ?? 0));
    expect(ignored(server)).toContain("allocated_storage");
  }
  for (const server of sql) {
    expect(server.settings).toMatchObject({ disk_autoresize: true });
    expect(server.settings).not.toHaveProperty("disk_size");
  }
});

test("no server has a public way, and each is protected from being destroyed", () => {
  const servers = [
    ...all("azurerm_mysql_flexible_server"),
    ...all("azurerm_postgresql_flexible_server"),
    ...all("azurerm_cosmosdb_account"),
    ...all("aws_db_instance"),
    ...all("google_sql_database_instance"),
  ];
  expect(servers).toHaveLength(10);
  for (const server of servers) {
    const { public_network_access: azure, public_network_access_enabled: other, publicly_accessible: aws, settings } = server;
    const google = (settings as { ip_configuration: Block } | undefined)?.ip_configuration.ipv4_enabled;
    expect([azure ?? other ?? aws ?? google]).not.toEqual([undefined]);
    expect(["Disabled", false]).toContain(azure ?? other ?? aws ?? google);
    expect(server.lifecycle).toMatchObject({ prevent_destroy: true });
  }
  expect(all("azurerm_mysql_flexible_server_firewall_rule")).toEqual([]);
});

test("one write region and read regions in failover order, as the file has them", () => {
  const [account, ...more] = all("azurerm_cosmosdb_account");
  expect(more).toEqual([]);
  const regions = account!.geo_location as Block[];
  expect(regions.map(({ location, failover_priority: place }) => `${place} ${location}`)).toEqual([
    "0 westus",
    "1 uksouth",
    "2 southeastasia",
  ]);
  expect(account).toMatchObject({ kind: "MongoDB", multiple_write_locations_enabled: false, automatic_failover_enabled: true });
});

const base = {
  defaults: { addons: { externalSecrets: { enabled: true } } },
  clusters: {
    eks: undefined,
    aks: undefined,
    gke: undefined,
    ...Object.fromEntries(
      [
        ["westus", "azure", "westus"],
        ["uksouth", "azure", "uksouth"],
        ["southeastasia", "azure", "southeastasia"],
        ["ireland", "aws", "eu-west-1"],
        ["belgium", "google", "europe-west1"],
      ].map(([name, cloud, region], place) => [name, { cloud, region, network: { cidr: `10.${place + 10}.0.0/16` } }]),
    ),
  },
};

test("what the page has as recipes are databases that can be synthesized", () => {
  const [, section = ""] = readFileSync(join(root, "docs/databases.md"), "utf8").split("## Recipes");
  const recipes = [...section.matchAll(/((?: {4}.*\n)+)/g)].map(([, text]) => parse(text!) as Record<string, object>);
  expect(recipes.map((recipe) => Object.keys(recipe))).toEqual([["tweets"], ["shop"], ["yesterday"]]);
  const made = synthFleet(fleetOf(stringify(over(SOUND, { ...base, databases: Object.assign({}, ...recipes) })))).stacks;
  expect(Object.keys(made)).toEqual(expect.arrayContaining(["acme-data-tweets", "acme-data-shop", "acme-data-yesterday"]));
  expect(theResource(made["acme-data-yesterday"]!, "google_sql_database_instance").clone).toMatchObject({
    source_instance_name: "data-stock-europe-west1-1a2b3c",
    point_in_time: "2026-11-25T03:00:00Z",
  });
});

test.each<[string, object, string, object]>([
  [
    "Azure",
    {
      engine: "postgres",
      cloud: "azure",
      region: "uksouth",
      restoreFrom: {
        server: "/subscriptions/s/resourceGroups/g/providers/Microsoft.DBforPostgreSQL/flexibleServers/old",
        time: "2026-11-20T03:00:00Z",
      },
    },
    "azurerm_postgresql_flexible_server",
    { create_mode: "PointInTimeRestore", point_in_time_restore_time_in_utc: "2026-11-20T03:00:00Z" },
  ],
  [
    "AWS",
    {
      engine: "mysql",
      cloud: "aws",
      region: "eu-west-1",
      network: { cidr: "10.250.0.0/24" },
      restoreFrom: { snapshot: "rds:old-2026-11-20" },
    },
    "aws_db_instance",
    { snapshot_identifier: "rds:old-2026-11-20" },
  ],
])("on %s the first server is made from what `restoreFrom` names, and never follows it", (_, database, type, expected) => {
  const made = synthFleet(fleetOf(stringify(over(SOUND, { clusters: base.clusters, databases: { old: database } })))).stacks;
  const server = theResource(made["acme-data-old"]!, type);
  expect(server).toMatchObject(expected);
  expect(ignored(server)).toEqual(expect.arrayContaining([Object.keys(expected)[0]]));
});
