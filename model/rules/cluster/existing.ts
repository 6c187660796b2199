import { Address4 } from "ip-address";
import { usesIssuer } from "../../derived/certificates";
import type { Problem, Rule } from "../../problems/problem";
import type { Cluster, ExistingCluster } from "../../schema/cluster";
import type { Fleet } from "../../schema/fleet";
import { inCluster } from "../clusters";

const HOSTNAME = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

/** What is said about clusters that something else made can be used as it is. */
export const existingClusters: Rule = (fleet) => [
  ...fleet.clusters.flatMap((cluster) =>
    cluster.cloud === "existing"
      ? [
          ...faceProblems(cluster),
          ...ingressProblems(cluster),
          ...secondBalancerProblems(cluster),
          ...trustProblems(fleet, cluster),
          ...sharedIssuerProblems(fleet, cluster),
        ]
      : [],
  ),
  ...sameClusterProblems(fleet),
];

function faceProblems(cluster: ExistingCluster): readonly Problem[] {
  const { endpoint, certificateAuthority, exec, oidcIssuer } = cluster.existing;
  const at = (field: string, message: string) => inCluster(cluster, ["existing", field], message);
  const problems: Problem[] = [];
  for (const [field, url] of Object.entries({ endpoint, oidcIssuer })) {
    if (url === undefined) continue;
    if (!URL.canParse(url)) problems.push(at(field, `'${url}' is no URL`));
    else if (new URL(url).username || new URL(url).password)
      problems.push(
        at(field, "the URL has a user or password in it, and would show them to everybody who reads the output: remove them"),
      );
  }
  if (/\s/.test(exec.command)) {
    const [program, ...args] = exec.command.trim().split(/\s+/);
    problems.push(
      inCluster(
        cluster,
        ["existing", "exec", "command"],
        `it is the program alone, which no shell takes apart: write command: ${program}, args: [${args.join(", ")}]`,
      ),
    );
  }
  if (certificateAuthority !== undefined) {
    const pem = Buffer.from(certificateAuthority, "base64").toString("utf8");
    if (certificateAuthority.includes("-----BEGIN"))
      problems.push(
        at("certificateAuthority", "it is PEM as it stands: encode it in base64, as kubeconfig's certificate-authority-data is"),
      );
    else if (!pem.startsWith("-----BEGIN CERTIFICATE-----"))
      problems.push(
        at("certificateAuthority", "it is no certificate: base64 of a PEM text that starts with -----BEGIN CERTIFICATE-----"),
      );
    else if (pem.includes("PRIVATE KEY"))
      problems.push(at("certificateAuthority", "there is a private key in it: a fleet file holds no secret"));
  }
  return problems;
}

function ingressProblems(cluster: ExistingCluster): readonly Problem[] {
  const { ips, hostname, zoneId } = cluster.existing.ingress;
  const at = (field: readonly (string | number)[], message: string) =>
    inCluster(cluster, ["existing", "ingress", ...field], message);
  if (ips.length === 0 && hostname === undefined)
    return [at([], "names would lead nowhere: give the public `ips` of the ingress, or its `hostname`")];
  const problems: Problem[] = [];
  if (ips.length > 0 && hostname !== undefined)
    problems.push(at(["hostname"], "the ingress has fixed addresses, which are what names lead to: remove `hostname`, or `ips`"));
  if (zoneId !== undefined && hostname === undefined)
    problems.push(
      at(["zoneId"], "it is the zone of `hostname`, which is not given: give the load balancer's host name, or remove it"),
    );
  ips.forEach((ip, index) => {
    if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(ip) || !Address4.isValid(ip))
      problems.push(at(["ips", index], `'${ip}' is no IPv4 address`));
  });
  if (hostname !== undefined && !HOSTNAME.test(hostname))
    problems.push(at(["hostname"], `'${hostname}' is no host name: a domain in lower case, such as lb.example.com`));
  return problems;
}

