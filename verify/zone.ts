import type { Fleet } from "../model/schema/fleet";
import type { ZoneSeen, ZoneServerSeen } from "./observed";
import type { Result } from "./report";

/** Whether the parent leads to the zone's servers, and whether these agree with each other and with the fleet file. */
export function judgeZone({ dns }: Pick<Fleet, "dns">, { delegation, servers }: ZoneSeen): readonly Result[] {
  const of = dns.zone;
  if (delegation.failure !== undefined)
    return [{ subject: "delegation", of, verdict: "not-judged", found: "no answer", why: delegation.failure }];
  if (delegation.servers.length === 0)
    return [
      {
        subject: "delegation",
        of,
        verdict: "differs",
        found: `${delegation.parent} names no server for it`,
        why: `nobody finds the zone: its name servers belong into an NS record of ${delegation.parent}${dns.parent ? ", which the global stack makes" : ", or at the registrar"}`,
      },
    ];
  const answering = servers.filter(({ failure }) => failure === undefined);
  const silent = servers.filter(({ failure }) => failure !== undefined);
  const results: Result[] = [
    { subject: "delegation", of, verdict: "as-expected", found: `${delegation.parent} leads to ${list(delegation.servers)}` },
    ...silent.map(
      ({ name, address, failure }): Result => ({
        subject: "name-servers",
        of,
        at: `${name} (${address})`,
        verdict: isRefusal(failure!) ? "differs" : "not-judged",
        found: failure!,
        why: isRefusal(failure!) ? "the parent names it, and it doesn't serve the zone" : "it said nothing",
      }),
    ),
  ];
  if (answering.length === 0) return results;
  return [...results, nameServers(of, delegation.servers, answering), soa(of, answering), caa(of, dns, answering)];
}

/** A server that says that it has no such zone. */
const isRefusal = (failure: string) => /REFUSED|NOTAUTH|isn't authoritative/.test(failure);

function nameServers(of: string, delegated: readonly string[], servers: readonly ZoneServerSeen[]): Result {
  const expected = list(delegated);
  const other = servers.find(({ ns }) => list(ns) !== expected);
  if (!other) return { subject: "name-servers", of, verdict: "as-expected", found: `${expected}, as the parent says` };
  return {
    subject: "name-servers",
    of,
    at: `${other.name} (${other.address})`,
    verdict: "differs",
    found: list(other.ns) || "none",
    why: `the parent says ${expected}`,
  };
}

function soa(of: string, servers: readonly ZoneServerSeen[]): Result {
  const found = [...new Set(servers.map((server) => server.soa ?? "none"))];
  if (found.includes("none"))
    return { subject: "soa", of, verdict: "differs", found: found.join("; "), why: "a server has no SOA record of the zone" };
  if (found.length === 1) return { subject: "soa", of, verdict: "as-expected", found: found[0]! };
  return {
    subject: "soa",
    of,
    verdict: "not-judged",
    found: found.join("; "),
    why: "its servers have different versions of the zone, as for a moment after a change",
  };
}

/** CAA records are Terraform's only where the file names authorities. */
function caa(of: string, { existing, caa: authorities }: Fleet["dns"], servers: readonly ZoneServerSeen[]): Result {
  const expected = list(authorities.map((authority) => `0 issue "${authority}"`));
  const found = [...new Set(servers.map((server) => list(server.caa)))];
  const common = { subject: "caa", of, found: found.map((records) => records || "none").join("; ") } as const;
  if (existing || authorities.length === 0) return { ...common, verdict: "as-expected" };
  if (found.length === 1 && found[0] === expected) return { ...common, verdict: "as-expected" };
  return { ...common, verdict: "differs", why: `the fleet file says ${expected}` };
}

const list = (words: readonly string[]): string => [...new Set(words.map((word) => word.toLowerCase()))].sort().join(", ");
