import { valuesIn } from "../apps/fleet";
import { committedFleet, synthFleet } from "../support/fleet";
import { resources } from "../support/synth";

const { stacks } = synthFleet(committedFleet("fleets/davies.yaml"));
const CLUSTERS = ["westus", "uksouth", "southeastasia"];
const releasesOn = (cluster: string) =>
  Object.values(resources(stacks[`davies-${cluster}-apps`]!, "helm_release"))
    .map(({ name }) => String(name))
    .filter((name) => !name.endsWith("-secrets"))
    .sort();

test("the streamer runs beside the write region alone, once; the frontend everywhere", () => {
  const [account] = Object.values(resources(stacks["davies-data-tweets"]!, "azurerm_cosmosdb_account"));
  expect(account!.geo_location).toMatchObject([
    { location: "westus", failover_priority: 0 },
    { location: "uksouth", failover_priority: 1 },
    { location: "southeastasia", failover_priority: 2 },
  ]);
  expect(CLUSTERS.map((cluster) => [cluster, releasesOn(cluster)])).toEqual([
    ["westus", ["frontend", "streamer"]],
    ["uksouth", ["frontend"]],
    ["southeastasia", ["frontend"]],
  ]);
  expect(valuesIn(stacks["davies-westus-apps"]!, "streamer").replicas).toBe(1);
});

test("the frontend is the same but for its region and what one region overrides", () => {
  const [westus, uksouth, southeastasia] = CLUSTERS.map((cluster) => valuesIn(stacks[`davies-${cluster}-apps`]!, "frontend"));
  expect([westus, uksouth, southeastasia].map((values) => (values!.env as { REGION: string }).REGION)).toEqual(CLUSTERS);
  expect([westus!.autoscaling, uksouth!.autoscaling, southeastasia!.autoscaling]).toEqual([
    undefined,
    undefined,
    { max: 8, cpuPercent: 70 },
  ]);
  expect(uksouth!.image).toEqual(southeastasia!.image);
});

test("the streamer writes to the primary, and each frontend reads the server of its region", () => {
  const entry = (cluster: string, app: string) => {
    const { objects } = valuesIn(stacks[`davies-${cluster}-apps`]!, `${app}-secrets`) as {
      objects: { kind: string; metadata: { name: string }; spec: { dataFrom: [{ extract: { key: string } }] } }[];
    };
    const { secretEnv } = valuesIn(stacks[`davies-${cluster}-apps`]!, app) as { secretEnv: Record<string, { secret: string }> };
    const secret = objects.find(
      ({ kind, metadata }) => kind === "ExternalSecret" && metadata.name === secretEnv.MONGODB_URI!.secret,
    );
    return secret!.spec.dataFrom[0].extract.key;
  };
  expect(entry("westus", "streamer")).toBe("davies-db-tweets-tweets");
  expect(CLUSTERS.map((cluster) => entry(cluster, "frontend"))).toEqual([
    "davies-db-tweets-tweets",
    "davies-db-tweets-tweets-read-uksouth",
    "davies-db-tweets-tweets-read-southeastasia",
  ]);
});

test("images lie in the region of each cluster, and its kubelets pull them as themselves", () => {
  const [registry] = Object.values(resources(stacks["davies-registry-images"]!, "azurerm_container_registry"));
  expect(registry).toMatchObject({ location: "uksouth", admin_enabled: false, anonymous_pull_enabled: false });
  expect((registry!.georeplications as { location: string }[]).map(({ location }) => location).sort()).toEqual([
    "southeastasia",
    "westus",
  ]);
  for (const cluster of CLUSTERS) {
    const grants = Object.values(resources(stacks[`davies-${cluster}-cluster`]!, "azurerm_role_assignment"));
    expect(grants.map(({ role_definition_name }) => role_definition_name)).toContain("AcrPull");
  }
});

test("each cluster has its own private way to the database", () => {
  for (const cluster of CLUSTERS) {
    const endpoints = Object.values(resources(stacks[`davies-${cluster}-cluster`]!, "azurerm_private_endpoint"));
    expect(JSON.stringify(endpoints)).toContain("tweets");
  }
});

test("www is a CNAME to a profile by performance, which asks each frontend by TLS and its own host", () => {
  const names = stacks["davies-traffic-manager"]!;
  const [profile] = Object.values(resources(names, "azurerm_traffic_manager_profile"));
  expect(profile).toMatchObject({
    name: "juda-latency",
    traffic_routing_method: "Performance",
    monitor_config: { protocol: "HTTPS", path: "/health", port: 443 },
  });
  const hosts = Object.values(resources(names, "azurerm_traffic_manager_external_endpoint")).map((endpoint) =>
    JSON.stringify(endpoint),
  );
  for (const cluster of CLUSTERS)
    expect(hosts.some((text) => text.includes(`frontend.${cluster}.kubeglobal.example`))).toBe(true);
  expect(Object.values(resources(names, "azurerm_dns_cname_record"))).toHaveLength(1);
});
