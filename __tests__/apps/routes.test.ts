import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fleetCharts } from "../../cli/charts/releases";
import type { KubeObject } from "../../cli/charts/render";
import { routeFindings } from "../../cli/charts/route-findings";
import { appsText } from "./fleet";

const object = (kind: string, spec: object) =>
  ({ apiVersion: "v1", kind, metadata: { name: "x" }, spec }) as unknown as KubeObject;
const hosts = ["web.toronto.k8s.example.com", "shop.k8s.example.com"];
const found = (...objects: readonly KubeObject[]) => routeFindings({ hosts }, objects);

test.each([
  ["an Ingress", object("Ingress", { rules: hosts.map((host) => ({ host })) })],
  ["an Ingress for every host", object("Ingress", { rules: [{ http: {} }] })],
  ["Gateway API", object("HTTPRoute", { hostnames: ["*.toronto.k8s.example.com", "shop.k8s.example.com"] })],
  ["Traefik's own", object("IngressRoute", { routes: [{ match: `Host(\`${hosts[0]}\`) || Host(\`${hosts[1]}\`)` }] })],
])("%s that has all hosts is what people need", (_what, route) => {
  expect(found(route)).toEqual([]);
});

test("a public name without a route is found, with the routes that there are", () => {
  expect(found(object("Ingress", { rules: [{ host: "chart.example.com" }] }))).toEqual([
    "public names lead to it, and no route of its chart has web.toronto.k8s.example.com, shop.k8s.example.com, only chart.example.com: write {hosts} where it takes them (docs/apps.md)",
  ]);
  expect(found(object("HTTPRoute", { hostnames: ["*.k8s.example.com"] }))[0]).toContain("has web.toronto.k8s.example.com, only");
  expect(found(object("Deployment", {}))[0]).toContain(
    "no route of its chart has web.toronto.k8s.example.com, shop.k8s.example.com:",
  );
  expect(routeFindings({}, [])).toEqual([]);
});

test("it is asked of charts of others alone, and where a public name leads to them", () => {
  const chart = { chart: "web", repository: "https://charts.example.com", version: "1.0.0" };
  const image = { repository: "ghcr.io/team/shop", tag: "1.2.3" };
  const folder = mkdtempSync(join(tmpdir(), "routes-"));
  try {
    const file = join(folder, "f.yaml");
    const names = {
      shop: { policy: "simple", members: ["toronto"], app: "web" },
      own: { policy: "simple", members: ["toronto"], app: "own" },
    };
    writeFileSync(file, appsText({ web: chart, other: chart, own: { image, values: { port: 8080 } } }, { names }));
    const asked = fleetCharts(file).releases.filter((release) => release.hosts !== undefined);
    expect(asked.map(({ stack, name, hosts: all }) => [stack, name, all])).toEqual([["f-toronto-apps", "web", hosts]]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
