import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { CLIENT_NETWORKS, CLIENT_NETWORKS_SOURCE, staleNetworks } from "../../model/catalog/client-networks";
import { COUNTRIES } from "../../model/catalog/countries";
import { SAMPLES, WITHOUT_NETWORK } from "../../verify/clients";
import { root } from "../support/fleet";

test("the table has five networks of every country that has any, none of them twice", () => {
  expect(Object.keys(CLIENT_NETWORKS).filter((country) => !COUNTRIES.includes(country))).toEqual([]);
  // uninhabited, or supplied from another country
  expect(WITHOUT_NETWORK).toEqual(["BV", "CC", "CX", "EH", "GS", "HM", "PN", "SH", "SJ", "TF", "UM"]);
  const few = Object.entries(CLIENT_NETWORKS).filter(([, networks]) => networks.length < 5);
  expect(few.map(([country]) => country)).toEqual(["AQ", "BL", "KP", "NF", "YT"]);
  const networks = SAMPLES.map(({ network }) => network);
  expect(new Set(networks).size).toBe(networks.length);
  expect(networks.filter((network) => !/^\d+\.\d+\.\d+\.0$/.test(network))).toEqual([]);
});

test("the table says of which day it is, and a year later verify does", () => {
  expect(CLIENT_NETWORKS_SOURCE.source).toContain("AFRINIC, APNIC, ARIN, LACNIC and RIPE NCC");
  const made = Date.parse(CLIENT_NETWORKS_SOURCE.date);
  expect(staleNetworks(new Date(made + 365 * 86_400_000))).toBeUndefined();
  expect(staleNetworks(new Date(made + 366 * 86_400_000))).toContain("more than a year old");
});

/** The format of the registries' files, with lines of each kind. */
const REGISTRY_FILES = [
  "2|apnic|20261120|6|19830613|20261119|+1000\n# comment\napnic|*|ipv4|*|4|summary\napnic|AU|ipv4|1.0.0.0|256|20110811|assigned\napnic|AU|ipv4|1.1.0.0|2048|20110811|allocated|A91872ED\napnic|AU|ipv6|2001:db8::|32|20110811|allocated\napnic|ZZ|ipv4|1.2.0.0|2048||available\napnic|AP|ipv4|1.3.0.0|2048|20110811|allocated\n",
  "2|ripencc|1764198000|2|19830705|20261121|+0100\nripencc|EU|ipv4|2.0.0.0|2048|20100712|allocated\nripencc|FJ|ipv4|2.1.0.128|512|20100712|allocated\n",
];

test("the script takes the registries' own files: networks at equal distances in what a country has", () => {
  const script = pathToFileURL(join(root, "scripts/client-networks.mjs")).href;
  const run = `import { clientNetworks } from ${JSON.stringify(script)}; console.log(JSON.stringify(clientNetworks(${JSON.stringify(REGISTRY_FILES)})))`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", run], { encoding: "utf8" });
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toEqual({
    source: "AFRINIC, APNIC, ARIN, LACNIC and RIPE NCC: delegated statistics",
    date: "2026-11-21",
    networks: {
      // nine networks in two delegations
      AU: ["1.0.0.0", "1.1.1.0", "1.1.3.0", "1.1.5.0", "1.1.7.0"],
      // only whole ones
      FJ: ["2.1.1.0"],
    },
  });
});
