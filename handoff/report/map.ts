import type { ClusterRow } from "./clusters";
import { html, type Markup, raw } from "./markup";
import { MAP, onMap } from "./projection";
import type { Answer, Traffic } from "./traffic";
import shapes from "./world.json";

/** Outlines by code of ISO 3166; under "" the ground of those that have none. scripts/world-map.mjs makes them. */
const SHAPES: Readonly<Record<string, string>> = shapes;

/** Classes of the shapes, one for each answer: a cluster's colour, or stripes of several. */
export function answerRules(answers: readonly Answer[]): string {
  return answers.map((answer, index) => `.a${index}{fill:${fillOf(answer, index)}}`).join("\n");
}

function fillOf(answer: Answer, index: number): string {
  const [first] = answer;
  if (!first) return "url(#nobody)";
  return answer.length === 1 ? `var(--c${first[0]})` : `url(#p${index})`;
}

const STRIPES = 28;

function stripes(answer: Answer, index: number): Markup {
  let from = 0;
  const bands = answer.map(([cluster, thousandths]) => {
    const width = (STRIPES * thousandths) / 1000;
    const band = html`<rect x="${round(from)}" width="${round(width)}" height="${STRIPES}" class="k${cluster}"/>`;
    from += width;
    return band;
  });
  return html`<pattern id="p${index}" width="${STRIPES}" height="${STRIPES}" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">${bands}</pattern>
`;
}

/**
 * The map with the answers of one table, or of none where there is no name. Each shape names its client by `data-i`.
 */
export function worldMap({ clients, answers, tables }: Traffic, table: number, clusters: readonly ClusterRow[]): Markup {
  const classOf = (client: number) => (tables[table] ? `a${tables[table].answers[client]}` : "land");
  const drawn = clients.map(({ from, client }, index) => {
    const shape = SHAPES[from];
    if (shape !== undefined) return html`<path data-i="${index}" class="${classOf(index)}" d="${shape}"/>\n`;
    const { x, y } = onMap(client);
    return isOnMap(y) ? html`<circle data-i="${index}" class="${classOf(index)}" cx="${x}" cy="${y}"/>\n` : raw("");
  });
  return html`<svg id="map" viewBox="0 0 ${MAP.width} ${MAP.height}" role="img" aria-labelledby="map-title">
<title id="map-title">${tables[table] ? "World map: each country and state of the USA in the colour of the cluster that serves it" : "World map with the clusters"}</title>
<defs>
${answers.map((answer, index) => (answer.length > 1 ? stripes(answer, index) : raw("")))}<pattern id="nobody" width="20" height="20" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="20" height="20" class="land"/><rect width="5" height="20" class="hatch"/></pattern>
</defs>
<path class="land" d="${SHAPES[""]}"/>
${drawn}${markers(clusters)}</svg>`;
}

/** Clients that the map has no place for. */
export const beside = ({ clients }: Traffic): readonly string[] =>
  clients.filter(({ from, client }) => SHAPES[from] === undefined && !isOnMap(onMap(client).y)).map(({ place }) => place);

const isOnMap = (y: number): boolean => y > 0 && y < MAP.height;

/** How large a label is, in the map's units. */
const LETTER = { width: 15, height: 30 } as const;
/** Labels of places that are further east than this stand on their left. */
const EAST = 1500;

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Each cluster's place with its name, beside it where nothing else stands. */
function markers(clusters: readonly ClusterRow[]): readonly Markup[] {
  const places = clusters.flatMap(({ name, at, notes }, index) => (at ? [{ name, index, notes, ...onMap(at) }] : []));
  const taken: Box[] = places.map(({ x, y }) => ({ left: x - 10, right: x + 10, top: y - 10, bottom: y + 10 }));
  return places.map(({ name, index, notes, x, y }) => {
    const spot = spotsOf(x, y, clusters.length).find((one) => {
      const box = boxOf(one, name);
      return box.left > 0 && box.right < MAP.width && !taken.some((other) => overlap(box, other));
    });
    if (spot) taken.push(boxOf(spot, name));
    const off = notes.length > 0 ? " off" : "";
    return html`<g class="cluster k${index}${off}" data-k="${index}"><title>${name}</title><circle cx="${x}" cy="${y}"/><path class="cross" d="M${round(x - 9)} ${round(y - 9)}l18 18m0-18l-18 18"/>${spot ? label(spot, name) : ""}</g>
`;
  });
}

interface Spot {
  readonly x: number;
  readonly y: number;
  readonly anchor: "start" | "end";
}

/** Of how many clusters the names can be read on the map; the list beside it has them all. */
const MOST_LABELS = 24;

function spotsOf(x: number, y: number, clusters: number): readonly Spot[] {
  if (clusters > MOST_LABELS) return [];
  const sides = x > EAST ? (["end", "start"] as const) : (["start", "end"] as const);
  const lines = [0, -LETTER.height, LETTER.height, -2 * LETTER.height, 2 * LETTER.height];
  return lines.flatMap((up) => sides.map((anchor) => ({ x, y: round(y + up), anchor })));
}

function boxOf({ x, y, anchor }: Spot, name: string): Box {
  const [gap, width] = [18, name.length * LETTER.width];
  const left = anchor === "start" ? x + gap : x - gap - width;
  return { left, right: left + width, top: y - LETTER.height / 2, bottom: y + LETTER.height / 2 };
}

/** In parts of the letters' size, which the page enlarges on a narrow screen. */
const label = ({ x, y, anchor }: Spot, name: string): Markup =>
  html`<text x="${x}" y="${y}" dx="${anchor === "start" ? "" : "-"}.65em" dy=".33em" text-anchor="${anchor}">${name}</text>`;

const overlap = (one: Box, other: Box): boolean =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

const round = (value: number): number => Math.round(value * 10) / 10;
