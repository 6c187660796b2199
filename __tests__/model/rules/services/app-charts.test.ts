import { chart, image, problems } from "../../../apps/fleet";

const DIGEST = `sha256:${"0".repeat(64)}`;
const folder = { chart: "./charts/web" };
const data = { path: "/data", size: "1Gi" };
const OWN = " (values of the project's own chart: docs/apps.md)";

/** The problems of one application, on one cluster; a string is how one begins. */
const said = (app: object, more: object = {}) => problems({ a: { clusters: ["sydney"], ...app } }, more);

test.each<[object, string | undefined]>([
  [chart, undefined],
  [{ ...chart, repository: "oci://ghcr.io/team/charts" }, undefined],
  [{ ...chart, repository: "https://" }, "apps.a.repository: 'https://' is no chart repository"],
  [
    { ...chart, repository: "http://charts.example.com" },
    "apps.a.repository: 'http://charts.example.com' is no chart repository",
  ],
  [{ ...chart, repository: "x-https://charts.example.com" }, "apps.a.repository: 'x-https://charts.example.com' is no chart rep"],
  [{ ...chart, repository: "https:///charts" }, "apps.a.repository: 'https:///charts' is no chart repository"],
  [{ ...chart, repository: "https://me:pw@charts.example.com" }, "apps.a.repository: the URL has a user or password in it"],
  [{ ...chart, repository: "https://charts.example.com/me@1" }, undefined],
  [{ ...chart, repository: undefined }, "apps.a.chart: 'web' needs a repository; a chart in a folder"],
  [{ ...chart, version: undefined }, "apps.a.chart: 'web' needs an exact version, such as 1.2.3"],
  [{ ...chart, image: { ...image, digest: DIGEST } }, "apps.a.image.digest: charts differ in where they take a digest"],
  [{ ...chart, image: { ...image, pullSecrets: ["p"] } }, "apps.a.image.pullSecrets: a chart has its own place for them"],
  [{ ...chart, image }, undefined],
  [{ ...folder, version: "1.0.0" }, "apps.a.version: the chart is the folder ./charts/web, which has no version but its own"],
  [
    { ...folder, repository: chart.repository },
    "apps.a.repository: the chart is the folder ./charts/web, which has no repository",
  ],
  [{ ...folder, image: { ...image, digest: DIGEST } }, "apps.a.image.digest: charts differ"],
  [{ chart: "../web", version: "1.0.0" }, "apps.a.version: the chart is the folder ../web, "],
])("an application of a chart, %j: %s", (app, start) => {
  expect(said(app)).toEqual(start === undefined ? [] : [expect.stringContaining(start)]);
});

