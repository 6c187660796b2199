import { readFileSync } from "node:fs";
import { join } from "node:path";
import { madeBy } from "../../changes/diff/diff";
import { judge } from "../../changes/judge";
import { clusterOfStack } from "../../changes/rules/of-cluster";
import { StackProblems } from "../../model/problems/fleet-error";
import { type Data, over } from "../model/support";
import { root } from "../support/fleet";
import { one, said, sideOf, verdict } from "./support";

type Pair = readonly [what: string, before: Data, after: Data, said: readonly string[]];

const key = (id: string) => ({
  aws: { secretsKeyArn: `arn:aws:kms:eu-west-1:111122223333:key/${id}0000000-0000-0000-0000-000000000001` },
});
const free = { deletionProtection: false };
const workspace =
  "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/logs/providers/Microsoft.OperationalInsights/workspaces/all";
const names = (settings: Data) => ({ names: { app: { policy: "simple", members: ["eks"], ...settings } } });
const existing = {
  cloud: "existing",
  region: "eu-west-1",
  network: undefined,
  existing: { endpoint: "https://k.example.com", exec: { command: "x" }, ingress: { ips: ["198.51.100.4"] } },
};

const server = (settings: Data) => ({
  servers: { db: { role: "postgres", sshPublicKey: "ssh-ed25519 AAAA x", disk: { sizeGiB: 64 }, ...settings } },
});
const twoServers = { servers: { ...server({}).servers, files: { ...server({}).servers.db, role: "nfs" } } };
const serverFrom = (day: string) =>
  server({
    disk: {
      sizeGiB: 64,
      restoreFrom: { snapshot: `/subscriptions/1/resourceGroups/b/providers/Microsoft.Compute/snapshots/${day}` },
    },
  });
const shop = { image: { registry: "images", repository: "shop", tag: "1" }, clusters: ["eks"] };
const ecr = (replicas: readonly string[], more: Data = {}) =>
  one(
    "eks",
    {},
    { registries: { images: { cloud: "aws", region: "us-east-1", replicas, repositories: ["shop"], ...more } }, apps: { shop } },
  );
const acr = (more: Data) => one("eks", {}, { registries: { images: { cloud: "azure", region: "uksouth", ...more } } });
const WEST = ["eu-west-2"];
const shopDb = (settings: Data = {}) =>
  one(
    "eks",
    {},
    {
      databases: {
        shop: {
          engine: "mysql",
          cloud: "aws",
          region: "eu-west-1",
          secretsRegion: "eu-west-2",
          network: { cidr: "10.90.0.0/20" },
          ...settings,
        },
      },
    },
  );
/** What of a server is protected would go. */
const gone = ["refused protected-dropped"];

const app = (tag: string, more: Data = {}) =>
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

