import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clusterFindings } from "../../cli/charts/cluster-findings";
import { findings } from "../../cli/charts/findings";
import { type FleetRelease, fleetCharts, withoutReferences } from "../../cli/charts/releases";
import { chartStatus, newestOf, statusTable } from "../../cli/charts/status";
import { vendor } from "../../cli/charts/vendor";
import { CHARTS } from "../../model/add-ons/charts";
import { root } from "../support/fleet";
import { resources } from "../support/synth";
import { primingOf, synthClouds } from "./fleets";

const archive = Buffer.from("a chart's archive");
const digest = createHash("sha256").update(archive).digest("hex");

/** A chart repository and an OCI registry that wants a token, on this machine. */
function serve(): Promise<Server> {
  const server = createServer((request, response) => {
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const send = (body: string | Buffer, status = 200, headers = {}) => response.writeHead(status, headers).end(body);
    const url = request.url ?? "";
    if (url === "/charts/index.yaml")
      return send(
        `entries:\n  web:\n  - { version: 1.2.3, urls: [web-1.2.3.tgz], digest: ${digest} }\n  - { version: 1.10.0, urls: [x.tgz] }\n  - { version: 2.0.0-rc.1, urls: [x.tgz] }\n  bad:\n  - { version: 1.0.0, urls: [web-1.2.3.tgz], digest: ${"0".repeat(64)} }\n`,
      );
    if (url === "/charts/web-1.2.3.tgz") return send(archive);
    if (url.startsWith("/token")) return send(JSON.stringify({ token: "t" }));
    if (url.startsWith("/v2/")) {
      if (request.headers.authorization !== "Bearer t")
        return send("", 401, { "www-authenticate": `Bearer realm="${base}/token",service="r",scope="repository:x:pull"` });
      if (url.includes("last=")) return send(JSON.stringify({ tags: ["v1.4.0"] }));
      if (url.includes("/tags/list"))
        return send(JSON.stringify({ tags: ["v1.3.0", "latest"] }), 200, { link: `<${url}&last=v1.3.0>; rel="next"` });
      if (url.includes("/manifests/v1.4.0"))
        return send(
          JSON.stringify({
            layers: [{ mediaType: "application/vnd.cncf.helm.chart.content.v1.tar+gzip", digest: `sha256:${digest}` }],
          }),
        );
      if (url.includes("/blobs/")) return send(archive);
    }
    return send("", 404);
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

describe("with repositories at hand", () => {
  let server: Server;
  let folder: string;
  let https: string;
  let oci: string;
  beforeAll(async () => {
    server = await serve();
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    [https, oci] = [`http://${host}/charts`, `oci://${host}/some/charts`];
    folder = mkdtempSync(join(tmpdir(), "vendor-"));
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  });
  const release = (chart: string, repository: string | undefined, version: string): FleetRelease => ({
    stack: "s",
    name: chart,
    namespace: "n",
    chart,
    repository,
    version,
    values: {},
    before: [],
  });

  test("the newest release is found in an index and in a registry, and an answer of 404 is said", async () => {
    const pin = (chart: string, repository: string, version: string) => ({ ...CHARTS.traefik, chart, repository, version });
    const rows = await chartStatus([pin("web", https, "1.2.3"), pin("api", oci, "v1.4.0"), pin("gone", `${https}/no`, "1.0.0")]);
    expect(rows.map(({ newest }) => newest)).toEqual(["1.10.0", "v1.4.0", { unknown: expect.stringContaining("404") }]);
    expect(statusTable(rows)).toMatch(
      /^chart +pinned +newest +ends\nweb +1\.2\.3 +1\.10\.0\napi +v1\.4\.0 +the same\ngone +1\.0\.0 +\? +not known: .*404/,
    );
  });

  test("archives are brought once, with their digests; those that this fleet does not need stay for others", async () => {
    writeFileSync(join(folder, "old-1.0.0.tgz"), "old");
    const wanted = [
      release("web", https, "1.2.3"),
      release("api", oci, "v1.4.0"),
      release("./assets/chart-objects", undefined, "1.0.0"),
    ];
    expect((await vendor(wanted, folder)).map(({ file, state }) => [file, state])).toEqual([
      ["api-v1.4.0.tgz", "fetched"],
      ["web-1.2.3.tgz", "fetched"],
      ["old-1.0.0.tgz", "unused"],
    ]);
    expect((await vendor(wanted, folder)).map(({ state }) => state)).toEqual(["kept", "kept", "unused"]);
    expect((await vendor(wanted.slice(1), folder)).map(({ state }) => state)).toEqual(["kept", "unused", "unused"]);
    expect(readdirSync(folder).sort()).toEqual(["api-v1.4.0.tgz", "charts.lock.json", "old-1.0.0.tgz", "web-1.2.3.tgz"]);
    expect(JSON.parse(readFileSync(join(folder, "charts.lock.json"), "utf8"))).toEqual({
      "api-v1.4.0.tgz": digest,
      "web-1.2.3.tgz": digest,
    });
  });

  test("an archive that is not what its repository says, or not what it was, is refused", async () => {
    await expect(vendor([release("bad", https, "1.0.0")], folder)).rejects.toThrow(/another digest/);
    await expect(vendor([release("web", https, "9.9.9")], folder)).rejects.toThrow(/no version '9\.9\.9'/);
    await expect(vendor([release("web", "http://127.0.0.1:1", "1.2.3")], join(folder, "new"))).rejects.toThrow(
      /^http:\/\/127\.0\.0\.1:1\/index\.yaml can't be reached: .+/,
    );
    const twice = [release("web", https, "1.2.3"), release("web", oci, "1.2.3")];
    await expect(vendor(twice, folder)).rejects.toThrow(/would come from .*one folder can't hold both/);
    writeFileSync(join(folder, "charts.lock.json"), JSON.stringify({ "web-1.2.3.tgz": "1".repeat(64) }));
    rmSync(join(folder, "web-1.2.3.tgz"), { force: true });
    await expect(vendor([release("web", https, "1.2.3")], folder)).rejects.toThrow(/now serves another archive/);
  });
});

test("fleets/all-on.yaml has every chart at its pin, and at the pin before where there is one: both can be vendored", () => {
  const [now, before] = [false, true].map((previous) => {
    const { releases } = fleetCharts(join(root, "fleets", "all-on.yaml"), previous);
    return new Set(releases.map(({ chart, version }) => `${chart} ${version}`));
  });
  const pins = Object.values(CHARTS);
  expect(pins.filter(({ chart, version }) => !now!.has(`${chart} ${version}`))).toEqual([]);
  expect(pins.filter(({ chart, version, previous = version }) => !before!.has(`${chart} ${previous}`))).toEqual([]);
});

test("offline, one line says so, and the pins are there all the same", async () => {
  const rows = await chartStatus(
    [CHARTS.traefik, CHARTS.graylog].map((pin) => ({ ...pin, repository: "http://127.0.0.1:1/charts" })),
  );
  expect(rows.map(({ newest }) => newest)).toEqual([{ unknown: expect.any(String) }, { unknown: expect.any(String) }]);
  expect(statusTable(rows)).toMatch(/^No repository answers.*\nchart .*\ntraefik +41\.3\.0 +\?\ngraylog +3\.0\.29 +\?.*\n$/);
});

test("a repository that says nothing is not waited for for ever", async () => {
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const soon = AbortSignal.timeout(50);
  const timeout = jest.spyOn(AbortSignal, "timeout").mockReturnValue(soon);
  try {
    const repository = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const [row] = await chartStatus([{ ...CHARTS.traefik, repository }]);
    expect(row!.newest).toEqual({ unknown: `${repository}/index.yaml can't be reached: no answer in 30 s` });
    expect(timeout).toHaveBeenCalledWith(30_000);
  } finally {
    timeout.mockRestore();
    silent.closeAllConnections();
    silent.close();
  }
});

test("what a line's end is stands beside it", () => {
  expect(statusTable([{ chart: "a", pinned: "1.0.0", newest: "1.0.1", ends: "2026-12-01", note: "n" }])).toMatch(
    /a +1\.0\.0 +1\.0\.1 +2026-12-01 +n\n$/,
  );
});

test("versions are compared by number, and pre-releases count only where there is nothing else", () => {
  expect(newestOf(["1.9.0", "1.10.0", "1.2.0"])).toBe("1.10.0");
  expect(newestOf(["v1.9.0", "v2.0.0-rc.1", "latest"])).toBe("v1.9.0");
  expect(newestOf(["2.0.0-rc.1"])).toBe("2.0.0-rc.1");
  expect(newestOf([])).toEqual({ unknown: expect.any(String) });
});

describe("where charts come from", () => {
  test("a mirror has every chart by its own name and version", () => {
    const stack = primingOf(
      synthClouds(["aws"], { more: "charts: { source: mirror, mirror: oci://r.example.com/charts }" }),
      "aws",
    );
    for (const { chart, repository } of Object.values(resources(stack, "helm_release")))
      expect(repository).toBe(String(chart).startsWith("./") ? undefined : "oci://r.example.com/charts");
  });
});

test("references in values become words, and escaped templates what they are", () => {
  expect(withoutReferences('{"a":"${element(split(\\"}\\", x), 1)}:aud","b":"$${c}"}')).toMatch(/^\{"a":"terraform-value/);
  expect(withoutReferences('{"b":"$${c} ${data.x.y}"}')).toBe('{"b":"${c} terraform-value"}');
});

describe("what charts render", () => {
  const pod = (container: object, spec: object = {}) => [
    {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "d" },
      spec: { template: { spec: { containers: [{ name: "c", ...container }], ...spec } } },
    },
  ];
  const resources = { requests: { cpu: "1m", memory: "1Mi" }, limits: { memory: "1Mi" } };
  const securityContext = {
    runAsNonRoot: true,
    allowPrivilegeEscalation: false,
    capabilities: { drop: ["ALL"] },
    seccompProfile: { type: "RuntimeDefault" },
  };

  test("is judged: fixed images, requests and limits, pod security, no secrets", () => {
    const good = { image: "r.example.com:5000/a/b:1.2.3", resources, securityContext };
    expect(findings(pod(good), "restricted")).toEqual([]);
    expect(findings(pod({ ...good, image: "r.example.com:5000/a/b" }), "restricted")).toEqual([
      expect.stringMatching(/no fixed version/),
    ]);
    expect(findings(pod({ ...good, image: "b:latest" }), "restricted")).toHaveLength(1);
    expect(findings(pod({ ...good, image: `b@sha256:${digest}` }), "restricted")).toEqual([]);
    expect(findings(pod({ ...good, resources: { requests: { cpu: "1m" } } }), "restricted")).toEqual([
      expect.stringMatching(/request of memory, no limit/),
    ]);
    expect(findings(pod({ ...good, securityContext: {} }), "restricted")).toHaveLength(4);
    expect(findings(pod({ ...good, securityContext: {} }), "baseline")).toEqual([]);
    expect(findings(pod(good, { hostNetwork: true, volumes: [{ name: "v", hostPath: {} }] }), "baseline")).toHaveLength(2);
    expect(findings(pod(good, { hostNetwork: true }), "privileged")).toEqual([]);
    const secret = { apiVersion: "v1", kind: "Secret", metadata: { name: "s" }, data: { password: "eA==" } };
    expect(findings([secret], "restricted")).toEqual([expect.stringMatching(/Secret s.*password/)]);
    expect(findings([{ ...secret, data: undefined }], "restricted")).toEqual([]);
  });
});

describe("what a cluster gets from all charts together", () => {
  const object = (kind: string, name: string, namespace: string, rest: object = {}, annotations = {}) => ({
    apiVersion: "v1",
    kind,
    metadata: { name, namespace, annotations },
    ...rest,
  });
  const service = (spec: object, annotations = {}) => [object("Service", "traefik", "traefik", { spec }, annotations)];
  const ports = [
    { port: 80, nodePort: 30080 },
    { port: 443, nodePort: 30081 },
  ];

  test("has the ingress on the static address", () => {
    expect(clusterFindings(service({ type: "NodePort", ports }), "aws")).toEqual([]);
    expect(clusterFindings(service({ type: "NodePort", ports: [{ port: 80, nodePort: 31000 }] }), "aws")).toHaveLength(1);
    const azure = { "service.beta.kubernetes.io/azure-pip-name": "ip" };
    expect(clusterFindings(service({ type: "LoadBalancer" }, azure), "azure")).toEqual([]);
    expect(clusterFindings(service({ type: "LoadBalancer" }, azure), "google")).toHaveLength(1);
    expect(clusterFindings(service({ type: "ClusterIP" }, azure), "azure")).toHaveLength(1);
    const pods = object("Deployment", "traefik", "traefik", { spec: { template: { spec: { containers: [] } } } });
    expect(clusterFindings([pods], "azure")).toEqual(["Deployment traefik/traefik: no service named traefik"]);
    expect(clusterFindings([pods, ...service({ type: "LoadBalancer" }, azure)], "azure")).toEqual([]);
  });

  test("proves names by DNS-01 with an identity", () => {
    const issuer = (solvers: object[]) => [object("ClusterIssuer", "i", "", { spec: { acme: { solvers } } })];
    const route53 = { role: "arn", auth: { kubernetes: { serviceAccountRef: {} } } };
    expect(clusterFindings(issuer([{ dns01: { route53 } }]), "aws")).toEqual([]);
    expect(clusterFindings(issuer([{ dns01: { azureDNS: { managedIdentity: { clientID: "x" } } } }]), "azure")).toEqual([]);
    for (const solvers of [
      [],
      [{ http01: {} }],
      [{ dns01: { route53: { role: "arn" } } }],
      [{ dns01: { route53 } }, { http01: {} }],
    ])
      expect(clusterFindings(issuer(solvers), "aws")).toHaveLength(1);
  });

  test("gives pods their identity", () => {
    const deployment = (name: string, env: object[] = []) =>
      object("Deployment", name, name, { spec: { template: { spec: { containers: [{ name: "c", env }] } } } });
    const account = (name: string, annotations = {}) => object("ServiceAccount", name, name, {}, annotations);
    expect(clusterFindings([deployment("external-dns", [{ name: "AWS_ROLE_ARN" }])], "google")).toEqual([]);
    expect(clusterFindings([deployment("external-dns")], "google")).toHaveLength(1);
    const secrets = [deployment("external-secrets"), account("external-secrets")];
    const store = object("ClusterSecretStore", "cloud", "", {});
    expect(clusterFindings([...secrets, store], "aws")).toEqual([]);
    expect(clusterFindings([...secrets, store], "google")).toHaveLength(1);
    // the stores of namespaces have accounts of their own
    expect(clusterFindings(secrets, "google")).toEqual([]);
    const google = { "iam.gke.io/gcp-service-account": "x" };
    expect(clusterFindings([deployment("external-secrets"), account("external-secrets", google), store], "google")).toEqual([]);
    expect(clusterFindings([deployment("cluster-autoscaler")], "aws")).toHaveLength(1);
  });
});
