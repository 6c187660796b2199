import type { ClusterRow } from "./clusters";
import { beside, worldMap } from "./map";
import { html, type Markup, raw, table } from "./markup";
import type { Report } from "./model";
import { FAILURES, type Traffic, type TrafficTable } from "./traffic";

/** Who is served where: the map, what can fail, and the same in words. */
export function trafficSection({ traffic, clusters }: Report): Markup {
  const { names, clients } = traffic;
  if (names.length === 0)
    return html`<p>This fleet has no public names: nobody is led anywhere. Where its clusters are:</p>
<figure>
${worldMap(traffic, 0, clusters)}
</figure>`;
  const elsewhere = beside(traffic);
  return html`<form class="controls" autocomplete="off">
<label>Name <select id="name">${names.map(({ fqdn }, index) => html`<option value="${index}">${fqdn}</option>`)}</select></label>
<label>Clients in <select id="place"><option value="">everywhere</option>${byPlace(traffic).map(([place, index]) => html`<option value="${index}">${place}</option>`)}</select></label>
</form>
<div class="world">
<figure>
<p id="shown">${names[0]!.fqdn}</p>
${worldMap(traffic, names[0]!.table, clusters)}
<figcaption><output id="said" for="name place failures">Point at a place, or choose it above, to see who serves it and why.</output></figcaption>
</figure>
<form id="failures" autocomplete="off"><fieldset>
<legend>What if &hellip;</legend>
<label class="all"><input type="radio" name="failure" value="" checked> <span>all is as the fleet file says</span></label>
<ul>
${clusters.map((cluster, index) => clusterChoice(traffic, cluster, index))}</ul>
</fieldset></form>
</div>
<p class="note">${clients.length} places: countries, and the states of the USA. Those too small to be seen are dots.${elsewhere.length > 0 ? ` Beyond the map: ${elsewhere.join(", ")}.` : ""} Clients are where their resolver is, or the network that it passes on. Latency is estimated by distance; the services measure it, so a border may lie elsewhere.</p>
${inWords(traffic)}`;
}

const byPlace = ({ clients }: Traffic): readonly (readonly [string, number])[] =>
  clients.map(({ place }, index) => [place, index] as const).sort(([one], [other]) => (one < other ? -1 : 1));

function clusterChoice({ names, tables, answers }: Traffic, { name, place, kind, notes }: ClusterRow, index: number): Markup {
  const first = tables[names[0]!.table]!;
  const served = first.answers.filter((answer) => answers[answer]!.some(([cluster]) => cluster === index)).length;
  const isOff = (failure: string) => notes.includes("retired") || notes.includes(failure);
  const choices = FAILURES.map(
    (failure) =>
      html`<label><input type="radio" name="failure" value="${failure} ${index}"${raw(isOff(failure) ? " disabled" : "")}><span>${failure}<i> ${name}</i></span></label>`,
  );
  return html`<li class="k${index}"><span class="swatch"></span><span class="who"><b>${name}</b> <small>${[place, kind, ...notes].filter((part) => part !== undefined && part !== "").join(" · ")}</small></span> <output data-served="${index}">${places(served)}</output><span class="choice">${choices}</span></li>
`;
}

/** What each cluster serves, and where that goes when it fails: for paper, and for whoever can't see the map. */
function inWords(traffic: Traffic): Markup {
  const rows = traffic.tables.flatMap((one, place) => {
    const names = traffic.names.filter(({ table: of }) => of === place).map(({ fqdn }) => fqdn);
    const serving = traffic.clusters.flatMap((cluster, index) => {
      const served = clientsOf(traffic, one, index);
      return served.length === 0 ? [] : [[cluster, placesInWords(traffic, served), failuresInWords(traffic, one, index)]];
    });
    return serving.map((cells, index) => [index === 0 ? names.join(", ") : "", ...cells]);
  });
  return html`<details><summary>The same in words</summary>
${table("Whom each cluster serves, and who takes that over", ["name", "cluster", "serves", "when it fails"], rows)}</details>`;
}

function failuresInWords(traffic: Traffic, { failures, shared }: TrafficTable, cluster: number): string {
  if (shared.includes(cluster)) return "those that share its places take them over";
  const [down, drained] = FAILURES.map((failure) => movesInWords(traffic, failures[`${failure} ${cluster}`]));
  return down === drained ? down! : `down: ${down}; drained: ${drained}`;
}

const clientsOf = ({ answers }: Traffic, { answers: places }: TrafficTable, cluster: number): readonly number[] =>
  places.flatMap((answer, client) => (answers[answer]!.some(([one]) => one === cluster) ? [client] : []));

const places = (count: number): string => `${count} ${count === 1 ? "place" : "places"}`;

/** Places by name, as many as can be read. */
const SHOWN = 6;

function placesInWords({ clients }: Traffic, served: readonly number[]): string {
  if (served.length === clients.length) return "all places";
  const names = served.map((index) => clients[index]!.place);
  return `${places(names.length)}: ${names.slice(0, SHOWN).join("; ")}${names.length > SHOWN ? " …" : ""}`;
}

function movesInWords({ answers, clusters }: Traffic, moved: readonly number[] | undefined): string {
  if (!moved) return "nothing moves";
  const counts = new Map<string, number>();
  for (let index = 1; index < moved.length; index += 2) {
    const to = answers[moved[index]!]!;
    const words =
      to.map(([cluster, part]) => `${clusters[cluster]}${part === 1000 ? "" : ` ${part / 10} %`}`).join(" + ") || "nobody";
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return [...counts].map(([words, count]) => `${count} to ${words}`).join(", ");
}
