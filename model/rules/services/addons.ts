import { retentionProblem } from "../../catalog/log-retention";
import { backupStoreOf } from "../../derived/backups";
import { certificateNames, issuersOf, provablePublicNames, whyNoZoneAccess } from "../../derived/certificates";
import { databasesOf } from "../../derived/databases";
import { serverEntries } from "../../derived/servers";
import { AUTHORITY, certificateNameProblem } from "../../limits/certificates";
import type { Problem, Rule } from "../../problems/problem";
import type { Cluster } from "../../schema/cluster";
import type { Fleet } from "../../schema/fleet";
import { inCluster } from "../clusters";

type Check = (fleet: Fleet, cluster: Cluster, at: (field: readonly string[], message: string) => Problem) => readonly Problem[];

/** Most names in one certificate of Let's Encrypt (its documentation, "Rate Limits"). */
const NAMES_IN_CERTIFICATE = 100;

/** Most characters of the policies in a role, 10,240 (IAM user guide, quotas), less what is there besides the names. */
const POLICY_CHARACTERS = 9000;

/** Add-ons get what they need from the cluster, its cloud and the zone. */
export const addons: Rule = (fleet) => [
  ...fleet.clusters.flatMap((cluster) =>
    [zone, certificates, ownName, secrets, sameIdentity, sameStore, logs, storage].flatMap((check) =>
      check(fleet, cluster, (field, message) => inCluster(cluster, ["addons", ...field], message)),
    ),
  ),
  ...publicNames(fleet),
];

/** Whether a certificate authority is asked for what the cluster's ingress controller serves. */
const asksForNames = (fleet: Fleet, cluster: Cluster): boolean => {
  const { certManager, ingress } = cluster.addons;
  const wanted = certManager.enabled && certManager.ingressCertificate !== "none" && ingress.controller !== "none";
  return wanted && issuersOf(fleet, cluster) === "letsencrypt";
};

/** A name that is refused takes all others of its order along, on every cluster. */
function publicNames(fleet: Fleet): readonly Problem[] {
  const asking = fleet.clusters.find((cluster) => asksForNames(fleet, cluster));
  if (!asking) return [];
  // of what is no authority's domain that is said already
  const authorities = fleet.dns.caa.every((authority) => AUTHORITY.test(authority)) ? fleet.dns.caa : [];
  if (authorities.length > 0 && !authorities.includes("letsencrypt.org"))
    return [
      {
        path: ["dns", "caa"],
        message: `the zone would let ${fleet.dns.caa.join(", ")} alone make certificates, and cert-manager on ${asking.name} asks Let's Encrypt, which refuses every order then: add letsencrypt.org, or write addons.certManager.ingressCertificate: none`,
      },
    ];
  const ordered = certificateNames(provablePublicNames(fleet));
  return Object.keys(fleet.names).flatMap((key) => {
    const name = key === "@" ? fleet.dns.zone : `${key}.${fleet.dns.zone}`;
    const problem = ordered.includes(name) ? certificateNameProblem(name) : undefined;
    return problem === undefined
      ? []
      : [
          {
            path: ["names", key],
            atKey: true,
            message: `'${name}' can't be in a certificate of Let's Encrypt: ${problem}. The order of all public names would be refused with it: choose another name, or write addons.certManager.ingressCertificate: none`,
          },
        ];
  });
}

/** The certificate of `*.<cluster>.<zone>`. */
const ownName: Check = (fleet, cluster, at) => {
  const name = `*.${cluster.name}.${fleet.dns.zone}`;
  const problem = asksForNames(fleet, cluster) ? certificateNameProblem(name) : undefined;
  if (problem === undefined) return [];
  const message = `'${name}' can't be in a certificate of Let's Encrypt: ${problem}. Give the cluster another name, or write none`;
  return [at(["certManager", "ingressCertificate"], message)];
};

const zone: Check = (fleet, cluster, at) => {
  const why = whyNoZoneAccess(fleet, cluster);
  if (why === undefined) return [];
  const { certManager, externalDns } = cluster.addons;
  const problems: Problem[] = [];
  if (certManager.enabled && certManager.issuers === "letsencrypt")
    problems.push(
      at(
        ["certManager", "issuers"],
        `cert-manager on ${cluster.name} can't prove names: ${why}. Write issuers: none and make issuers of your own`,
      ),
    );
  if (externalDns.enabled)
    problems.push(
      at(
        ["externalDns", "enabled"],
        `external-dns on ${cluster.name} can't write records: ${why}. Use *.${cluster.name}.${fleet.dns.zone}, which leads to the ingress`,
      ),
    );
  return problems;
};

const certificates: Check = (fleet, cluster, at) => {
  const { certManager, externalSecrets } = cluster.addons;
  if (!certManager.enabled) return [];
  const problems: Problem[] = [];
  const names = certificateNames(provablePublicNames(fleet)).length;
  if (asksForNames(fleet, cluster) && names > NAMES_IN_CERTIFICATE)
    problems.push(
      at(
        ["certManager", "ingressCertificate"],
        `the fleet has ${names} public names and a certificate takes ${NAMES_IN_CERTIFICATE}: use wildcard names, or write none and let applications have certificates of their own`,
      ),
    );
  const proved = provablePublicNames(fleet);
  const challenges = proved.join().length + 20 * proved.length;
  const proves = fleet.dns.engine === "route53" && issuersOf(fleet, cluster) === "letsencrypt";
  if (proves && challenges > POLICY_CHARACTERS)
    problems.push(
      at(
        ["certManager"],
        `the role that proves the fleet's ${proved.length} public names would be too long for IAM: use wildcard names, or write enabled: false`,
      ),
    );
  if (certManager.carryOver && !externalSecrets.enabled)
    problems.push(
      at(
        ["certManager", "carryOver"],
        "certificates are carried over through the cloud's secret store: enable externalSecrets too",
      ),
    );
  if (certManager.carryOver && certManager.ingressCertificate !== "production")
    problems.push(
      at(
        ["certManager", "carryOver"],
        `only certificates of ingressCertificate 'production' are worth keeping; this is '${certManager.ingressCertificate}'`,
      ),
    );
  return problems;
};

