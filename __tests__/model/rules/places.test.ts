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
])("%s is pointed at by its key", (_what, changes, key) => {
  expect(pointedAt(changes)).toBe(key);
});
