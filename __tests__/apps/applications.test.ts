import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathText } from "../../model/problems/fleet-error";
import { FleetError } from "../../model/reading/load";
import { fleetOf, root, synthFleet } from "../support/fleet";
import { appsOutput, appsText, valuesIn } from "./fleet";

const image = { repository: "ghcr.io/team/shop", tag: "1.2.3" };
const chart = { chart: "web", repository: "https://charts.example.com", version: "1.0.0" };

function problems(apps: object, more: object = {}): readonly string[] {
  try {
    fleetOf(appsText(apps, more));
    return [];
  } catch (error) {
    if (!(error instanceof FleetError)) throw error;
    return error.problems.map(({ path, message }) => `${pathText(path)}: ${message}`);
  }
}

describe("an application from an image alone", () => {
  const output = appsOutput(
    {
      shop: {
        image,
        values: { port: 8080, env: { REGION: "{region}" } },
        clusters: ["sydney", "toronto"],
        smoke: { path: "/up" },
      },
    },
    {
      names: {
        shop: { policy: "latency", app: "shop" },
        "@": { policy: "failover", app: "shop", members: ["toronto", "sydney"] },
      },
    },
  );

  test("is installed by the project's own chart with every value written out", () => {
    expect(valuesIn(output.stacks["f-toronto-apps"]!, "shop")).toMatchObject({
      image: { repository: "ghcr.io/team/shop", tag: "1.2.3" },
      port: 8080,
      replicas: 2,
      env: { REGION: "canadacentral" },
      route: "traefik",
    });
  });

  test("answers to the cluster's own host for it and to every public name that leads there", () => {
    expect(valuesIn(output.stacks["f-sydney-apps"]!, "shop").hosts).toEqual([
      "shop.sydney.k8s.example.com",
      "shop.k8s.example.com",
      "k8s.example.com",
    ]);
  });

  test("asks itself after each release, inside its own release, so that a failure takes it back", () => {
    const stack = output.stacks["f-toronto-apps"]!;
    expect(valuesIn(stack, "shop").smoke).toMatchObject({ host: "shop.toronto.k8s.example.com", path: "/up", expect: 200 });
    expect(Object.keys(stack.resource!.helm_release!)).toHaveLength(1);
  });
});

describe("where applications run", () => {
  const placed = (clusters: readonly string[], labels: object = {}) => {
    const text = appsText({ shop: { image, clusters } }).replace(
      "cloud: azure",
      `cloud: azure\n    labels: ${JSON.stringify(labels)}`,
    );
    return fleetOf(text);
  };

  test("is said by name, by cloud or by label, any of them", async () => {
    const { placementOf } = await import("../../model/derived/placement");
    const where = (clusters: readonly string[], labels?: object) =>
      placementOf(placed(clusters, labels), { clusters: [...clusters] });
    expect(where(["cloud:aws", "sydney"])).toEqual(["sydney", "saopaulo"]);
    expect(where(["label:tier=edge"], { tier: "edge" })).toEqual(["toronto"]);
  });

  test("is where a database is written, and moves with a promotion", async () => {
    const { placementOf } = await import("../../model/derived/placement");
    const tweets = { engine: "mongo", cloud: "azure", region: "westus", replicas: ["canadacentral"], secretsRegion: "westus" };
    const where = (primary: string) =>
      placementOf(fleetOf(appsText({ shop: { image } }, { databases: { tweets: { ...tweets, primary } } })), {
        clusters: ["database:tweets"],
      });
    expect(where("canadacentral")).toEqual(["toronto"]);
    expect(where("westus")).toEqual([]);
    const databases = { tweets };
    expect(problems({ shop: { image, clusters: ["database:tweets"] } }, { databases })).toEqual([
      expect.stringContaining("database 'tweets' is written in westus, and no cluster is there"),
    ]);
    expect(problems({ shop: { image, clusters: ["database:tweet"] } }, { databases })).toEqual([
      expect.stringContaining("no database is called 'tweet'; did you mean 'tweets'?"),
    ]);
  });

  test("a cloud, a label or a name that no cluster has is refused", () => {
    expect(problems({ shop: { image, clusters: ["cloud:gcp"] } })).toEqual([expect.stringContaining("'gcp' is no cloud")]);
    expect(problems({ shop: { image, clusters: ["cloud:existing"] } })).toEqual([
      expect.stringContaining("no cluster is in cloud"),
    ]);
    expect(problems({ shop: { image, clusters: ["label:tier=edge"] } })).toEqual([
      expect.stringContaining("no cluster has the label"),
    ]);
    expect(problems({ shop: { image, clusters: ["sidney"] } })).toEqual([expect.stringContaining("did you mean 'sydney'")]);
  });

  test("what differs on one cluster is laid over what is common, and only where the application runs", () => {
    const output = appsOutput({
      shop: { ...chart, values: { a: { b: 1, c: 2 } }, perCluster: { sydney: { values: { a: { b: 3 } } } } },
    });
    expect(valuesIn(output.stacks["f-sydney-apps"]!, "shop")).toEqual({ a: { b: 3, c: 2 } });
    expect(valuesIn(output.stacks["f-toronto-apps"]!, "shop")).toEqual({ a: { b: 1, c: 2 } });
    expect(problems({ shop: { ...chart, clusters: ["toronto"], perCluster: { sydney: {} } } })).toEqual([
      expect.stringContaining("doesn't run on 'sydney', only on toronto"),
    ]);
  });
});

