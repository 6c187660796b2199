import { latencyWarnings } from "../../../../model/warnings/latency";
import { clusterAt, fleetFileOf, fleetOf, withIngress } from "../../../routing/fleets";
import { azure, hostedAlone, one, type Parts, problems, tm, withHosted } from "./fixtures";

const office = withIngress(clusterAt(5, 3, 1), { ips: ["192.168.1.7"] });

test.each<[string, Parts, string[]]>([
  [
    "a private address behind a name whose health is asked",
    { ...one({ policy: "failover", members: ["toronto", "office"] }), clusters: { toronto: clusterAt(2, 1, 1), office } },
    [
      "names.app: cluster 'office' is known by 192.168.1.7, which is private, and health is asked from the internet: it would never count as healthy; give public addresses, or use policy simple",
    ],
  ],
  [
    "nothing: a private address behind a name without health",
    { ...one({ policy: "simple", members: ["office"] }), clusters: { office } },
    [],
  ],
  [
    "Route53 with an Azure zone",
    azure({ policy: "latency", engine: "route53" }),
    [
      "names.app.engine: Route53 answers only for zones of its own, and 'k8s.example.com' is in Azure DNS; use engine traffic-manager",
    ],
  ],
  [
    "Route53 and a cluster with a host name",
    { ...one({ policy: "latency", members: ["hosted", "sydney"] }), clusters: withHosted },
    [
      "names.app: cluster 'hosted' is known by a host name, and cluster 'sydney' is known by addresses: in a Route53 zone all records of a name are one or the other; give ingress.ips, or ingress.zoneId where the host name is an AWS load balancer's, or put it behind another name, or use engine traffic-manager, which takes both",
    ],
  ],
  [
    "Route53 and a host name deep in a nested group",
    {
      ...one({ policy: "latency", members: ["sydney", { name: "na", policy: "failover", members: ["toronto", "hosted"] }] }),
      clusters: withHosted,
    },
    [
      "names.app: cluster 'hosted' is known by a host name, and clusters 'sydney', 'toronto' are known by addresses: in a Route53 zone all records of a name are one or the other; give ingress.ips, or ingress.zoneId where the host name is an AWS load balancer's, or put it behind another name, or use engine traffic-manager, which takes both",
    ],
  ],
  [
    "a host name at the apex of a Route53 zone",
    { names: { "@": { policy: "simple", members: ["hosted"] } }, clusters: withHosted },
    [
      "names.@: the zone's own name takes no CNAME, and cluster 'hosted' is known by a host name; give ingress.ips, or ingress.zoneId where the host name is an AWS load balancer's, or use another name for this",
    ],
  ],
  ["nothing: host names alone", { ...one({ policy: "failover", members: ["hosted", "hosted2"] }), clusters: hostedAlone }, []],
  [
    "nothing: Traffic Manager and both",
    { ...one({ policy: "latency", members: ["hosted", "sydney"], ...tm }), clusters: withHosted },
    [],
  ],
  [
    "Route53 and a weight above 255",
    one({ policy: "weighted", members: [{ cluster: "sydney", weight: 256 }] }),
    ["names.app.members.0.weight: 256 is too much: route53 takes 0 to 255; divide all weights of the group"],
  ],
  [
    "Traffic Manager and geoproximity",
    one({ policy: "geoproximity", ...tm }),
    ["names.app: Traffic Manager has no geoproximity; engine route53 has, or use policy latency"],
  ],
  [
    "Traffic Manager and simple",
    one({ policy: "simple", members: ["sydney"], ...tm }),
    ["names.app.engine: simple needs no Traffic Manager: a record of the zone does it; use engine route53"],
  ],
  [
    "Traffic Manager without a subscription",
    { ...one({ policy: "latency", ...tm }), withoutAzure: true },
    ["names.app.engine: Traffic Manager needs an Azure subscription for its profiles; give dns.azure, or use engine route53"],
  ],
  [
    "Traffic Manager and Western Sahara",
    one({ policy: "geolocation", members: [{ cluster: "sydney", locations: ["default", { country: "EH" }] }], ...tm }),
    ["names.app.members.0.locations: Traffic Manager has no region for Western Sahara ('EH'); engine route53 has"],
  ],
  [
    "Traffic Manager at the apex of a Route53 zone",
    { names: { "@": { policy: "latency", ...tm } } },
    ["names.@: the zone's own name can't be a CNAME, which is how a Route53 zone leads to Traffic Manager; use engine route53"],
  ],
  [
    "a host name at the apex of an Azure zone",
    { names: { "@": { policy: "simple", members: ["hosted"] } }, clusters: withHosted, engine: "azure" },
    [
      "names.@: cluster 'hosted' is known by a host name, and the zone's own name takes no CNAME; give its ingress.ips, or use another name",
    ],
  ],
  [
    "nested profiles at the apex of an Azure zone",
    {
      names: {
        "@": { policy: "latency", members: ["sydney", { name: "na", policy: "failover", members: ["toronto", "montreal"] }] },
      },
      engine: "azure",
    },
    [
      "names.@: latency of nested policies needs nested profiles, and at the zone's own name Azure takes only profiles of addresses; use another name, or a zone in Route53",
    ],
  ],
  [
    "unequal addresses at the apex",
    { names: { "@": { policy: "latency" } }, engine: "azure" },
    [
      "names.@: the members have 1, 3, 1, 1 addresses; at the zone's own name Azure takes only profiles of addresses, one endpoint each, so that members of one region would get unequal parts; use another name, or policy weighted",
    ],
  ],
  [
    "addresses of a cluster without",
    { ...azure({ policy: "multivalue", members: ["hosted"] }), clusters: withHosted },
    [
      "names.app.members.0: cluster 'hosted' is known by a host name, and multivalue answers with addresses; give its ingress.ips, or use another policy",
    ],
  ],
])("refused by an engine: %s", (_, parts, expected) => {
  expect(problems(parts)).toEqual(expected);
});

