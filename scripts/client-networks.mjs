// Renews model/catalog/data/client-networks.json, the networks that `verify` asks from: five of each country, taken evenly
// from all that the regional registries have delegated to it.
//
//   node scripts/client-networks.mjs delegated-afrinic-latest delegated-apnic-latest delegated-arin-extended-latest \
//     delegated-lacnic-latest delegated-ripencc-latest
//
// The files are the registries' own, each from its ftp site under pub/stats; extended ones are read as well. Where they
// come packed by somebody else, --source says by whom.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const TABLE = join(dirname(dirname(fileURLToPath(import.meta.url))), "model/catalog/data/client-networks.json");
const EACH = 5;
const REGISTRIES = "AFRINIC, APNIC, ARIN, LACNIC and RIPE NCC: delegated statistics";

/** Codes that stand for no country: the European Union's, the Asia-Pacific's, nobody's. */
const NO_COUNTRIES = new Set(["EU", "AP", "ZZ"]);

/**
 * The table for the text of the registries' files.
 * @param {readonly string[]} texts in the format "RIR statistics exchange", version 2
 */
export function clientNetworks(texts, source = REGISTRIES) {
  const blocks = new Map();
  let date = "";
  for (const line of texts.flatMap((text) => text.split("\n"))) {
    const fields = line.split("|");
    // the version line: version, registry, serial, records, first and last date
    if (/^\d+(\.\d+)?$/.test(fields[0]) && /^\d{8}$/.test(fields[5] ?? "")) date = [date, fields[5]].sort().at(-1);
    const [, country, type, start, count, , status] = fields;
    if (type !== "ipv4" || !/^(allocated|assigned)$/.test(status ?? "")) continue;
    if (!/^[A-Z]{2}$/.test(country) || NO_COUNTRIES.has(country)) continue;
    const first = Math.ceil(numberOf(start) / 256);
    const end = Math.floor((numberOf(start) + Number(count)) / 256);
    if (end > first) blocks.set(country, [...(blocks.get(country) ?? []), [first, end]]);
  }
  if (date === "") throw new Error("no version line was read, so the date isn't known: are these the registries' files?");
  return {
    source,
    date: `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`,
    networks: Object.fromEntries(
      [...blocks].sort(([one], [other]) => (one < other ? -1 : 1)).map(([country, found]) => [country, spread(found)]),
    ),
  };
}

/** Networks at equal distances in all that a country has: large delegations are met more often than small ones. */
function spread(blocks) {
  const sorted = [...blocks].sort(([one], [other]) => one - other);
  const total = sorted.reduce((sum, [first, end]) => sum + end - first, 0);
  const places = Array.from({ length: EACH }, (_, index) => Math.floor(((index + 0.5) / EACH) * total));
  return [...new Set(places)].map((place) => {
    let left = place;
    for (const [first, end] of sorted) {
      if (left < end - first) return textOf(first + left);
      left -= end - first;
    }
    throw new Error(`place ${place} lies beyond ${total} networks`);
  });
}

const numberOf = (address) => address.split(".").reduce((sum, byte) => sum * 256 + Number(byte), 0);
const textOf = (network) => [network >> 16, (network >> 8) & 255, network & 255, 0].join(".");

/** A country a line, so that a renewal can be read. */
function printed({ source, date, networks }) {
  const lines = Object.entries(networks).map(([country, found]) => `  ${JSON.stringify(country)}: ${JSON.stringify(found)}`);
  return `{\n "source": ${JSON.stringify(source)},\n "date": "${date}",\n "networks": {\n${lines.join(",\n")}\n }\n}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({ options: { source: { type: "string" } }, allowPositionals: true });
  if (positionals.length === 0) throw new Error("give the registries' files: delegated-apnic-latest and so on");
  const table = clientNetworks(
    positionals.map((file) => readFileSync(file, "utf8")),
    values.source,
  );
  writeFileSync(TABLE, printed(table));
  process.stdout.write(`${Object.keys(table.networks).length} countries, as of ${table.date}\n`);
}
