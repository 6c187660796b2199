import type { Rule } from "../../../../model/problems/problem";
import { access } from "../../../../model/rules/cluster/access";
import { api } from "../../../../model/rules/cluster/api";
import { pools } from "../../../../model/rules/cluster/pools";
import { regions } from "../../../../model/rules/cluster/regions";
import { resourceGroups } from "../../../../model/rules/cluster/resource-groups";
import { logRetention, maintenance, versions } from "../../../../model/rules/cluster/versions";
import { zones } from "../../../../model/rules/cluster/zones";
import { type Data, fleetWith, over } from "../../support";

const SOUND = fleetWith();

/** What a rule alone says where one cluster of the sound fleet has more. */
const saidBy = (rule: Rule, name: string, more: Data, dns: Data = {}): readonly string[] =>
  rule({
    ...SOUND,
    dns: over(SOUND.dns as never, dns) as never,
    clusters: SOUND.clusters.map((one) => (one.name === name ? over(one as never, more) : one) as typeof one),
  }).map(({ path, message, atKey }) => `${path.join(".")}${atKey ? " key" : ""}: ${message.split(/[:;,]/)[0]}`);

const MADE = { latitude: 1, longitude: 1, country: "FR", continent: "EU" };

test.each<[string, Rule, string, Data, string[]]>([
  [
    "half a place by longitude",
    regions,
    "eks",
    { location: { longitude: 1 } },
    ["clusters.eks.location: latitude and longitude are one place"],
  ],
  ["a whole place", regions, "eks", { location: { latitude: 1, longitude: 1 } }, []],
  ["regions of latency that exist", regions, "eks", { location: { awsRegion: "eu-west-2", azureRegion: "ukwest" } }, []],
  ["zones of a region that nobody knows", zones, "eks", { region: "nowhere-1", network: { zones: ["x"] } }, []],
  ["zones of Azure in a region newer than the catalogue", zones, "aks", { region: "newland", location: MADE }, []],
  [
    "zones of Google in a region newer than the catalogue",
    zones,
    "gke",
    { region: "newland1", location: MADE },
    ["clusters.gke.network.zones: the zones of newland1"],
  ],
  ["zones of a network that exists", zones, "eks", { region: "us-west-1", network: { existing: { vpcId: "vpc-1" } } }, []],
  ["two zones on EKS", zones, "eks", { network: { zones: ["eu-west-1a", "eu-west-1b"] } }, []],
  [
    "four zones on EKS",
    zones,
    "eks",
    { region: "us-east-1", network: { zones: ["a", "b", "c", "d"].map((zone) => `us-east-1${zone}`) } },
    [],
  ],
  ["one zone of a VPC that exists", zones, "eks", { network: { existing: { vpcId: "vpc-1" }, zones: ["eu-west-1a"] } }, []],
  ["one zone on AKS", zones, "aks", { network: { zones: ["1"] } }, []],
  [
    "a pool's second zone",
    zones,
    "eks",
    { network: { zones: ["eu-west-1a", "eu-west-1b"] }, pools: { main: { zones: ["eu-west-1b", "eu-west-1c"] } } },
    ["clusters.eks.pools.main.zones.1: 'eu-west-1c' is none of the cluster's zones"],
  ],
  [
    "a pool's zone where there is none",
    zones,
    "aks",
    { region: "ukwest", pools: { main: { zones: ["1"] } } },
    ["clusters.aks.pools.main.zones.0: '1' is none of the cluster's zones"],
  ],
  ["a version of a retired cluster", versions, "eks", { kubernetes: "1.20", retired: true }, []],
  [
    "a version that is over",
    versions,
    "eks",
    { kubernetes: "1.20" },
    ["clusters.eks.kubernetes: Kubernetes '1.20' is not known here"],
  ],
  ["long-term support of tier Premium", versions, "aks", { azure: { longTermSupport: true, tier: "Premium" } }, []],
  [
    "long-term support of a retired cluster",
    versions,
    "aks",
    { retired: true, azure: { longTermSupport: true, tier: "Standard" } },
    ["clusters.aks.azure.longTermSupport: long-term support needs `tier"],
  ],
  ["a tier alone", versions, "aks", { azure: { tier: "Free" } }, []],
  ["a window of twelve hours on GKE", maintenance, "gke", { maintenance: { durationHours: 12 } }, []],
  ["a window of four hours on AKS", maintenance, "aks", { maintenance: { durationHours: 4 } }, []],
  ["logs of AKS for 30 days", logRetention, "aks", { logRetentionDays: 30 }, []],
  [
    "logs of AKS for 29 days",
    logRetention,
    "aks",
    { logRetentionDays: 29 },
    ["clusters.aks.logRetentionDays: Log Analytics keeps logs for 30 to 730 days"],
  ],
  [
    "logs of AKS in a workspace of one's own",
    logRetention,
    "aks",
    { logRetentionDays: 7, azure: { logAnalyticsWorkspaceId: "x" } },
    [],
  ],
  ["logs of AKS for 730 days", logRetention, "aks", { logRetentionDays: 730 }, []],
  [
    "logs of AKS for 731 days",
    logRetention,
    "aks",
    { logRetentionDays: 731 },
    ["clusters.aks.logRetentionDays: Log Analytics keeps logs for 30 to 730 days"],
  ],
  ["logs of GKE for any time", logRetention, "gke", { logRetentionDays: 8 }, []],
  [
    "no administrators of EKS",
    access.administrators!,
    "eks",
    { aws: { admins: [] } },
    ["clusters.eks.aws.admins: nobody would administer the cluster"],
  ],
  [
    "no administrators of GKE",
    access.administrators!,
    "gke",
    { google: { admins: [] } },
    ["clusters.gke.google.admins: nobody would administer the cluster"],
  ],
  [
    "a workspace that is none",
    access.identities!,
    "aks",
    { azure: { logAnalyticsWorkspaceId: "logs" } },
    [expect.stringMatching(/^clusters\.aks\.azure\.logAnalyticsWorkspaceId: 'logs' is no/) as never],
  ],
  [
    "a runner that is a session",
    access.identities!,
    "eks",
    { aws: { runner: "arn:aws:sts::111122223333:assumed-role/ops/me" } },
    [expect.stringMatching(/^clusters\.eks\.aws\.runner: 'arn$/) as never],
  ],
  [
    "a private API of AKS without ways",
    api["api-access"]!,
    "aks",
    { api: { access: "private" } },
    [
      "clusters.aks.api.access: AKS has no allow-list for a private API",
      "clusters.aks.api.access: Terraform must reach a private API",
    ],
  ],
  [
    "a private API of EKS without a way",
    api["api-access"]!,
    "eks",
    { api: { access: "private" } },
    ["clusters.eks.api.access: Terraform must reach a private API"],
  ],
  [
    "a public API of GKE for nobody but by DNS",
    api["api-access"]!,
    "gke",
    { api: { allowFrom: [] }, google: { dnsEndpoint: true } },
    [],
  ],
  ["a proxy by http", api["api-proxy"]!, "eks", { api: { proxyUrl: "http://proxy:3128" } }, []],
  ["a proxy by https", api["api-proxy"]!, "eks", { api: { proxyUrl: "https://proxy:3128" } }, []],
  ["a proxy by socks5", api["api-proxy"]!, "eks", { api: { proxyUrl: "socks5://proxy:1080" } }, []],
  ...["socks5h://proxy", "xhttp://proxy", "proxy"].map((proxyUrl): [string, Rule, string, Data, string[]] => [
    `a proxy '${proxyUrl}'`,
    api["api-proxy"]!,
    "eks",
    { api: { proxyUrl } },
    ["clusters.eks.api.proxyUrl: it is no URL of a proxy"],
  ]),
  ...["http://me@proxy", "http://:pw@proxy"].map((proxyUrl): [string, Rule, string, Data, string[]] => [
    `a proxy '${proxyUrl}'`,
    api["api-proxy"]!,
    "eks",
    { api: { proxyUrl } },
    ["clusters.eks.api.proxyUrl: the URL has a user or password in it"],
  ]),
  [
    "several machines on AKS",
    pools["pool-machines"]!,
    "aks",
    { pools: { main: { machines: ["Standard_D4ds_v5", "Standard_D8ds_v5"] } } },
    ["clusters.aks.pools.main.machines: a pool of AKS has one machine type"],
  ],
])("%s: the rule says what is wrong, or nothing", (_what, rule, name, more, problems) => {
  expect(saidBy(rule, name, more)).toEqual(problems);
});

test("regions of the state and of the zone's group exist", () => {
  const said = (state: Data, dns: Data = {}) =>
    regions({ ...SOUND, state: state as never, dns: over(SOUND.dns as never, dns) as never }).map(
      ({ path, message }) => `${path.join(".")}: ${message}`,
    );
  const s3 = { backend: "s3", bucket: "b", region: "eu-west-9" };
  expect(said(s3)).toEqual(["state.region: 'eu-west-9' is no AWS region; did you mean 'eu-west-1'?"]);
  expect(said({ ...s3, region: "eu-west-1" })).toEqual([]);
  expect(said({ ...s3, endpoint: "https://s3.example.com" })).toEqual([]);
  expect(said({ backend: "local" }, { azure: { location: "uksoth" } })).toEqual([
    "dns.azure.location: 'uksoth' is no Azure region; did you mean 'uksouth'?",
  ]);
  expect(said({ backend: "local" }, { azure: { location: "uksouth" } })).toEqual([]);
});

test("a cluster's groups aren't those of the zone, whatever its capitals, nor of the profiles", () => {
  const subscriptionId = "00000000-0000-0000-0000-000000000001";
  const said = (name: string, engine: string, dnsOf: Data) =>
    saidBy(resourceGroups, "aks", { name }, { engine, azure: { subscriptionId, ...dnsOf } });
  expect(said("zone", "azure", { resourceGroup: "ACME-Zone" })).toEqual([
    "clusters.zone key: its resource group 'acme-zone' would also be that of the DNS zone",
  ]);
  expect(said("dns", "azure", { resourceGroup: "other" })).toEqual([]);
  expect(said("dns", "route53", {})).toEqual([]);
  expect(said("traffic-manager", "route53", {})).toEqual([
    "clusters.traffic-manager key: its resource group 'acme-traffic-manager' would also be that of Traffic Manager's profiles",
  ]);
  expect(said("traffic-manager", "route53", { subscriptionId: "other" })).toEqual([]);
});
