import { type Data, fleetWith } from "../model/support";
import { synthFleet } from "../support/fleet";

const images = { cloud: "azure", region: "uksouth" };
const parts = { cloud: "aws", region: "us-east-1", replicas: ["eu-west-1"], repositories: ["shop"] };
const tools = { cloud: "google", region: "europe" };
const keyVaultId =
  "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/acme/providers/Microsoft.KeyVault/vaults/acme";
const QUIET = {
  addons: {
    ingress: { controller: "none" },
    certManager: { enabled: false },
    storage: { enabled: false },
    guards: { unplannedLoadBalancers: "allow", networkPolicies: false },
    externalSecrets: { enabled: true, keyVaultId },
  },
};
const app = (registry: string, cluster: string, more: Data = {}) => ({
  image: { registry, repository: "shop", tag: "1.2.3" },
  clusters: [cluster],
  ...more,
});

const synth = (changes: Data) =>
  synthFleet(fleetWith({ defaults: QUIET, dns: { aws: { accountId: "111122223333" } }, ...changes })).stacks;
type Stack = ReturnType<typeof synth>[string];
type Blocks = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
const of = (stack: Stack | undefined, type: string) =>
  Object.values(((stack?.resource as Readonly<Record<string, Blocks>> | undefined)?.[type] ?? {}) as Blocks);

/** Values of a release. */
function valuesOf(stack: Stack | undefined, name: string): Data {
  const release = of(stack, "helm_release").find((one) => one.name === name);
  return release ? JSON.parse((release.values as string[])[0]!) : {};
}
const objectsOf = (stack: Stack | undefined, name = "registry-tokens") => (valuesOf(stack, name).objects ?? []) as Data[];
const kind = (objects: readonly Data[], wanted: string) => objects.filter((one) => one.kind === wanted);

test("EKS pulls from ACR: an identity for the namespace in the registry's group, and a token that is fetched every hour", () => {
  const stacks = synth({
    clusters: { aks: undefined, gke: undefined },
    registries: { images },
    apps: { shop: app("images", "eks") },
  });
  const stack = stacks["acme-eks-pull-images"];
  expect(Object.keys(stack?.provider ?? {})).toEqual(["azurerm"]);
  expect(of(stack, "azurerm_user_assigned_identity")).toMatchObject([
    { name: "acme-eks-images-shop", resource_group_name: "acme-registry-images" },
  ]);
  expect(of(stack, "azurerm_federated_identity_credential")).toMatchObject([
    { subject: "system:serviceaccount:shop:registry-images" },
  ]);
  expect(of(stack, "azurerm_role_assignment").map((one) => one.role_definition_name)).toEqual([
    "AcrPull",
    "Container Registry Repository Reader",
  ]);
  const objects = objectsOf(stacks["acme-eks-priming"]);
  expect(kind(objects, "ServiceAccount")).toMatchObject([
    {
      metadata: {
        name: "registry-images",
        namespace: "shop",
        annotations: {
          "azure.workload.identity/client-id": expect.stringContaining("pull_shop"),
          "azure.workload.identity/tenant-id": "00000000-0000-0000-0000-000000000002",
        },
      },
    },
  ]);
  const host = expect.stringMatching(/^acmeimages[0-9a-f]{6}\.azurecr\.io$/);
  expect(kind(objects, "ACRAccessToken")).toMatchObject([
    { spec: { registry: host, auth: { workloadIdentity: { serviceAccountRef: { name: "registry-images" } } } } },
  ]);
  const [secret] = kind(objects, "ExternalSecret");
  expect(secret).toMatchObject({
    metadata: { namespace: "shop" },
    spec: { refreshInterval: "1h", target: { name: "registry-images", template: { type: "kubernetes.io/dockerconfigjson" } } },
  });
  expect(valuesOf(stacks["acme-eks-apps"], "shop").image).toMatchObject({ pullSecrets: ["registry-images"] });
});

