// Writes handoff/report/world.json, the shapes of the report's map: countries and the states of the USA, projected and
// simplified, as paths of an SVG. The data are Natural Earth's (world-atlas) and the Census Bureau's (us-atlas), both in the
// public domain. Build tooling: node scripts/world-map.mjs, after one of these packages has moved. With --check it only says
// whether the file fits.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { geoArea, geoEqualEarth, geoPath } from "d3-geo";
import { feature, transform } from "topojson-client";
import { presimplify, simplify, sphericalTriangleArea } from "topojson-simplify";

const require = createRequire(import.meta.url);
const target = new URL("../handoff/report/world.json", import.meta.url);

/** As handoff/report/projection.ts has it: a test compares the two. */
const SCALE = 369;
const outline = geoPath(geoEqualEarth().scale(SCALE).translate([1000, 488])).digits(0);
/** The map shows equal areas as equal. */
const STERADIANS = 1 / SCALE ** 2;
/** Triangles under this area are left out of an outline, in the map's own units: its width is 2000. */
const DETAIL = 1.5;
/** Shapes under this area can't be seen: the report draws a dot. */
const SMALLEST = 14;
/** Islands and exclaves under this area, where a country has more than them. */
const SMALLEST_PART = 3;

/** Parts that have a code of ISO 3166-1, and that Natural Earth draws with their state: a box in degrees for each. */
const PARTS = {
  FR: {
    GF: [-55, 1, -51, 7],
    GP: [-62, 15.8, -60.9, 16.6],
    MQ: [-61.3, 14.3, -60.7, 15],
    RE: [55, -22, 56, -20],
    YT: [45, -13.2, 45.4, -12.5],
  },
  NL: { BQ: [-69, 12, -62, 18] },
  NO: { BV: [3, -55, 4, -54], SJ: [-10, 70.5, 40, 82] },
  NZ: { TK: [-173, -10, -171, -8] },
};
/** Norway's own north reaches into the box of Svalbard and Jan Mayen. */
const MAINLAND = { NO: [4, 57, 32, 71.5] };

/** Postal codes by FIPS code. */
const STATES = Object.fromEntries(
  (
    "01AL 02AK 04AZ 05AR 06CA 08CO 09CT 10DE 11DC 12FL 13GA 15HI 16ID 17IL 18IN 19IA 20KS 21KY 22LA 23ME 24MD 25MA " +
    "26MI 27MN 28MS 29MO 30MT 31NE 32NV 33NH 34NJ 35NM 36NY 37NC 38ND 39OH 40OK 41OR 42PA 44RI 45SC 46SD 47TN 48TX " +
    "49UT 50VT 51VA 53WA 54WV 55WI 56WY"
  )
    .split(" ")
    .map((pair) => [pair.slice(0, 2), `US-${pair.slice(2)}`]),
);

/** ISO 3166-1's letters for its digits. */
const lettersOf = (digits) => new Intl.Locale(`und-${digits}`).region;

const world = codedTopology(require("world-atlas/countries-50m.json"), "countries", ({ id, properties }) =>
  id === undefined ? "" : properties.name.startsWith("Ashmore") ? undefined : lettersOf(id),
);
const states = codedTopology(require("us-atlas/states-10m.json"), "states", ({ id }) => STATES[id]);

const shapes = {};
for (const { code, path } of [...drawn(world), ...drawn(states)]) {
  // the states stand for it, and the map ends before the Antarctic
  if (code === "US" || code === "AQ") continue;
  if (path !== "") shapes[code] = (shapes[code] ?? "") + path;
}
const text = `${JSON.stringify(sorted(shapes), null, 2)}\n`;
if (process.argv[2] !== "--check") writeFileSync(target, text);
else if (readFileSync(target, "utf8") !== text) {
  console.error("handoff/report/world.json is not what scripts/world-map.mjs makes");
  process.exitCode = 1;
}

/** A topology in degrees whose geometries have our codes; what has none is left out. */
function codedTopology(packed, name, codeOf) {
  const { arcs, objects } = transformed(packed);
  const geometries = objects[name].geometries.flatMap((geometry) => {
    const code = codeOf(geometry);
    return code === undefined ? [] : split(code, geometry, arcs);
  });
  return { type: "Topology", arcs, objects: { all: { type: "GeometryCollection", geometries } } };
}

function transformed(packed) {
  const place = transform(packed.transform);
  return { ...packed, transform: undefined, arcs: packed.arcs.map((arc) => arc.map((point, index) => place(point, index))) };
}

/** A geometry and the parts of it that have a code of their own. */
function split(code, geometry, arcs) {
  const polygons = geometry.type === "Polygon" ? [geometry.arcs] : geometry.arcs;
  const groups = new Map();
  for (const polygon of polygons) {
    const points = polygon[0].flatMap((index) => arcs[index < 0 ? ~index : index]);
    const inside = ([west, south, east, north]) =>
      points.every(([longitude, latitude]) => longitude >= west && longitude <= east && latitude >= south && latitude <= north);
    const isMainland = MAINLAND[code] !== undefined && inside(MAINLAND[code]);
    const part = isMainland ? undefined : Object.entries(PARTS[code] ?? {}).find(([, box]) => inside(box))?.[0];
    groups.set(part ?? code, [...(groups.get(part ?? code) ?? []), polygon]);
  }
  return [...groups].map(([id, list]) => ({ type: "MultiPolygon", id, arcs: list }));
}

/** What each code looks like on the map. Simplified as a whole, so that neighbours keep their common border. */
function drawn(topology) {
  const simple = simplify(presimplify(topology, sphericalTriangleArea), DETAIL * STERADIANS);
  return feature(simple, simple.objects.all).features.map(({ id, geometry }) => {
    const polygons = geometry.coordinates.map((coordinates) => ({ type: "Polygon", coordinates }));
    const sizes = polygons.map((polygon) => geoArea(polygon) / STERADIANS);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    const shown = total < SMALLEST ? [] : polygons.filter((_, index) => sizes[index] >= SMALLEST_PART);
    return { code: id, path: shown.map((polygon) => compact(outline(polygon) ?? "")).join("") };
  });
}

/** The same path, each point relative to the one before. */
function compact(path) {
  return path
    .split("M")
    .slice(1)
    .map((ring) => {
      const points = ring
        .replace("Z", "")
        .split("L")
        .map((point) => point.split(",").map(Number));
      const steps = points
        .slice(1)
        .map(([x, y], index) => [x - points[index][0], y - points[index][1]])
        .filter(([x, y]) => x !== 0 || y !== 0);
      return steps.length < 2
        ? ""
        : `M${points[0].join(" ")}l${steps.map((step) => step.join(" ")).join(" ")}z`.replace(/ -/g, "-");
    })
    .join("");
}

function sorted(record) {
  return Object.fromEntries(Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1)));
}
