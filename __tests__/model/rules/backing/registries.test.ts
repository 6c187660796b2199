import { type Data, fleetWith, problemsWith } from "../../support";

const images = { cloud: "azure", region: "uksouth", replicas: ["westeurope"] };
const parts = { cloud: "aws", region: "eu-west-1", repositories: ["shop"] };
const tools = { cloud: "google", region: "europe" };
const app = { image: { registry: "images", repository: "shop", tag: "1" }, clusters: ["aks"] };
const ci = {
  subnetId:
    "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/ci/subnets/run",
};
const keyVaultId =
  "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/acme/providers/Microsoft.KeyVault/vaults/acme";
const withImages = (more: object) => problemsWith({ registries: { images: { ...images, ...more } } });
const withParts = (more: object) => problemsWith({ registries: { parts: { ...parts, ...more } } });
const withTools = (more: object) => problemsWith({ registries: { tools: { ...tools, ...more } } });
const withApp = (more: object, registries: Data = { images }) =>
  problemsWith({ registries, apps: { shop: { ...app, ...more } } });

test("sound registries have no problem, and get the account of the defaults", () => {
  const { registries } = fleetWith({ registries: { images, parts, tools, there: { cloud: "external", host: "ghcr.io/x" } } });
  expect(registries.images?.azure).toEqual({
    subscriptionId: "00000000-0000-0000-0000-000000000001",
    tenantId: "00000000-0000-0000-0000-000000000002",
  });
  expect(registries.parts?.aws).toEqual({ accountId: "111122223333" });
  expect(registries.tools?.google).toEqual({ projectId: "acme-platform" });
});

test("a name of a cache is one registry's in its account and region, and another's elsewhere", () => {
  const cached = (more: object, prefix = "quay") =>
    problemsWith({
      registries: {
        parts: { ...parts, caches: { quay: { from: "quay.io" } } },
        more: { ...parts, repositories: ["more"], ...more, caches: { [prefix]: { from: "quay.io" } } },
      },
    }).filter((problem) => problem.includes("cache of that name"));
  expect(cached({})).toEqual([
    "registries.more.caches.quay: registry 'parts' has a cache of that name in the same account and region: take another, or take its images from there",
  ]);
  expect(cached({}, "other")).toEqual([]);
  expect(cached({ region: "eu-central-1" })).toEqual([]);
  expect(cached({ region: "eu-central-1", aws: { accountId: "222222222222" } })).toEqual([]);
  expect(cached({ aws: { accountId: "222222222222" } })).toEqual([]);
});