/** Whether an add-on takes its secrets from the cluster's own store. */
const usesStore = ({ addons: { graylog, monitoring, logging, certManager } }: Cluster) =>
  graylog.enabled || monitoring.enabled || logging.enabled || certManager.carryOver;

const secrets: Check = (fleet, cluster, at) => {
  const { externalSecrets } = cluster.addons;
  if (!externalSecrets.enabled) return [];
  if (cluster.cloud === "existing")
    return [
      at(
        ["externalSecrets", "enabled"],
        "which cloud's secret store an existing cluster can use is not known here: install it as an application",
      ),
    ];
  // the logins of databases and servers are in vaults of their own
  const hasLogins =
    cluster.addons.backup.enabled || databasesOf(fleet, cluster.name).length > 0 || serverEntries(fleet.name, cluster).length > 0;
  const onlyForDatabases = hasLogins && !usesStore(cluster);
  if (cluster.cloud === "azure" && externalSecrets.keyVaultId === undefined && !onlyForDatabases)
    return [
      at(
        ["externalSecrets"],
        "on AKS it needs `keyVaultId`, the resource id of a key vault with RBAC: it outlives clusters, so none is made for one",
      ),
    ];
  return [];
};

/** Google's documentation, "About Workload Identity Federation for GKE", identity sameness. */
const sameIdentity: Check = (fleet, cluster, at) => {
  if (cluster.cloud !== "google" || !cluster.addons.externalSecrets.enabled) return [];
  const prefixOf = ({ addons }: Cluster) => addons.externalSecrets.prefix ?? fleet.name;
  const first = fleet.clusters.find(
    (other) =>
      other.cloud === "google" && other.addons.externalSecrets.enabled && other.google.projectId === cluster.google.projectId,
  );
  if (!first || prefixOf(first) === prefixOf(cluster)) return [];
  return [
    at(
      ["externalSecrets", "prefix"],
      `'${prefixOf(cluster)}' is another prefix than '${prefixOf(first)}' of ${first.name} in the same project, ${cluster.google.projectId}: to Google a service account of one name is the same in all clusters of a project, so each could read the other's secrets. Give both one prefix, or ${cluster.name} a project of its own`,
    ),
  ];
};

/** The same of Velero: whoever is it on one cluster is it on all of the project, and could delete the backups of each. */
const sameStore: Check = (fleet, cluster, at) => {
  const store = backupStoreOf(fleet, cluster)?.[0];
  if (cluster.cloud !== "google" || store === undefined) return [];
  const first = fleet.clusters.find(
    (other) => other.cloud === "google" && other.google.projectId === cluster.google.projectId && backupStoreOf(fleet, other),
  );
  const its = first && backupStoreOf(fleet, first)?.[0];
  if (!first || its === store) return [];
  return [
    at(
      ["backup", "store"],
      `'${store}' is another store than '${its}' of ${first.name} in the same project, ${cluster.google.projectId}: to Google a service account of one name is the same in all clusters of a project, so each could read and delete the other's backups. Give both one store, or ${cluster.name} a project of its own`,
    ),
  ];
};

const logs: Check = (_fleet, cluster, at) => {
  const { logging, graylog } = cluster.addons;
  if (!logging.enabled) return [];
  const { output } = logging;
  if (output === undefined)
    return [at(["logging"], "it needs `output`: graylog, gelf, elasticsearch, opensearch or cloud, e.g. output: {to: graylog}")];
  if (output.to === "graylog" && !graylog.enabled)
    return [
      at(
        ["logging", "output", "to"],
        "there is no Graylog on the cluster: enable graylog too, or send to one elsewhere with {to: gelf, host: …}",
      ),
    ];
  if (output.to !== "cloud") return [];
  if (cluster.cloud === "google")
    return [
      at(
        ["logging", "output", "to"],
        "GKE sends the logs of every container to Cloud Logging by itself: disable logging, or send them elsewhere",
      ),
    ];
  if (cluster.cloud !== "aws")
    return [
      at(
        ["logging", "output", "to"],
        "output cloud is CloudWatch, for EKS alone; Azure Monitor takes container logs from its own agent",
      ),
    ];
  const retention = retentionProblem("aws", output.retentionDays);
  return retention === undefined ? [] : [at(["logging", "output", "retentionDays"], retention)];
};

const storage: Check = (_fleet, cluster, at) => {
  const { shared } = cluster.addons.storage;
  if (cluster.cloud === "existing" && cluster.addons.storage.enabled && shared)
    return [
      at(
        ["storage", "shared"],
        "which file service an existing cluster's cloud has is not known here: use storage.nfs with its server",
      ),
    ];
  return [];
};
