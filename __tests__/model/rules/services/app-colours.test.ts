import { problems } from "../../../apps/fleet";

const image = { repository: "ghcr.io/team/shop", tag: "variable" };
const shop = { image, values: { port: 8080 }, colours: { blue: 1, green: 0 }, clusters: ["saopaulo", "toronto"] };
const taken = (colour: string) => problems({ a: { ...shop, colours: { blue: 1, [colour]: 0 } } });

test.each(["routes", "smoke", "secrets", "identity", "migrate"])("a colour can't be called %s", (colour) => {
  expect(taken(colour)).toContainEqual(`apps.a.colours.${colour}: '${colour}' is taken: call it otherwise`);
});

test("a colour can be called anything else, and one of two may have no weight", () => {
  expect(taken("secret")).toEqual([]);
  expect(taken("smokes")).toEqual([]);
});

test.each<[object, string]>([
  [{ image: { ...image, tag: "1.2.3" } }, "apps.a.colours: every colour would be the same version: write `tag: variable`"],
  [{ colours: { blue: 0 } }, "apps.a.colours: name two colours at least"],
  [{ colours: { blue: 0, green: 0 } }, "apps.a.colours: nobody gets any traffic: give one a weight"],
  [{ smoke: { host: "a.saopaulo.k8s.example.com" } }, "apps.a.smoke.host: each colour is asked by a host of its own"],
  [{ values: {} }, "apps.a.colours: without `values.port` it has no requests that could be shared out"],
  [
    { values: { port: 8080, replicas: 1, volume: { path: "/d", size: "1Gi" } } },
    "apps.a.values.volume: each colour would have a volume of its own, with other data",
  ],
])("colours with %j have this one problem", (more, start) => {
  expect(problems({ a: { ...shop, ...more } })).toEqual([expect.stringContaining(start)]);
});

test("a port or a volume on one cluster of two is enough to be asked for or refused", () => {
  const on = (values: object) => problems({ a: { ...shop, values: {}, perCluster: { toronto: { values } } } });
  expect(on({ port: 8080 })).toEqual([expect.stringContaining("apps.a.colours: without `values.port`")]);
  const volume = { replicas: 1, volume: { path: "/d", size: "1Gi" } };
  expect(problems({ a: { ...shop, perCluster: { toronto: { values: volume } } } })).toContainEqual(
    expect.stringContaining("apps.a.values.volume: each colour would have a volume"),
  );
});

test("requests are shared out by an ingress controller on every cluster that it runs on", () => {
  const off = { addons: { ingress: { controller: "none" } } };
  const on = (clusters: string[]) =>
    problems({ a: { ...shop, clusters } }, { defaults: off }).filter((problem) => problem.startsWith("apps.a.colours"));
  expect(on(["saopaulo", "toronto"])).toEqual([
    "apps.a.colours: the ingress controller shares requests out, and there is none on saopaulo, toronto",
  ]);
  expect(on(["toronto"])).toEqual([expect.stringMatching(/there is none on toronto$/)]);
});

test.each([
  ["a-blue", ["toronto"], "'a-blue' is an application too, and would have the same stack and host: call one otherwise"],
  ["a-green", ["toronto"], "'a-green' is an application too"],
  ["a-routes", ["toronto"], "'a-routes' is an application too"],
  ["a-blue", ["sydney"], undefined],
  ["a-red", ["toronto"], undefined],
])("beside it the application %s on %j: %j", (name, clusters, message) => {
  const found = problems({ a: shop, [name]: { image, clusters } }).filter((problem) => problem.startsWith("apps.a."));
  expect(found).toEqual(message === undefined ? [] : [expect.stringContaining(`apps.a.colours: ${message}`)]);
});
