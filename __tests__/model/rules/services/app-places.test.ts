import { apps as rule } from "../../../../model/rules/services/apps";
import type { Fleet } from "../../../../model/schema/fleet";
import { appsText, image, problems } from "../../../apps/fleet";
import { fleetOf } from "../../../support/fleet";

const sound = fleetOf(appsText({ a: { image, clusters: ["sydney", "toronto"] }, b: { image } }));
/** What the rule says of the application `a` with changes, and of the rest of the fleet with others. */
const said = (change: object, more: Partial<Fleet> = {}) =>
  rule({ ...sound, ...more, apps: { ...sound.apps, a: { ...sound.apps.a!, ...change } } });
const values = { port: 80 };

test("a sound application has no problem", () => expect(said({})).toEqual([]));

test.each<[object, Partial<Fleet>, (string | number)[], boolean, string]>([
  [{ perCluster: { sidney: { values } } }, {}, ["perCluster", "sidney"], true, "no cluster is called 'sidney'; did you mean"],
  [
    { perCluster: { saopaulo: { values } } },
    {},
    ["perCluster", "saopaulo"],
    true,
    "it doesn't run on 'saopaulo', only on sydney, toronto",
  ],
  [{ perCluster: { sydney: { values: {} } } }, {}, ["perCluster", "sydney"], true, "nothing differs on 'sydney': "],
  [{ clusters: ["sydney", "cloud:existing"] }, {}, ["clusters", 1], false, "no cluster is in cloud 'existing'"],
  [{ clusters: ["sydney", "cloud:gogle"] }, {}, ["clusters", 1], false, "'gogle' is no cloud; did you mean 'google'"],
  [{ clusters: ["sydney", "label:a:b"] }, {}, ["clusters", 1], false, "no cluster has the label 'a:b'; labels stand"],
  [{ clusters: ["sydney", "database:x"] }, {}, ["clusters", 1], false, "no database is called 'x'"],
  [{ clusters: ["sydney", "torontoo"] }, {}, ["clusters", 1], false, "no cluster is called 'torontoo'; did you mean 'toronto'"],
  [{ namespace: "A" }, {}, ["namespace"], false, "'A' is no namespace: at most 63"],
  [{ namespace: "a".repeat(64) }, {}, ["namespace"], false, "is no namespace"],
  [{ namespace: "a-" }, {}, ["namespace"], false, "'a-' is no namespace"],
  [{ namespace: "kube-x" }, {}, ["namespace"], false, "'kube-x' is Kubernetes' own: take another namespace"],
  [{ namespace: "default" }, {}, ["namespace"], false, "every cluster has 'default' already: take another namespace, or"],
  [{ namespace: "gmp-system" }, {}, ["namespace"], false, "GKE makes 'gmp-system' for itself, on sydney too: take another"],
  [{ namespace: "priming" }, {}, ["namespace"], false, "'priming' is what Meridian's own add-ons run in"],
  [{ after: ["b", "c"] }, {}, ["after", 1], false, "no application is called 'c'"],
  [{ smoke: { path: "/{host}" } }, {}, ["smoke", "path"], false, "'{host}' is filled in under `values` alone"],
  [
    { values: { list: [{ x: "{nothing}" }] } },
    {},
    ["values", "list", 0, "x"],
    false,
    "'{nothing}' stands for nothing; what is filled in: {",
  ],
  [
    { perCluster: { sydney: { values: { x: "{nothing}" } } } },
    {},
    ["perCluster", "sydney", "values", "x"],
    false,
    "write \\{nothing} for the text itself",
  ],
])("%j is said at its place", (change, more, path, atKey, message) => {
  const found = said(change, more);
  expect(found).toEqual([
    { path: ["apps", "a", ...path], message: expect.stringContaining(message), ...(atKey && { atKey: true }) },
  ]);
});

test.each(["kube-x", "default", "gmp-system", "monitoring"])(
  "an application called %s is told to take a namespace, at its name",
  (name) => {
    const found = rule({ ...sound, apps: { [name]: { ...sound.apps.a! } } });
    expect(found).toEqual([
      { path: ["apps", name], atKey: true, message: expect.stringContaining("give the application a `namespace`") },
    ]);
  },
);