/** A change of each kind, by the id that it gives. docs/changes.md explains each. */
const PAIRS: readonly Pair[] = [
  ["a tag becomes a variable", app("1"), app("variable"), ["refused app-moved"]],
  ["a tag is a variable no more", app("variable"), app("1"), ["refused app-moved", "refused stack-dropped"]],
  ["and its stack was destroyed", app("variable"), { ...app("1"), destroyedStacks: ["acme-eks-app-web"] }, []],
  ["an application gets colours", app("1"), app("variable", coloured), ["refused app-moved"]],
  ["another tag", app("1"), app("2"), []],
  ["EKS one minor up", one("eks", { kubernetes: "1.34" }), one("eks", { kubernetes: "1.35" }), []],
  ["EKS skips a minor", one("eks", { kubernetes: "1.34" }), one("eks", { kubernetes: "1.36" }), ["refused kubernetes-skipped"]],
  ["AKS skips a minor", one("aks", { kubernetes: "1.34" }), one("aks", { kubernetes: "1.36" }), ["refused kubernetes-skipped"]],
  [
    "GKE's channel moves minors itself",
    one("gke", { kubernetes: "1.34" }),
    one("gke", { kubernetes: "1.36" }),
    ["warning kubernetes-skipped"],
  ],
  [
    "AKS's channel stable moves minors itself",
    one("aks", { kubernetes: "1.34", azure: { upgradeChannel: "stable" } }),
    one("aks", { kubernetes: "1.36", azure: { upgradeChannel: "stable" } }),
    ["warning kubernetes-skipped"],
  ],
  [
    "EKS goes back two minors",
    one("eks", { kubernetes: "1.36" }),
    one("eks", { kubernetes: "1.34" }),
    ["refused kubernetes-lowered-far"],
  ],
  [
    "AKS's control plane goes back",
    one("aks", { kubernetes: "1.36" }),
    one("aks", { kubernetes: "1.35" }),
    ["refused kubernetes-lowered"],
  ],
  [
    "GKE's floor is lowered",
    one("gke", { kubernetes: "1.36" }),
    one("gke", { kubernetes: "1.35" }),
    ["warning kubernetes-lowered"],
  ],
  [
    "a newer snapshot for a disk that is there",
    one("aks", serverFrom("monday")),
    one("aks", serverFrom("tuesday")),
    ["refused server-source"],
  ],
  ["a larger disk", one("aks", server({})), one("aks", server({ disk: { sizeGiB: 128 } })), []],
  ["a smaller disk", one("aks", server({ disk: { sizeGiB: 128 } })), one("aks", server({})), ["refused server-disk-smaller"]],
  ["data of another version", one("aks", server({})), one("aks", server({ version: "16" })), ["refused server-version"]],
  [
    "files on a database's disk",
    one("aks", server({})),
    one("aks", { servers: { db: { ...server({}).servers.db, role: "nfs" } } }),
    ["refused server-role"],
  ],
  ["passwords that go back", one("aks", server({ passwordVersion: 2 })), one("aks", server({})), ["refused server-passwords"]],
  ["a server is fenced, and comes back", one("aks", server({})), one("aks", server({ fenced: true })), []],
  [
    "a server with its data is taken out",
    one("aks", twoServers),
    one("aks", server({})),
    ["refused protected-dropped", "warning addon-removed"],
  ],
  ["the last server is taken out", one("aks", server({})), one("aks"), ["refused protected-dropped", "refused stack-dropped"]],
  ["another region", one("eks"), one("eks", { region: "eu-west-2" }), ["refused cluster-region"]],
  [
    "another account",
    one("eks", free),
    one(
      "eks",
      {
        ...free,
        aws: {
          accountId: "222222222222",
          runner: "arn:aws:iam::222222222222:role/terraform",
          admins: ["arn:aws:iam::222222222222:role/platform"],
        },
      },
      { dns: { aws: { accountId: "111122223333" } } },
    ),
    ["refused cluster-account"],
  ],
  ["made becomes existing", one("eks"), one("eks", existing), ["refused cluster-made-existing"]],
  ["another cloud under the same name", one("eks"), one("eks", { cloud: "azure", region: "uksouth" }), ["refused cluster-cloud"]],
  [
    "another zone",
    one("eks", {}, { dns: { deletionProtection: false } }),
    one("eks", {}, { dns: { zone: "k9s.example.com", deletionProtection: false } }),
    ["note certificate-names", "refused zone-changed"],
  ],
  [
    "EKS's service range",
    one("eks", free),
    one("eks", { ...free, network: { services: "10.100.0.0/16" } }),
    ["refused cluster-replaced"],
  ],
  ["AKS's pods", one("aks", free), one("aks", { ...free, network: { pods: "10.240.0.0/14" } }), ["refused cluster-replaced"]],
  [
    "AKS becomes private",
    one("aks", free),
    one("aks", { ...free, api: { access: "private", allowFrom: [], runnerInNetwork: true } }),
    ["refused cluster-replaced"],
  ],
  [
    "GKE's control-plane range",
    one("gke", free),
    one("gke", { ...free, google: { controlPlaneCidr: "172.16.0.0/28" } }),
    ["refused cluster-replaced"],
  ],
  ["GKE's pods", one("gke"), one("gke", { network: { pods: "10.64.0.0/14" } }), ["refused gke-ranges"]],
  ["GKE's services", one("gke"), one("gke", { network: { services: "10.99.0.0/20" } }), ["refused gke-ranges"]],
  ["GKE's nodes", one("gke", free), one("gke", { ...free, network: { nodes: "10.3.0.0/20" } }), ["refused resource-replaced"]],
  ["EKS's own key to another", one("eks", key("a")), one("eks", key("b")), ["refused eks-key"]],
  ["EKS's made key to an own one", one("eks"), one("eks", key("a")), ["refused eks-key", "refused protected-dropped"]],
  [
    "GKE's key to another",
    one("gke", { google: { secretsKey: "projects/k/locations/europe-west3/keyRings/r/cryptoKeys/a" } }),
    one("gke", { google: { secretsKey: "projects/k/locations/europe-west3/keyRings/r/cryptoKeys/b" } }),
    [],
  ],
  [
    "EKS loses a zone",
    one("eks", free),
    one("eks", { ...free, network: { zones: ["eu-west-1a", "eu-west-1b"] } }),
    ["refused zones-removed", "warning pool-replaced"],
  ],
  [
    "EKS's zones change places",
    one("eks", free),
    one("eks", { ...free, network: { zones: ["eu-west-1b", "eu-west-1a", "eu-west-1c"] } }),
    ["refused zones-removed", "warning pool-replaced"],
  ],
  ["EKS gets a zone", one("eks", { network: { zones: ["eu-west-1a", "eu-west-1b"] } }), one("eks"), ["warning pool-replaced"]],
  ["EKS's log types", one("eks"), one("eks", { aws: { logTypes: [] } }), ["refused logs-destroyed"]],
  [
    "EKS's audit logs go nowhere, their group stays",
    one("eks", { aws: { keepLogs: true } }),
    one("eks", { aws: { keepLogs: true, logTypes: [] } }),
    ["note logs-moved"],
  ],
  ["EKS's log groups stay from now on", one("eks"), one("eks", { aws: { keepLogs: true } }), ["note logs-kept"]],
  ["EKS's log groups go again", one("eks", { aws: { keepLogs: true } }), one("eks"), ["note logs-kept"]],
  ["flow logs off", one("eks", { aws: { flowLogs: true } }), one("eks"), ["refused logs-destroyed"]],
  ["flow logs on", one("eks"), one("eks", { aws: { flowLogs: true } }), []],
  [
    "flow logs off, whose group stays",
    one("eks", { aws: { flowLogs: true, keepLogs: true } }),
    one("eks", { aws: { keepLogs: true } }),
    [],
  ],
  ["AKS's logs elsewhere", one("aks"), one("aks", { azure: { logAnalyticsWorkspaceId: workspace } }), ["refused logs-destroyed"]],
  ["AKS's logs nowhere", one("aks"), one("aks", { azure: { logCategories: [] } }), ["refused logs-destroyed"]],
  ["AKS's own workspace no more", one("aks", { azure: { logAnalyticsWorkspaceId: workspace } }), one("aks"), ["note logs-moved"]],
  [
    "EKS pool of another machine",
    one("eks"),
    one("eks", { pools: { main: { machines: ["m7i.2xlarge"] } } }),
    ["warning pool-replaced"],
  ],
  ["GKE pool of another machine", one("gke"), one("gke", { pools: { main: { machines: ["n2-standard-8"] } } }), []],
  ["GKE pool of other pods", one("gke"), one("gke", { pools: { main: { maxPods: 64 } } }), ["warning pool-replaced"]],
  [
    "AKS pool of another machine",
    one("aks"),
    one("aks", { pools: { main: { machines: ["Standard_D8ds_v5"] } } }),
    ["warning pool-rotated"],
  ],
  [
    "AKS pool becomes spot",
    one("aks", { pools: { main: {}, more: {} } }),
    one("aks", { pools: { main: {}, more: { spot: true } } }),
    ["warning pool-replaced"],
  ],
  ["a pool leaves", one("eks", { pools: { main: {}, more: {} } }), one("eks", { pools: { main: {} } }), ["warning pool-removed"]],
  ["a pool grows", one("eks"), one("eks", { pools: { main: { min: 3, max: 30, labels: { a: "b" } } } }), []],
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
  ["a replica of ECR nearer to a cluster", ecr([]), ecr(["eu-west-1"]), ["refused replica-empty"]],
  ["a replica of ECR that nobody is near", ecr(["eu-west-1"]), ecr(["eu-west-1", "us-west-2"]), []],
  ["a replica of ECR less", ecr(["eu-west-1", "us-west-2"]), ecr(["eu-west-1"]), ["warning replica-removed"]],
  ["a replica of ACR more", acr({}), acr({ replicas: ["westeurope"] }), []],
  ["a replica of ACR less", acr({ replicas: ["westeurope"] }), acr({}), ["warning replica-removed"]],
  ["a registry in another region", acr({}), acr({ region: "westeurope" }), ["refused resource-replaced"]],
  ["a registry under another name", acr({}), acr({ name: "oneofmine" }), ["refused resource-replaced"]],
  ["a registry leaves", acr({}), one("eks"), ["refused stack-dropped"]],
  ["a repository of ECR leaves", ecr([], { repositories: ["shop", "old"] }), ecr([]), ["refused protected-dropped"]],
  ["shared storage leaves", one("eks", { addons: { storage: { shared: true } } }), one("eks"), ["refused protected-dropped"]],
  ["monitoring leaves", one("eks", { addons: { monitoring: { enabled: true } } }), one("eks"), ["refused addon-with-data"]],
  ["metrics-server leaves", one("eks"), one("eks", { addons: { metricsServer: { enabled: false } } }), ["warning addon-removed"]],
  [
    "an existing cluster's add-on leaves",
    one(
      "eks",
      over(existing, {
        addons: { ingress: { controller: "traefik" } },
        existing: { ingress: { serviceAnnotations: { at: "b" } } },
      }),
    ),
    one("eks", existing),
    ["refused addon-of-existing-cluster"],
  ],
  [
    "a chart moves",
    one("eks", { addons: { metricsServer: { version: "3.12.0" } } }),
    one("eks", { addons: { metricsServer: { version: "3.13.1" } } }),
    ["note chart-version"],
  ],
  [
    "a name's engine",
    one("eks", {}, names({ policy: "latency" })),
    one("eks", {}, names({ policy: "latency", engine: "traffic-manager" })),
    ["refused name-engine", "refused stack-dropped"],
  ],
  [
    "a name leaves",
    one("eks", {}, { names: { app: { policy: "simple", members: ["eks"] }, www: { policy: "simple", members: ["eks"] } } }),
    one("eks", {}, names({})),
    ["note certificate-names", "warning name-removed"],
  ],
  [
    "a name comes",
    one("eks", {}, names({})),
    one("eks", {}, { names: { app: { policy: "simple", members: ["eks"] }, www: { policy: "simple", members: ["eks"] } } }),
    ["note certificate-names"],
  ],
  [
    "a probe changes",
    one("eks", {}, names({ policy: "weighted" })),
    one("eks", {}, names({ policy: "weighted", probe: { path: "/healthz" } })),
    ["warning probe-everywhere"],
  ],
  [
    "certificates become real",
    one("eks"),
    one("eks", { addons: { certManager: { ingressCertificate: "production" } } }),
    ["note certificate-names"],
  ],
  ["another state backend", one("eks"), one("eks", {}, { state: { backend: "gcs", bucket: "states" } }), ["refused state-moved"]],
  ["a database in another region", shopDb(), shopDb({ region: "eu-west-2" }), ["refused database-moved", ...gone]],
  ["a promotion", shopDb({ replicas: WEST }), shopDb({ replicas: WEST, primary: "eu-west-2" }), ["warning database-promoted"]],
  [
    "a promotion taken back",
    shopDb({ replicas: WEST, primary: "eu-west-2" }),
    shopDb({ replicas: WEST }),
    ["refused database-back"],
  ],
  [
    "a replica before another leaves",
    shopDb({ replicas: [...WEST, "eu-west-3"] }),
    shopDb({ replicas: ["eu-west-3"] }),
    ["refused database-order", "refused resource-replaced", ...gone],
  ],
  ["the last replica leaves", shopDb({ replicas: WEST }), shopDb({}), ["warning database-replica-gone", ...gone]],
  ["new passwords", shopDb(), shopDb({ passwordVersion: 2 }), ["warning database-passwords"]],
  ["a newer MySQL", shopDb({ version: "8.0" }), shopDb({ version: "8.4" }), ["warning database-version"]],
  ["an older MySQL", shopDb({ version: "8.4" }), shopDb({ version: "8.0" }), ["refused database-version-lowered"]],
  [
    "a cluster leaves unretired",
    one("eks", {}, { clusters: { gke: { cloud: "google", region: "europe-west3", network: { cidr: "10.3.0.0/16" } } } }),
    one("eks"),
    ["refused cluster-dropped", "refused cluster-dropped"],
  ],
  [
    "a retired cluster leaves",
    one(
      "eks",
      {},
      { clusters: { gke: { cloud: "google", region: "europe-west3", network: { cidr: "10.3.0.0/16" }, retired: true } } },
    ),
    one("eks"),
    ["refused cluster-not-destroyed"],
  ],
  [
    "a retired cluster leaves, and was destroyed",
    one(
      "eks",
      {},
      { clusters: { gke: { cloud: "google", region: "europe-west3", network: { cidr: "10.3.0.0/16" }, retired: true } } },
    ),
    one("eks", {}, { destroyedStacks: ["acme-gke-cluster", "acme-gke-priming"] }),
    [],
  ],
  [
    "a stack that was destroyed long ago",
    one("eks"),
    one("eks", {}, { destroyedStacks: ["acme-route53"] }),
    ["note destroyed-past"],
  ],
  [
    "names leave with their stack",
    one("eks", {}, names({})),
    one("eks"),
    ["note certificate-names", "refused stack-dropped", "warning name-removed"],
  ],
  [
    "and were destroyed",
    one("eks", {}, names({})),
    one("eks", {}, { destroyedStacks: ["acme-route53"] }),
    ["note certificate-names", "warning name-removed"],
  ],
  [
    "a stack that is made is said to be destroyed",
    one("eks"),
    one("eks", {}, { destroyedStacks: ["acme-global"] }),
    ["refused destroyed-stack-made"],
  ],
  [
    "all clusters upgraded at once",
    one(
      "eks",
      { kubernetes: "1.35" },
      { clusters: { gke: { cloud: "google", region: "europe-west3", network: { cidr: "10.3.0.0/16" }, kubernetes: "1.35" } } },
    ),
    one(
      "eks",
      { kubernetes: "1.36" },
      { clusters: { gke: { cloud: "google", region: "europe-west3", network: { cidr: "10.3.0.0/16" }, kubernetes: "1.36" } } },
    ),
    ["warning everywhere-at-once"],
  ],
  [
    "AKS's nodes' range",
    one("aks", free),
    one("aks", { ...free, network: { nodes: "10.2.0.0/20" } }),
    ["refused aks-nodes-range"],
  ],
  [
    "a pool goes back",
    one("eks", { pools: { main: { kubernetes: "1.36" } } }),
    one("eks", { pools: { main: { kubernetes: "1.35" } } }),
    ["warning pool-lowered"],
  ],
  [
    "AKS's own pool of another machine",
    one("aks"),
    one("aks", { azure: { systemPool: { machine: "Standard_D8ds_v5" } } }),
    ["warning pool-rotated"],
  ],
  ["GKE pool grows", one("gke"), one("gke", { pools: { main: { min: 3, max: 30 } } }), []],
  ["tags and allow-lists", one("aks"), one("aks", { tags: { a: "b" }, api: { allowFrom: ["198.51.100.0/24"] } }), []],
  [
    "an acceptance of what is past",
    one("eks"),
    one("eks", {}, { acceptChanges: ["clusters.eks.kubernetes: 1.36 → 1.35"] }),
    ["note accepted-past"],
  ],
];

