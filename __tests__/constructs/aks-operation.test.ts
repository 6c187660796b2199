import { remoteFace } from "../../constructs/clusters/outputs";
import { resources, theResource } from "../support/synth";
import { clusterOf, stackOf, synthAks, unusual, usual } from "./aks-fixtures";

describe("the face of an AKS cluster", () => {
  const { stack, cluster } = synthAks(usual);

  test("endpoint and certificate are no secrets, though azurerm marks them so", () => {
    const id = Object.keys(resources(stack, "azurerm_kubernetes_cluster"))[0];
    expect(stack.output).toMatchObject({
      endpoint: { value: `\${nonsensitive(azurerm_kubernetes_cluster.${id}.kube_config[0].host)}` },
      certificate_authority: {
        value: `\${nonsensitive(azurerm_kubernetes_cluster.${id}.kube_config[0].cluster_ca_certificate)}`,
      },
      oidc_issuer: { value: `\${azurerm_kubernetes_cluster.${id}.oidc_issuer_url}` },
    });
  });

  test("tokens come from kubelogin, whose environment can choose another login than az", () => {
    expect(cluster.face.auth).toEqual({
      command: "kubelogin",
      args: [
        ...["get-token", "--environment", "AzurePublicCloud"],
        ...["--server-id", "6dae42f8-4368-4678-94ff-3960e28e3630"],
        ...["--tenant-id", usual.tenantId, "--login", "azurecli"],
      ],
    });
    // this flag would make kubelogin deaf to AAD_LOGIN_METHOD
    expect(cluster.face.auth.args).not.toContain("--disable-environment-override");
  });

  test("the ingress service is bound by names that synth knows", () => {
    expect(cluster.face.ingress.service).toEqual({
      type: "LoadBalancer",
      annotations: {
        "service.beta.kubernetes.io/azure-load-balancer-resource-group": "arctiq-toronto",
        "service.beta.kubernetes.io/azure-pip-name": "arctiq-toronto-ingress",
      },
    });
    expect(theResource(stack, "azurerm_public_ip").name).toBe("arctiq-toronto-ingress");
    expect(theResource(stack, "azurerm_resource_group").name).toBe("arctiq-toronto");
  });

  test("another stack can read the face from the outputs", () => {
    const outputs = { getString: (name: string) => name, getNumber: () => 0, getList: () => ["a"], get: (name: string) => name };
    expect(remoteFace(cluster.face, outputs as never)).toMatchObject({ name: "toronto", oidcIssuer: "oidc_issuer" });
  });
});

describe("the ingress address of an AKS cluster", () => {
  test("is static, in the cluster's own group and in every zone of the region, whatever the nodes' zones", () => {
    const group = Object.keys(resources(stackOf(), "azurerm_resource_group"))[0];
    expect(theResource(stackOf({ network: { cidr: "10.30.0.0/16", zones: ["2"] } }), "azurerm_public_ip")).toMatchObject({
      allocation_method: "Static",
      sku: "Standard",
      zones: ["1", "2", "3"],
      resource_group_name: `\${azurerm_resource_group.${group}.name}`,
    });
  });

  test("has no zones in a region without, and the nodes neither", () => {
    const stack = stackOf({ region: "canadaeast" });
    expect(theResource(stack, "azurerm_public_ip")).not.toHaveProperty("zones");
    expect(theResource(stack, "azurerm_kubernetes_cluster").default_node_pool).not.toHaveProperty("zones");
    expect(theResource(stack, "azurerm_kubernetes_cluster_node_pool")).not.toHaveProperty("zones");
  });

  test("has no label of its own, which azurerm could not take off again", () => {
    expect(theResource(stackOf(), "azurerm_public_ip")).not.toHaveProperty("domain_name_label");
  });

  test("never carries a tag by which Azure's controller would take it for its own and delete it", () => {
    const tags = { service: "billing", "kubernetes-cluster-name": "a", "k8s-azure-service": "b", team: "platform" };
    const stack = stackOf({ tags });
    expect(theResource(stack, "azurerm_public_ip").tags).toEqual({ team: "platform" });
    expect(theResource(stack, "azurerm_kubernetes_cluster").tags).toEqual(tags);
  });
});

