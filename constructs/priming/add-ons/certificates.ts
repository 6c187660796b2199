import { issuersOf, provablePublicNames } from "../../../model/derived/certificates";
import type { Values } from "../../helm/values";
import type { PrimingContext } from "../context";

/** A certificate that the ingress controller serves. */
export interface IngressCertificate {
  /** Name of the Certificate and of its secret. */
  readonly secret: string;
  readonly dnsNames: readonly string[];
}

/** Whether the ingress controller gets certificates from cert-manager. */
const issued = ({ addons, fleet, cluster }: PrimingContext) =>
  addons.certManager.enabled &&
  issuersOf(fleet, cluster) !== "none" &&
  addons.certManager.ingressCertificate !== "none" &&
  addons.ingress.controller !== "none";

/** The cluster's own names. Their set is different for each cluster. */
export function clusterCertificate(context: PrimingContext): IngressCertificate | undefined {
  if (!issued(context)) return undefined;
  return { secret: "ingress-cluster", dnsNames: [`*.${context.cluster.name}.${context.fleet.dns.zone}`] };
}

/**
 * The public names: all of the fleet's, so that moving one to another cluster asks nobody for a certificate. The same
 * set on every cluster, which a certificate authority counts.
 */
export function publicCertificate(context: PrimingContext): IngressCertificate | undefined {
  const names = provablePublicNames(context.fleet);
  return issued(context) && names.length > 0 ? { secret: "ingress-public", dnsNames: names } : undefined;
}

/** Names of the TXT records that prove these names. A wildcard is proved at the name that it is below. */
export function challengeNames(names: readonly string[]): string[] {
  return [...new Set(names.map((name) => `_acme-challenge.${name.replace(/^\*\./, "")}`))];
}

/** The Certificate of cert-manager for it.. */
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