test.each<[string, () => string[], RegExp]>([
  ["no region", () => withImages({ region: undefined }), /images\.region: is missing/],
  ["another cloud's region", () => withImages({ region: "eu-west-1" }), /region: 'eu-west-1' is no Azure region/],
  [
    "a replica in another cloud's region",
    () => withParts({ replicas: ["uksouth"] }),
    /replicas\[0\]: 'uksouth' is no AWS region/,
  ],
  ["the home region among the replicas", () => withImages({ replicas: ["uksouth"] }), /replicas\[0\]: .* own region/],
  ["a replica twice", () => withImages({ replicas: ["eastus", "eastus"] }), /replicas\[1\]: 'eastus' is there twice/],
  ["replicas on Google", () => withTools({ replicas: ["europe-west3"] }), /replicas: Artifact Registry has none/],
  [
    "a name that ACR refuses",
    () => withImages({ name: "Shop-Images" }),
    /name: 'Shop-Images' can't be its name on azure: 5 to 50/,
  ],
  ["immutable tags on Azure", () => withImages({ immutableTags: true }), /immutableTags: Azure locks single tags/],
  ["a scan on Azure", () => withImages({ scan: true }), /scan: Defender for Containers scans/],
  ["a number of images on Azure", () => withImages({ keep: { newest: 9 } }), /keep\.newest: Azure deletes no tagged images/],
  [
    "a number of images beside immutable tags on Google",
    () => withTools({ keep: { newest: 9 } }),
    /keep\.newest: with immutable tags Artifact Registry deletes no image/,
  ],
  ["ECR without a repository", () => withParts({ repositories: [] }), /repositories: is missing: ECR takes no image/],
  ["replication without replicas", () => withParts({ replication: "external" }), /replication: is for ECR with `replicas`/],
  ["caches on Azure", () => withImages({ caches: { quay: { from: "quay.io" } } }), /caches: is for ECR/],
  [
    "a cache that wants a login",
    () => withParts({ caches: { hub: { from: "registry-1.docker.io" } } }),
    /caches\.hub\.secretArn: is missing: ECR caches registry-1.docker.io only with a login/,
  ],
  [
    "a cache's login in another region",
    () =>
      withParts({
        caches: {
          hub: {
            from: "registry-1.docker.io",
            secretArn: "arn:aws:secretsmanager:us-east-1:111122223333:secret:ecr-pullthroughcache/hub-a1b2c3",
          },
        },
      }),
    /caches\.hub\.secretArn: .* must be in the registry's region and account, eu-west-1 and 111122223333/,
  ],
  [
    "a cache of what ECR doesn't cache",
    () => withParts({ caches: { x1: { from: "x.pkg.dev" } } }),
    /from: 'x.pkg.dev' is no registry/,
  ],
  [
    "a cache of a repository's name",
    () => withParts({ caches: { shop: { from: "quay.io" } } }),
    /caches\.shop: 'shop' is what a repo/,
  ],
  ["a person who pushes to ACR", () => withImages({ push: ["me@example.com"] }), /push\[0\]: 'me@example.com' is nobody/],
  [
    "a key that pushes to ECR",
    () => withParts({ push: ["arn:aws:iam::111122223333:user/ci"] }),
    /push\[0\]: .* the ARN of a role/,
  ],
  [
    "one pipeline twice, in other letters",
    () => withImages({ push: ["aaaaaaaa-0000-0000-0000-000000000009", "AAAAAAAA-0000-0000-0000-000000000009"] }),
    /push\[1\]: 'aaaaaaaa-0000-0000-0000-000000000009' is there twice/,
  ],
  [
    "a role of another partition",
    () => withParts({ push: ["arn:aws-cn:iam::111122223333:role/ci"] }),
    /push\[0\]: 'arn:aws-cn:iam::111122223333:role\/ci' is nobody/,
  ],
  ["a cluster that pulls twice", () => withImages({ pull: ["aks", "aks"] }), /pull\[1\]: 'aks' is there twice/],
  [
    "Google's Europe by another name",
    () => withTools({ region: "eu" }),
    /region: 'eu' is no place of Artifact Registry: .* europe/,
  ],
  [
    "one repository by two ways",
    () =>
      problemsWith({
        registries: {
          parts: { ...parts, name: "n", repositories: ["x/y"] },
          more: { ...parts, name: "n/x", repositories: ["y"] },
        },
      }),
    /registries\.more\.name: repository 'n\/x\/y' is registry 'parts's already/,
  ],
  ["everybody who pushes to Google", () => withTools({ push: ["allUsers"] }), /push\[0\]: 'allUsers' is nobody/],
  ["a cluster that isn't there", () => withImages({ pull: ["akz"] }), /pull\[0\]: no cluster is 'akz'; did you mean 'aks'/],
  ["a host of its own", () => withImages({ host: "ghcr.io/x" }), /host: is for `cloud: external`/],
  ["another's registry without a host", () => problemsWith({ registries: { there: { cloud: "external" } } }), /host: is missing/],
  [
    "another's registry with a region",
    () => problemsWith({ registries: { there: { cloud: "external", host: "ghcr.io/x", region: "uksouth" } } }),
    /region: is for registries that are made here/,
  ],
  [
    "a second replication in one account and region",
    () =>
      problemsWith({
        registries: { parts: { ...parts, replicas: ["eu-central-1"] }, more: { ...parts, replicas: ["us-east-1"] } },
      }),
    /registries\.more\.replicas: registry 'parts' is copied from the same account and region/,
  ],
  [
    "a name that another has",
    () => problemsWith({ registries: { parts: { ...parts, name: "team" }, more: { ...parts, name: "team" } } }),
    /registries\.more\.name: 'team' is the name of registry 'parts' already/,
  ],
  ["a stack id of a cluster", () => problemsWith({ registries: { "x-cluster": tools } }), /'x-cluster' ends with '-cluster'/],
  [
    "no account",
    () => problemsWith({ registries: { tools }, defaults: { google: undefined }, clusters: { gke: undefined } }),
    /tools\.google: is missing/,
  ],
  [
    "an image of no registry",
    () => withApp({ image: { ...app.image, registry: "image" } }),
    /image\.registry: no registry is called 'image'/,
  ],
  [
    "an image with a host",
    () => withApp({ image: { ...app.image, repository: "ghcr.io:5000/x" } }),
    /repository: .* is no path in a registry/,
  ],
  [
    "an image without a registry",
    () => withApp({ image: { repository: "shop", tag: "1" } }),
    /repository: 'shop' has no registry before it/,
  ],
  [
    "an image that isn't listed",
    () => withApp({ clusters: ["eks"], image: { ...app.image, registry: "parts", repository: "shops" } }, { parts }),
    /repository: registry 'parts' has no repository 'shops'; did you mean 'shop'/,
  ],
  [
    "a cluster that may not pull",
    () => withApp({}, { images: { ...images, pull: ["cloud:google"] } }),
    /which may not pull from 'images'/,
  ],
  [
    "a private registry without a network to push from",
    () => withImages({ access: "private" }),
    /ci: is missing: without a public way/,
  ],
  [
    "a private registry whose network a cluster spells otherwise",
    () =>
      problemsWith({
        registries: { images: { ...images, access: "private", ci, pull: ["aks"] } },
        clusters: {
          aks: {
            network: {
              cidr: undefined,
              pods: "10.6.0.0/16",
              services: "10.7.0.0/20",
              existing: { subnetId: ci.subnetId.replace("/net/", "/NET/") },
            },
          },
        },
      }),
    /ci.subnetId: '.*\/net\/.*' is the network of 'aks', which spells it '.*\/NET\/.*': write both alike/,
  ],
  ["a network to push from without need", () => withImages({ ci }), /ci: is for registries with `access: private`/],
  ["a private ECR", () => withParts({ access: "private" }), /access: 'private': ECR has no network of its own/],
  [
    "a private registry for another cloud",
    () => withImages({ access: "private", ci, pull: ["aks", "eks"] }),
    /access: 'private', and eks pulls from another cloud/,
  ],
  ["a login for what needs none", () => withImages({ secret: "acr" }), /secret: is for `cloud: external`/],
  [
    "a login of a database",
    () => problemsWith({ registries: { there: { cloud: "external", host: "ghcr.io/x", secret: "db-x" } } }),
    /secret: 'db-x': entries that begin so are logins of databases/,
  ],
  [
    "tokens without external-secrets",
    () => withApp({ clusters: ["eks"] }),
    /'shop' pulls from 'images' on eks, where external-secrets is missing/,
  ],
  [
    "a login without external-secrets",
    () =>
      withApp(
        { image: { ...app.image, registry: "there" } },
        { there: { cloud: "external", host: "ghcr.io/x", secret: "ghcr" } },
      ),
    /'shop' pulls from 'there' on aks, where external-secrets is missing, which fetches the login/,
  ],
  [
    "two registries of one account that trusts a cluster twice",
    () =>
      problemsWith({
        defaults: { addons: { externalSecrets: { enabled: true, keyVaultId } } },
        registries: {
          parts: { ...parts, aws: { accountId: "444455556666" } },
          more: { ...parts, aws: { accountId: "444455556666" } },
        },
        apps: {
          one: { ...app, image: { registry: "parts", repository: "shop", tag: "1" } },
          two: { ...app, image: { registry: "more", repository: "shop", tag: "1" } },
        },
      }),
    /registries\.more: 'aks' pulls from 'parts' in account 444455556666 too/,
  ],
])("%s is refused", (_, problems, expected) => {
  expect(problems()).toEqual([expect.stringMatching(expected)]);
  expect(problems()).toMatchSnapshot();
});

test("a second replicated registry passes where something else copies", () => {
  const other = { ...parts, name: "more", replicas: ["us-east-1"], replication: "external" };
  const { registries } = fleetWith({ registries: { parts: { ...parts, replicas: ["eu-central-1"] }, other } });
  expect(Object.keys(registries)).toEqual(["parts", "other"]);
});
