/** What Azure decides when it makes something. Ids as in the Azure Resource Manager's resource id format. */
import { isObject, type Value } from "../protocol/values";
import { first, type Inventor, type Subject, text } from "./context";
import { base64Certificate } from "./generic";

const TENANT = "00000000-0000-4000-a000-000000000001";
const STAND_IN_SUBSCRIPTION = "00000000-0000-4000-a000-000000000002";

function subscription({ provider }: Subject): string {
  return text(provider, "subscription_id", STAND_IN_SUBSCRIPTION);
}

function group(subject: Subject): string {
  return `/subscriptions/${subscription(subject)}/resourceGroups/${text(subject.known, "resource_group_name", "rehearsal")}`;
}

/** A resource directly below its resource group. */
function inGroup(kind: string, more: Inventor = () => ({})): Inventor {
  return (subject) => ({ id: `${group(subject)}/providers/${kind}/${text(subject.known, "name")}`, ...more(subject) });
}

/** A resource below another one, whose id an argument holds. */
function below(argument: string, kind: string, more: Inventor = () => ({})): Inventor {
  return (subject) => ({ id: `${text(subject.known, argument)}/${kind}/${text(subject.known, "name")}`, ...more(subject) });
}

/** A record set: its own name under the zone's. */
function record(type: string): Inventor {
  return (s) => {
    const [name, zone] = [text(s.known, "name"), text(s.known, "zone_name")];
    return {
      id: `${group(s)}/providers/Microsoft.Network/dnsZones/${zone}/${type}/${name}`,
      fqdn: `${name === "@" ? "" : `${name}.`}${zone}.`,
    };
  };
}

