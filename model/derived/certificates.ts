import type { Cluster } from "../schema/cluster";
import type { Fleet } from "../schema/fleet";

/** The cluster's regions that Route53's account, which is in the partition `aws`, trusts no tokens from. */
const OTHER_PARTITION = /^(cn|us-gov|eusc)-/;

/**
 * Why a cluster's own controllers can't write the fleet's zone; nothing, where they can. Route53 is reached with a
 * token of any cluster whose issuer is known. Azure DNS has no rights by name, so only AKS writes it, and only zones
 * of its own.
 */
export function whyNoZoneAccess(fleet: Fleet, cluster: Cluster): string | undefined {
  if (fleet.dns.engine === "azure")
    return cluster.cloud === "azure"
      ? undefined
      : "the zone is in Azure DNS, which only AKS clusters reach without a key; records of other clusters come from Terraform alone";
  if (cluster.cloud === "existing" && cluster.existing.oidcIssuer === undefined)
    return "its existing.oidcIssuer is not given, so that AWS can't trust its tokens";
  if (cluster.cloud === "aws" && OTHER_PARTITION.test(cluster.region))
    return `region ${cluster.region} is in another partition than Route53's public zones`;
  return undefined;
}

/** Which issuers cert-manager gets: as the file says, otherwise Let's Encrypt where names can be proved. */
export function issuersOf(fleet: Fleet, cluster: Cluster): "letsencrypt" | "none" {
  return cluster.addons.certManager.issuers ?? (whyNoZoneAccess(fleet, cluster) === undefined ? "letsencrypt" : "none");
}

/**
 * Whether the zone's account is to trust a cluster's tokens: always those of a cluster that Meridian makes, and those of
 * another where something asks for it. Its account may trust them already, for roles of its own.
 */
export function usesIssuer(fleet: Fleet, cluster: Cluster): boolean {
  const { certManager, externalDns } = cluster.addons;
  if (cluster.cloud !== "existing") return true;
  return externalDns.enabled || (certManager.enabled && issuersOf(fleet, cluster) === "letsencrypt");
}

/**
 * The fleet's public names, in full, that a cluster can prove to a certificate authority. In Azure DNS Terraform must
 * be able to lead their challenges to a zone of their own, so the zone must be the fleet's.
 */
export function provablePublicNames(fleet: Fleet): string[] {
  if (fleet.dns.engine === "azure" && fleet.dns.existing) return [];
  return Object.keys(fleet.names).map((name) => (name === "@" ? fleet.dns.zone : `${name}.${fleet.dns.zone}`));
}

/**
 * The names that one certificate is asked for. Let's Encrypt refuses an order whole in which a name stands beside a
 * wildcard that covers it ("redundant with a wildcard domain in the same request", letsencrypt/boulder#3542); a wildcard covers
 * one label (RFC 6125 6.4.3).
 */
export function certificateNames(names: readonly string[]): string[] {
  const all = new Set(names);
  return [...all].filter((name) => !all.has(name.replace(/^[^.*]+\./, "*.")) || name.startsWith("*."));
}

/** Label of that zone, below the fleet's. */
export const ACME_LABEL = "acme";

/** Whether the fleet needs the zone that the challenges of public names lead to. */
export function needsAcmeZone(fleet: Fleet): boolean {
  return (
    fleet.dns.engine === "azure" &&
    provablePublicNames(fleet).length > 0 &&
    fleet.clusters.some((cluster) => cluster.addons.certManager.enabled && issuersOf(fleet, cluster) === "letsencrypt")
  );
}

/** Which secret store a cluster keeps carried certificates in: the same text for clusters that share one. */
function storeOf(fleet: Fleet, cluster: Cluster): string | undefined {
  const { certManager, externalSecrets } = cluster.addons;
  if (!certManager.carryOver || !externalSecrets.enabled) return undefined;
  const prefix = externalSecrets.prefix ?? fleet.name;
  switch (cluster.cloud) {
    case "aws":
      return `aws ${cluster.aws.accountId} ${cluster.region} ${prefix}`;
    case "azure":
      return `azure ${externalSecrets.keyVaultId?.toLowerCase()} ${prefix}`;
    case "google":
      return `google ${cluster.google.projectId} ${prefix}`;
    case "existing":
      return undefined;
  }
}

/**
 * Whether a cluster asks for the certificate of the public names itself. Of clusters that share a store only one does,
 * the first in the file that is not retired; the others take what it has put there. All would otherwise renew the one
 * certificate at the same hour, and a certificate authority counts.
 */
export function asksForPublicCertificate(fleet: Fleet, cluster: Cluster): boolean {
  const store = storeOf(fleet, cluster);
  if (store === undefined) return true;
  const sharing = fleet.clusters.filter((other) => storeOf(fleet, other) === store);
  return (sharing.find(({ retired }) => !retired) ?? sharing[0])?.name === cluster.name;
}
