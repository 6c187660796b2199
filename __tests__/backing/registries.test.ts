import { imageRepository } from "../../model/derived/registries";
import { type Data, fleetWith } from "../model/support";
import { synthFleet } from "../support/fleet";

const images = { cloud: "azure", region: "uksouth", replicas: ["westeurope", "southeastasia"] };
const parts = { cloud: "aws", region: "us-east-1", replicas: ["eu-west-1"], repositories: ["shop"] };
const hub = {
  from: "registry-1.docker.io",
  secretArn: "arn:aws:secretsmanager:us-east-1:111122223333:secret:ecr-pullthroughcache/hub-a1b2c3",
};
const tools = { cloud: "google", region: "europe" };

/** Add-ons are of no interest here. */
const QUIET = {
  addons: {
    ingress: { controller: "none" },
    certManager: { enabled: false },
    storage: { enabled: false },
    guards: { unplannedLoadBalancers: "allow", networkPolicies: false },
  },
};
const synth = (changes: Data) => synthFleet(fleetWith({ defaults: QUIET, ...changes })).stacks;
type Blocks = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
const of = (stack: { readonly resource?: unknown } | undefined, type: string) =>
  Object.values(((stack?.resource as Readonly<Record<string, Blocks>> | undefined)?.[type] ?? {}) as Blocks);

test("ACR is Premium, without administrator or anonymous pulls, and in all its regions in azurerm's order", () => {
  const stacks = synth({ registries: { images } });
  const [registry] = of(stacks["acme-registry-images"], "azurerm_container_registry");
  expect(registry).toMatchObject({
    name: expect.stringMatching(/^acmeimages[0-9a-f]{6}$/),
    sku: "Premium",
    admin_enabled: false,
    anonymous_pull_enabled: false,
    georeplications: [
      { location: "southeastasia", regional_endpoint_enabled: true },
      { location: "westeurope", regional_endpoint_enabled: true },
    ],
    lifecycle: { prevent_destroy: true, ignore_changes: expect.arrayContaining(["zone_redundancy_enabled"]) },
  });
});

test("an AKS cluster's kubelets get both roles on the registry, so that its mode may change", () => {
  const stacks = synth({ registries: { images } });
  const roles = of(stacks["acme-aks-cluster"], "azurerm_role_assignment").filter(({ scope }) =>
    /\/registries\/acmeimages/.test(String(scope)),
  );
  expect(roles.map(({ role_definition_name: role }) => role)).toEqual(["AcrPull", "Container Registry Repository Reader"]);
  for (const { principal_id: principal, skip_service_principal_aad_check: skip } of roles)
    expect({ principal, skip }).toEqual({ principal: expect.stringContaining("kubelet"), skip: true });
});

test("a cluster that may not pull gets no right", () => {
  const other = { cloud: "azure", region: "westeurope", network: { cidr: "10.9.0.0/16" } };
  const stacks = synth({ clusters: { other }, registries: { images: { ...images, pull: ["other"] } } });
  const scopes = (id: string) => of(stacks[id], "azurerm_role_assignment").map(({ scope }) => String(scope));
  expect(scopes("acme-aks-cluster").filter((scope) => scope.includes("/registries/"))).toEqual([]);
  expect(scopes("acme-other-cluster").filter((scope) => scope.includes("/registries/"))).toHaveLength(2);
});

test("ECR: every repository keeps its images, and its replicas are made by a template that knows the same", () => {
  const push = ["arn:aws:iam::111122223333:role/images"];
  const stack = synth({ registries: { parts: { ...parts, push } } })["acme-registry-parts"];
  expect(of(stack, "aws_ecr_repository")).toMatchObject([
    { name: "acme-parts/shop", region: "us-east-1", image_tag_mutability: "IMMUTABLE", force_delete: false },
  ]);
  const [policy] = of(stack, "aws_ecr_lifecycle_policy");
  const [rights] = of(stack, "aws_ecr_repository_policy");
  expect(JSON.parse(String(rights?.policy)).Statement).toMatchObject([
    { Principal: { AWS: push[0] }, Action: expect.arrayContaining(["ecr:PutImage"]) },
  ]);
  expect(of(stack, "aws_ecr_repository_creation_template")).toMatchObject([
    {
      region: "eu-west-1",
      prefix: "acme-parts",
      applied_for: ["REPLICATION"],
      image_tag_mutability: "IMMUTABLE",
      lifecycle_policy: policy?.policy,
      repository_policy: rights?.policy,
    },
  ]);
  expect(of(stack, "aws_ecr_replication_configuration")).toMatchObject([
    {
      region: "us-east-1",
      replication_configuration: {
        rule: [
          {
            destination: [{ region: "eu-west-1", registry_id: "111122223333" }],
            repository_filter: [{ filter: "acme-parts/", filter_type: "PREFIX_MATCH" }],
          },
        ],
      },
    },
  ]);
});