/** Resource types of Azure. */
export const azurermInventors: Readonly<Record<string, Inventor>> = {
  azurerm_resource_group: (s) => ({ id: `/subscriptions/${subscription(s)}/resourceGroups/${text(s.known, "name")}` }),
  azurerm_virtual_network: inGroup("Microsoft.Network/virtualNetworks", (s) => ({ guid: s.seed.uuid() })),
  azurerm_subnet: (s) => ({
    id: `${group(s)}/providers/Microsoft.Network/virtualNetworks/${text(s.known, "virtual_network_name")}/subnets/${text(s.known, "name")}`,
  }),
  azurerm_public_ip: inGroup("Microsoft.Network/publicIPAddresses", (s) => {
    const label = text(s.known, "domain_name_label");
    return { ip_address: s.seed.publicIp(), fqdn: label ? `${label}.${azureRegion(s)}.cloudapp.azure.com` : "" };
  }),
  azurerm_network_security_group: inGroup("Microsoft.Network/networkSecurityGroups"),
  azurerm_network_interface: inGroup("Microsoft.Network/networkInterfaces", (s) => ({ private_ip_address: s.seed.privateIp() })),
  azurerm_route_table: inGroup("Microsoft.Network/routeTables"),
  azurerm_nat_gateway: inGroup("Microsoft.Network/natGateways"),
  azurerm_private_endpoint: inGroup("Microsoft.Network/privateEndpoints"),
  azurerm_private_dns_zone: inGroup("Microsoft.Network/privateDnsZones"),
  azurerm_private_dns_zone_virtual_network_link: (s) => ({
    id: `${group(s)}/providers/Microsoft.Network/privateDnsZones/${text(s.known, "private_dns_zone_name")}/virtualNetworkLinks/${text(s.known, "name")}`,
  }),
  azurerm_user_assigned_identity: inGroup("Microsoft.ManagedIdentity/userAssignedIdentities", (s) => ({
    client_id: s.seed.uuid("client"),
    principal_id: s.seed.uuid("principal"),
    tenant_id: TENANT,
  })),
  azurerm_federated_identity_credential: below("parent_id", "federatedIdentityCredentials"),
  azurerm_role_assignment: (s) => ({
    id: `${text(s.known, "scope")}/providers/Microsoft.Authorization/roleAssignments/${s.seed.uuid()}`,
    name: s.seed.uuid(),
    principal_type: "ServicePrincipal",
    role_definition_id: `/subscriptions/${subscription(s)}/providers/Microsoft.Authorization/roleDefinitions/${s.seed.uuid("role")}`,
  }),
  azurerm_kubernetes_cluster: aksCluster,
  azurerm_kubernetes_cluster_node_pool: below("kubernetes_cluster_id", "agentPools", () => ({
    node_count: 1,
    orchestrator_version: "1.36",
  })),
  azurerm_container_registry: inGroup("Microsoft.ContainerRegistry/registries", (s) => ({
    login_server: `${text(s.known, "name").toLowerCase()}.azurecr.io`,
    admin_username: "",
    admin_password: "",
  })),
  azurerm_container_registry_scope_map: (s) => ({
    id: `${group(s)}/providers/Microsoft.ContainerRegistry/registries/${text(s.known, "container_registry_name")}/scopeMaps/${text(s.known, "name")}`,
  }),
  azurerm_container_registry_token: (s) => ({
    id: `${group(s)}/providers/Microsoft.ContainerRegistry/registries/${text(s.known, "container_registry_name")}/tokens/${text(s.known, "name")}`,
  }),
  azurerm_cosmosdb_account: inGroup("Microsoft.DocumentDB/databaseAccounts", (s) => ({
    endpoint: `https://${text(s.known, "name")}.documents.azure.com:443/`,
    ...cosmosKeys(s),
  })),
  azurerm_cosmosdb_mongo_database: (s) => ({
    id: `${group(s)}/providers/Microsoft.DocumentDB/databaseAccounts/${text(s.known, "account_name")}/mongodbDatabases/${text(s.known, "name")}`,
  }),
  azurerm_mongo_cluster: inGroup("Microsoft.DocumentDB/mongoClusters"),
  azurerm_mysql_flexible_server: inGroup("Microsoft.DBforMySQL/flexibleServers", (s) => ({
    fqdn: `${text(s.known, "name")}.mysql.database.azure.com`,
  })),
  azurerm_mysql_flexible_database: (s) => ({
    id: `${group(s)}/providers/Microsoft.DBforMySQL/flexibleServers/${text(s.known, "server_name")}/databases/${text(s.known, "name")}`,
  }),
  azurerm_postgresql_flexible_server: inGroup("Microsoft.DBforPostgreSQL/flexibleServers", (s) => ({
    fqdn: `${text(s.known, "name")}.postgres.database.azure.com`,
  })),
  azurerm_postgresql_flexible_server_active_directory_administrator: (s) => ({
    id: `${group(s)}/providers/Microsoft.DBforPostgreSQL/flexibleServers/${text(s.known, "server_name")}/administrators/${text(s.known, "object_id")}`,
  }),
  azurerm_managed_disk: inGroup("Microsoft.Compute/disks"),
  azurerm_snapshot: inGroup("Microsoft.Compute/snapshots"),
  azurerm_linux_virtual_machine: inGroup("Microsoft.Compute/virtualMachines", (s) => ({
    private_ip_address: s.seed.privateIp(),
    public_ip_address: "",
    virtual_machine_id: s.seed.uuid(),
  })),
  azurerm_storage_account: inGroup("Microsoft.Storage/storageAccounts", (s) => ({
    primary_blob_endpoint: `https://${text(s.known, "name")}.blob.core.windows.net/`,
    primary_file_host: `${text(s.known, "name")}.file.core.windows.net`,
  })),
  azurerm_key_vault: inGroup("Microsoft.KeyVault/vaults", (s) => ({
    vault_uri: `https://${text(s.known, "name")}.vault.azure.net/`,
  })),
  azurerm_key_vault_secret: (s) => {
    const [name, vault] = [text(s.known, "name"), text(s.known, "key_vault_id")];
    const [version, uri] = [s.seed.hex(32, "version"), `https://${vault.split("/").at(-1)}.vault.azure.net/secrets/${name}`];
    return {
      version,
      id: `${uri}/${version}`,
      versionless_id: uri,
      resource_id: `${vault}/secrets/${name}/versions/${version}`,
      resource_versionless_id: `${vault}/secrets/${name}`,
    };
  },
  azurerm_log_analytics_workspace: inGroup("Microsoft.OperationalInsights/workspaces", (s) => ({ workspace_id: s.seed.uuid() })),
  azurerm_dns_zone: inGroup("Microsoft.Network/dnsZones", () => ({
    name_servers: [1, 2, 3, 4].map((n) => `ns${n}-01.azure-dns.${["com", "net", "org", "info"][n - 1]}.`),
    number_of_record_sets: 2,
  })),
  azurerm_dns_a_record: record("A"),
  azurerm_dns_aaaa_record: record("AAAA"),
  azurerm_dns_cname_record: record("CNAME"),
  azurerm_dns_ns_record: record("NS"),
  azurerm_dns_txt_record: record("TXT"),
  azurerm_traffic_manager_profile: inGroup("Microsoft.Network/trafficManagerProfiles", (s) => ({
    fqdn: `${text(first(s.known, "dns_config"), "relative_name")}.trafficmanager.net`,
  })),
  azurerm_traffic_manager_external_endpoint: below("profile_id", "externalEndpoints"),
  azurerm_traffic_manager_azure_endpoint: below("profile_id", "azureEndpoints"),
  azurerm_traffic_manager_nested_endpoint: below("profile_id", "nestedEndpoints"),
};

