import { Address4 } from "ip-address";
import type { Problem, Rule } from "../../problems/problem";
import type { ExistingCluster } from "../../schema/cluster";
import { inCluster } from "../clusters";

const HOSTNAME = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

/** What is said about clusters that something else made can be used as it is. */
export const existingClusters: Rule = (fleet) =>
  fleet.clusters.flatMap((cluster) =>
    cluster.cloud === "existing" ? [...faceProblems(cluster), ...ingressProblems(cluster)] : [],
  );

function faceProblems(cluster: ExistingCluster): readonly Problem[] {
  const { endpoint, certificateAuthority, oidcIssuer } = cluster.existing;
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
  const { ips, hostname } = cluster.existing.ingress;
  const at = (field: readonly (string | number)[], message: string) =>
    inCluster(cluster, ["existing", "ingress", ...field], message);
  if (ips.length === 0 && hostname === undefined)
    return [at([], "names would lead nowhere: give the public `ips` of the ingress, or its `hostname`")];
  const problems: Problem[] = [];
  if (ips.length > 0 && hostname !== undefined)
    problems.push(at(["hostname"], "the ingress has fixed addresses, which are what names lead to: remove `hostname`, or `ips`"));
  ips.forEach((ip, index) => {
    if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(ip) || !Address4.isValid(ip))
      problems.push(at(["ips", index], `'${ip}' is no IPv4 address`));
  });
  if (hostname !== undefined && !HOSTNAME.test(hostname))
    problems.push(at(["hostname"], `'${hostname}' is no host name: a domain in lower case, such as lb.example.com`));
  return problems;
}
