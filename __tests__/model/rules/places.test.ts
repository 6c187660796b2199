import { stringify } from "yaml";
import { type Data, over, problemsOfText, SOUND } from "../support";

const names = (more: Data): Data => ({ names: more });

const image = { repository: "ghcr.io/acme/shop", tag: "1" };
const variable = { ...image, tag: "variable" };
const apps = (shop: Data): Data => ({ apps: { shop } });

/** Where the first problem points: the text of the line from there on. */
function pointedAt(changes: Data): string {
  const text = stringify(over(SOUND, changes));
  const [, line, column] = /^x\.yaml:(\d+):(\d+) /.exec(problemsOfText(text)[0] ?? "") ?? [];
  return (text.split("\n")[Number(line) - 1] ?? "").slice(Number(column) - 1);
}

// what has to go, or to be called otherwise, is pointed at by its key, and not by what stands behind it
test.each<[string, Data, string]>([
  [
    "a field of another policy",
    names({ app: { policy: "failover", members: [{ cluster: "eks", weight: 3 }, "gke"] } }),
    "weight: 3",
  ],
  ["a name that a cluster has", names({ eks: { policy: "latency" } }), "eks:"],
  ["a name with the zone in it", names({ "app.k8s.example.com": { policy: "latency" } }), "app.k8s.example.com:"],
  ["the zone's own name in Traffic Manager", names({ "@": { policy: "latency", engine: "traffic-manager" } }), '"@":'],
  [
    "a colour whose name is taken",
    apps({ image: variable, values: { port: 8080 }, colours: { smoke: 1, green: 0 } }),
    "smoke: 1",
  ],
  ["what differs on a cluster that isn't there", apps({ image, perCluster: { ekss: { values: { port: 1 } } } }), "ekss:"],
  ["a name that no certificate takes", names({ "my--shop": { policy: "latency" } }), "my--shop:"],
  ["a value that the project's own chart doesn't have", apps({ image, values: { prot: 8080 } }), "prot: 8080"],
  ["what doesn't differ", apps({ image, perCluster: { eks: {} } }), "eks: {}"],
  [
    "a field of another cloud's network",
    {
      clusters: {
        gke: {
          network: {
            cidr: undefined,
            existing: {
              network: "hub",
              subnetwork: "nodes",
              podsRange: "pods",
              servicesRange: "services",
              vpcId: "vpc-0a1b2c3d",
            },
          },
        },
      },
    },
    "vpcId: vpc-0a1b2c3d",
  ],
  ["a tag of Meridian's", { tags: { Cluster: "x" } }, "Cluster: x"],
  ["a label that is no key", { clusters: { gke: { pools: { main: { labels: { "my label": "x" } } } } } }, "my label: x"],
  ["the name of AKS's own pool", { clusters: { aks: { pools: { main: {}, system: { min: 0 } } } } }, "system:"],
  ["what allows nothing", { allow: { "tags.owner": "it was there" } }, "tags.owner: it was there"],
  [
    "a name of profiles on Route53",
    names({ app: { policy: "latency", trafficManagerName: "shop" } }),
    "trafficManagerName: shop",
  ],
  [
    "the time to recover of what never leads away",
    names({ app: { policy: "simple", members: ["eks"], recoverySeconds: 60 } }),
    "recoverySeconds: 60",
  ],
  [
    "a cluster with the group of the zone",
    {
      dns: { engine: "azure" },
      clusters: { dns: { cloud: "azure", region: "uksouth", network: { cidr: "10.12.0.0/16" } } },
    },
    "dns:",
  ],
  [
    "an application whose stack has a cluster's id",
    {
      clusters: { "eks-app-shop": { cloud: "google", region: "europe-west1", network: { cidr: "10.12.0.0/16" } } },
      apps: { "shop-cluster": { image: variable, values: { port: 8080 }, clusters: ["eks"] } },
    },
    "shop-cluster:",
  ],
])("%s is pointed at by its key", (_what, changes, key) => {
  expect(pointedAt(changes)).toBe(key);
});