/** Keys, and the strings that hold them. */
function cosmosKeys({ known, seed }: Subject): Readonly<Record<string, Value>> {
  const name = text(known, "name");
  const strings = ["primary", "primary_readonly", "secondary", "secondary_readonly"].map((kind) => {
    const key = seed.hex(64, kind);
    const host = `${name}.mongo.cosmos.azure.com:10255`;
    return [
      [`${kind}_key`, key],
      [`${kind}_mongodb_connection_string`, `mongodb://${name}:${key}@${host}/?ssl=true&replicaSet=globaldb&retrywrites=false`],
    ];
  });
  return Object.fromEntries(strings.flat());
}

/** "West Europe" and "westeurope" are the same region; names use the short form. */
function azureRegion({ known }: Subject): string {
  return text(known, "location", "westeurope").toLowerCase().replaceAll(" ", "");
}

function aksCluster(subject: Subject): ReturnType<Inventor> {
  const { known, seed } = subject;
  const region = azureRegion(subject);
  const name = text(known, "name");
  const host = `https://${text(known, "dns_prefix", name)}-${seed.hex(8)}.hcp.${region}.azmk8s.io:443`;
  const local = known.local_account_disabled !== true;
  const config: Readonly<Record<string, Value>> = {
    host,
    cluster_ca_certificate: base64Certificate(host),
    client_certificate: local ? base64Certificate("client") : "",
    client_key: local ? base64Certificate("client") : "",
    username: `clusterUser_${name}`,
    password: "",
  };
  const nodeGroup = text(known, "node_resource_group", `MC_${text(known, "resource_group_name")}_${name}_${region}`);
  return {
    id: `${group(subject)}/providers/Microsoft.ContainerService/managedClusters/${name}`,
    fqdn: host.replace(/^https:\/\/|:443$/g, ""),
    private_fqdn: "",
    portal_fqdn: host.replace(/^https:\/\/|:443$/g, ""),
    // The issuer ends with a slash (AKS documentation, "Create an OpenID Connect provider").
    oidc_issuer_url:
      known.oidc_issuer_enabled === true ? `https://${region}.oic.prod-aks.azure.com/${TENANT}/${seed.uuid("oidc")}/` : "",
    kube_config: [config],
    kube_admin_config: local && isObject(known.azure_active_directory_role_based_access_control ?? null) ? [config] : [],
    node_resource_group: nodeGroup,
    node_resource_group_id: `/subscriptions/${subscription(subject)}/resourceGroups/${nodeGroup}`,
    kubelet_identity: { client_id: seed.uuid("kubelet-client"), object_id: seed.uuid("kubelet"), user_assigned_identity_id: "" },
    identity: { principal_id: seed.uuid("principal"), tenant_id: TENANT },
    current_kubernetes_version: text(known, "kubernetes_version", "1.36"),
  };
}

/** Data sources of Azure. */
export const azurermFixtures: Readonly<Record<string, Inventor>> = {
  azurerm_client_config: (s) => ({
    id: TENANT,
    tenant_id: TENANT,
    subscription_id: subscription(s),
    object_id: s.seed.uuid("object"),
    client_id: s.seed.uuid("client"),
  }),
  azurerm_subscription: (s) => ({ id: `/subscriptions/${subscription(s)}`, subscription_id: subscription(s), tenant_id: TENANT }),
  azurerm_resource_group: (s) => ({
    id: `/subscriptions/${subscription(s)}/resourceGroups/${text(s.known, "name")}`,
    location: "westeurope",
  }),
  azurerm_snapshot: (s) => ({
    id: `${group(s)}/providers/Microsoft.Compute/snapshots/${text(s.known, "name")}`,
    disk_size_gb: 100,
  }),
  azurerm_dns_zone: (s) => ({ id: `${group(s)}/providers/Microsoft.Network/dnsZones/${text(s.known, "name")}` }),
  azurerm_container_registry: (s) => ({
    id: `${group(s)}/providers/Microsoft.ContainerRegistry/registries/${text(s.known, "name")}`,
    login_server: `${text(s.known, "name")}.azurecr.io`,
  }),
};