test("a name that no namespace can have is said where the name is spelt", () => {
  expect(rule({ ...sound, apps: { A: { ...sound.apps.a! } } })).toEqual([]);
});

test("namespaces that only begin or end as taken ones do are free", () => {
  for (const namespace of ["kubernetes", "my-kube-x", "defaults", "a".repeat(63), "9"]) expect(said({ namespace })).toEqual([]);
  expect(said({ namespace: "gmp-system", clusters: ["toronto"] })).toEqual([]);
});

test("a namespace in which nothing runs is pointed at, with one that was meant", () => {
  const namespaces = { shop: {}, bb: {}, a: {} } as unknown as Fleet["namespaces"];
  expect(said({}, { namespaces })).toEqual([
    { path: ["namespaces", "shop"], atKey: true, message: expect.stringMatching(/^no application runs in namespace 'shop', so/) },
    { path: ["namespaces", "bb"], atKey: true, message: expect.stringContaining("no application runs in namespace 'bb'") },
  ]);
});

describe("the order of applications", () => {
  const variable = { ...image, tag: "variable" };

  test("is kept on the same clusters, and between stacks one way only", () => {
    expect(problems({ a: { image, clusters: ["sydney"], after: ["b"] }, b: { image } })).toEqual([]);
    expect(problems({ a: { image, after: ["b"] }, b: { image, clusters: ["sydney", "saopaulo"] } })).toEqual([
      "apps.a.after[0]: 'b' doesn't run on toronto, where 'a' does; place both alike, or take it out",
    ]);
    expect(problems({ a: { image, after: ["b"] }, b: { image: variable } })).toEqual([
      expect.stringMatching(/^apps\.a\.after\[0\]: 'b' has a tag variable and so a stack of its own/),
    ]);
    expect(problems({ a: { image: variable, after: ["b"] }, b: { image: variable } })).toEqual([]);
    expect(problems({ a: { image: variable, after: ["b"] }, b: { image } })).toEqual([]);
  });

  const circle = (length: number) =>
    problems(
      Object.fromEntries(Array.from({ length }, (_, index) => [`a${index}`, { image, after: [`a${(index + 1) % length}`] }])),
    );

  test("has no circle, of which ten are written out", () => {
    expect(circle(10)).toEqual([
      "apps.a0.after: comes after itself: a0 after a1 after a2 after a3 after a4 after a5 after a6 after a7 after a8 after a9 after a0",
    ]);
    expect(circle(11)).toEqual([
      "apps.a0.after: comes after itself: a0 after a1 after a2 after a3 after a4 after a5 after a6 after a7 after a8 after a9 after … after a0",
    ]);
  });
});

test("who answers no ingress can't be asked through it", () => {
  const none = { defaults: { addons: { ingress: { controller: "none" } } } };
  const asked = (clusters: string[]) => problems({ a: { image, clusters, values: { port: 8080 }, smoke: {} } }, none);
  expect(asked(["sydney"])).toEqual(["apps.a.smoke: it is asked through the ingress controller, and sydney has none"]);
  expect(asked(["sydney", "toronto"])).toEqual([
    "apps.a.smoke: it is asked through the ingress controller, and sydney, toronto have none",
  ]);
});

test("a region is filled in only where every cluster of the application has one", () => {
  const clusters = sound.clusters.map((one) =>
    one.name === "toronto" ? one : { ...one, region: undefined },
  ) as Fleet["clusters"];
  const a = { values: { x: "{region}", y: ["{cluster}"] } };
  expect(said(a)).toEqual([]);
  expect(said(a, { clusters })).toEqual([
    {
      path: ["apps", "a", "values", "x"],
      message: "'{region}': cluster sydney has no region; give it one, or another value under perCluster",
    },
  ]);
  expect(said({ ...a, clusters: ["toronto"] }, { clusters })).toEqual([]);
});