test.each<[object, string | undefined]>([
  [{ image: undefined }, "apps.a: has neither a chart nor an image: name one of them"],
  [{ version: "1.0.0" }, "apps.a.version: counts only with a chart, and there is none; name the chart, or take version out"],
  [{ repository: chart.repository }, "apps.a.repository: counts only with a chart, and there is none"],
  [{ image: { ...image, at: "web.image" } }, "apps.a.image.at: counts only with a chart: the project's own knows"],
  [{ image: { ...image, at: "image" } }, undefined],
  [{ image: { ...image, tag: "latest" } }, "apps.a.image.tag: latest names another image tomorrow"],
  [{ image: { ...image, tag: "variable", digest: DIGEST } }, "apps.a.image.digest: would win over the tag variable"],
  [{ image: { ...image, digest: DIGEST } }, undefined],
  [{ values: { replicas: 3, autoscaling: { max: 3 } } }, undefined],
  [{ values: { replicas: 4, autoscaling: { max: 3 } } }, "apps.a.values.autoscaling.max: 3 is less than `replicas`, 4,"],
  [{ values: { replicas: 1, volume: data } }, undefined],
  [
    { values: { replicas: 2, volume: data } },
    "apps.a.values.volume: a volume of one writer can't be in 2 pods at once; write `replicas: 1`, or",
  ],
  [
    { values: { replicas: 1, autoscaling: { max: 3 }, volume: data } },
    "apps.a.values.volume: a volume of one writer can't be in several pods at once; write `replicas: 1` and no autoscaling, or",
  ],
  [{ values: { replicas: 2, volume: { ...data, shared: true, storageClass: "mine" } } }, undefined],
  [
    { values: { replicas: 2, volume: { ...data, shared: true } } },
    "apps.a.values.volume.shared: there is no class 'shared' on sydney",
  ],
  [{ values: { replicas: 1, volume: { ...data, path: "/tmp" } } }, "apps.a.values.volume.path: '/tmp' is mounted already"],
  [
    { values: { replicas: 1, writable: ["/tmp", "/data/"], volume: data } },
    "apps.a.values.volume.path: '/data' is mounted already",
  ],
  [{ values: { writable: ["/a", "/b", "/a//"] } }, "apps.a.values.writable[2]: '/a//' is mounted already"],
  [
    { smoke: {} },
    `apps.a.smoke: a worker answers nobody: write \`values.port\`, the port that the container listens on, or take \`smoke\` out${OWN}`,
  ],
  [{ smoke: {}, values: { port: 8080 } }, undefined],
  [{ smoke: { host: "a.sydney.k8s.example.com" }, values: { port: 8080 } }, undefined],
  [
    { smoke: { host: "b.sydney.k8s.example.com" }, values: { port: 8080, replicas: 1 } },
    "apps.a.smoke.host: it doesn't answer by 'b.sydney.k8s.example.com' on sydney",
  ],
  [
    { smoke: { host: "b.sydney.k8s.example.com" }, values: { port: 8080 } },
    "apps.a.smoke.host: it doesn't answer by 'b.sydney.k8s.example.com' on sydney",
  ],
  [{ smoke: { host: "b.sydney.k8s.example.com" }, values: { port: 8080, replicas: 0 } }, undefined],
])("an application of the project's own chart, with %j: %s", (app, start) => {
  expect(said({ image, ...app })).toEqual(start === undefined ? [] : [expect.stringContaining(start)]);
});

test("shared volumes need a class where the cluster has none", () => {
  const values = { replicas: 2, volume: { ...data, shared: true } };
  expect(said({ image, values }, { defaults: { addons: { storage: { enabled: true, shared: true } } } })).toEqual([]);
});

test("a problem of values that are everywhere is said once, and one of a cluster's own at that cluster", () => {
  const everywhere = problems({ a: { image, values: { prot: 80 } } });
  expect(everywhere).toEqual([expect.stringMatching(/^apps\.a\.values\.prot: there is no field 'prot' here;/)]);
  expect(everywhere.join()).toContain(OWN);
  expect(problems({ a: { image, perCluster: { toronto: { values: { replicas: 2, volume: data } } } } })).toEqual([
    expect.stringContaining("apps.a.perCluster.toronto.values.volume: a volume of one writer can't be in 2 pods"),
  ]);
  expect(problems({ a: { image, values: { volume: data }, perCluster: { toronto: { values: { replicas: 1 } } } } })).toEqual([
    expect.stringContaining("apps.a.values.volume: a volume of one writer can't be in 2 pods"),
  ]);
});

test("a public name lets a smoke test ask by it, a wildcard by what is below, and no other", () => {
  const asked = (host: string, name: string) =>
    said(
      { image, values: { port: 8080 }, smoke: { host } },
      { names: { [name]: { policy: "simple", app: "a", members: ["sydney"] } } },
    );
  expect(asked("www.k8s.example.com", "www")).toEqual([]);
  expect(asked("x.www.k8s.example.com", "*.www")).toEqual([]);
  expect(asked("x.www.k8s.example.com", "www")).toEqual([
    expect.stringContaining(
      "its hosts there: a.sydney.k8s.example.com, www.k8s.example.com. A public name is one of them by `app: a`",
    ),
  ]);
  expect(asked("xwww.k8s.example.com", "*.www")).toEqual([expect.stringContaining("apps.a.smoke.host: it doesn't answer")]);
});
