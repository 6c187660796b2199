import { type Data, problemsWith } from "../../support";

const eks = (more: Data): Data => ({ clusters: { eks: more } });
const aks = (more: Data): Data => ({ clusters: { aks: more } });
const gke = (more: Data): Data => ({ clusters: { gke: more } });
const app = (more: Data): Data => ({ apps: { shop: { image: { repository: "ghcr.io/acme/shop", tag: "1" }, ...more } } });
const role = "arn:aws:iam::111122223333:role/platform";
const person = "00000000-0000-0000-0000-000000000003";
const policy = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const subnets = ["subnet-0a1b2c3d", "subnet-0a1b2c3e", "subnet-0a1b2c3d"];

// every list of a fleet file in which twice is a mistake
test.each<[string, Data]>([
  ["clusters.eks.api.allowFrom[1]", eks({ api: { allowFrom: ["203.0.113.0/24", "203.0.113.0/24"] } })],
  ["clusters.eks.network.zones[2]", eks({ network: { zones: ["eu-west-1a", "eu-west-1b", "eu-west-1a"] } })],
  [
    "clusters.eks.network.egressAddresses[1]",
    eks({ network: { nat: "single", egressAddresses: ["eipalloc-0a1b2c3d", "eipalloc-0a1b2c3d"] } }),
  ],
  ["clusters.eks.pools.main.machines[1]", eks({ pools: { main: { machines: ["m7i.large", "m7i.large"] } } })],
  ["clusters.eks.pools.main.zones[1]", eks({ pools: { main: { zones: ["eu-west-1a", "eu-west-1a"] } } })],
  [
    "clusters.eks.network.existing.privateSubnetIds[2]",
    eks({ network: { existing: { vpcId: "vpc-0a1b2c3d", privateSubnetIds: subnets } } }),
  ],
  [
    "clusters.eks.network.existing.publicSubnetIds[2]",
    eks({
      network: {
        existing: { vpcId: "vpc-0a1b2c3d", privateSubnetIds: ["subnet-0a1b2c3f", "subnet-0a1b2c4f"], publicSubnetIds: subnets },
      },
    }),
  ],
  ["clusters.eks.aws.admins[1]", eks({ aws: { admins: [role, role] } })],
  ["clusters.eks.aws.logTypes[1]", eks({ aws: { logTypes: ["audit", "audit"] } })],
  ["clusters.aks.azure.admins[1]", aks({ azure: { admins: [person, person] } })],
  ["clusters.aks.azure.logCategories[1]", aks({ azure: { logCategories: ["kube-audit", "kube-audit"] } })],
  ["clusters.gke.google.admins[1]", gke({ google: { admins: ["group:a@example.com", "group:a@example.com"] } })],
  [
    "clusters.old.existing.ingress.ips[1]",
    {
      clusters: {
        old: {
          cloud: "existing",
          region: "eu-west-1",
          existing: {
            endpoint: "https://old.example.com",
            exec: { command: "token" },
            ingress: { ips: ["203.0.113.9", "203.0.113.9"] },
          },
        },
      },
    },
  ],
  ["apps.shop.clusters[1]", app({ clusters: ["eks", "eks"] })],
  ["apps.shop.after[1]", { apps: { ...(app({ after: ["api", "api"] }).apps as Data), api: (app({}).apps as Data).shop } }],
  [
    "apps.shop.image.pullSecrets[1]",
    app({ image: { repository: "ghcr.io/acme/shop", tag: "1", pullSecrets: ["login", "login"] } }),
  ],
  ["apps.shop.rights.aws.policies[1]", app({ clusters: ["eks"], rights: { aws: { policies: [policy, policy] } } })],
  [
    "apps.shop.rights.google.roles[1]",
    app({ clusters: ["gke"], rights: { google: { roles: ["roles/viewer", "roles/viewer"] } } }),
  ],
  ["drain[1]", { drain: ["eks", "eks"] }],
  ["dns.caa[1]", { dns: { caa: ["letsencrypt.org", "letsencrypt.org"] } }],
])("%s: what stands twice is refused at its second place", (place, changes) => {
  expect(problemsWith(changes).join("\n")).toMatch(
    new RegExp(`^${place.replaceAll(/[[\].]/g, "\\$&")}: '[^']+' stands here already, at place 1 of the list$`, "m"),
  );
});

test("what stands three times is refused twice, with the place of the first, and beside it nothing else", () => {
  const ranges = ["198.51.100.0/24", "203.0.113.0/24", "203.0.113.0/24", "203.0.113.0/24"];
  expect(problemsWith(eks({ api: { allowFrom: ranges } }))).toEqual(
    [2, 3].map((place) => `clusters.eks.api.allowFrom[${place}]: '203.0.113.0/24' stands here already, at place 2 of the list`),
  );
});

test("a range twice of an existing cluster is refused", () => {
  const old = {
    cloud: "existing",
    region: "eu-west-1",
    api: { allowFrom: ["203.0.113.0/24", "203.0.113.0/24"] },
    existing: { endpoint: "https://old.example.com", exec: { command: "token" }, ingress: { ips: ["203.0.113.9"] } },
  };
  expect(problemsWith({ clusters: { old } })).toEqual([
    "clusters.old.api.allowFrom[1]: '203.0.113.0/24' stands here already, at place 1 of the list",
  ]);
});

test("a list in which nothing stands twice has no problem", () => {
  expect(problemsWith(eks({ network: { zones: ["eu-west-1a", "eu-west-1b"] } }))).toEqual([]);
});