test.each(PAIRS)("%s", (_, before, after, expected) => {
  expect(said(verdict(before, after))).toEqual([...expected].sort());
});

test("nothing is said of a fleet that doesn't change", () => {
  expect(verdict(one("aks"), one("aks"))).toEqual([]);
});

test("every message says what, the values, what to do and its id; a transition is accepted exactly as it is printed", () => {
  for (const [, before, after, expected] of PAIRS.filter(([, , , ids]) =>
    ids.some((id) => id.startsWith("refused kubernetes")),
  )) {
    const [finding] = verdict(before, after);
    expect(finding!.transition).toMatch(/^clusters\.\w+\.kubernetes: 1\.\d+ → 1\.\d+$/);
    const accepted = verdict(before, { ...after, acceptChanges: [finding!.transition!] });
    expect(said(accepted)).toEqual(expected.map((text) => text.replace("refused", "note")));
    expect(accepted[0]!.message).toMatch(/^accepted by acceptChanges: /);
  }
});

test("docs/changes.md lists every id that a rule can give, and no other", () => {
  const listed = [...readFileSync(join(root, "docs/changes.md"), "utf8").matchAll(/^\| `([a-z][a-z-]+)` \|/gm)].map(
    ([, id]) => id!,
  );
  const given = PAIRS.flatMap(([, , , ids]) => ids.map((text) => text.split(" ")[1]!));
  expect(listed.sort()).toEqual([...new Set([...given, "name-record"])].sort());
});

