import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isCurrent, isLocal, type ReleaseFacts } from "../../cli/charts/facts";
import { hostsIn } from "../../cli/charts/host-findings";
import { LARGEST_RECORD, recordBytes } from "../../cli/charts/record";
import { type MadeRelease, releaseFindings } from "../../cli/charts/release-findings";
import { type FleetRelease, fleetCharts } from "../../cli/charts/releases";
import { KUBERNETES, type KubeObject } from "../../cli/charts/render";
import chartFacts from "../../model/catalog/data/chart-facts.json";
import type { Cloud } from "../../model/schema/common";
import { root } from "../support/fleet";

const facts = chartFacts as unknown as readonly ReleaseFacts[];
const { releases, clouds } = fleetCharts(join(root, "fleets", "all-on.yaml"));
const priming = releases.filter(({ stack }) => stack.endsWith("-priming"));
const factsOf = ({ stack, name }: FleetRelease) => facts.find((one) => one.stack === stack && one.name === name);

/** What a release makes: of local charts from what is here, of others from what was seen when they were rendered. */
function made(release: FleetRelease): MadeRelease {
  if (isLocal(release)) return { ...release, ...local(release) };
  const { record = 0, objects = [] } = factsOf(release) ?? {};
  return { ...release, record, objects };
}

function local({ chart, values, namespace }: FleetRelease): { record: number; objects: readonly KubeObject[] } {
  const set = /^\.\/assets\/definitions-([a-z-]+)\//.exec(chart)?.[1];
  const folder = join(root, "charts", set === undefined ? "objects" : join("definitions", set));
  const manifest =
    set === undefined
      ? (values as { objects: object[] }).objects.map((object) => JSON.stringify(object)).join("\n---\n")
      : readFileSync(join(folder, "charts", "definitions", "templates", "definitions.yaml"), "utf8");
  const objects = manifest
    .split("---\n")
    .flatMap((text) => (text.trim() === "" ? [] : [JSON.parse(text) as KubeObject]))
    .map(({ metadata, ...rest }) => ({ ...rest, metadata: { namespace, ...metadata } }));
  return { record: recordBytes(folder, values, manifest), objects: objects as unknown as KubeObject[] };
}

test.each(
  priming.filter((release) => !isLocal(release)).map((release) => [`${release.stack} ${release.name}`, release] as const),
)("what %s makes is known of its version and its values as they are now", (_name, release) => {
  if (!isCurrent(factsOf(release), release))
    throw new Error(
      `${release.stack}, release ${release.name}: its chart's version or its values have changed since it was rendered. Unpack the charts and run npm run charts -- check --charts FOLDER --facts`,
    );
});

