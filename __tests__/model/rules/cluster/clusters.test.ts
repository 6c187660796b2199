import { type Data, fleetWith, problemsWith } from "../../support";
import { existing } from "./fixtures";

const eks = (cluster: Data): Data => ({ clusters: { eks: cluster } });
const aks = (cluster: Data): Data => ({ clusters: { aks: cluster } });
const gke = (cluster: Data): Data => ({ clusters: { gke: cluster } });
test("only GKE counts the hours of its maintenance windows", () => {
  const maintenance = { durationHours: 4 };
  expect(problemsWith({ clusters: { eks: { maintenance }, aks: { maintenance } } })).toEqual([]);
  expect(problemsWith(gke({ maintenance }))).toEqual([
    expect.stringMatching(/^clusters\.gke\.maintenance\.durationHours: 4 hours a week are too few for GKE/),
  ]);
});

test("EKS lets nobody from private ranges into a public API; a private one is another matter", () => {
  const api = { allowFrom: ["203.0.113.0/24", "10.0.0.0/8"] };
  expect(problemsWith(eks({ api }))).toEqual([
    "clusters.eks.api.allowFrom[1]: 10.0.0.0/8 is private, and EKS takes only ranges from which the internet is reached for a public API: name the addresses that the network leaves by, or write `access: private`",
  ]);
  expect(problemsWith(eks({ api: { ...api, access: "private", runnerInNetwork: true } }))).toEqual([]);
  expect(problemsWith(gke({ api }))).toEqual([]);
});

test.each([
  ["admins", ["arn:aws-cn:iam::111122223333:role/platform"], "admins\\[0\\]"],
  ["runner", "arn:aws-us-gov:iam::111122223333:role/terraform", "runner"],
  ["permissionsBoundaryArn", "arn:aws-cn:iam::111122223333:policy/boundary", "permissionsBoundaryArn"],
])("of another partition nobody is known: %s", (field, value, at) => {
  expect(problemsWith(eks({ aws: { [field]: value } }))).toEqual([
    expect.stringMatching(new RegExp(`^clusters\\.eks\\.aws\\.${at}: .* and eu-west-1 is in aws, where nobody`)),
  ]);
});

const PLACES: [string, Data, string[]][] = [
  [
    "a misspelt region",
    gke({ region: "europe-wset3" }),
    ["clusters.gke.region: 'europe-wset3' is no Google region; did you mean 'europe-west3'?"],
  ],
  [
    "a region as Azure's portal writes it",
    aks({ region: "UK South" }),
    ["clusters.aks.region: 'UK South' is no Azure region; did you mean 'uksouth'?"],
  ],
  [
    "another cloud's region",
    eks({ region: "uksouth" }),
    ["clusters.eks.region: 'uksouth' is no AWS region, but one of Azure; did you mean 'eu-west-2'?"],
  ],
  [
    "half a place",
    eks({ location: { latitude: 1 } }),
    ["clusters.eks.location: latitude and longitude are one place: give both or neither"],
  ],
  [
    "a wrong latency region",
    aks({ location: { awsRegion: "eu-west-7", azureRegion: "ukwset" } }),
    [
      "clusters.aks.location.awsRegion: 'eu-west-7' is no AWS region; did you mean 'eu-west-1'?",
      "clusters.aks.location.azureRegion: 'ukwset' is no Azure region; did you mean 'ukwest'?",
    ],
  ],
  [
    "an existing cluster that is nowhere",
    existing({ region: undefined }),
    [
      "clusters.old.location: where the cluster is can't be known: name the nearest `region` of any cloud, or give latitude, longitude, country and continent under `location`",
    ],
  ],
  [
    "an existing cluster in an unknown region",
    existing({ region: "rack-7" }),
    [
      "clusters.old.region: 'rack-7' is no region of AWS, Azure or Google: name one that is near, or give latitude, longitude, country and continent under `location`",
    ],
  ],
];