/** Health checks ask the addresses that the file names; a controller that nothing binds to them gets others. */
function secondBalancerProblems(cluster: ExistingCluster): readonly Problem[] {
  const { controller } = cluster.addons.ingress;
  if (controller === "none" || Object.keys(cluster.existing.ingress.serviceAnnotations).length > 0) return [];
  return [
    inCluster(
      cluster,
      ["addons", "ingress", "controller"],
      `nothing binds ${controller} to existing.ingress: its service would get a load balancer of its own, which no name leads to, while health is asked at the first one's address. Write controller: none and keep the ingress that is there, or existing.ingress.serviceAnnotations, which bind ${controller} to that address. Where every service gets that address anyway (k3s), any annotation says so`,
    ),
  ];
}

/** The provider that is there already is the issuer's, in the account whose roles trust it. */
function trustProblems({ dns }: Fleet, cluster: ExistingCluster): readonly Problem[] {
  const { oidcIssuer, oidcProviderArn } = cluster.existing;
  if (oidcProviderArn === undefined) return [];
  const at = (message: string) => [inCluster(cluster, ["existing", "oidcProviderArn"], message)];
  if (dns.engine !== "route53") return at("nothing uses it: the zone is in Azure DNS. Remove it");
  if (oidcIssuer === undefined) return at("give `oidcIssuer` too, the issuer that it is for");
  const issuer = oidcIssuer.replace(/^https:\/\//, "");
  if (!oidcProviderArn.endsWith(`:oidc-provider/${issuer}`))
    return at(`it is not that of the issuer ${oidcIssuer}: arn:aws:iam::<account>:oidc-provider/${issuer}`);
  const account = dns.aws?.accountId;
  if (account !== undefined && oidcProviderArn.split(":")[4] !== account)
    return at(
      `it is in account ${oidcProviderArn.split(":")[4]}, and the zone's roles are in ${account}: give the one there, or none`,
    );
  return [];
}

/** An account takes an issuer once, so that only one of two clusters with one issuer could make its provider. */
function sharedIssuerProblems(fleet: Fleet, cluster: ExistingCluster): readonly Problem[] {
  const makes = (other: Cluster): other is ExistingCluster =>
    fleet.dns.engine === "route53" &&
    other.cloud === "existing" &&
    other.existing.oidcIssuer !== undefined &&
    other.existing.oidcProviderArn === undefined &&
    usesIssuer(fleet, other);
  const issuer = ({ existing }: ExistingCluster) => existing.oidcIssuer!.replace(/\/$/, "");
  if (!makes(cluster)) return [];
  const before = fleet.clusters.slice(0, fleet.clusters.indexOf(cluster));
  const first = before.find((other) => makes(other) && issuer(other) === issuer(cluster));
  return first === undefined
    ? []
    : [
        inCluster(
          cluster,
          ["existing", "oidcIssuer"],
          `'${cluster.existing.oidcIssuer}' is the issuer of ${first.name} too, and an account takes an issuer once. Where both are one cluster, take one of them out; otherwise name the provider that is made for ${first.name} under oidcProviderArn`,
        ),
      ];
}

/**
 * A cluster under two names would be primed twice, and the second apply finds namespaces and releases that the first has
 * made. One address is two clusters only where it is reached in two ways: by a proxy, or by the name that TLS is told.
 */
function sameClusterProblems({ clusters }: Fleet): readonly Problem[] {
  const seen = new Map<string, ExistingCluster>();
  return clusters.flatMap((cluster) => {
    if (cluster.cloud !== "existing") return [];
    const reached = reachOf(cluster);
    const first = seen.get(reached);
    if (first === undefined) {
      seen.set(reached, cluster);
      return [];
    }
    const message = `'${cluster.existing.endpoint}' is the API of ${first.name} too, so both are one cluster, which would be primed twice: take one of them out; to rename a cluster, retire it, destroy its stacks and take it out before it comes back under the other name. Where one address leads to two clusters, say how each is reached (api.proxyUrl, api.tlsServerName)`;
    return [inCluster(cluster, ["existing", "endpoint"], message)];
  });
}

/** Where a cluster's API is: the same text for the same place, however it is written. */
function reachOf({ api, existing: { endpoint } }: ExistingCluster): string {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  const place = url ? `${url.hostname.replace(/\.$/, "")}:${url.port}${url.pathname.replace(/\/+$/, "")}` : endpoint;
  return [place, api.proxyUrl, api.tlsServerName].join(" ");
}
