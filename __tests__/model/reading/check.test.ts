import { pathText } from "../../../model/problems/fleet-error";
import { didYouMean } from "../../../model/problems/wording";
import { type Data, problemsOfText, problemsWith } from "../support";

const OLD = { endpoint: "https://old.example.com", exec: { command: "token" }, ingress: { ips: ["192.0.2.1"] } };

/** A change to the sound fleet, and the one problem that it makes. */
const SHAPES: [string, Data, string][] = [
  [
    "a misspelt key",
    { clusters: { eks: { maintenence: {} } } },
    "clusters.eks.maintenence: there is no field 'maintenence' here; did you mean 'maintenance'?",
  ],
  [
    "a misspelt key that is needed",
    { dns: { zone: undefined, zon: "k8s.example.com" } },
    "dns.zon: there is no field 'zon' here; did you mean 'zone'?",
  ],
  [
    "a misspelt key beside the right one",
    { fleeet: "acme" },
    "fleeet: there is no field 'fleeet' here, and 'fleet' is here already: remove it",
  ],
  [
    "a block that only its cloud has",
    { defaults: { aws: undefined }, dns: { aws: { accountId: "111122223333" } } },
    "clusters.eks.aws: is missing: write accountId, runner and admins there, or under `defaults.aws`",
  ],
  ["an empty field that is needed", { dns: { zone: null } }, "dns.zone: is empty: write text"],
  ["an empty field that isn't", { tags: null }, "tags: is empty: write a map, or remove the key"],
  ["an empty entry of a list", { drain: [null] }, "drain[0]: is empty: write text, or remove the entry"],
  [
    "a block of another cluster's in the defaults",
    { defaults: { existing: {} } },
    "defaults.existing: there is no field 'existing' here; allowed: region, kubernetes, retired, deletionProtection, network, api, pools, servers, maintenance, logRetentionDays, location, tags, labels, addons, overrides, aws, azure, google",
  ],
  [
    "a misspelt key in the defaults",
    { defaults: { api: { acess: "public" } } },
    "defaults.api.acess: there is no field 'acess' here; did you mean 'access'?",
  ],
  [
    "a misspelt key in the defaults beside the right one",
    { defaults: { api: { allowForm: [] } } },
    "defaults.api.allowForm: there is no field 'allowForm' here, and 'allowFrom' is here already: remove it",
  ],
  ["a misspelt cloud", { clusters: { eks: { cloud: "awz" } } }, "clusters.eks.cloud: 'awz' is not allowed; did you mean 'aws'?"],
  [
    "a cloud by its service",
    { clusters: { eks: { cloud: "GKE", region: "europe-west1" } } },
    "clusters.eks.cloud: 'GKE' is not allowed; did you mean 'google'?",
  ],
  [
    "no cloud",
    { clusters: { eks: { cloud: undefined } } },
    "clusters.eks.cloud: is missing; allowed: aws, azure, google, existing",
  ],
  [
    "a misspelt policy",
    { names: { app: { policy: "wieghted" } } },
    "names.app.policy: 'wieghted' is not allowed; did you mean 'weighted'?",
  ],
  [
    "a misspelt add-on",
    { clusters: { eks: { addons: { certManger: {} } } } },
    "clusters.eks.addons.certManger: there is no field 'certManger' here; did you mean 'certManager'?",
  ],
  [
    "a misspelt field of a member",
    { names: { app: { policy: "weighted", members: [{ cluster: "eks", wieght: 1 }, "aks"] } } },
    "names.app.members[0].wieght: there is no field 'wieght' here; did you mean 'weight'?",
  ],
  [
    "an enum that is far from everything",
    { clusters: { eks: { aws: { supportType: "premium" } } } },
    "clusters.eks.aws.supportType: 'premium' is not allowed; allowed: STANDARD, EXTENDED",
  ],
  [
    "a list that isn't one",
    { clusters: { eks: { api: { allowFrom: "203.0.113.0/24" } } } },
    "clusters.eks.api.allowFrom: '203.0.113.0/24' is text, and this is a list: write [203.0.113.0/24]",
  ],
  [
    "a number where a list belongs",
    { clusters: { eks: { network: { zones: 2.5 } } } },
    "clusters.eks.network.zones: 2.5 is not a list: write [2.5]",
  ],
  [
    "a map where a list belongs",
    { names: { app: { policy: "latency", members: { eks: 1 } } } },
    "names.app.members: a map is not a list: write - { cluster: eks, weight: 1 }",
  ],
  [
    "a map where another list belongs",
    { drain: { eks: true } },
    "drain: a map is not a list: write `- …` for each instead of `name: …`",
  ],
  [
    "a weight under a cluster's name",
    { names: { app: { policy: "weighted", members: [{ eks: 90 }, "aks"] } } },
    "names.app.members[0]: a cluster's name is no field: write { cluster: eks, weight: 90 }",
  ],
  [
    "fields under a cluster's name",
    { names: { app: { policy: "weighted", members: [{ eks: { weight: 90 } }, "aks"] } } },
    "names.app.members[0]: a cluster's name is no field: write { cluster: eks, weight: 90 }",
  ],
  [
    "two members in one",
    { names: { app: { policy: "weighted", members: [{ eks: 90, aks: 10 }] } } },
    "names.app.members[0]: a cluster's name is no field: write { cluster: eks, weight: 90 }, { cluster: aks, weight: 10 }, each as a member of its own",
  ],
  [
    "a cluster under a group's field",
    { names: { app: { policy: "weighted", members: [{ name: "eks", weight: 90 }, "aks"] } } },
    "names.app.members[0]: `name` is that of a group, which has a policy and members; a cluster is written { cluster: eks, weight: 90 }",
  ],
  [
    "a word of YAML 1.1 for true",
    { clusters: { eks: { retired: "yes" } } },
    "clusters.eks.retired: 'yes' is text to YAML, and this is true or false: write true",
  ],
  [
    "a choice in other capitals",
    { clusters: { gke: { google: { releaseChannel: "regular" } } } },
    "clusters.gke.google.releaseChannel: 'regular' is not allowed; did you mean 'REGULAR'?",
  ],
  [
    "a name out of a fixed set",
    { clusters: { eks: { aws: { addonVersions: { calico: "v1.2.3-eksbuild.1" } } } } },
    "clusters.eks.aws.addonVersions.calico: there is no field 'calico' here; allowed: aws-ebs-csi-driver, coredns, eks-node-monitoring-agent, eks-pod-identity-agent, kube-proxy, snapshot-controller, vpc-cni",
  ],
  [
    "an address where a range belongs",
    { clusters: { eks: { api: { allowFrom: ["203.0.113.7"] } } } },
    "clusters.eks.api.allowFrom[0]: '203.0.113.7' is not valid: an IPv4 CIDR, and this is an address; that address alone is 203.0.113.7/32",
  ],
  [
    "a text with nothing in it",
    { clusters: { eks: { api: { proxyUrl: undefined } }, gke: { network: { existing: { network: " " } } } } },
    "clusters.gke.network.existing.network: ' ' is not valid: nothing stands there: write what it is, or leave the key out",
  ],
  [
    "a cloud for all clusters",
    { defaults: { cloud: "aws" } },
    "defaults.cloud: 'cloud' is said by each cluster for itself: write it there, and remove it here",
  ],
  [
    "a map that isn't one",
    { clusters: { eks: { pools: { main: { taints: ["spot=true:NoSchedule"] } } } } },
    "clusters.eks.pools.main.taints[0]: 'spot=true:NoSchedule' is not a map: write its fields, { key: …, effect: … }; it takes key, value, effect",
  ],
  [
    "a text that stands for a list of few",
    {
      apps: {
        a: {
          image: { repository: "ghcr.io/a/b", tag: "1" },
          rights: { aws: { policies: "arn:aws:iam::111122223333:policy/x" } },
        },
      },
    },
    "apps.a.rights.aws.policies: 'arn:aws:iam::111122223333:policy/x' is text, and this is a list: write [arn:aws:iam::111122223333:policy/x]",
  ],
  [
    "a share of a hundred",
    {
      apps: {
        a: { image: { repository: "ghcr.io/a/b", tag: "variable" }, values: { port: 8080 }, colours: { a: "90%", b: 10 } },
      },
    },
    "apps.a.colours.a: '90%' is not a number: write 90",
  ],
  [
    "a switch for an add-on",
    { clusters: { eks: { addons: { monitoring: true } } } },
    "clusters.eks.addons.monitoring: true is not a map: write { enabled: true }",
  ],
  [
    "a list where names belong",
    { clusters: { eks: { pools: [{ min: 1 }] } } },
    "clusters.eks.pools: a list of 1 is not a map: write `name: …` for each instead of `- …`",
  ],
  [
    "a truth value in quotes",
    { clusters: { eks: { retired: "true" } } },
    "clusters.eks.retired: 'true' is text to YAML, and this is true or false: write it without quotes",
  ],
  [
    "a number in quotes",
    { clusters: { eks: { logRetentionDays: "90" } } },
    "clusters.eks.logRetentionDays: '90' is text to YAML, and this is a number: write it without quotes",
  ],
  [
    "a broken number",
    { clusters: { eks: { logRetentionDays: 7.5 } } },
    "clusters.eks.logRetentionDays: 7.5 is not a whole number",
  ],
  [
    "too much",
    { clusters: { eks: { pools: { main: { max: 2000 } } } } },
    "clusters.eks.pools.main.max: 2000 is too much: at most 1000",
  ],
  [
    "too little",
    { clusters: { eks: { pools: { main: { diskGib: 1 } } } } },
    "clusters.eks.pools.main.diskGib: 1 is too little: at least 20",
  ],
  [
    "an empty list",
    { clusters: { eks: { network: { zones: [] } } } },
    "clusters.eks.network.zones: an empty list is too little: at least 1 entry",
  ],
  [
    "a pattern",
    { defaults: { aws: { accountId: "1234" } } },
    "defaults.aws.accountId: '1234' is not valid: an AWS account id: twelve digits, in quotes",
  ],
  [
    "a beginning",
    { defaults: { aws: { runner: "role/x" } } },
    "defaults.aws.runner: 'role/x' is not valid: it must start with 'arn:'",
  ],
  [
    "a part",
    { state: { backend: "http", address: "https://state.example.com" } },
    "state.address: 'https://state.example.com' is not valid: it must have '{stack}' in it",
  ],
  [
    "a cluster's name",
    { clusters: { Big_One: { cloud: "aws", region: "eu-west-2", network: { cidr: "10.9.0.0/16" } } } },
    "clusters.Big_One: 'Big_One' is not valid: a cluster name is lower-case letters, digits and single hyphens, starting with a letter",
  ],
  [
    "a cluster's name that is too long for what is made from it",
    { clusters: { "a-cluster-name-of-thirty-letters": { cloud: "existing", region: "eu-west-2", existing: OLD } } },
    "clusters.a-cluster-name-of-thirty-letters: 'a-cluster-name-of-thirty-letters' is not valid: a cluster name has at most 20 characters, so that every name made from it fits each cloud's limits",
  ],
  [
    "a pool's name",
    { clusters: { eks: { pools: { Main: {} } } } },
    "clusters.eks.pools.Main: 'Main' is not valid: a pool name is lower-case letters, digits and single hyphens, starting with a letter",
  ],
  [
    "a choice of numbers",
    { names: { app: { policy: "latency", probe: { intervalSeconds: 20 } } } },
    "names.app.probe.intervalSeconds: 20 is not allowed; allowed: 30, 10",
  ],
];

