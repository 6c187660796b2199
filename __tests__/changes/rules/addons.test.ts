import { addonsGone, chartsMoved } from "../../../changes/rules/addons";
import { heard, words } from "./bare";

const of = (cloud: string, charts: Record<string, string>, retired = false) => ({ clusters: { c: { cloud, charts, retired } } });

test("a release that keeps data leaves only when what is lost is accepted, unless its cluster leaves", () => {
  const lost = {
    graylog: "message journal",
    "kube-prometheus-stack": "the metrics",
    mongodb: "its databases",
    "nfs-server-provisioner": "every volume",
    opensearch: "its indices",
  };
  for (const [release, what] of Object.entries(lost)) {
    const before = of("aws", { [release]: "1" });
    expect(heard(addonsGone, before, of("aws", {}))).toEqual(["refused addon-with-data clusters.c.addons"]);
    expect(words(addonsGone, before, of("aws", {}))[0]).toContain(`release ${release} would be uninstalled, with `);
    expect(words(addonsGone, before, of("aws", {}))[0]).toContain(what);
    expect(heard(addonsGone, before, of("aws", {}, true))).toEqual([]);
    expect(heard(addonsGone, before, of("azure", {}))).toEqual([]);
  }
});

test("a chart's version is said where it moves", () => {
  expect(words(chartsMoved, of("aws", { a: "1", b: "1" }), of("aws", { a: "1", b: "2", fresh: "1" }))).toEqual([
    "chart of release b: 1 → 2",
  ]);
});

test.each([
  ["fluent-bit", "`addons.logging.enabled: true`"],
  ["gateway-api", "`addons.gatewayApi.enabled: true`"],
  ["load-balancer-guard", "`addons.guards.unplannedLoadBalancers: refuse` keeps it"],
  ["traefik", "`addons.ingress.controller: traefik` keeps it"],
  ["envoy-gateway", "`addons.ingress.controller: envoy-gateway` keeps it"],
])("an existing cluster is told the field that keeps a release: %s", (release, field) => {
  expect(words(addonsGone, of("existing", { [release]: "1" }), of("existing", {}))[0]).toContain(field);
});