test("with `replication: external` the account's configuration is not touched, the templates are made all the same", () => {
  const stack = synth({ registries: { parts: { ...parts, replication: "external" } } })["acme-registry-parts"];
  expect(of(stack, "aws_ecr_replication_configuration")).toEqual([]);
  expect(of(stack, "aws_ecr_repository_creation_template")).toHaveLength(1);
});

test("nodes of another account may pull from each repository", () => {
  const runner = "arn:aws:iam::444455556666:role/terraform";
  const other = {
    cloud: "aws",
    region: "eu-west-1",
    network: { cidr: "10.9.0.0/16" },
    aws: { accountId: "444455556666", runner },
  };
  const stack = synth({ clusters: { other }, registries: { parts } })["acme-registry-parts"];
  const [rights] = of(stack, "aws_ecr_repository_policy");
  expect(JSON.parse(String(rights?.policy)).Statement).toEqual([
    {
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::444455556666:root" },
      Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
    },
  ]);
});

test("a cache's first pull is a right of the nodes, on what it caches alone", () => {
  const caches = { quay: { from: "quay.io" } };
  const stacks = synth({ registries: { parts: { ...parts, caches } } });
  expect(of(stacks["acme-registry-parts"], "aws_ecr_pull_through_cache_rule").map(({ region }) => region)).toEqual([
    "eu-west-1",
    "us-east-1",
  ]);
  const policies = of(stacks["acme-eks-cluster"], "aws_iam_role_policy").filter(({ name }) => name === "pull-parts");
  expect(policies.map(({ policy }) => JSON.parse(String(policy)).Statement)).toEqual([
    [
      {
        Effect: "Allow",
        Action: ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository"],
        Resource: ["arn:aws:ecr:*:111122223333:repository/quay/*"],
      },
    ],
  ]);
});

test("Artifact Registry keeps tags as they are, and lets nodes of another project read", () => {
  const stacks = synth({ registries: { tools: { ...tools, google: { projectId: "acme-images" } } } });
  expect(of(stacks["acme-registry-tools"], "google_artifact_registry_repository")).toMatchObject([
    {
      project: "acme-images",
      location: "europe",
      repository_id: "acme-tools",
      docker_config: { immutable_tags: true },
      cleanup_policies: [{ id: "untagged", action: "DELETE", condition: { tag_state: "UNTAGGED", older_than: "1209600s" } }],
    },
  ]);
  expect(of(stacks["acme-gke-cluster"], "google_artifact_registry_repository_iam_member")).toMatchObject([
    { project: "acme-images", location: "europe", repository: "acme-tools", role: "roles/artifactregistry.reader" },
  ]);
});

test("nobody may push but who is named: no cluster, no other account, and nobody where nobody is", () => {
  const pipeline = {
    images: { ...images, push: ["00000000-0000-0000-0000-000000000005"] },
    parts: { ...parts, caches: { hub }, push: ["arn:aws:iam::111122223333:role/images"] },
    tools: { ...tools, google: { projectId: "acme-images" }, push: ["serviceAccount:images@acme.iam.gserviceaccount.com"] },
  };
  const nobody = Object.fromEntries(Object.entries(pipeline).map(([name, registry]) => [name, { ...registry, push: undefined }]));
  expect(mayPush(synth({ registries: pipeline }))).toEqual([
    "acme-registry-images: AcrPush 00000000-0000-0000-0000-000000000005",
    "acme-registry-images: Container Registry Repository Writer 00000000-0000-0000-0000-000000000005",
    "acme-registry-parts: arn:aws:iam::111122223333:role/images",
    "acme-registry-tools: roles/artifactregistry.writer serviceAccount:images@acme.iam.gserviceaccount.com",
  ]);
  expect(mayPush(synth({ registries: nobody }))).toEqual([]);
});