test("lowering pools and control plane in one change is refused; the control plane alone, after them, is not", () => {
  const both = sideOf(one("eks", { kubernetes: "1.36" })).lock;
  const lowered = sideOf(one("eks", { kubernetes: "1.35" }));
  expect(said(judge({ before: both, after: lowered.lock, made: madeBy(lowered.stacks) }))).toEqual([
    "refused kubernetes-lowered",
  ]);
  const pools = { main: { ...both.clusters.eks!.pools!.main!, kubernetes: "1.35" } };
  const after = { ...both, clusters: { eks: { ...both.clusters.eks!, pools } } };
  expect(said(judge({ before: after, after: lowered.lock, made: madeBy(lowered.stacks) }))).toEqual([
    "warning kubernetes-lowered",
  ]);
});

test("a stack is of the cluster with the longest name that it begins with, applications of their own included", () => {
  const clusters = ["eu", "eu-west"];
  const of = (stack: string) => clusterOfStack("acme", stack, clusters);
  expect(["acme-eu-cluster", "acme-eu-west-priming", "acme-eu-west-app-shop", "acme-eu-app-west-shop"].map(of)).toEqual([
    "eu",
    "eu-west",
    "eu-west",
    "eu",
  ]);
  expect(["acme-global", "acme-data-eu", "acme-us-cluster"].map(of)).toEqual([undefined, undefined, undefined]);
});