describe("placeholders in values", () => {
  const filled = (values: object, more: object = {}) =>
    valuesIn(appsOutput({ shop: { ...chart, values } }, more).stacks["f-saopaulo-apps"]!, "shop");

  test("are filled in, everywhere in a text", () => {
    expect(filled({ where: "{cluster} in {region} ({cloud})", list: ["https://{host}/"] })).toEqual({
      where: "saopaulo in sa-east-1 (aws)",
      list: ["https://shop.saopaulo.k8s.example.com/"],
    });
  });

  test("a list takes one item for each host, be it a text or a map", () => {
    const names = { names: { www: { policy: "failover", app: "shop" } } };
    expect(
      filled({ hosts: "{hosts}", rules: [{ host: "{hosts}", paths: ["/"] }], tls: [{ hosts: ["{hosts}"] }] }, names),
    ).toEqual({
      hosts: ["shop.saopaulo.k8s.example.com", "www.k8s.example.com"],
      rules: [
        { host: "shop.saopaulo.k8s.example.com", paths: ["/"] },
        { host: "www.k8s.example.com", paths: ["/"] },
      ],
      tls: [{ hosts: ["shop.saopaulo.k8s.example.com", "www.k8s.example.com"] }],
    });
  });

  test("a chart's own braces, a shell's and escaped ones stay", () => {
    const text = { template: "{{ region }}", json: '{"a": 1}', path: "/users/\\{id}" };
    expect(filled(text)).toEqual({ ...text, path: "/users/{id}" });
    expect(filled({ shell: "${HOME}" })).toEqual({ shell: "$${HOME}" });
  });

  test("an unknown one is refused at its place, with what there is", () => {
    expect(problems({ shop: { ...chart, values: { a: ["{regoin}"] } } })).toEqual([
      expect.stringMatching(
        /^apps\.shop\.values\.a\[0\]: '\{regoin\}' stands for nothing; what is filled in: \{cluster\}, .*write \\\{regoin\}/,
      ),
    ]);
  });
});

