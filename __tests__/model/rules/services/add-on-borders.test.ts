import { type Data, problemsWith } from "../../support";

const on = (cluster: string, addons: Data, more: Data = {}) =>
  problemsWith({ ...more, clusters: { [cluster]: { addons }, ...(more.clusters as Data | undefined) } });
const EXISTING = {
  cloud: "existing",
  region: "eu-west-1",
  existing: { endpoint: "https://old.example.com", exec: { command: "token" }, ingress: { ips: ["203.0.113.9"] } },
};
const old = (addons: Data) => problemsWith({ clusters: { old: { ...EXISTING, addons } } });
const second = (addons: Data, google: Data = {}) => ({
  box: { cloud: "google", region: "europe-west1", network: { cidr: "10.50.0.0/16" }, google, addons },
});
const store = { enabled: true };
const ID = "00000000-0000-0000-0000-000000000001";

describe("the certificate of a cluster's own name", () => {
  const zone = "my--zone.example.com";
  const named = (addons: Data) => on("eks", addons, { dns: { zone }, clusters: { aks: undefined, gke: undefined } });

  test("is refused where Let's Encrypt takes no such name", () => {
    expect(named({})).toEqual([
      "clusters.eks.addons.certManager.ingressCertificate: '*.eks.my--zone.example.com' can't be in a certificate of Let's Encrypt: 'my--zone' has hyphens in its third and fourth place, which are kept for names in other scripts. Give the cluster another name, or write none",
    ]);
  });

  test.each([
    { certManager: { enabled: false } },
    { certManager: { issuers: "none" } },
    { certManager: { ingressCertificate: "none" } },
    { ingress: { controller: "none" } },
  ])("is asked of nobody with %j", (addons) => expect(named(addons)).toEqual([]));
});

test("one authority alone shuts Let's Encrypt out, and one that is none is said by itself", () => {
  expect(problemsWith({ dns: { caa: ["digicert.com"] } })).toEqual([
    "dns.caa: the zone would let digicert.com alone make certificates, and cert-manager on eks asks Let's Encrypt, which refuses every order then: add letsencrypt.org, or write addons.certManager.ingressCertificate: none",
  ]);
  const odd = problemsWith({ dns: { caa: ["amazon.com", "no_domain"] } });
  expect(odd).toHaveLength(1);
  expect(odd.join()).not.toContain("alone make certificates");
});

test("the zone's own name is in the order of all public names, too", () => {
  const zone = "my--zone.example.com";
  const none = { certManager: { ingressCertificate: "none" } };
  const names = { "@": { policy: "latency", members: ["aks", "eks"] } };
  const said = problemsWith({ dns: { zone }, names, clusters: { eks: { addons: none }, gke: { addons: none } } });
  expect(said.filter((problem) => problem.startsWith("names"))).toEqual([
    expect.stringMatching(/^names\.@: 'my--zone\.example\.com' can't be in a certificate of Let's Encrypt: 'my--zone' has/),
  ]);
});

