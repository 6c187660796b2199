import { TerraformStack } from "cdktf";
import { AksCluster } from "../../constructs/clusters/aks";
import { azureProvider } from "../../constructs/providers";
import { build } from "../../examples/standalone-aks";
import { type Block, resources, type StackJson, synthStacks, theResource } from "../support/synth";
import { clusterOf, SUBNET_ID, stackOf, synthAks, unusual, usual, ZONE_ID } from "./aks-fixtures";

/** The address of a resource by the end of its path. */
const address = (stack: StackJson, type: string, path: string) =>
  `${type}.${Object.keys(resources(stack, type)).find((id) => id.includes(path))}`;
const roles = (stack: StackJson): Block[] => Object.values(resources(stack, "azurerm_role_assignment"));
const all = (stack: StackJson): [string, Block][] =>
  Object.entries(stack.resource ?? {}).flatMap(([type, some]) =>
    Object.entries(some).map(([id, block]): [string, Block] => [`${type}.${id}`, block]),
  );

describe("AKS cluster", () => {
  test("as most are", () => {
    const { resource, output } = stackOf();
    expect({ resource, output }).toMatchSnapshot();
  });

  test("private, in an existing subnet, with spot, Arm, a zone and a workspace of its owner's, unprotected", () => {
    const { resource, output } = stackOf(unusual);
    expect({ resource, output }).toMatchSnapshot();
  });

  test("the standalone example makes a cluster without a fleet file", () => {
    const { toronto } = synthStacks(build);
    expect(theResource(toronto!, "azurerm_kubernetes_cluster").name).toBe("toronto");
    expect(Object.keys(resources(toronto!, "azurerm_kubernetes_cluster_node_pool"))).toHaveLength(2);
  });

  test("Cilium is said in all three places that it needs, and nothing of the network is left to the service", () => {
    expect(clusterOf().network_profile).toEqual({
      network_plugin: "azure",
      network_plugin_mode: "overlay",
      network_data_plane: "cilium",
      network_policy: "cilium",
      pod_cidr: "10.30.128.0/17",
      service_cidr: "10.30.32.0/20",
      dns_service_ip: "10.30.32.10",
      load_balancer_sku: "standard",
      outbound_type: "loadBalancer",
      load_balancer_profile: { managed_outbound_ip_count: 1 },
    });
  });

  test("nobody gets in by a certificate: Entra and Azure roles alone, and no command through the portal", () => {
    expect(clusterOf()).toMatchObject({
      local_account_disabled: true,
      role_based_access_control_enabled: true,
      azure_active_directory_role_based_access_control: {
        azure_rbac_enabled: true,
        admin_group_object_ids: usual.admins,
        tenant_id: usual.tenantId,
      },
      run_command_enabled: false,
    });
  });

  test("without administrators the list is there and empty, since azurerm wants one of list and tenant", () => {
    expect(clusterOf({ admins: undefined }).azure_active_directory_role_based_access_control).toMatchObject({
      admin_group_object_ids: [],
    });
  });

  test("the runner administers what is inside, by a role on the cluster", () => {
    const stack = stackOf();
    expect(roles(stack)).toContainEqual({
      scope: `\${${address(stack, "azurerm_kubernetes_cluster", "")}.id}`,
      role_definition_name: "Azure Kubernetes Service RBAC Cluster Admin",
      principal_id: usual.runner,
    });
  });

  test("issuer and workload identity are always said, or later plans fight the service", () => {
    for (const props of [usual, unusual])
      expect(clusterOf(props)).toMatchObject({ oidc_issuer_enabled: true, workload_identity_enabled: true });
  });

  test("the kubelet's identity has all three keys and is the control plane's to give out", () => {
    const stack = stackOf();
    const kubelet = address(stack, "azurerm_user_assigned_identity", "kubelet");
    expect(clusterOf().kubelet_identity).toEqual({
      client_id: `\${${kubelet}.client_id}`,
      object_id: `\${${kubelet}.principal_id}`,
      user_assigned_identity_id: `\${${kubelet}.id}`,
    });
    expect(roles(stack)).toContainEqual(
      expect.objectContaining({ role_definition_name: "Managed Identity Operator", scope: `\${${kubelet}.id}` }),
    );
  });

  test("every right and the ingress address exist before the cluster and outlive it", () => {
    const stack = stackOf();
    const before = [
      ...["network-contributor", "ingress-contributor", "kubelet-operator"].map((id) =>
        address(stack, "azurerm_role_assignment", id),
      ),
      address(stack, "time_sleep", "identity_known"),
      address(stack, "azurerm_public_ip", "ingress"),
    ];
    expect(clusterOf().depends_on).toEqual(before);
  });

  test("rights have time to become known: two minutes before the cluster, five before the runner is needed, once more for a new one", () => {
    const stack = stackOf();
    const pauses = Object.values(resources(stack, "time_sleep"));
    expect(pauses.map(({ create_duration }) => create_duration).sort()).toEqual(["120s", "300s"]);
    const waitedFor = pauses.flatMap(({ triggers }) => Object.values(triggers as Record<string, string>)).sort();
    const given = Object.keys(resources(stack, "azurerm_role_assignment")).map((id) => `\${azurerm_role_assignment.${id}.id}`);
    expect(waitedFor).toEqual(given.sort());
  });

  test("the control plane may join the nodes' subnet and bind addresses of its own group, and no more", () => {
    const stack = stackOf();
    const granted = roles(stack)
      .filter(({ role_definition_name }) => role_definition_name === "Network Contributor")
      .map(({ scope }) => scope);
    expect(granted).toEqual([
      `\${${address(stack, "azurerm_resource_group", "")}.id}`,
      `\${${address(stack, "azurerm_subnet", "nodes")}.id}`,
    ]);
  });

  test("tags are on everything that takes them, nodes included", () => {
    const stack = stackOf();
    const untagged = all(stack).filter(([, block]) => !block.tags);
    expect([...new Set(untagged.map(([id]) => id.split(".")[0]))]).toEqual([
      "azurerm_monitor_diagnostic_setting",
      "azurerm_role_assignment",
      "azurerm_subnet",
      "time_sleep",
    ]);
    expect(clusterOf().default_node_pool).toMatchObject({ tags: usual.tags! });
  });

  test("text is Terraform's already and given on as it is", () => {
    const { stack } = synthAks(unusual);
    expect(theResource(stack, "azurerm_resource_group").tags).toEqual({ "cost $${center}": "%%{ if }", service: "billing" });
  });

  test("deletion protection refuses at plan to destroy cluster, address and group, and is a switch", () => {
    const protectedTypes = (stack: StackJson) =>
      all(stack)
        .filter(([, block]) => (block.lifecycle as Block | undefined)?.prevent_destroy)
        .map(([id]) => id.split(".")[0]);
    expect(protectedTypes(stackOf())).toEqual(["azurerm_kubernetes_cluster", "azurerm_public_ip", "azurerm_resource_group"]);
    expect(protectedTypes(stackOf({ deletionProtection: false }))).toEqual([]);
  });

  test("everything is made by the provider that is given, so that one stack may hold clusters of several subscriptions", () => {
    const { two } = synthStacks((app) => {
      const stack = new TerraformStack(app, "two");
      azureProvider(stack, "azure", { subscriptionId: "a", tenantId: "b" });
      const provider = azureProvider(stack, "other", { subscriptionId: "c", tenantId: "b", alias: "other" });
      new AksCluster(stack, "cluster", { ...usual, provider });
    });
    const made = all(two!).filter(([id]) => !id.startsWith("time_sleep."));
    expect(new Set(made.map(([, block]) => block.provider))).toEqual(new Set(["azurerm.other"]));
  });

  test("nothing changes but the switch itself where protection is taken off", () => {
    const without = (stack: StackJson) => JSON.stringify(stack).replaceAll(/"prevent_destroy":(true|false)/g, "");
    expect(without(stackOf({ deletionProtection: false }))).toBe(without(stackOf()));
  });
});

