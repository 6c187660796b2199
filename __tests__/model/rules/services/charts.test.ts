import { charts as rule } from "../../../../model/rules/services/charts";
import type { Fleet } from "../../../../model/schema/fleet";

const REPOSITORY = "https://grafana.github.io/helm-charts";
const said = (charts: object, apps: object = {}) =>
  rule({ charts: { source: "upstream", acceptRetired: [], ...charts }, apps } as unknown as Fleet).map(
    ({ path, message }) => `${path.join(".")}: ${message}`,
  );

test("a mirror is named where charts come from it, and only there", () => {
  const mirror = "oci://r.example.com/charts";
  expect(said({})).toEqual([]);
  expect(said({ source: "mirror", mirror })).toEqual([]);
  expect(said({ source: "mirror" })).toEqual(["charts.source: source mirror needs `mirror`: the OCI registry, oci://host/path"]);
  expect(said({ mirror })).toEqual([
    "charts.mirror: charts come from 'upstream', so the mirror is not used: write source: mirror, or remove it",
  ]);
});

test("a retired chart is accepted by its own name", () => {
  const apps = { logs: { chart: "promtail", repository: REPOSITORY }, own: {} };
  expect(said({ acceptRetired: ["promtail"] }, apps)).toEqual([]);
  const refused = expect.stringMatching(
    /^apps\.logs\.chart: chart 'promtail' of https:\/\/grafana\.github\.io\/helm-charts is retired since .*: .*\. Take .*, or write charts\.acceptRetired: \[promtail\]$/,
  );
  expect(said({}, apps)).toEqual([refused]);
  expect(said({ acceptRetired: ["ingress-nginx", "promtial"] }, apps)).toEqual([
    expect.stringMatching(/^charts\.acceptRetired\.1: 'promtial' is no retired chart; did you mean 'promtail'/),
    refused,
  ]);
});
