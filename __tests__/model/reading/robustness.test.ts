import fc from "fast-check";
import { stringify } from "yaml";
import { FleetError, parseFleet } from "../../../model/reading/load";
import { type Data, over, SOUND } from "../support";

/** Something of everything, so that corruption reaches every rule. */
const RICH = over(SOUND, {
  tags: { team: "platform" },
  state: { backend: "s3", bucket: "acme-state", region: "eu-west-1" },
  dns: { parent: { zone: "example.com" }, caa: ["letsencrypt.org"] },
  clusters: {
    eks: {
      network: { zones: ["eu-west-1a", "eu-west-1b"], services: "172.20.0.0/16" },
      pools: {
        main: { machines: ["m6i.large"], labels: { a: "b" }, taints: [{ key: "k", value: "v", effect: "PreferNoSchedule" }] },
      },
    },
    gke: { google: { controlPlaneCidr: "172.16.0.0/28" }, location: { latitude: 1, longitude: 2 } },
    old: {
      cloud: "existing",
      region: "eu-west-2",
      existing: { endpoint: "https://old.example.com", exec: { command: "token" }, ingress: { ips: ["192.0.2.1"] } },
    },
  },
  apps: { shop: { chart: "shop", repository: "oci://charts.example.com/shop", version: "1.2.3", clusters: ["eks"] } },
  names: {
    app: { policy: "weighted", app: "shop", members: [{ cluster: "eks", weight: 2 }] },
    geo: { policy: "geolocation", default: "eks", members: ["eks", { cluster: "gke", locations: [{ country: "BR" }] }] },
  },
});

type Path = readonly (string | number)[];

function pathsOf(data: unknown, path: Path = []): Path[] {
  if (Array.isArray(data)) return [path, ...data.flatMap((item, index) => pathsOf(item, [...path, index]))];
  if (typeof data !== "object" || data === null) return [path];
  return [path, ...Object.entries(data).flatMap(([key, value]) => pathsOf(value, [...path, key]))];
}

/** Data with the value at a path replaced, or its key renamed. */
function corrupted(data: unknown, path: Path, value: unknown, rename: boolean): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(data)) return data.map((item, index) => (index === key ? corrupted(item, rest, value, rename) : item));
  return Object.fromEntries(
    Object.entries(data as Data).map(([name, inner]) => {
      if (name !== key) return [name, inner];
      return rest.length === 0 && rename ? [`${name}x`, inner] : [name, corrupted(inner, rest, value, rename)];
    }),
  );
}

const junk = fc.oneof(
  fc.constantFrom(
    null,
    "",
    " ",
    "0.0.0.0/0",
    "10.0.0.0/8",
    "300.0.0.0/16",
    "eks",
    "aws",
    "__proto__",
    "constructor",
    "${x}",
    "*",
    "@",
    "1.36",
  ),
  fc.constantFrom(
    -1,
    0,
    1,
    1e9,
    0.5,
    true,
    [],
    {},
    [[]],
    [null],
    { cluster: "eks" },
    { name: "n", policy: "failover", members: [] },
  ),
  fc.string(),
  fc.jsonValue({ maxDepth: 2 }),
);

test("the uncorrupted fleet is sound", () => {
  expect(parseFleet(stringify(RICH), "x.yaml").clusters.length).toBe(4);
});

test("whatever is wrong in a fleet file, it is reported as problems with places in the file", () => {
  const paths = pathsOf(RICH);
  const change = fc.record({ path: fc.constantFrom(...paths), value: junk, rename: fc.boolean() });
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
      const data = changes.reduce<unknown>((rest, { path, value, rename }) => {
        try {
          return corrupted(rest, path, value, rename);
        } catch {
          return rest; // an earlier change took the path away
        }
      }, RICH);
      const text = stringify(data, { aliasDuplicateObjects: false });
      const lines = text.split("\n").length;
      try {
        parseFleet(text, "x.yaml");
      } catch (error) {
        if (!(error instanceof FleetError)) throw error;
        expect(error.problems.length).toBeGreaterThan(0);
        for (const { line, column, message } of error.problems) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(lines);
          expect(column).toBeGreaterThanOrEqual(1);
          expect(message).not.toMatch(/undefined|\[object|NaN|Invalid input/);
        }
      }
    }),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 30) },
  );
}, 120_000);

/** Mistakes in several sections, and the problem that each makes. */
const MISTAKES: readonly [path: string, changes: Data][] = [
  ["drain.0", { drain: ["nowhere"] }],
  ["clusters.gke.network.cidr", { clusters: { aks: { network: { cidr: "10.3.0.0/16" } } } }],
  ["clusters.aks.pools.main.min", { clusters: { aks: { pools: { main: { min: 5, max: 1 } } } } }],
  ["names.lost.members.0", { names: { lost: { policy: "latency", members: ["nobody"] } } }],
];

test("what is of the wrong shape in one place neither hides a mistake in another nor makes one", () => {
  const mistaken = MISTAKES.reduce<Data>((data, [, changes]) => over(data, changes), RICH);
  const paths = pathsOf(RICH).filter(
    ([section, name]) => section !== undefined && !(section === "clusters" && (!name || name === "aks")),
  );
  const shapeless = fc.constantFrom<unknown>(null, [[]], { "x y": {} }, 0.5);
  const isAt = (path: Path, outer: Path) => outer.every((key, index) => String(key) === String(path[index]));
  fc.assert(
    fc.property(fc.constantFrom(...paths), shapeless, (path, value) => {
      fc.pre(value !== null || path[0] !== "clusters"); // there null takes a field away, which may be right or not
      const places = placesOf(corrupted(mistaken, path, value, false));
      for (const [place] of MISTAKES)
        if (!isAt(place.split("."), path)) expect(places.map((found) => found.join("."))).toContain(place);
      // Applications are placed on clusters, and names lead to them: these may say so.
      if (path[0] === "apps") return;
      const elsewhere = placesOf(corrupted(RICH, path, value, false)).filter((found) => {
        const own = path[0] === "defaults" && found[0] === "clusters" ? ["defaults", ...found.slice(2)] : found;
        return !isAt(own, path) && !isAt(path, own);
      });
      expect(elsewhere).toEqual([]);
    }),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 60) },
  );
}, 120_000);

function placesOf(data: unknown): readonly Path[] {
  try {
    parseFleet(stringify(data, { aliasDuplicateObjects: false }), "x.yaml");
    return [];
  } catch (error) {
    if (!(error instanceof FleetError)) throw error;
    return error.problems.map(({ path }) => path);
  }
}

test("whatever the text, it is a fleet or problems", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.constantFrom(
          "fleet",
          ":",
          " ",
          "\n",
          "- ",
          "{",
          "}",
          "[",
          "]",
          "&a ",
          "*a",
          "<<",
          "'",
          '"',
          "|",
          "a",
          "#",
          "\t",
          "---\n",
        ),
      ),
      (parts) => {
        try {
          parseFleet(parts.join(""), "x.yaml");
        } catch (error) {
          if (!(error instanceof FleetError)) throw error;
        }
      },
    ),
    { numRuns: 300 },
  );
});
