import { appsText, chart, image, problems } from "../../../apps/fleet";
import { fleetOf } from "../../../support/fleet";

test.each([
  [{ a: {} }, "has neither a chart nor an image"],
  [{ a: { image, version: "1.0.0" } }, "counts only with a chart"],
  [{ a: { chart: "web" } }, "'web' needs a repository"],
  [{ a: { chart: "./charts/web", version: "1.0.0" } }, "which has no version but its own"],
  [{ a: { image: { ...image, tag: "latest" } } }, "latest names another image tomorrow"],
  [{ a: { image, values: { prot: 80 } } }, "apps.a.values.prot: there is no field 'prot' here; allowed: replicas, port"],
  [{ a: { image, perCluster: { sydney: { values: { port: 80 } } } } }, "apps.a.perCluster.sydney.values.port: "],
  [
    { a: { image, values: { prot: 80 }, perCluster: { sydney: { values: { replicas: 3 } } } } },
    "apps.a.values.prot: there is no field 'prot' here",
  ],
  [{ a: { image, values: { volume: { path: "/data", size: "1Gi" } } } }, "a volume of one writer can't be in 2 pods at once"],
  [{ a: { image, after: ["b"] }, b: { image, after: ["a"] } }, "comes after itself: a after b after a"],
  [{ a: { image, after: ["b"] }, b: { image, clusters: ["sydney"] } }, "'b' doesn't run on saopaulo, toronto"],
  [{ a: { image, smoke: {} } }, "apps.a.smoke: a worker answers nobody: write `values.port`"],
  [{ a: { image, values: { replicas: 0 }, smoke: {} } }, undefined],
  [
    { a: { image, values: { port: 8080 }, clusters: ["sydney"], smoke: { host: "b.k8s.example.com" } } },
    "apps.a.smoke.host: it doesn't answer by 'b.k8s.example.com' on sydney, so that its ingress would say 404; its hosts there: a.sydney.k8s.example.com",
  ],
  [{ a: { ...chart, smoke: { host: "b.k8s.example.com" } } }, undefined],
  [{ traefik: { image } }, "apps.traefik: 'traefik' is what Meridian's own add-ons run in"],
  [{ a: { image, namespace: "monitoring" } }, "apps.a.namespace: 'monitoring' is what Meridian's own add-ons run in"],
  [
    { a: { image, namespace: "default" } },
    "apps.a.namespace: every cluster has 'default' already: take another namespace, or write",
  ],
  [{ a: { image, namespace: "kube-public" } }, "apps.a.namespace: 'kube-public' is Kubernetes' own: take another namespace"],
  [
    { a: { image, namespace: "gmp-system", clusters: ["sydney"] } },
    "apps.a.namespace: GKE makes 'gmp-system' for itself, on sydney too: take another namespace",
  ],
  [{ a: { image, namespace: "gatekeeper-system", clusters: ["sydney"] } }, undefined],
  [{ a: { image: { ...image, tag: `1.2.3@sha256:${"0".repeat(64)}` } } }, "128 at most; a digest stands under `digest`"],
  [{ a: { ...chart, chart: "oci://ghcr.io/team/charts/web" } }, "its address under `repository`"],
  [{ "x-cluster": { image: { ...image, tag: "variable" }, clusters: ["sydney"] }, "x-y": { image } }, undefined],
  [
    { a: { image: "ghcr.io/team/shop:1.2.3" } },
    `apps.a.image: 'ghcr.io/team/shop:1.2.3' is not valid: an image is a map: write { repository: ghcr.io/team/shop, tag: "1.2.3" }`,
  ],
  [{ a: { image: "localhost:5000/shop" } }, "write { repository: localhost:5000/shop, tag: … }"],
  [
    { a: { image: { repository: "ghcr.io/team/shop:1.2.3@sha256:0a", tag: "1.2.3" } } },
    'a tag and a digest have fields of their own: write repository: ghcr.io/team/shop, tag: "1.2.3", digest: "sha256:0a"',
  ],
  [{ a: { image: ["shop"] } }, "apps.a.image: a list of 1 is not a map: write its fields, { repository: …, tag: … }; it takes "],
  [
    { a: { image: { ...image, tag: "Variable" } } },
    "apps.a.image.tag: 'Variable' would be the tag itself; did you mean 'variable'",
  ],
  [
    { a: { image: { ...image, registry: "ghcr.io" } } },
    "no registry is called 'ghcr.io'; of a registry outside the fleet write `repository: ghcr.io/…` alone",
  ],
  [{ a: { chart: { name: "web" } } }, "apps.a.chart: a map is not text: write it alone, web"],
  [{ a: { image, namespace: ["shop"] } }, "apps.a.namespace: a list of 1 is not text: write it alone, shop"],
  [{ a: { image, uses: "orders" } }, "apps.a.uses: 'orders' is not a map: write `name: …` for each"],
  [{ a: { image, after: ["b", "b"] }, b: { image } }, "apps.a.after[1]: 'b' stands here already, at place 1 of the list"],
  [{ a: { image, replicas: 3 } }, "apps.a.replicas: there is no field 'replicas' here: write it under `values`"],
  [{ a: { image, volumes: [] } }, "apps.a.volumes: there is no field 'volumes' here: write it under `values`, as volume"],
  [{ a: { image, tag: "1" } }, "apps.a.tag: there is no field 'tag' here: write it under `image`"],
  [
    { a: { image, perCluster: { sydney: { replicas: 1 } } } },
    "apps.a.perCluster.sydney.replicas: there is no field 'replicas' here: write it under `values`",
  ],
  [
    { a: { image, perCluster: { sydney: {} } } },
    "apps.a.perCluster.sydney: nothing differs on 'sydney': write it under `values`, or take 'sydney' out",
  ],
  [{ a: { image, smoke: { path: "/{region}" } } }, "apps.a.smoke.path: '{region}' is filled in under `values` alone"],
  [
    { a: { image, smoke: { host: "https://a.k8s.example.com/" } } },
    "apps.a.smoke.host: 'https://a.k8s.example.com/' is not valid: a host alone",
  ],
  [
    { a: { image, values: { replicas: 5, autoscaling: { max: 3 } } } },
    "apps.a.values.autoscaling.max: 3 is less than `replicas`, 5, which is the fewest",
  ],
  [
    { a: { image, values: { replicas: 1, volume: { path: "/tmp/", size: "1Gi" } } } },
    "apps.a.values.volume.path: '/tmp/' is mounted already",
  ],
  [
    { a: { image, values: { volume: { path: "/data", size: "1Gi", shared: true } } } },
    "apps.a.values.volume.shared: there is no class 'shared' on sydney",
  ],
])("%j is refused where it is wrong", (apps, message) => {
  const found = problems(apps);
  if (message === undefined) expect(found).toEqual([]);
  else expect(found.join("\n")).toContain(message);
});

test("a name that isn't spelt as applications' are is said once", () => {
  expect(problems({ B_c: { image } })).toEqual([
    expect.stringMatching(/^apps\.B_c: 'B_c' is not valid: an application name is /),
  ]);
});

test("a public name can't lead to a worker, which answers nobody", () => {
  expect(problems({ a: { image } }, { names: { www: { policy: "failover", app: "a" } } })).toEqual([
    expect.stringMatching(/^apps\.a: name 'www' leads to it, and it answers nobody: write `values\.port`/),
  ]);
});

test("two stacks that would have one id are refused", () => {
  const text = appsText({ "x-cluster": { image: { ...image, tag: "variable" }, clusters: ["sydney"] } }).replaceAll(
    /^ {2}toronto:/gm,
    "  sydney-app-x:",
  );
  expect(() => fleetOf(text)).toThrow("its stack would be called f-sydney-app-x-cluster, as one of clusters.sydney-app-x is");
});
