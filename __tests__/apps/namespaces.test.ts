import { appsOutput, image, problems, valuesIn } from "./fleet";

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

test("a namespace of Meridian's own add-ons is taken on a cluster that it makes, also where the file says that it exists", () => {
  const shop = { shop: { image, namespace: "cert-manager", clusters: ["toronto"] } };
  const message = expect.stringContaining("'cert-manager' is what Meridian's own add-ons run in");
  expect(problems(shop)).toContainEqual(message);
  expect(problems(shop, { namespaces: { "cert-manager": { existing: true } } })).toContainEqual(message);
});
