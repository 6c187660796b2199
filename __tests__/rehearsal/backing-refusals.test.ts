import type { Attempt } from "../../rehearsal/cloud/attempt";
import { createCloud } from "../../rehearsal/cloud/model";
import { refusal } from "../../rehearsal/cloud/refusals";
import type { ValueObject } from "../../rehearsal/protocol/values";

const SUBNET = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/data";
const NETWORK = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v";
const SERVER = "/subscriptions/s/resourceGroups/g/providers/Microsoft.DBforMySQL/flexibleServers/blog";
const LOCK = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/store";

type There = readonly [type: string, attributes: ValueObject];
const rds = (more: ValueObject): ValueObject => ({
  id: "shop",
  identifier: "shop",
  arn: "arn:shop",
  region: "eu-west-1",
  ...more,
});
const sql = (more: ValueObject): ValueObject => ({ id: "stock", name: "stock", ...more });

/** What is asked of a resource, what stands already, and the answer. */
const CASES: readonly (readonly [
  what: string,
  kind: Attempt["kind"],
  asked: There,
  there: There | undefined,
  answer: RegExp,
  prior?: ValueObject,
])[] = [
  [
    "a subnet with a private endpoint in it",
    "delete",
    ["azurerm_subnet", { id: SUBNET, name: "data" }],
    ["azurerm_private_endpoint", { id: "e", name: "e", subnet_id: SUBNET }],
    /azurerm_subnet .* is still used by azurerm_private_endpoint e of stack f-other/,
  ],
  [
    "a server that an endpoint leads to",
    "delete",
    ["azurerm_mysql_flexible_server", { id: SERVER, name: "blog" }],
    [
      "azurerm_private_endpoint",
      { id: "e", name: "e", private_service_connection: [{ private_connection_resource_id: SERVER }] },
    ],
    /is still used by azurerm_private_endpoint e/,
  ],
  [
    "an administrator in Entra of a server that takes no tokens",
    "create",
    ["azurerm_postgresql_flexible_server_active_directory_administrator", { id: "a", server_name: "orders" }],
    ["azurerm_postgresql_flexible_server", { id: "orders", name: "orders", authentication: [] }],
    /The server orders takes no tokens of Entra/,
  ],
  [
    "a user of IAM in an instance without its flag",
    "create",
    ["google_sql_user", { id: "u", name: "a@p.iam", instance: "stock", type: "CLOUD_IAM_SERVICE_ACCOUNT" }],
    ["google_sql_database_instance", sql({ settings: [{ database_flags: [] }] })],
    /The instance stock takes no users of IAM: its flag iam_authentication is not on/,
  ],
  [
    "a user of IAM with a host",
    "create",
    ["google_sql_user", { id: "u", name: "a@p.iam", instance: "stock", type: "CLOUD_IAM_SERVICE_ACCOUNT", host: "%" }],
    undefined,
    /A user of IAM has neither 'host' nor a password/,
  ],
  [
    "a VPC with a peering",
    "delete",
    ["aws_vpc", { id: "vpc-1" }],
    ["aws_vpc_peering_connection", { id: "pcx-1", peer_vpc_id: "vpc-1" }],
    /is still used by aws_vpc_peering_connection/,
  ],
  [
    "a store of backups under its lock",
    "delete",
    ["azurerm_storage_account", { id: LOCK, name: "store" }],
    ["azurerm_management_lock", { id: `${LOCK}/lock`, name: "lock", scope: LOCK }],
    /is still used by azurerm_management_lock/,
  ],
  [
    "a protected instance of RDS",
    "delete",
    ["aws_db_instance", rds({ deletion_protection: true })],
    undefined,
    /'deletion_protection' is true\. Apply it as false first/,
  ],
  [
    "a protected instance of Cloud SQL",
    "delete",
    ["google_sql_database_instance", sql({ settings: [{ deletion_protection_enabled: true }] })],
    undefined,
    /'settings\.deletion_protection_enabled' is true/,
  ],
  [
    "an instance of Cloud SQL with a replica",
    "delete",
    ["google_sql_database_instance", sql({})],
    ["google_sql_database_instance", { id: "copy", name: "copy", master_instance_name: "stock" }],
    /Replica copy still follows it/,
  ],
  [
    "a server of MySQL with a replica",
    "delete",
    ["azurerm_mysql_flexible_server", { id: SERVER, name: "blog" }],
    ["azurerm_mysql_flexible_server", { id: "copy", name: "copy", create_mode: "Replica", source_server_id: SERVER }],
    /Replica copy still follows it/,
  ],
  [
    "a standby for MySQL later",
    "update",
    ["azurerm_mysql_flexible_server", { id: SERVER, name: "blog", high_availability: [{ mode: "ZoneRedundant" }] }],
    undefined,
    /can't be added to a server that was made without it/,
    { id: SERVER, name: "blog", high_availability: [] },
  ],
  [
    "a network's second zone of one name",
    "create",
    [
      "azurerm_private_dns_zone_virtual_network_link",
      { id: "two", name: "two", virtual_network_id: NETWORK, private_dns_zone_name: "privatelink.azurecr.io" },
    ],
    [
      "azurerm_private_dns_zone_virtual_network_link",
      { id: "one", name: "one", virtual_network_id: NETWORK, private_dns_zone_name: "privatelink.azurecr.io" },
    ],
    /The network is linked to a zone privatelink\.azurecr\.io already, by stack f-other/,
  ],
  [
    "the account's second replication",
    "create",
    ["aws_ecr_replication_configuration", { id: "here", region: "eu-west-1" }],
    ["aws_ecr_replication_configuration", { id: "here", region: "eu-west-1" }],
    /only replication configuration in eu-west-1 is made by stack f-other/,
  ],
];

for (const [what, kind, [type, attributes], there, answer, prior] of CASES)
  test(`${what} is refused`, () => {
    const cloud = createCloud();
    const attempt: Attempt = { kind, type, attributes, config: attributes, prior, stack: "f-one", account: "here", cloud };
    if (there) expect(refusal(attempt)).toBeUndefined();
    if (there) cloud.put({ stack: "f-other", account: "here", type: there[0], attributes: there[1] });
    expect(refusal(attempt)).toMatch(answer);
  });
