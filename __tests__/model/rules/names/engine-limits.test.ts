import { clusterAt, withIngress } from "../../../routing/fleets";
import { azure, hostedAlone, one, type Parts, problems, tm, withHosted } from "./fixtures";

const apex = (spec: Parts["names"][string], more: Partial<Parts> = {}): Parts => ({
  names: { "@": spec },
  engine: "azure",
  ...more,
});
const weights = (weight: number) => [{ cluster: "sydney", weight }, "toronto"];
const office = withIngress(clusterAt(5, 3, 1), { ips: ["198.18.9.9", "10.1.2.3"] });
const ALIAS = "at the zone's own name Azure takes only profiles of addresses";
const two = { toronto: clusterAt(2, 1, 3), sydney: clusterAt(0, 2, 2) };

test.each<[string, Parts, string[]]>([
  ["255 as a weight on Route53", one({ policy: "weighted", members: weights(255) }), []],
  ["1000 as a weight in Traffic Manager", azure({ policy: "weighted", members: weights(1000) }), []],
  [
    "a weight above 255 in a nested group",
    one({ policy: "latency", members: ["saopaulo", { name: "na", policy: "weighted", members: weights(256) }] }),
    ["names.app.members.1.members.0.weight: 256 is too much: route53 takes 0 to 255; divide all weights of the group"],
  ],
  [
    "a second address that is private",
    { ...one({ policy: "latency" }), clusters: { toronto: clusterAt(2, 1, 1), office } },
    [
      "names.app: cluster 'office' is known by 10.1.2.3, which is private, and health is asked from the internet: it would never count as healthy; give public addresses, or use policy simple",
    ],
  ],
  [
    "a private address of a member of two groups, once",
    {
      ...one({
        policy: "latency",
        members: [
          { name: "a", policy: "failover", members: ["office", "toronto"] },
          { name: "b", policy: "failover", members: ["toronto", "office"] },
        ],
      }),
      clusters: { toronto: clusterAt(2, 1, 1), office },
    },
    [expect.stringContaining("'office' is known by 10.1.2.3") as never],
  ],
  [
    "two host names and one cluster with addresses",
    {
      ...one({ policy: "latency", members: ["hosted", "hosted2", "sydney"] }),
      clusters: { ...hostedAlone, sydney: clusterAt(0, 2, 1) },
    },
    [
      "names.app: clusters 'hosted', 'hosted2' are known by a host name, and cluster 'sydney' is known by addresses: in a Route53 zone all records of a name are one or the other; give ingress.ips, or ingress.zoneId where the host name is an AWS load balancer's, or put these behind another name, or use engine traffic-manager, which takes both",
    ],
  ],
  [
    "multivalue and a host name on Route53",
    { ...one({ policy: "multivalue", members: ["hosted", "sydney"] }), clusters: withHosted },
    [
      "names.app.members.0: cluster 'hosted' is known by a host name, and multivalue answers with addresses; give its ingress.ips, or use another policy",
    ],
  ],
  [
    "geoproximity in a zone of Azure",
    azure({ policy: "geoproximity" }),
    ["names.app: Traffic Manager has no geoproximity; Route53 has, with the zone there, or use policy latency"],
  ],
  [
    "geoproximity of a nested group",
    one({
      policy: "latency",
      members: ["saopaulo", { name: "na", policy: "geoproximity", members: ["sydney", "toronto"] }],
      ...tm,
    }),
    ["names.app.members.1: Traffic Manager has no geoproximity; engine route53 has, or use policy latency"],
  ],
  ["simple in a zone of Azure", azure({ policy: "simple", members: ["sydney"] }), []],
  [
    "simple in a zone of Azure without a subscription",
    { ...azure({ policy: "simple", members: ["sydney"] }), withoutAzure: true },
    ["names.app.engine: Traffic Manager needs an Azure subscription for its profiles; give dns.azure, or use engine route53"],
  ],
  ["simple at the apex", apex({ policy: "simple", members: ["sydney"] }), []],
  [
    "geolocation at the apex",
    apex({ policy: "geolocation", default: "sydney", members: ["sydney", "toronto"] }),
    [`names.@: geolocation needs nested profiles, and ${ALIAS}; use another name, or a zone in Route53`],
  ],
  [
    "a host name of a second member at the apex",
    apex({ policy: "failover", members: ["sydney", "hosted"] }, { clusters: withHosted }),
    [`names.@.members.1: cluster 'hosted' is known by a host name, and ${ALIAS}; give its ingress.ips, or use another name`],
  ],
  ["equal addresses at the apex", apex({ policy: "latency", members: ["sydney", "toronto"] }), []],
  ["unequal addresses of a failover at the apex", apex({ policy: "failover" }, { clusters: two }), []],
  // spread over six addresses a weight of two of them counts thrice
  [
    "weights at the apex that just fit",
    apex({ policy: "weighted", members: [{ cluster: "sydney", weight: 333 }, "toronto"] }, { clusters: two }),
    [],
  ],
  [
    "the weight of one address beside two",
    apex(
      { policy: "weighted", members: [{ cluster: "sydney", weight: 600 }, "toronto"] },
      { clusters: { toronto: clusterAt(2, 1, 2), sydney: clusterAt(0, 2, 1) } },
    ),
    ["names.@: weights spread over 1, 2 addresses would reach 1200, and Traffic Manager takes at most 1000; use smaller weights"],
  ],
  [
    "weights at the apex that don't fit",
    apex({ policy: "weighted", members: [{ cluster: "sydney", weight: 334 }, "toronto"] }, { clusters: two }),
    ["names.@: weights spread over 2, 3 addresses would reach 1002, and Traffic Manager takes at most 1000; use smaller weights"],
  ],
  [
    "weights beside a host name at the apex",
    apex({ policy: "weighted", members: [{ cluster: "sydney", weight: 1000 }, "hosted"] }, { clusters: withHosted }),
    [`names.@.members.1: cluster 'hosted' is known by a host name, and ${ALIAS}; give its ingress.ips, or use another name`],
  ],
])("engines: %s", (_, parts, expected) => {
  expect(problems(parts)).toEqual(expected);
});