test.each(PLACES)("%s is refused", (_what, changes, problems) => {
  expect(problemsWith(changes)).toEqual(problems);
});

test("a region newer than the catalogue is taken when the file says where it is", () => {
  const location = { latitude: -42.9, longitude: 147.3, country: "AU", continent: "OC" };
  expect(() =>
    fleetWith(gke({ region: "australia-southeast9", location, network: { zones: ["australia-southeast9-a"] } })),
  ).not.toThrow();
});

const VERSIONS: [string, Data, string[]][] = [
  [
    "a version that only extended support has",
    eks({ kubernetes: "1.33" }),
    [
      "clusters.eks.kubernetes: EKS has ended standard support of Kubernetes '1.33'; take 1.34 or newer, or pay for longer support with aws.supportType: EXTENDED",
    ],
  ],
  [
    "a version from the future",
    gke({ kubernetes: "1.99" }),
    ["clusters.gke.kubernetes: Kubernetes '1.99' is not known here; allowed: 1.33, 1.34, 1.35, 1.36, 1.37"],
  ],
  [
    "long-term support of a tier that has none",
    aks({ azure: { longTermSupport: true } }),
    ["clusters.aks.azure.longTermSupport: long-term support needs `tier: Premium`, and this one is Standard"],
  ],
  [
    "log retention that CloudWatch doesn't know",
    eks({ logRetentionDays: 100 }),
    [
      "clusters.eks.logRetentionDays: CloudWatch can't keep logs for 100 days; the next that it can is 120, and all are 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653",
    ],
  ],
  [
    "log retention that Log Analytics doesn't know",
    aks({ logRetentionDays: 7 }),
    ["clusters.aks.logRetentionDays: Log Analytics keeps logs for 30 to 730 days, not 7"],
  ],
  [
    "a window that GKE refuses",
    gke({ maintenance: { durationHours: 4 } }),
    ["clusters.gke.maintenance.durationHours: 4 hours a week are too few for GKE, which wants 48 hours in any 32 days: 12 to 24"],
  ],
];

test.each(VERSIONS)("%s is refused", (_what, changes, problems) => {
  expect(problemsWith(changes)).toEqual(problems);
});

test("old versions are taken where longer support is paid for, and of retired clusters", () => {
  expect(() =>
    fleetWith({
      clusters: {
        eks: { kubernetes: "1.33", aws: { supportType: "EXTENDED" } },
        aks: { kubernetes: "1.33", azure: { longTermSupport: true, tier: "Premium" } },
        gke: { kubernetes: "1.33", retired: true },
      },
    }),
  ).not.toThrow();
});

const API: [string, Data, string[]][] = [
  [
    "a public API for nobody",
    eks({ api: { allowFrom: [] } }),
    [
      "clusters.eks.api.allowFrom: a public API needs the ranges that may reach it, at least those of the people and of the runner of Terraform; or write `access: private`",
    ],
  ],
  [
    "an API for everybody",
    eks({ api: { allowFrom: ["0.0.0.0/0"] } }),
    [
      "clusters.eks.api.allowFrom[0]: 0.0.0.0/0 opens the Kubernetes API to everybody: name the ranges of people and runner, or use `access: private` with a proxy",
    ],
  ],
  [
    "host bits",
    eks({ api: { allowFrom: ["203.0.113.9/24"] } }),
    ["clusters.eks.api.allowFrom[0]: '203.0.113.9/24' has bits behind its prefix length: write 203.0.113.0/24"],
  ],
  [
    "more ranges than EKS takes",
    eks({ api: { allowFrom: Array.from({ length: 41 }, (_, index) => `203.0.113.${index}/32`) } }),
    ["clusters.eks.api.allowFrom: 41 ranges are too many: at most 40 on aws"],
  ],
  [
    "a private API that Terraform can't reach",
    gke({ api: { access: "private" } }),
    [
      "clusters.gke.api.access: Terraform must reach a private API: give `proxyUrl`, or say `runnerInNetwork: true`, or open the DNS endpoint with `google.dnsEndpoint: true`",
    ],
  ],
  [
    "an allow-list of a private AKS API",
    aks({ api: { access: "private", runnerInNetwork: true } }),
    [
      "clusters.aks.api.access: AKS has no allow-list for a private API: write `allowFrom: null`, which also removes the defaults'",
    ],
  ],
  [
    "a password in a proxy's URL",
    eks({ api: { proxyUrl: "http://me:secret@proxy.example.com:3128" } }),
    [
      "clusters.eks.api.proxyUrl: the URL has a user or password in it, and would show them to everybody who reads the output: remove them",
    ],
  ],
  [
    "a proxy that is none",
    eks({ api: { proxyUrl: "ftp://proxy" } }),
    ["clusters.eks.api.proxyUrl: it is no URL of a proxy: http://, https:// or socks5://, host and port"],
  ],
];