describe("an application whose tag is a variable", () => {
  const output = appsOutput({
    shop: { image: { ...image, tag: "variable" }, clusters: ["sydney"] },
    web: {
      ...chart,
      image: { repository: "ghcr.io/team/web", tag: "variable", at: "deployment.image" },
      smoke: {},
      clusters: ["sydney"],
    },
    other: { image, clusters: ["sydney"] },
  });
  const stack = output.stacks["f-sydney-app-shop"]!;

  test("has a stack of its own, the others theirs together", () => {
    expect(Object.keys(output.stacks).filter((id) => id.includes("-app"))).toEqual([
      "f-sydney-app-shop",
      "f-sydney-app-web",
      "f-sydney-apps",
    ]);
    expect(output.dependencies["f-sydney-app-shop"]).toEqual(["f-sydney-cluster", "f-sydney-priming"]);
  });

  test("can't be planned without a tag, and says which was applied", () => {
    expect(stack.variable!.image_tag).toMatchObject({ nullable: false, type: "string" });
    expect(stack.variable!.image_tag).not.toHaveProperty("default");
    expect(stack.output!.image_tag).toMatchObject({ value: "${var.image_tag}" });
    expect(valuesIn(stack, "shop").image).toMatchObject({ tag: "${var.image_tag}" });
  });

  test("takes a digest behind the tag, so that what was tried is what is promoted, and no latest", () => {
    const [{ condition }] = stack.variable!.image_tag!.validation as unknown as [{ condition: string }];
    const pattern = new RegExp(/regex\("([^"]+)"/.exec(condition)![1]!);
    const digest = `sha256:${"0a".repeat(32)}`;
    const takes = (tag: string) => pattern.test(tag);
    expect(["1.4.2", `1.4.2@${digest}`, "1.4.2@sha256:0a", `@${digest}`, "a tag"].map(takes)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(condition).toContain('var.image_tag != "latest"');
  });

  test("a chart gets the tag where it takes it, and is asked again for each", () => {
    const web = output.stacks["f-sydney-app-web"]!;
    expect(valuesIn(web, "web").deployment).toEqual({ image: { repository: "ghcr.io/team/web", tag: "${var.image_tag}" } });
    expect(valuesIn(web, "web-smoke").of).toMatch(/^[0-9a-f]{12} \$\{var\.image_tag\}$/);
  });

  test("may not be waited for by one whose stack comes before", () => {
    expect(problems({ a: { image: { ...image, tag: "variable" } }, b: { image, after: ["a"] } })).toEqual([
      expect.stringContaining("'a' has a tag variable and so a stack of its own"),
    ]);
  });
});

test("the namespaces are priming's; an application's stack reads its own, and lets go of what it once made", () => {
  const output = appsOutput(
    { a: { image, namespace: "shared" }, b: { image, namespace: "shared" }, c: { image } },
    {
      namespaces: {
        c: { existing: true },
        shared: {
          podSecurity: "restricted",
          quota: { cpu: "4", pods: 10 },
          defaults: { cpu: "50m", memory: "64Mi" },
          openTo: ["c"],
        },
      },
    },
  );
  const priming = output.stacks["f-sydney-priming"]!;
  const apps = output.stacks["f-sydney-apps"]!;
  const names = (stack: typeof priming, kind: "resource" | "data") =>
    Object.values(stack[kind]?.kubernetes_namespace_v1 ?? {}).map((one) => (one.metadata as unknown as { name: string }).name);
  expect(names(priming, "resource")).toContain("shared");
  expect(names(priming, "resource")).not.toContain("c");
  expect(names(priming, "data")).toEqual(["c"]);
  expect(names(apps, "data").sort()).toEqual(["c", "shared"]);
  expect(apps.resource).not.toHaveProperty("kubernetes_namespace_v1");
  expect((apps as unknown as { removed: unknown[] }).removed).toEqual([
    { from: expect.stringMatching(/^kubernetes_namespace_v1\.apps_namespace-c_/), lifecycle: { destroy: false } },
    { from: expect.stringMatching(/^kubernetes_namespace_v1\.apps_namespace-shared_/), lifecycle: { destroy: false } },
  ]);
  const { objects } = valuesIn(priming, "app-namespaces") as {
    objects: { kind: string; metadata: { namespace: string }; spec: object }[];
  };
  expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace}`)).toEqual([
    "NetworkPolicy shared",
    "NetworkPolicy shared",
    "ResourceQuota shared",
    "LimitRange shared",
  ]);
  expect(JSON.stringify(objects[1]!.spec)).toContain('"kubernetes.io/metadata.name":"traefik"');
  expect(objects[2]!.spec).toEqual({ hard: { "requests.cpu": "4", pods: "10" } });
  const limits = { type: "Container", defaultRequest: { cpu: "50m", memory: "64Mi" }, default: { memory: "64Mi" } };
  expect(objects[3]!.spec).toEqual({ limits: [limits] });
});

test("every release waits for its namespace, and for the applications that come before it", () => {
  const output = appsOutput({ web: { ...chart, after: ["api"], smoke: {} }, api: { ...chart, smoke: {} } });
  const releases = Object.values(output.stacks["f-sydney-apps"]!.resource!.helm_release!) as unknown as {
    name: string;
    depends_on: string[];
  }[];
  const before = Object.fromEntries(
    releases.map(({ name, depends_on }) => [name, depends_on.map((one) => one.replace(/_[0-9A-F]{8}$/, ""))]),
  );
  expect(before).toEqual({
    api: ["data.kubernetes_namespace_v1.apps_namespace-api"],
    "api-smoke": ["helm_release.apps_api"],
    web: ["data.kubernetes_namespace_v1.apps_namespace-web", "helm_release.apps_api-smoke"],
    "web-smoke": ["helm_release.apps_web"],
  });
});

test.each([
  [{ a: {} }, "has neither a chart nor an image"],
  [{ a: { image, version: "1.0.0" } }, "counts only with a chart"],
  [{ a: { chart: "web" } }, "'web' needs a repository"],
  [{ a: { chart: "./charts/web", version: "1.0.0" } }, "which has no version but its own"],
  [{ a: { image: { ...image, tag: "latest" } } }, "latest names another image tomorrow"],
  [{ a: { image, values: { prot: 80 } } }, "apps.a.values.prot: there is no field 'prot' here; allowed: replicas, port"],
  [{ a: { image, perCluster: { sydney: { values: { port: 80 } } } } }, "apps.a.perCluster.sydney.values.port: "],
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

test.each([
  [{ existing: true, quota: { cpu: "4" } }, "namespaces.a.quota: the namespace is another's"],
  [{ existing: true, openTo: ["b"], podSecurity: "restricted" }, "namespaces.a.openTo: the namespace is another's"],
  [{ defaults: {} }, "namespaces.a.defaults: nothing is limited"],
  [{ existing: true }, undefined],
])("a namespace of %j is what it says", (namespace, message) => {
  const found = problems({ a: { image } }, { namespaces: { a: namespace } });
  if (message === undefined) expect(found).toEqual([]);
  else expect(found.join("\n")).toContain(message);
});

test("a namespace that every cluster has is taken where the file says that it exists", () => {
  expect(problems({ a: { image, namespace: "default" } }, { namespaces: { default: { existing: true } } })).toEqual([]);
});

test("an edit of a chart in a folder is a plan, and its way back one, too", () => {
  const folder = mkdtempSync(join(tmpdir(), "chart-"));
  try {
    cpSync(join(root, "fleets/arctiq/bot"), join(folder, "bot"), { recursive: true });
    const chartNow = (): unknown => {
      const fleet = fleetOf(appsText({ bot: { chart: "./bot", clusters: ["sydney"] } }));
      const [release] = Object.values(synthFleet({ ...fleet, folder }).stacks["f-sydney-apps"]!.resource!.helm_release!);
      return release!.chart;
    };
    const before = chartNow();
    const script = join(folder, "bot/bot.mjs");
    const text = readFileSync(script, "utf8");
    writeFileSync(script, `${text}// more\n`);
    expect(chartNow()).not.toBe(before);
    writeFileSync(script, text);
    expect(chartNow()).toBe(before);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("a folder without a chart is said at its place in the file, with what else shows in stacks", () => {
  const apps = {
    a: { chart: "./charts/nowhere", clusters: ["sydney"] },
    b: { chart: "./charts/none", image: { ...image, tag: "variable" } },
  };
  expect(() => appsOutput(apps)).toThrow(
    /^apps\.a\.chart: '\.\/charts\/nowhere': there is no chart in charts\/nowhere: a chart is a folder with a Chart\.yaml\napps\.b\.chart: '\.\/charts\/none': there is no chart/,
  );
});

test("two stacks that would have one id are refused", () => {
  const text = appsText({ "x-cluster": { image: { ...image, tag: "variable" }, clusters: ["sydney"] } }).replaceAll(
    /^ {2}toronto:/gm,
    "  sydney-app-x:",
  );
  expect(() => fleetOf(text)).toThrow("its stack would be called f-sydney-app-x-cluster, as one of clusters.sydney-app-x is");
});
