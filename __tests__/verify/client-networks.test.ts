import { CLIENT_NETWORKS, CLIENT_NETWORKS_SOURCE, staleNetworks } from "../../model/catalog/client-networks";
import { COUNTRIES } from "../../model/catalog/countries";
import { SAMPLES, WITHOUT_NETWORK } from "../../verify/clients";

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
