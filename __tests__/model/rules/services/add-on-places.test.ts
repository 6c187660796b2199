import { type Data, problemsWith } from "../../support";

const on = (cluster: string, addons: Data) => problemsWith({ clusters: { [cluster]: { addons } } });
const old = (addons: Data) => ({
  clusters: {
    old: {
      cloud: "existing",
      region: "eu-west-1",
      existing: { endpoint: "https://old.example.com", exec: { command: "token" }, ingress: { ips: ["203.0.113.9"] } },
      addons,
    },
  },
});

test.each<[string, () => string[]]>([
  [
    "clusters.eks.addons.certManager.carryOver: certificates are carried over through the cloud's secret store",
    () => on("eks", { certManager: { carryOver: true, ingressCertificate: "production" } }),
  ],
  [
    "clusters.eks.addons.certManager.carryOver: only certificates of ingressCertificate 'production' are worth keeping",
    () => on("eks", { certManager: { carryOver: true, ingressCertificate: "none" }, externalSecrets: { enabled: true } }),
  ],
  [
    "clusters.gke.addons.logging.output.to: GKE sends the logs of every container to Cloud Logging by itself",
    () => on("gke", { logging: { enabled: true, output: { to: "cloud" } } }),
  ],
  [
    "clusters.aks.addons.logging.output.to: output cloud is CloudWatch, for EKS alone",
    () => on("aks", { logging: { enabled: true, output: { to: "cloud" } } }),
  ],
  [
    "clusters.old.addons.externalSecrets.enabled: which cloud's secret store an existing cluster can use is not known here",
    () => problemsWith(old({ externalSecrets: { enabled: true } })),
  ],
  [
    "clusters.old.addons.storage.shared: which file service an existing cluster's cloud has is not known here",
    () => problemsWith(old({ storage: { enabled: true, shared: true } })),
  ],
])("%s", (start, problems) => {
  expect(problems()).toEqual([expect.stringContaining(start)]);
});

test("only a zone in Route53 has a role for each name that is proved, which IAM finds too long at some hundred names", () => {
  const names = Object.fromEntries(
    Array.from({ length: 250 }, (_, index) => [
      `a-rather-long-name-of-an-application-${index}`,
      { policy: "latency", members: ["aks"] },
    ]),
  );
  const said = (dns: Data) =>
    problemsWith({ names, dns, clusters: { eks: undefined, gke: undefined } }).filter((problem) =>
      problem.includes("too long for IAM"),
    );
  expect(said({})).toEqual([
    "clusters.aks.addons.certManager: the role that proves the fleet's 250 public names would be too long for IAM: use wildcard names, or write enabled: false",
  ]);
  expect(said({ engine: "azure" })).toEqual([]);
});