test.each(SHAPES)("%s is one problem, in words", (_what, changes, problem) => {
  expect(problemsWith(changes)).toEqual([problem]);
});

const NUMBERS = `fleet: acme
dns: { zone: k8s.example.com, aws: { accountId: 000011112222 } }
clusters:
  gke:
    cloud: google
    region: europe-west3
    kubernetes: 1.30
    network: { cidr: 10.0.0.0/16 }
    api:
    google: { projectId: acme-platform, admins: [user:a@example.com], runner: user:b@example.com }
`;

test("numbers that should be text are shown as they were written, zeros included", () => {
  expect(problemsOfText(NUMBERS).slice(0, 2)).toEqual([
    'x.yaml:2:49 dns.aws.accountId: 000011112222 is a number to YAML, and this is text: write it in quotes, "000011112222"',
    'x.yaml:7:17 clusters.gke.kubernetes: 1.30 is a number to YAML, and this is text: write it in quotes, "1.30"',
  ]);
});

test("a key without a value counts as not written in a cluster, and is a problem elsewhere", () => {
  expect(problemsOfText(NUMBERS).some((problem) => problem.includes("gke.api:"))).toBe(false);
  expect(problemsOfText(`${NUMBERS}drain:\n`).at(-1)).toBe("x.yaml:11:1 drain: is empty: write a list, or remove the key");
});

test("secrets are not repeated: long values are cut", () => {
  const [problem] = problemsWith({ defaults: { aws: { runner: "x".repeat(500) } } });
  expect(problem!.length).toBeLessThan(150);
});

test.each([
  ["sidney", ["sydney", "toronto"], "; did you mean 'sydney'?"],
  ["SYDNEY", ["sydney"], "; did you mean 'sydney'?"],
  ["berlin", ["sydney", "toronto"], "; allowed: sydney, toronto"],
  ["a", [], "; allowed: none"],
])("%s among %j: %s", (word, candidates, end) => {
  expect(didYouMean(word, candidates)).toBe(end);
});

test("paths name list places, and bracket keys that have dots in them", () => {
  expect(pathText(["names", "a.b", "members", 0, "cluster"])).toBe('names["a.b"].members[0].cluster');
});