describe.each(Object.entries(clouds).filter(([stack]) => stack.endsWith("-priming")))("the releases of %s", (stack, cloud) => {
  const own = priming.filter((release) => release.stack === stack).map(made);

  test("have nothing that a cluster would refuse, and find each other", () => {
    expect(own.length).toBeGreaterThan(20);
    expect(releaseFindings(own, cloud, KUBERNETES)).toEqual([]);
  });

  test("were told hosts, and have them", () => {
    const told = own.flatMap(({ values, namespace }) => hostsIn(values, namespace).map(({ text }) => text));
    expect(told).toEqual(
      expect.arrayContaining(["http://opensearch-cluster-master:9200", "graylog-tcp.graylog.svc.cluster.local Port 12201"]),
    );
  });

  test("have the MongoDB that docs/add-ons.md says to put into Graylog's secret", () => {
    const docs = readFileSync(join(root, "docs", "add-ons.md"), "utf8");
    const address = /mongodb:\/\/[^`]+/.exec(docs)![0];
    const graylog = own.find(({ name }) => name === "graylog")!;
    const beside = own.flatMap(({ objects }) => objects).filter(({ metadata }) => metadata.namespace === graylog.namespace);
    expect(releaseFindings([{ ...graylog, values: { uri: address }, objects: beside }], cloud, KUBERNETES)).toEqual([]);
  });
});

describe("an old fault, put back, is found:", () => {
  const ireland = priming.filter(({ stack }) => stack === "allon-ireland-priming").map(made);
  const service = (name: string, namespace: string, ports: object[]): KubeObject => ({
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, namespace },
    spec: { ports },
  });
  /** Findings when one release of ireland is another. */
  const withChange = (name: string, change: (release: MadeRelease) => Partial<MadeRelease>, cloud: Cloud = "aws") =>
    releaseFindings(
      ireland.map((release) => (release.name === name ? { ...release, ...change(release) } : release)),
      cloud,
      KUBERNETES,
    );

  test("Graylog's second port named gelf", () => {
    const found = withChange("graylog", ({ objects }) => ({
      objects: objects.map((object) => {
        if (object.kind !== "StatefulSet") return object;
        const changed = structuredClone(object) as unknown as {
          spec: { template: { spec: { containers: { ports: object[] }[] } } };
        };
        changed.spec.template.spec.containers[0]!.ports.push({ name: "gelf", containerPort: 12201 });
        return changed as unknown as KubeObject;
      }),
    }));
    expect(found).toEqual([expect.stringMatching(/release graylog: StatefulSet graylog, container .*: port gelf twice/)]);
  });

  test("Graylog told a host that no chart makes, or a port that it hasn't", () => {
    expect(withChange("graylog", () => ({ values: { hosts: "http://opensearch:9200" } }))).toEqual([
      "release graylog is told http://opensearch:9200, and no Service graylog/opensearch is made",
    ]);
    expect(withChange("graylog", () => ({ values: { hosts: "http://opensearch-cluster-master:9201" } }))).toEqual([
      expect.stringMatching(/has no port 9201/),
    ]);
  });

  test("a record that no Secret takes", () => {
    expect(withChange("gateway-api", () => ({ record: 1_212_760 }))).toEqual([
      `release gateway-api: Helm's record has 1212760 bytes, and more than ${LARGEST_RECORD} leaves no room in a Secret (1 MiB)`,
    ]);
  });

  test("network policies that don't wait for the namespaces they write into", () => {
    const found = withChange("network-policies", () => ({ before: ["priming"] }));
    expect(found).toContainEqual("release network-policies has objects in namespace traefik, which it doesn't come after");
    expect(found.length).toBeGreaterThan(5);
  });

  test("Gateway API's definitions on GKE, and its experimental channel anywhere", () => {
    const definition = (name: string, channel: string): KubeObject => ({
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinition",
      metadata: { name, namespace: "priming", annotations: { "gateway.networking.k8s.io/channel": channel } },
    });
    const gateways = definition("gateways.gateway.networking.k8s.io", "standard");
    expect(withChange("gateway-api", () => ({ objects: [gateways] }))).toEqual([]);
    expect(withChange("gateway-api", () => ({ objects: [gateways] }), "google")).toEqual([
      "release gateway-api: gateways.gateway.networking.k8s.io is Google's own on GKE",
    ]);
    const experimental = definition("xmeshes.gateway.networking.x-k8s.io", "experimental");
    expect(withChange("gateway-api", () => ({ objects: [experimental] }))).toEqual([
      expect.stringMatching(/experimental channel/),
    ]);
  });

  test("an API version that the cluster's Kubernetes has no more", () => {
    const budget: KubeObject = {
      apiVersion: "policy/v1beta1",
      kind: "PodDisruptionBudget",
      metadata: { name: "b", namespace: "traefik" },
    };
    expect(withChange("traefik", ({ objects }) => ({ objects: [...objects, budget] }))).toEqual([
      "release traefik: PodDisruptionBudget b: policy/v1beta1 is gone since Kubernetes 1.25",
    ]);
  });

  test("two ports of one name, or one number, in a Service", () => {
    const twice = service("s", "traefik", [
      { name: "a", port: 1 },
      { name: "a", port: 2 },
      { name: "b", port: 2 },
    ]);
    expect(withChange("traefik", ({ objects }) => ({ objects: [...objects, twice] }))).toEqual([
      "release traefik: Service s: port 2/TCP twice",
      "release traefik: Service s: port a twice",
    ]);
  });
});