describe("the network of an AKS cluster", () => {
  test("made here: no way out but the load balancer, and services lie outside", () => {
    const stack = stackOf();
    expect(theResource(stack, "azurerm_subnet")).toMatchObject({
      default_outbound_access_enabled: false,
      address_prefixes: ["10.30.0.0/19"],
    });
    expect(theResource(stack, "azurerm_virtual_network").address_space).toEqual(["10.30.0.0/19", "10.30.48.0/20"]);
  });

  test("subnets leave their service endpoints to AKS's file driver, which adds one with the first shared volume", () => {
    const subnets = Object.values(resources(stackOf(), "azurerm_subnet"));
    expect(subnets.length).toBeGreaterThan(0);
    for (const { lifecycle, service_endpoints } of subnets)
      expect({ lifecycle, service_endpoints }).toMatchObject({ lifecycle: { ignore_changes: ["service_endpoints"] } });
  });

  test("an existing subnet is used by its id, and joined by a right on it alone", () => {
    const { stack } = synthAks({ ...unusual, privateDnsZone: "System" });
    expect(stack.resource).not.toHaveProperty("azurerm_virtual_network");
    expect(stack.resource).not.toHaveProperty("azurerm_subnet");
    expect(theResource(stack, "azurerm_kubernetes_cluster").default_node_pool).toMatchObject({ vnet_subnet_id: SUBNET_ID });
    expect(roles(stack)).toContainEqual(
      expect.objectContaining({ role_definition_name: "Network Contributor", scope: SUBNET_ID }),
    );
  });

  test("a zone of one's own takes a right on it and on the whole network, which it is linked to", () => {
    const { stack } = synthAks(unusual);
    const scopes = Object.fromEntries(roles(stack).map(({ role_definition_name, scope }) => [scope, role_definition_name]));
    expect(scopes).toMatchObject({
      [ZONE_ID]: "Private DNS Zone Contributor",
      [SUBNET_ID.replace("/subnets/aks", "")]: "Network Contributor",
    });
  });
});

describe("the API of an AKS cluster", () => {
  test("public: behind a written allow-list", () => {
    const cluster = clusterOf();
    expect(cluster.api_server_access_profile).toEqual({ authorized_ip_ranges: ["203.0.113.0/24"] });
    expect(cluster).not.toHaveProperty("private_cluster_enabled");
  });

  test.each([
    ["System", { dns_prefix: "arctiq-toronto", private_cluster_public_fqdn_enabled: false }],
    ["None", { dns_prefix: "arctiq-toronto", private_cluster_public_fqdn_enabled: true }],
    [ZONE_ID, { dns_prefix_private_cluster: "arctiq-toronto", private_cluster_public_fqdn_enabled: false }],
  ])("private, with zone %s: no allow-list, and one prefix of the kind that the zone needs", (privateDnsZone, expected) => {
    const cluster = clusterOf({ api: { access: "private" }, privateDnsZone });
    expect(cluster).toMatchObject({ private_cluster_enabled: true, private_dns_zone_id: privateDnsZone, ...expected });
    expect(cluster).not.toHaveProperty("api_server_access_profile");
    expect(["dns_prefix", "dns_prefix_private_cluster"].filter((key) => key in cluster)).toHaveLength(1);
  });

  test("a zone for private APIs is without effect on a public one", () => {
    expect(clusterOf({ privateDnsZone: ZONE_ID })).toEqual(clusterOf());
  });
});
