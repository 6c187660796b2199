import { type Data, fleetWith, problemsWith } from "../../support";

/** In an Azure zone only AKS clusters prove names. */
const noIssuers = { addons: { certManager: { issuers: "none" } } };
const shop = (app: Data): Data => ({
  apps: { shop: { chart: "shop", repository: "oci://charts.example.com/shop", version: "1.2.3", ...app } },
});

const DNS: [string, Data, string[]][] = [
  [
    "a zone without an account",
    { defaults: { aws: null }, clusters: { eks: undefined } },
    [
      "dns.aws: the AWS account of the zone is not known: give dns.aws.accountId, or defaults.aws, or AWS clusters that all are in one account",
    ],
  ],
  [
    "an Azure zone without a subscription",
    {
      dns: { engine: "azure" },
      defaults: { azure: null },
      clusters: { eks: undefined, aks: undefined, gke: { addons: { certManager: { enabled: false } } } },
    },
    [
      "dns.azure: the Azure subscription of the zone is not known: give subscriptionId and tenantId under dns.azure, or defaults.azure, or AKS clusters that all are in one subscription",
    ],
  ],
  [
    "a parent that isn't one",
    { dns: { parent: { zone: "example.org" } } },
    ["dns.parent.zone: 'example.org' is no parent of 'k8s.example.com', whose parents are example.com"],
  ],
  [
    "a parent of an existing zone",
    { dns: { existing: true, parent: { zone: "example.com" } } },
    ["dns.parent: a zone that exists is delegated already: remove `parent`, or `existing: true`"],
  ],
  [
    "a parent in Azure without its place",
    { dns: { parent: { zone: "example.com", engine: "azure" } } },
    ["dns.parent.azure: is missing: subscriptionId, tenantId and resourceGroup of the parent zone in Azure"],
  ],
  [
    "an authority that is none",
    { dns: { caa: ["Let's Encrypt"] } },
    ["dns.caa[0]: 'Let's Encrypt' is no certificate authority's domain, such as letsencrypt.org"],
  ],
];

const REST: [string, Data, string[]][] = [
  [
    "an application on an unknown cluster",
    shop({ clusters: ["ekz"] }),
    ["apps.shop.clusters[0]: no cluster is called 'ekz'; did you mean 'eks'?"],
  ],
  [
    "an application twice on a cluster",
    shop({ clusters: ["eks", "eks"] }),
    ["apps.shop.clusters[1]: 'eks' stands here already, at place 1 of the list"],
  ],
  [
    "a chart repository over plain HTTP",
    shop({ repository: "http://charts.example.com" }),
    ["apps.shop.repository: 'http://charts.example.com' is no chart repository: a URL that starts with https:// or oci://"],
  ],
  [
    "a login in a chart repository",
    shop({ repository: "https://me:pw@charts.example.com" }),
    [
      "apps.shop.repository: the URL has a user or password in it, and would show them to everybody who reads the output: remove them",
    ],
  ],
  [
    "Kubernetes' own namespace",
    shop({ namespace: "kube-system" }),
    ["apps.shop.namespace: 'kube-system' is Kubernetes' own: take another namespace"],
  ],
  ["a drain of nobody", { drain: ["ekss"] }, ["drain[0]: no cluster is called 'ekss'; did you mean 'eks'?"]],
  [
    "what only Route53 has, for a zone in Azure",
    {
      dns: { engine: "azure", acceleratedRecovery: true, forceDestroy: true },
      clusters: { eks: noIssuers, gke: noIssuers },
    },
    [
      "dns.acceleratedRecovery: only Route53 has it: remove it",
      "dns.forceDestroy: only Route53 has it: Azure destroys a zone with all its records anyway",
    ],
  ],
  [
    "another fleet's stack",
    { destroyedStacks: ["other-route53"] },
    ["destroyedStacks[0]: 'other-route53' is no stack of this fleet: their ids start with 'acme-'"],
  ],
  [
    "a state bucket in no region",
    { state: { backend: "s3", bucket: "acme-state", region: "eu-west-9" } },
    ["state.region: 'eu-west-9' is no AWS region; did you mean 'eu-west-1'?"],
  ],
  [
    "a prefix that runs into the key",
    { state: { backend: "gcs", bucket: "acme-state", prefix: "fleets" } },
    ["state.prefix: 'fleets' would run into the stack's id: end it with '/'"],
  ],
  ...["/fleets/", "fleets//prod/"].map((prefix): [string, Data, string[]] => [
    `a prefix with an empty part, ${prefix}`,
    { state: { backend: "gcs", bucket: "acme-state", prefix } },
    [`state.prefix: '${prefix}' would make keys with empty parts: no slash at the start, no two in a row`],
  ]),
  [
    "a storage account that Azure refuses",
    {
      state: {
        backend: "azurerm",
        subscriptionId: "00000000-0000-0000-0000-000000000001",
        resourceGroup: "g",
        storageAccount: "Acme-State",
        container: "state",
      },
    },
    ["state.storageAccount: 'Acme-State' can't be the storageAccount: 3 to 24 lower-case letters and digits"],
  ],
  [
    "a password in a state server's address",
    { state: { backend: "http", address: "https://me:pw@state.example.com/{stack}" } },
    [
      "state.address: the URL has a user or password in it, which would stand in every stack: remove them and set TF_HTTP_USERNAME and TF_HTTP_PASSWORD",
    ],
  ],
];

test.each([...DNS, ...REST])("%s is refused", (_what, changes, problems) => {
  expect(problemsWith(changes)).toEqual(problems);
});

describe("the zone's account", () => {
  test("is the defaults' account and role where dns has none", () => {
    const role = "arn:aws:iam::111122223333:role/deploy";
    expect(fleetWith({ defaults: { aws: { assumeRoleArn: role } } }).dns.aws).toEqual({
      accountId: "111122223333",
      assumeRoleArn: role,
    });
  });

  test("is the one account of all EKS clusters where the defaults have none", () => {
    const fleet = fleetWith({
      defaults: { aws: { accountId: undefined } },
      clusters: { eks: { aws: { accountId: "444455556666" } } },
    });
    expect(fleet.dns.aws?.accountId).toBe("444455556666");
  });

  test("is dns's own where it has one", () => {
    expect(fleetWith({ dns: { aws: { accountId: "777788889999" } } }).dns.aws).toEqual({ accountId: "777788889999" });
  });

  test("is a subscription for an Azure zone and for Traffic Manager, and only for them", () => {
    const subscription = {
      subscriptionId: "00000000-0000-0000-0000-000000000001",
      tenantId: "00000000-0000-0000-0000-000000000002",
    };
    expect(fleetWith({}).dns.azure).toBeUndefined();
    expect(fleetWith({ names: { app: { policy: "weighted", engine: "traffic-manager" } } }).dns.azure).toMatchObject(
      subscription,
    );
    const azure = fleetWith({ dns: { engine: "azure" }, clusters: { eks: noIssuers, gke: noIssuers } });
    expect(azure.dns).toMatchObject({ azure: subscription });
    expect(azure.dns.aws).toBeUndefined();
  });
});
