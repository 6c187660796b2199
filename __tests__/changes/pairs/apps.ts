import type { Data } from "../../model/support";
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

/** Applications, and where their images are. */
export const APPS: readonly Pair[] = [
  ["a tag becomes a variable", app("1"), app("variable"), ["refused app-moved"]],
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
];