test("AKS pulls from ECR: a role for the namespace, on the repositories of the nearest replica alone", () => {
  const stacks = synth({
    clusters: { eks: undefined, gke: undefined },
    registries: { parts },
    apps: { shop: app("parts", "aks") },
  });
  const stack = stacks["acme-aks-pull-parts"];
  expect(of(stack, "aws_iam_openid_connect_provider")).toEqual([]);
  const [role] = of(stack, "aws_iam_role");
  expect(JSON.stringify(role?.assume_role_policy)).toContain("system:serviceaccount:shop:registry-parts");
  const [policy] = of(stack, "aws_iam_role_policy");
  expect(JSON.parse(String(policy?.policy)).Statement).toEqual([
    { Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
    {
      Effect: "Allow",
      Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      Resource: ["arn:aws:ecr:eu-west-1:111122223333:repository/acme-parts/*"],
    },
  ]);
  const objects = objectsOf(stacks["acme-aks-priming"]);
  expect(kind(objects, "ECRAuthorizationToken")).toMatchObject([{ spec: { region: "eu-west-1" } }]);
  expect(kind(objects, "ExternalSecret")).toMatchObject([{ spec: { refreshInterval: "6h" } }]);
});

test("an account that isn't the zone's trusts the cluster's tokens for this registry's sake", () => {
  const other = { ...parts, aws: { accountId: "444455556666" } };
  const stacks = synth({
    clusters: { eks: undefined, gke: undefined },
    registries: { parts: other },
    apps: { shop: app("parts", "aks") },
  });
  expect(of(stacks["acme-aks-pull-parts"], "aws_iam_openid_connect_provider")).toHaveLength(1);
});

test("EKS pulls from Artifact Registry: the pool takes the tokens of that account of that cluster alone", () => {
  const stacks = synth({
    clusters: { aks: undefined, gke: undefined },
    registries: { tools },
    apps: { shop: app("tools", "eks") },
  });
  expect(of(stacks["acme-registry-tools"], "google_iam_workload_identity_pool")).toMatchObject([
    { workload_identity_pool_id: "pull-acme-tools", lifecycle: { prevent_destroy: true } },
  ]);
  const stack = stacks["acme-eks-pull-tools"];
  expect(of(stack, "google_iam_workload_identity_pool_provider")).toMatchObject([
    {
      attribute_condition: "assertion.sub in ['system:serviceaccount:shop:registry-tools']",
      attribute_mapping: { "attribute.cluster": "'eks'", "google.subject": "assertion.sub" },
    },
  ]);
  expect(of(stack, "google_service_account_iam_member")).toMatchObject([
    { role: "roles/iam.workloadIdentityUser", member: expect.stringMatching(/attribute\.cluster\/eks$/) },
  ]);
  const objects = objectsOf(stacks["acme-eks-priming"]);
  const [generator] = kind(objects, "GCRAccessToken") as { spec?: { auth?: { workloadIdentityFederation?: Data } } }[];
  const federation = generator?.spec?.auth?.workloadIdentityFederation;
  expect(federation?.serviceAccountRef).toEqual({ name: "registry-tools", audiences: [federation?.audience] });
  expect(kind(objects, "ExternalSecret")).toMatchObject([{ spec: { refreshInterval: "20m" } }]);
});

test("a registry that no cluster of another cloud pulls from has no pool, and no cluster a stack for it", () => {
  const stacks = synth({ registries: { tools }, apps: { shop: app("tools", "gke") } });
  expect(of(stacks["acme-registry-tools"], "google_iam_workload_identity_pool")).toEqual([]);
  expect(Object.keys(stacks).filter((id) => id.includes("-pull-"))).toEqual([]);
});

test("somebody's login is read from the cluster's own store, into a Secret of the application", () => {
  const there = { cloud: "external", host: "ghcr.io/team", secret: "ghcr" };
  const chart = { chart: "shop", repository: "https://charts.example.com", version: "1.0.0" };
  const stacks = synth({
    clusters: { aks: undefined, gke: undefined },
    registries: { there },
    apps: { shop: app("there", "eks"), charted: app("there", "eks", chart) },
  });
  const apps = stacks["acme-eks-apps"];
  const [secret] = kind(objectsOf(apps, "shop-secrets"), "ExternalSecret");
  expect(secret).toMatchObject({
    metadata: { name: "shop-registry", namespace: "shop" },
    spec: { secretStoreRef: { kind: "SecretStore", name: "secrets" }, dataFrom: [{ extract: { key: "acme-ghcr" } }] },
  });
  const config = (secret as { spec: { target: { template: { data: Record<string, string> } } } }).spec.target.template.data;
  expect(config[".dockerconfigjson"]).toBe(
    '{"auths":{"ghcr.io":{"username":"{{ .username }}","password":"{{ .password }}","auth":"{{ printf "%s:%s" .username .password | b64enc }}"}}}',
  );
  expect(valuesOf(apps, "shop").image).toMatchObject({ repository: "ghcr.io/team/shop", pullSecrets: ["shop-registry"] });
  expect(valuesOf(apps, "charted")).toEqual({
    image: { repository: "ghcr.io/team/shop", tag: "1.2.3" },
    imagePullSecrets: [{ name: "charted-registry" }],
  });
});

test("a private registry has no public way, and one endpoint in each network, with one zone there", () => {
  const subnet = (network: string, name: string) =>
    `/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/${network}/subnets/${name}`;
  const found = (name: string) => ({
    cloud: "azure",
    region: "uksouth",
    network: { pods: "10.5.0.0/16", services: "10.6.0.0/20", existing: { subnetId: subnet("shared", name) } },
  });
  const closed = { ...images, access: "private", ci: { subnetId: subnet("ci", "runners") } };
  const stacks = synth({
    clusters: {
      eks: undefined,
      gke: undefined,
      one: found("one"),
      two: { ...found("two"), network: { ...found("two").network, pods: "10.7.0.0/16", services: "10.8.0.0/20" } },
    },
    registries: { closed, more: { ...closed, region: "westeurope", pull: ["aks"] } },
  });
  expect(of(stacks["acme-registry-closed"], "azurerm_container_registry")).toMatchObject([
    { public_network_access_enabled: false },
  ]);
  expect(
    of(stacks["acme-registry-closed"], "azurerm_private_endpoint")
      .map((one) => one.subnet_id)
      .sort(),
  ).toEqual([subnet("ci", "runners"), subnet("shared", "one")]);
  const cluster = stacks["acme-aks-cluster"];
  expect(of(cluster, "azurerm_private_endpoint")).toMatchObject([
    { name: "acme-aks-registry-closed", private_service_connection: { subresource_names: ["registry"] } },
    { name: "acme-aks-registry-more" },
  ]);
  expect(of(cluster, "azurerm_private_dns_zone")).toMatchObject([{ name: "privatelink.azurecr.io" }]);
});
