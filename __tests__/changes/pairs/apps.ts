import { type Data, over } from "../../model/support";
import { one, type Pair } from "../support";

export const app = (tag: string, more: Data = {}) =>
  one(
    "eks",
    {},
    {
      apps: {
        web: { image: { repository: "ghcr.io/a/web", tag }, ...more },
        api: { image: { repository: "ghcr.io/a/api", tag: "1" } },
      },
    },
  );
const withSecret = (tag: string) =>
  over(app(tag, { secrets: ["key"] }), { clusters: { eks: { addons: { externalSecrets: { enabled: true } } } } });
const coloured = { values: { port: 8080 }, colours: { blue: 1, green: 1 } };
/** EKS with an application whose image is in Google's cloud, or elsewhere. */
const pulling = (image: Data) =>
  one(
    "eks",
    { addons: { externalSecrets: { enabled: true } } },
    {
      registries: { tools: { cloud: "google", region: "europe" } },
      apps: { shop: { image: { tag: "1", ...image }, clusters: ["eks"] } },
    },
  );

const api = { api: { image: { repository: "ghcr.io/a/api", tag: "1" } } };
/** The same on EKS or on GKE. */
const placed = (cluster: string) =>
  one(
    "eks",
    {},
    {
      clusters: { gke: { cloud: "google", region: "europe-west3", network: { cidr: "10.3.0.0/16" } } },
      apps: { web: { image: { repository: "ghcr.io/a/web", tag: "1" }, clusters: [cluster] }, ...api },
    },
  );

/** Applications, and where their images are. */
export const APPS: readonly Pair[] = [
  ["a tag becomes a variable", app("1"), app("variable"), ["refused app-moved"]],
  ["a tag becomes a variable, of an application with secrets", withSecret("1"), withSecret("variable"), ["refused app-moved"]],
  ["a tag is a variable no more", app("variable"), app("1"), ["refused app-moved", "refused stack-dropped"]],
  ["and its stack was destroyed", app("variable"), { ...app("1"), destroyedStacks: ["acme-eks-app-web"] }, []],
  ["an application gets colours", app("1"), app("variable", coloured), ["refused app-moved"]],
  ["another tag", app("1"), app("2"), []],
  [
    "the last application that pulls from another cloud has its image elsewhere",
    pulling({ registry: "tools", repository: "shop" }),
    pulling({ repository: "ghcr.io/team/shop" }),
    ["refused protected-dropped", "refused stack-dropped"],
  ],
  [
    "an application that has its image in another cloud from now on",
    pulling({ repository: "ghcr.io/team/shop" }),
    pulling({ registry: "tools", repository: "shop" }),
    [],
  ],
  ["an application leaves", app("1"), one("eks", {}, { apps: api }), ["warning app-removed"]],
  [
    "an application leaves the namespace that another one is in",
    one("eks", {}, { apps: { web: { ...api.api, namespace: "api" }, ...api } }),
    one("eks", {}, { apps: api }),
    ["warning app-removed"],
  ],
  ["an application in another namespace", app("1"), app("1", { namespace: "shop" }), ["refused app-namespace"]],
  ["an application on another cluster", placed("eks"), placed("gke"), ["warning app-removed"]],
  [
    "the last application leaves a cluster",
    one("eks", {}, { apps: api }),
    one("eks"),
    ["refused stack-dropped", "warning app-removed"],
  ],
];
