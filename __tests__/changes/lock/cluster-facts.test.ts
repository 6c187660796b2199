import { clusterFacts } from "../../../changes/lock/cluster-facts";
import { type Data, fleetWith } from "../../model/support";

const factsOf = (name: string, changes: Data) => {
  const fleet = fleetWith(changes);
  return clusterFacts(fleet, fleet.clusters.find((one) => one.name === name)!, undefined);
};

test.each<[string, Data, string | undefined]>([
  ["real ones", { ingressCertificate: "production" }, "production"],
  ["none asked for", { ingressCertificate: "none" }, undefined],
  ["no issuers", { issuers: "none" }, undefined],
  ["no cert-manager", { enabled: false }, undefined],
])("the ingress certificate is noted with its names where somebody issues it: %s", (_, certManager, certificate) => {
  const names = { www: { policy: "simple", members: ["eks"] }, app: { policy: "simple", members: ["eks"] } };
  const facts = factsOf("eks", { names, clusters: { eks: { addons: { certManager } } } });
  expect([facts.certificate, facts.certificateNames]).toEqual([
    certificate,
    certificate && ["*.eks.k8s.example.com", "app.k8s.example.com", "www.k8s.example.com"],
  ]);
});

test("of a pool everything is noted that replaces or rotates it, and of GKE's no version", () => {
  const pool = {
    diskGib: 77,
    max: 7,
    maxPods: 31,
    min: 2,
    spot: true,
    zones: ["eu-west-1a"],
  };
  const pools = (name: string, main: Data) =>
    factsOf(name, { clusters: { [name]: { kubernetes: "1.36", pools: { main } } } }).pools;
  const image = { image: "1.36.1-20261112", machines: ["m7i.large", "m7a.large"] };
  expect(pools("eks", { ...pool, ...image })).toEqual({ main: { architecture: "amd64", kubernetes: "1.36", ...pool, ...image } });
  expect(Object.keys(pools("gke", {})!.main!).sort()).toEqual(["architecture", "diskGib", "max", "maxPods", "min", "spot"]);
});

test("of EKS its flow logs and pinned add-ons are noted, where there are such", () => {
  const noted = (aws: Data) => {
    const { flowLogs, eksAddons, logs } = factsOf("eks", { clusters: { eks: { aws } } });
    return { flowLogs, eksAddons, logs };
  };
  const coredns = { coredns: "v1.13.1-eksbuild.1" };
  expect(noted({ flowLogs: true, addonVersions: coredns })).toEqual({ flowLogs: "made", eksAddons: coredns, logs: "made" });
  expect(noted({ flowLogs: true, keepLogs: true, logTypes: [] })).toEqual({ flowLogs: "kept", logs: "none" });
  expect(noted({ flowLogs: false })).toEqual({ logs: "made" });
});

test.each(["aks", "gke"])("a range that the file gives is noted as it is: %s", (name) => {
  const network = { cidr: "10.8.0.0/16", nodes: "10.8.64.0/20", pods: "10.40.0.0/14", services: "10.44.0.0/20" };
  expect(factsOf(name, { clusters: { [name]: { network } } }).ranges).toEqual(network);
});