/** Every right to write images, of every stack of the fleet, whoever it is given to. */
function mayPush(stacks: ReturnType<typeof synth>): readonly string[] {
  const writes = /ecr:\*|ecr:Put|ecr:.*Upload|^\*$/;
  return Object.entries(stacks)
    .flatMap(([id, stack]) => [
      ...of(stack, "azurerm_role_assignment")
        .filter(({ role_definition_name: role }) => /AcrPush|Registry.*(Writer|Contributor)/.test(String(role)))
        .map(({ role_definition_name: role, principal_id: principal }) => `${id}: ${role} ${principal}`),
      ...["aws_ecr_repository_policy", "aws_iam_role_policy", "aws_ecr_registry_policy"]
        .flatMap((type) => of(stack, type))
        .flatMap(
          ({ policy }) => JSON.parse(String(policy)).Statement as { Action: string | string[]; Principal?: { AWS: string } }[],
        )
        .filter(({ Action }) => [Action].flat().some((action) => writes.test(action)))
        .map(({ Principal }) => `${id}: ${Principal?.AWS ?? "its own role"}`),
      ...["google_artifact_registry_repository_iam_member", "google_project_iam_member"]
        .flatMap((type) => of(stack, type))
        .filter(({ role }) => /artifactregistry\.(writer|repoAdmin|admin)/.test(String(role)))
        .map(({ role, member }) => `${id}: ${role} ${member}`),
    ])
    .filter((line, index, all) => all.indexOf(line) === index)
    .sort();
}

test("another's registry is no stack", () => {
  const stacks = synth({ registries: { there: { cloud: "external", host: "ghcr.io/team" } } });
  expect(Object.keys(stacks).filter((id) => id.includes("registry"))).toEqual([]);
});

test("an application's image is pulled from the replica that is nearest to each cluster", () => {
  const fleet = fleetWith({
    clusters: {
      paris: { cloud: "aws", region: "eu-west-3", network: { cidr: "10.8.0.0/16" } },
      virginia: { cloud: "aws", region: "us-east-1", network: { cidr: "10.9.0.0/16" } },
    },
    registries: {
      images,
      parts: { ...parts, caches: { quay: { from: "quay.io" }, hub } },
      tools,
      there: { cloud: "external", host: "ghcr.io/team" },
    },
  });
  const pulled = (registry: string, cluster: string, repository = "shop") =>
    imageRepository(fleet, fleet.clusters.find(({ name }) => name === cluster)!, {
      registry,
      repository,
      tag: "1",
      at: "image",
      pullSecretsAt: "imagePullSecrets",
      pullSecrets: [],
    });
  expect(pulled("parts", "eks")).toBe("111122223333.dkr.ecr.eu-west-1.amazonaws.com/acme-parts/shop");
  expect(pulled("parts", "paris")).toBe("111122223333.dkr.ecr.eu-west-1.amazonaws.com/acme-parts/shop");
  expect(pulled("parts", "virginia")).toBe("111122223333.dkr.ecr.us-east-1.amazonaws.com/acme-parts/shop");
  expect(pulled("parts", "virginia", "quay/org/tool")).toBe("111122223333.dkr.ecr.us-east-1.amazonaws.com/quay/org/tool");
  expect(pulled("parts", "eks", "hub/library/ghost")).toBe("111122223333.dkr.ecr.us-east-1.amazonaws.com/hub/library/ghost");
  expect(pulled("images", "aks")).toMatch(/^acmeimages[0-9a-f]{6}\.azurecr\.io\/shop$/);
  expect(pulled("tools", "gke")).toBe("europe-docker.pkg.dev/acme-platform/acme-tools/shop");
  expect(pulled("there", "gke")).toBe("ghcr.io/team/shop");
});

test("the release gets the image that its own cluster pulls, by a chart of its own or another's", () => {
  const image = { registry: "images", repository: "shop", tag: "1.2.3" };
  const chart = { chart: "shop", repository: "https://charts.example.com", version: "1.0.0" };
  const stacks = synth({
    registries: { images },
    apps: {
      plain: { image, clusters: ["aks"] },
      charted: { image: { ...image, at: "deployment.image" }, ...chart, clusters: ["aks"] },
    },
  });
  const values = of(stacks["acme-aks-apps"], "helm_release").map(({ values: texts }) => JSON.parse((texts as string[])[0]!));
  expect(values).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        image: expect.objectContaining({ repository: expect.stringMatching(/^acmeimages\w{6}\.azurecr\.io\/shop$/) }),
      }),
      { deployment: { image: { repository: expect.stringMatching(/azurecr\.io\/shop$/), tag: "1.2.3" } } },
    ]),
  );
});
