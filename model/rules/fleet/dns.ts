import { ACME_LABEL, needsAcmeZone } from "../../derived/certificates";
import { needsAzure } from "../../derived/dns-accounts";
import { AUTHORITY } from "../../limits/certificates";
import type { Problem, Rule } from "../../problems/problem";
import type { Fleet } from "../../schema/fleet";

/** In an Azure zone the challenges of public names have a zone of their own: nothing else has its name or is below it. */
export const challengeZone: Rule = (fleet) => {
  if (!needsAcmeZone(fleet)) return [];
  const message = `${ACME_LABEL}.${fleet.dns.zone} is the zone that proofs for certificates are written to; choose another name`;
  const clusters = fleet.clusters.filter(({ name }) => name === ACME_LABEL).map(({ name }) => ["clusters", name]);
  const names = Object.keys(fleet.names).filter((name) => name.split(".").at(-1) === ACME_LABEL);
  return [...clusters, ...names.map((name) => ["names", name])].map((path) => ({ path, atKey: true, message }));
};

/** The zone has an account, its parent is one, and settings fit its engine. */
export const dns: Rule = (fleet) => [
  ...accountProblems(fleet),
  ...parentProblems(fleet),
  ...engineProblems(fleet),
  ...lengthProblems(fleet),
];

const at = (field: readonly (string | number)[], message: string): Problem => ({ path: ["dns", ...field], message });

function accountProblems(fleet: Fleet): readonly Problem[] {
  const problems: Problem[] = [];
  if (fleet.dns.engine === "route53" && !fleet.dns.aws)
    problems.push(
      at(
        ["aws"],
        "the AWS account of the zone is not known: give dns.aws.accountId, or defaults.aws, or AWS clusters that all are in one account",
      ),
    );
  if (needsAzure(fleet) && !fleet.dns.azure) {
    const what = fleet.dns.engine === "azure" ? "the zone" : "the names in Traffic Manager";
    problems.push(
      at(
        ["azure"],
        `the Azure subscription of ${what} is not known: give subscriptionId and tenantId under dns.azure, or defaults.azure, or AKS clusters that all are in one subscription`,
      ),
    );
  }
  return problems;
}

function parentProblems({ dns }: Fleet): readonly Problem[] {
  const { parent, zone } = dns;
  if (!parent) return [];
  if (dns.existing) return [at(["parent"], "a zone that exists is delegated already: remove `parent`, or `existing: true`")];
  const problems: Problem[] = [];
  if (!zone.endsWith(`.${parent.zone}`))
    problems.push(
      at(
        ["parent", "zone"],
        `'${parent.zone}' is no parent of '${zone}', whose parents are ${parentsOf(zone).join(", ") || "top-level domains"}`,
      ),
    );
  const engine = parent.engine ?? dns.engine;
  if (engine === "azure" && !parent.azure)
    problems.push(at(["parent", "azure"], "is missing: subscriptionId, tenantId and resourceGroup of the parent zone in Azure"));
  if (engine === "route53" && !parent.aws && !dns.aws)
    problems.push(at(["parent", "aws"], "is missing: accountId of the parent zone in Route53"));
  const other = engine === "route53" ? "azure" : "aws";
  if (parent[other])
    problems.push(at(["parent", other], `the parent zone is in ${NAMES[engine]}: remove it, or write another \`engine\``));
  return problems;
}

const NAMES = { route53: "Route53", azure: "Azure DNS" } as const;

/** a.b.example.com has the parents b.example.com and example.com. */
function parentsOf(zone: string): readonly string[] {
  const labels = zone.split(".");
  return labels.slice(1, -1).map((_, index) => labels.slice(index + 1).join("."));
}

function engineProblems({ dns }: Fleet): readonly Problem[] {
  const problems: Problem[] = [];
  if (dns.engine === "azure") {
    if (dns.aws) problems.push(at(["aws"], "the zone is in Azure DNS: remove it, or write `engine: route53`"));
    if (dns.acceleratedRecovery) problems.push(at(["acceleratedRecovery"], "only Route53 has it: remove it"));
    if (dns.forceDestroy)
      problems.push(at(["forceDestroy"], "only Route53 has it: Azure destroys a zone with all its records anyway"));
    if (dns.existing && dns.azure && !dns.azure.resourceGroup)
      problems.push(at(["azure", "resourceGroup"], "is missing: the resource group that the existing zone is in"));
  }
  dns.caa.forEach((authority, index) => {
    if (!AUTHORITY.test(authority))
      problems.push(at(["caa", index], `'${authority}' is no certificate authority's domain, such as letsencrypt.org`));
  });
  return problems;
}

/** The longest names made in the zone are an application's on a cluster; DNS takes 253 characters (RFC 1035, 2.3.4). */
function lengthProblems({ dns, clusters, apps }: Fleet): readonly Problem[] {
  const longest = (words: readonly string[]) => Math.max(0, ...words.map(({ length }) => length));
  const host = longest(["ingress", ...Object.keys(apps)]) + longest(clusters.map(({ name }) => name)) + 2;
  return dns.zone.length + host <= 253
    ? []
    : [
        at(
          ["zone"],
          `'${dns.zone}' is too long: with <application>.<cluster>. before it names come to ${dns.zone.length + host} characters, and DNS takes 253`,
        ),
      ];
}