describe("where the zone can't be reached", () => {
  const engine = { dns: { engine: "azure" }, clusters: { gke: undefined } };

  test("issuers and external-dns are refused, each where it is asked for", () => {
    expect(on("eks", { certManager: { issuers: "letsencrypt" }, externalDns: { enabled: true } }, engine)).toEqual([
      expect.stringMatching(/^clusters\.eks\.addons\.certManager\.issuers: cert-manager on eks can't prove names: /),
      expect.stringMatching(
        /^clusters\.eks\.addons\.externalDns\.enabled: external-dns on eks can't write records: .*\*\.eks\.k8s\.example\.com, which/,
      ),
    ]);
  });

  test("issuers of a cert-manager that isn't there are refused nothing", () => {
    expect(on("eks", { certManager: { enabled: false, issuers: "letsencrypt" } }, engine)).toEqual([]);
  });
});

describe("the names of a certificate", () => {
  const said = (keys: readonly string[], addons: Data = {}) =>
    problemsWith({
      names: Object.fromEntries(keys.map((key) => [key, { policy: "latency", members: ["aks"] }])),
      clusters: { eks: undefined, gke: undefined, aks: { addons } },
    });
  const many = (count: number) => Array.from({ length: count }, (_, index) => `n${index}`);

  test("are a hundred at most", () => {
    expect(said(many(100))).toEqual([]);
    expect(said(many(101))).toEqual([
      "clusters.aks.addons.certManager.ingressCertificate: the fleet has 101 public names and a certificate takes 100: use wildcard names, or write none and let applications have certificates of their own",
    ]);
    expect(said(many(101), { certManager: { enabled: false } })).toEqual([]);
  });

  test("fill the role that proves them to exactly 9000 characters, of which each takes 21 more than it has", () => {
    const long = (count: number) =>
      Array.from({ length: 90 }, (_, index) => `${index < count ? "x." : "x"}${String(index).padStart(62, "a")}`);
    expect(said(long(1))).toEqual([]);
    expect(said(long(2))).toEqual([expect.stringMatching(/^clusters\.aks\.addons\.certManager: the role .* 90 public names/)]);
    expect(said(long(2), { certManager: { issuers: "none" } })).toEqual([]);
    expect(said(long(2), { certManager: { enabled: false } })).toEqual([]);
  });
});

test("certificates are carried over by cert-manager and the store alone", () => {
  const carryOver = { carryOver: true, ingressCertificate: "production" };
  expect(on("eks", { certManager: carryOver, externalSecrets: store })).toEqual([]);
  expect(on("eks", { certManager: { enabled: false, carryOver: true } })).toEqual([]);
  expect(on("eks", { certManager: { ingressCertificate: "production" } })).toEqual([]);
});

describe("the store of AKS", () => {
  const needs = "clusters.aks.addons.externalSecrets: on AKS it needs `keyVaultId`";
  const backups = { backups: { safe: { cloud: "azure", region: "uksouth" } } };
  const kept = (addons: Data) =>
    on("aks", { externalSecrets: store, backup: { enabled: true, store: "safe" }, ...addons }, backups);

  test("needs no vault of its own for logins alone", () => {
    expect(kept({})).toEqual([]);
    const blog = { engine: "mysql", cloud: "azure", region: "eastus", databases: ["ghost"], clusters: ["aks"] };
    expect(on("aks", { externalSecrets: store }, { databases: { blog } })).toEqual([]);
    const servers = { db: { role: "postgres", sshPublicKey: "ssh-ed25519 AAAA somebody", disk: { sizeGiB: 64 } } };
    expect(problemsWith({ clusters: { aks: { addons: { externalSecrets: store }, servers } } })).toEqual([]);
    expect(on("aks", { externalSecrets: store })).toEqual([expect.stringContaining(needs)]);
  });

  test.each<[Data]>([
    [{ graylog: { enabled: true } }],
    [{ monitoring: { enabled: true } }],
    [{ logging: { enabled: true, output: { to: "gelf", host: "logs.example.com" } } }],
    [{ certManager: { carryOver: true, ingressCertificate: "production" } }],
  ])("needs one for the secrets of %j", (addons) => {
    expect(kept(addons)).toContainEqual(expect.stringContaining(needs));
    const keyVaultId = `/subscriptions/${ID}/resourceGroups/v/providers/Microsoft.KeyVault/vaults/own`;
    expect(kept({ ...addons, externalSecrets: { ...store, keyVaultId } })).not.toContainEqual(expect.stringContaining(needs));
  });
});

describe("the prefix of secrets is one of all GKE clusters of a project that have any", () => {
  const secrets = (prefix: string, enabled = true) => ({ externalSecrets: { enabled, prefix } });

  test("and of two that differ the later one is told", () => {
    expect(on("gke", secrets("a"), { clusters: second(secrets("b")) })).toEqual([
      expect.stringMatching(
        /^clusters\.box\.addons\.externalSecrets\.prefix: 'b' is another prefix than 'a' of gke in .* acme-platform: /,
      ),
    ]);
  });

  test.each([
    [secrets("a", false), secrets("b")],
    [secrets("a"), secrets("b", false)],
  ])("but not of %j and %j", (first, other) => expect(on("gke", first, { clusters: second(other) })).toEqual([]));

  test("and on EKS it is anything", () => {
    expect(on("eks", secrets("a"), { clusters: { gke: { addons: secrets("b") } } })).toEqual([]);
  });
});

describe("the store of backups is one of all GKE clusters of a project that have one", () => {
  const google = { projectId: "acme-platform" };
  const backups = {
    a: { cloud: "google", region: "europe-west1", google },
    b: { cloud: "google", region: "europe-west1", google },
    c: { cloud: "aws", region: "eu-west-1", aws: { accountId: "111122223333" } },
  };
  const kept = (name: string) => ({ externalSecrets: store, backup: { enabled: true, store: name } });

  test("and of two that differ the later one is told", () => {
    expect(on("gke", kept("a"), { backups, clusters: second(kept("b")) })).toContainEqual(
      expect.stringMatching(/^clusters\.box\.addons\.backup\.store: 'b' is another store than 'a' of gke in .* acme-platform: /),
    );
  });

  test("but not of one that has none, nor of EKS", () => {
    const said = (problems: readonly string[]) => problems.filter((problem) => problem.includes("another store"));
    expect(said(on("gke", {}, { backups, clusters: second(kept("b")) }))).toEqual([]);
    expect(said(on("gke", kept("b"), { backups, clusters: second({}) }))).toEqual([]);
    expect(said(on("eks", kept("c"), { backups, clusters: { gke: { addons: kept("b") } } }))).toEqual([]);
  });
});

describe("logs", () => {
  const logging = (output?: Data) => ({ logging: { enabled: true, ...(output && { output }) } });

  test.each<[string, Data, string]>([
    ["eks", logging(), "clusters.eks.addons.logging: it needs `output`"],
    ["eks", logging({ to: "graylog" }), "clusters.eks.addons.logging.output.to: there is no Graylog on the cluster"],
    [
      "eks",
      logging({ to: "cloud", retentionDays: 31 }),
      "clusters.eks.addons.logging.output.retentionDays: CloudWatch can't keep logs for 31 days",
    ],
  ])("of %s by %j are refused", (cluster, addons, start) => {
    expect(on(cluster, addons)).toEqual([expect.stringContaining(start)]);
  });

  test("are none without logging, and go to Graylog where that is, and elsewhere where it isn't", () => {
    expect(on("eks", { logging: { enabled: false, output: { to: "graylog" } } })).toEqual([]);
    expect(on("eks", { ...logging({ to: "graylog" }), graylog: { enabled: true }, externalSecrets: store })).toEqual([]);
    expect(on("eks", { ...logging({ to: "gelf", host: "logs.example.com" }), externalSecrets: store })).toEqual([]);
  });

  test("of a cluster that exists don't go to CloudWatch", () => {
    expect(old(logging({ to: "cloud" }))).toEqual([
      expect.stringContaining("clusters.old.addons.logging.output.to: output cloud is CloudWatch, for EKS alone"),
    ]);
  });
});

test("shared storage is refused on a cluster that exists, where it is asked for", () => {
  expect(old({ storage: { enabled: false, shared: true } })).toEqual([]);
  expect(old({ storage: { enabled: true, shared: false } })).toEqual([]);
  expect(on("eks", { storage: { enabled: true, shared: true } })).toEqual([]);
});