test.each<[string, Parts, string[]]>([
  [
    "an unknown cluster",
    { ...one({ policy: "latency" }), drain: ["sidney"] },
    ["drain.0: no cluster is called 'sidney'; did you mean 'sydney'?"],
  ],
  [
    "every member",
    { ...one({ policy: "latency", members: ["sydney", "toronto"] }), drain: ["sydney", "toronto"] },
    ["drain: drains every member of name 'app' ('sydney', 'toronto'): leave one of them, or take the name out"],
  ],
  [
    "the member of a simple name",
    { ...one({ policy: "simple", members: ["sydney"] }), drain: ["sydney"] },
    [
      "drain: 'sydney' is the only member of name 'app', whose policy simple has no switch; give the name another policy and member first",
    ],
  ],
  [
    "the default of geolocation",
    { ...one({ policy: "geolocation", default: "toronto", members: ["sydney", "toronto"] }), drain: ["toronto"] },
    [
      "drain: 'toronto' is the default of name 'app': clients that no location covers would have nobody; put a failover of two clusters there first",
    ],
  ],
  [
    "all but a weight of zero, where that is off",
    { ...azure({ policy: "weighted", members: ["sydney", { cluster: "toronto", weight: 0 }] }), drain: ["sydney"] },
    ["drain: drains every member of name 'app' ('sydney'): leave one of them, or take the name out"],
  ],
])("refused to drain: %s", (_, parts, expected) => {
  expect(problems(parts)).toEqual(expected);
});

test("a reserve of weight 0 can stand in for what is drained on Route53", () => {
  expect(
    problems({ ...one({ policy: "weighted", members: ["sydney", { cluster: "toronto", weight: 0 }] }), drain: ["sydney"] }),
  ).toEqual([]);
});

test("a latency that stands for a place far away is worth a warning, which says what else there is", () => {
  const santiago = {
    ...clusterAt(0, 0, 1),
    location: { latitude: -33.45, longitude: -70.67, country: "CL", continent: "SA", azureRegion: "chilecentral" },
  } as const;
  const far = (engine: "route53" | "azure") =>
    latencyWarnings(
      fleetOf(
        fleetFileOf({ clusters: { santiago, toronto: clusterAt(1, 1, 1) }, names: { app: { policy: "latency" } } }, engine),
      ),
    );
  expect(far("route53")).toEqual([
    "names.app: Route53 measures latency to regions of its own cloud: sa-east-1 stands for cluster 'santiago', 2588 km away; policy geoproximity goes by coordinates instead",
  ]);
  expect(far("azure")).toEqual([]);
});