test("AKS may skip a minor only from a version that is out of support; a record of another type can't take a name's place", () => {
  const { lock, stacks } = sideOf(one("aks", { kubernetes: "1.35" }, { names: { app: { policy: "simple", members: ["aks"] } } }));
  const old = { ...lock, clusters: { aks: { ...lock.clusters.aks!, kubernetes: "1.32", pools: {} } } };
  expect(said(judge({ before: old, after: lock, made: madeBy(stacks) }))).toEqual(["warning kubernetes-skipped"]);
  const host = { ...lock, names: { app: { ...lock.names.app!, record: "CNAME" } } };
  expect(lock.names.app!.record).toBe("A");
  expect(said(judge({ before: lock, after: host, made: madeBy(stacks) }))).toEqual(["note name-record"]);
  const [here, there] = [lock, host].map((side) => ({
    ...side,
    names: { app: { ...side.names.app!, engine: "traffic-manager" } },
  }));
  expect(said(judge({ before: here!, after: there!, made: madeBy(stacks) }))).toEqual(["refused name-record"]);
});

test("another state backend is refused with the commands that move each state, a line each", () => {
  const found = verdict(one("eks"), one("eks", {}, { state: { backend: "gcs", bucket: "states" } }));
  const stacks = ["acme-global", "acme-eks-cluster", "acme-eks-priming"];
  expect(found[0]!.commands).toEqual(
    ["init", "init -migrate-state"].flatMap((command) =>
      stacks.map((id) => `terraform -chdir=cdktf.out/stacks/${id} ${command}`),
    ),
  );
  const text = new StackProblems([{ path: ["state"], message: "a\nb", commands: ["x", "y"] }]).message;
  expect(text).toBe("state: a\\u{a}b\n  x\n  y");
});

test("an application that moves between stacks is told by which commands its releases move", () => {
  const found = verdict(app("1"), app("variable")).find(({ id }) => id === "app-moved")!;
  expect(found.transition).toBe("apps.web on eks: acme-eks-apps → acme-eks-app-web");
  expect(found.message).toMatch(
    /terraform -chdir=cdktf\.out\/stacks\/acme-eks-apps state rm '(helm_release\.apps_web_[0-9A-F]{8})'; terraform -chdir=cdktf\.out\/stacks\/acme-eks-app-web import '\1' <namespace>\/web$/,
  );
});
