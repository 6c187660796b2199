import { issuersOf } from "../model/derived/certificates";
import type { Cluster } from "../model/schema/cluster";
import type { Fleet } from "../model/schema/fleet";
import type { NameTree } from "../routing/tree";
import { type CertificateSeen, type Observed, requestKey, type WebSeen } from "./observed";
import type { Result } from "./report";
import { type Visit, visits } from "./requests";

const DAY = 24 * 3600 * 1000;

/** Every cluster by its own name, and every public name at the addresses of its clusters. */
export function judgeWeb(
  fleet: Fleet,
  trees: readonly NameTree[],
  { addresses, web }: Pick<Observed, "addresses" | "web">,
  now: number,
): readonly Result[] {
  const lost = fleet.clusters.flatMap(({ name, retired }): Result[] => {
    if (retired || (addresses[name] ?? []).length > 0) return [];
    const common = { subject: "ingress", of: name, found: "no address" } as const;
    const host = `ingress.${name}.${fleet.dns.zone}`;
    return addresses[name]
      ? [{ ...common, verdict: "differs", why: `${host} has no address at the zone's servers` }]
      : [{ ...common, verdict: "not-judged", why: `nobody answers for ${host}` }];
  });
  return [
    ...lost,
    ...visits(fleet, trees, addresses).map((visit) => judgeVisit(fleet, visit, web[requestKey(visit.request)], now)),
  ];
}

function judgeVisit(fleet: Fleet, visit: Visit, seen: WebSeen | undefined, now: number): Result {
  const { subject, of, request, cluster: name } = visit;
  const at = subject === "ingress" ? request.address : `${name} (${request.address})`;
  if (seen === undefined || seen.failure !== undefined)
    return { subject, of, at, verdict: "differs", found: seen?.failure ?? "not asked", why: "nobody gets an answer there" };
  const { certificate, status = 0 } = seen;
  const found = [
    `${status} for ${request.path}`,
    ...(certificate ? [`certificate by ${certificate.issuer}, ${daysLeft(certificate, now)} days left`] : []),
  ].join("; ");
  if (status >= 500 || (visit.answers && status >= 400))
    return { subject, of, at, verdict: "differs", found, why: `${request.path} should answer 200 to 399` };
  const cluster = fleet.clusters.find((candidate) => candidate.name === name)!;
  return { subject, of, at, found, ...judgeCertificate(fleet, cluster, visit, certificate, now) };
}

function judgeCertificate(
  fleet: Fleet,
  cluster: Cluster,
  { subject, request }: Visit,
  certificate: CertificateSeen | undefined,
  now: number,
): Pick<Result, "verdict" | "why"> {
  const problem = certificate ? certificateProblem(certificate, request.host, now) : "it shows no certificate";
  if (problem === undefined) return { verdict: "as-expected" };
  const promised = promisedCertificate(fleet, cluster);
  // staging is the file's word for a chain that nobody trusts; the rest of such a certificate must be right
  if (promised === "staging" && problem.startsWith(UNTRUSTED))
    return { verdict: "as-expected", why: "a staging certificate, as the fleet file says: no browser trusts it" };
  if (promised === "none" && subject === "ingress")
    return { verdict: "not-judged", why: `${problem}; the fleet file promises no certificate for this name` };
  return { verdict: "differs", why: problem };
}

const UNTRUSTED = "its chain isn't trusted";

/** What is wrong with a certificate for a host, the worst first. */
function certificateProblem(
  { names, untrusted, notBefore, notAfter }: CertificateSeen,
  host: string,
  now: number,
): string | undefined {
  if (notAfter < now) return `its certificate expired ${Math.floor((now - notAfter) / DAY)} days ago`;
  if (notBefore > now) return "its certificate isn't valid yet";
  if (!names.some((name) => covers(name, host)))
    return `its certificate is for ${names.join(", ") || "no name"}, not for ${host}`;
  // cert-manager renews when a third of the life is left: at half of that something is stuck
  if (notAfter - now < (notAfter - notBefore) / 6)
    return `its certificate has ${Math.floor((notAfter - now) / DAY)} days left, and should have been renewed`;
  return untrusted === undefined ? undefined : `${UNTRUSTED} (${untrusted})`;
}

/** A wildcard covers one label (RFC 6125 6.4.3). */
function covers(name: string, host: string): boolean {
  const wanted = name.toLowerCase();
  return wanted === host || (wanted.startsWith("*.") && host.split(".").slice(1).join(".") === wanted.slice(2));
}

/** What the fleet file says of the certificates that a cluster's ingress serves. */
export function promisedCertificate(fleet: Fleet, cluster: Cluster): "production" | "staging" | "none" {
  const { certManager, ingress } = cluster.addons;
  const issued = certManager.enabled && ingress.controller !== "none" && issuersOf(fleet, cluster) === "letsencrypt";
  return issued ? certManager.ingressCertificate : "none";
}

const daysLeft = ({ notAfter }: CertificateSeen, now: number): number => Math.floor((notAfter - now) / DAY);