describe("upgrades of an AKS cluster", () => {
  test("control plane and pools name the same minor version, so that an upgrade in the fleet file reaches the nodes", () => {
    const stack = stackOf();
    expect(clusterOf()).toMatchObject({ kubernetes_version: "1.36", default_node_pool: { orchestrator_version: "1.36" } });
    expect(theResource(stack, "azurerm_kubernetes_cluster_node_pool").orchestrator_version).toBe("1.36");
  });

  test.each(["stable", "rapid"] as const)(
    "where channel %s moves the minor version, Terraform doesn't lead it back",
    (upgradeChannel) => {
      const stack = stackOf({ upgradeChannel });
      const cluster = theResource(stack, "azurerm_kubernetes_cluster");
      expect(cluster.lifecycle).toMatchObject({
        ignore_changes: expect.arrayContaining(["kubernetes_version", "default_node_pool[0].orchestrator_version"]),
      });
      expect(cluster.default_node_pool).not.toHaveProperty("orchestrator_version");
      expect(theResource(stack, "azurerm_kubernetes_cluster_node_pool")).not.toHaveProperty("orchestrator_version");
    },
  );

  test.each(["patch", "stable", "rapid", "node-image"] as const)(
    "channel %s goes with node images, the one pair that is always allowed",
    (upgradeChannel) => {
      expect(clusterOf({ upgradeChannel })).toMatchObject({
        automatic_upgrade_channel: upgradeChannel,
        node_os_upgrade_channel: "NodeImage",
      });
    },
  );

  test("channel none is said by leaving it out, and has no windows", () => {
    const cluster = clusterOf({ upgradeChannel: "none" });
    expect(cluster.node_os_upgrade_channel).toBe("None");
    for (const key of ["automatic_upgrade_channel", "maintenance_window_auto_upgrade", "maintenance_window_node_os"])
      expect(cluster).not.toHaveProperty(key);
  });

  test("windows have a day and a time that AKS reads, and no first date, which azurerm would send as the year 1", () => {
    const window = {
      frequency: "Weekly",
      interval: 1,
      duration: 5,
      day_of_week: "Monday",
      start_time: "03:00",
      utc_offset: "+00:00",
    };
    expect(clusterOf({ maintenance: { day: "monday", startHour: 3, durationHours: 5 } })).toMatchObject({
      maintenance_window_auto_upgrade: window,
      maintenance_window_node_os: window,
    });
    expect(clusterOf().maintenance_window_auto_upgrade).not.toHaveProperty("start_date");
  });

  test("upgrade_override, which can never be removed again, is never set", () => {
    for (const props of [usual, unusual]) expect(clusterOf(props)).not.toHaveProperty("upgrade_override");
  });

  test("cost analysis is off on the Free tier, which refuses it at apply", () => {
    expect(clusterOf({ tier: "Free" }).cost_analysis_enabled).toBe(false);
    expect(clusterOf().cost_analysis_enabled).toBe(true);
  });

  test("long-term support is the plan of tier Premium", () => {
    expect(clusterOf({ tier: "Premium", longTermSupport: true })).toMatchObject({
      sku_tier: "Premium",
      support_plan: "AKSLongTermSupport",
    });
    expect(clusterOf().support_plan).toBe("KubernetesOfficial");
  });
});

describe("the logs of an AKS cluster", () => {
  test("go to a workspace of its own, kept as long as asked for, or to the one that is given", () => {
    const own = stackOf({ logRetentionDays: 365 });
    expect(theResource(own, "azurerm_log_analytics_workspace").retention_in_days).toBe(365);
    const given = stackOf({
      logAnalyticsWorkspaceId: "/subscriptions/x/resourceGroups/x/providers/Microsoft.OperationalInsights/workspaces/y",
      logRetentionDays: 7,
    });
    expect(given.resource).not.toHaveProperty("azurerm_log_analytics_workspace");
    expect(theResource(given, "azurerm_monitor_diagnostic_setting").log_analytics_workspace_id).toBe(
      "/subscriptions/x/resourceGroups/x/providers/Microsoft.OperationalInsights/workspaces/y",
    );
  });

  test("without categories there is nothing to send and nothing to keep", () => {
    const { resource } = stackOf({ logCategories: [] });
    expect(resource).not.toHaveProperty("azurerm_monitor_diagnostic_setting");
    expect(resource).not.toHaveProperty("azurerm_log_analytics_workspace");
  });
});