test.each(API)("%s is refused", (_what, changes, problems) => {
  expect(problemsWith(changes)).toEqual(problems);
});

test("private APIs are taken with a proxy, with the runner inside, and with GKE's DNS endpoint", () => {
  expect(() =>
    fleetWith({
      clusters: {
        eks: { api: { access: "private", proxyUrl: "socks5://127.0.0.1:1080" } },
        aks: { api: { access: "private", allowFrom: null, runnerInNetwork: true } },
        gke: { api: { access: "private", allowFrom: null }, google: { dnsEndpoint: true } },
      },
    }),
  ).not.toThrow();
});

const ACCESS: [string, Data, string[]][] = [
  [
    "a cluster without administrators",
    aks({ azure: { admins: [] } }),
    [
      "clusters.aks.azure.admins: nobody would administer the cluster: name object ids of Entra groups; whoever runs Terraform gets no rights by that",
    ],
  ],
  [
    "a session as administrator",
    eks({ aws: { admins: ["arn:aws:sts::111122223333:assumed-role/ops/me"] } }),
    [
      "clusters.eks.aws.admins[0]: 'arn:aws:sts::111122223333:assumed-role/ops/me' is a session, which ends: name its role, arn:aws:iam::111122223333:role/ops",
    ],
  ],
  [
    "an administrator twice",
    gke({ google: { admins: ["user:a@example.com", "user:a@example.com"] } }),
    ["clusters.gke.google.admins[1]: 'user:a@example.com' stands here already, at place 1 of the list"],
  ],
  [
    "a key of another region",
    eks({ aws: { secretsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/1" } }),
    [
      "clusters.eks.aws.secretsKeyArn: 'arn:aws:kms:us-east-1:111122223333:key/1' is no KMS key in the cluster's region: arn:aws:kms:eu-west-1:<account>:key/<id>",
    ],
  ],
  [
    "a key of another location",
    gke({ google: { secretsKey: "projects/p/locations/global/keyRings/r/cryptoKeys/k" } }),
    [
      "clusters.gke.google.secretsKey: 'projects/p/locations/global/keyRings/r/cryptoKeys/k' is no Cloud KMS key in the cluster's region: projects/<project>/locations/europe-west3/keyRings/<ring>/cryptoKeys/<key>",
    ],
  ],
  [
    "a private zone of another region",
    aks({
      azure: { privateDnsZone: "/subscriptions/s/providers/Microsoft.Network/privateDnsZones/privatelink.ukwest.azmk8s.io" },
    }),
    [
      "clusters.aks.azure.privateDnsZone: '/subscriptions/s/providers/Microsoft.Network/privateDnsZones/privatelink.ukwest.azmk8s.io' is neither System nor None nor the resource id of a zone privatelink.uksouth.azmk8s.io",
    ],
  ],
];

test.each(ACCESS)("%s is refused", (_what, changes, problems) => {
  expect(problemsWith(changes)).toEqual(problems);
});
