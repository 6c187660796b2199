import { certificateNames } from "../../model/derived/certificates";
import type { Values } from "../helm/values";
import { type AddOnHost, ownDomain } from "./host";

/** A certificate that the ingress controller serves. */
export interface IngressCertificate {
  /** Name of the Certificate and of its secret. */
  readonly secret: string;
  readonly dnsNames: readonly string[];
}

/** Whether the ingress controller gets certificates from cert-manager. */
const issued = ({ addons, certificates }: AddOnHost) =>
  addons.certManager.enabled &&
  certificates.issuers !== "none" &&
  addons.certManager.ingressCertificate !== "none" &&
  addons.ingress.controller !== "none";

/** The cluster's own names. Their set is different for each cluster. */
export function clusterCertificate(host: AddOnHost): IngressCertificate | undefined {
  if (!issued(host)) return undefined;
  return { secret: "ingress-cluster", dnsNames: [`*.${ownDomain(host)}`] };
}

/**
 * The public names: all of the fleet's, so that moving one to another cluster asks nobody for a certificate. The same
 * set on every cluster, which a certificate authority counts.
 */
export function publicCertificate(host: AddOnHost): IngressCertificate | undefined {
  const names = certificateNames(host.certificates.publicNames);
  return issued(host) && names.length > 0 ? { secret: "ingress-public", dnsNames: names } : undefined;
}

/** Names of the TXT records that prove these names. A wildcard is proved at the name that it is below. */
export function challengeNames(names: readonly string[]): string[] {
  return [...new Set(names.map((name) => `_acme-challenge.${name.replace(/^\*\./, "")}`))];
}

/** The Certificate of cert-manager for it. */
export function certificateObject(certificate: IngressCertificate, namespace: string, issuer: string): Values {
  return {
    apiVersion: "cert-manager.io/v1",
    kind: "Certificate",
    metadata: { name: certificate.secret, namespace },
    spec: {
      secretName: certificate.secret,
      dnsNames: certificate.dnsNames,
      issuerRef: { group: "cert-manager.io", kind: "ClusterIssuer", name: issuer },
      privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" },
    },
  };
}
