import { stringify } from "yaml";
import { add } from "../../../changes/generations/add";
import type { Step } from "../../../changes/generations/step";
import { parseFleet } from "../../../model/reading/load";
import type { Data } from "../../model/support";
import { one } from "../support";

function added(data: Data | string, old: string, cidr?: string): Step {
  const text = typeof data === "string" ? data : stringify(data);
  const step = add(text, parseFleet(text, "f.yaml"), "next", old, cidr);
  parseFleet(step.text, "f.yaml");
  return step;
}
const networkOf = (step: Step) => {
  const next = parseFleet(step.text, "f.yaml").clusters.find(({ name }) => name === "next")!;
  return "network" in next ? next.network : undefined;
};

test("a cluster that is retired, that exists, or that is written elsewhere has no copy", () => {
  const existing = {
    cloud: "existing",
    region: "eu-west-1",
    existing: { endpoint: "https://k.example.com", exec: { command: "x" }, ingress: { ips: ["198.51.100.4"] } },
  };
  const data = one(
    "eks",
    {},
    { clusters: { old: existing, gone: { ...existing, existing: { ...existing.existing, endpoint: "https://l.example.com" } } } },
  );
  expect(() => added(data, "old")).toThrow("'old' is a cluster that something else made: its next generation too");
  const retired = one(
    "eks",
    {},
    { clusters: { gke: { cloud: "google", region: "europe-west3", network: { cidr: "10.3.0.0/16" }, retired: true } } },
  );
  expect(() => added(retired, "gke")).toThrow("'gke' is retired: a next generation follows one that serves");
  const behind = stringify(one("eks")).replace(/( {2}eks:\n(?: {4,}.*\n)+)/, "  eks: *c\n");
  expect(behind).toContain("*c");
  const anchored = `x-c: &c { cloud: aws, region: eu-west-1, network: { cidr: 10.1.0.0/16 } }\n${behind}`;
  expect(() => added(anchored, "eks")).toThrow(
    "clusters.eks.network.cidr is not written in this file itself: write it there first",
  );
});

test("ranges inside of a cluster's own move with it, others only on Google Cloud, and a given one is taken as it is", () => {
  const eks = added(one("eks", { network: { services: "10.100.0.0/16" } }), "eks");
  expect(networkOf(eks)).toMatchObject({ cidr: "10.2.0.0/16", services: "10.100.0.0/16" });
  expect(eks.said.slice(0, 2)).toEqual(["clusters.next: a copy of eks", "clusters.next.network.cidr: 10.2.0.0/16"]);
  const aks = added(one("aks", { network: { nodes: "10.2.64.0/18", pods: "10.244.0.0/16" } }), "aks", "10.9.0.0/16");
  expect(networkOf(aks)).toMatchObject({ cidr: "10.9.0.0/16", nodes: "10.9.64.0/18", pods: "10.244.0.0/16" });
  const gke = added(one("gke", { network: { services: "10.99.0.0/20" } }), "gke", "10.9.0.0/16");
  expect(networkOf(gke)).toMatchObject({ cidr: "10.9.0.0/16", services: "10.99.16.0/20" });
  const beside = added(one("gke", { network: { services: "10.99.240.0/20" } }), "gke", "10.100.0.0/16");
  expect(networkOf(beside)).toMatchObject({ cidr: "10.100.0.0/16", services: "10.101.0.0/20" });
  expect(() => added(one("eks", { network: { cidr: "192.168.0.0/16" } }), "eks")).toThrow(
    "no range of the size of 192.168.0.0/16 is free beside it: name one with --cidr",
  );
});

test("a database's list of clusters has the new one too", () => {
  const stock = { engine: "postgres", cloud: "aws", region: "eu-west-1", network: { cidr: "10.251.0.0/24" } };
  const addons = { externalSecrets: { enabled: true } };
  const data = one(
    "eks",
    { addons },
    { databases: { stock: { ...stock, clusters: ["eks"] }, own: { ...stock, network: { cidr: "10.252.0.0/24" } } } },
  );
  const { databases } = parseFleet(added(data, "eks").text, "f.yaml");
  expect([databases.stock?.clusters, databases.own?.clusters]).toEqual([["eks", "next"], []]);
});

test("what a copy shares with the first one is said: a network that exists, addresses for egress, servers", () => {
  const shares = (step: Step) => step.said.filter((line) => /^clusters\.next\.(network\.e|servers)/.test(line));
  expect(shares(added(one("eks"), "eks"))).toEqual([]);
  expect(shares(added(one("aks"), "aks"))).toEqual([]);
  const addresses = { egressAddresses: ["eipalloc-0a1b2c3d", "eipalloc-0a1b2c3e", "eipalloc-0a1b2c3f"] };
  expect(shares(added(one("eks", { network: addresses }), "eks"))).toEqual([
    "clusters.next.network.egressAddresses: those of eks, which a cloud gives to one: write others",
  ]);
  const hub = { network: "hub", subnetwork: "nodes", podsRange: "pods", servicesRange: "services" };
  const inHub = added(one("gke", { network: { cidr: undefined, existing: hub } }), "gke");
  expect(shares(inHub)).toEqual(["clusters.next.network.existing: the same network and subnets as gke"]);
  expect(inHub.said[0]).toBe("clusters.next: a copy of gke");
  expect(inHub.text).toContain("  next:\n");
});

test("what to see before traffic moves is said with the names of this fleet", () => {
  const { check, next } = added(one("eks"), "eks");
  expect(check).toEqual([
    "apply the stacks of next, in the order above",
    "every application answers there: curl --resolve, or https://<app>.next.k8s.example.com",
    expect.stringContaining("nothing is copied"),
  ]);
  expect(next).toEqual(["shift", "next", "10"]);
});
