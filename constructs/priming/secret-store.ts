import type { IngressCertificate } from "./add-ons/certificates";
import type { PrimingContext } from "./context";
import type { Values } from "./merge";

/** The ClusterSecretStore of the cluster's own cloud. */
export const STORE = "cloud";

/** What the names of all secrets start with that the cluster may use. */
export function secretPrefix({ addons, fleet }: PrimingContext): string {
  return addons.externalSecrets.prefix ?? fleet.name;
}

/** A secret of the cluster that is kept in the cloud's store under `<prefix>-<name>`, a JSON object with the same keys. */
export function secretFromStore(context: PrimingContext, name: string, namespace: string): Values {
  return {
    apiVersion: "external-secrets.io/v1",
    kind: "ExternalSecret",
    metadata: { name, namespace },
    spec: {
      refreshInterval: "1h",
      secretStoreRef: { kind: "ClusterSecretStore", name: STORE },
      target: { name, creationPolicy: "Owner" },
      dataFrom: [{ extract: { key: `${secretPrefix(context)}-${name}` } }],
    },
  };
}

/**
 * Takes a certificate from the store once, before cert-manager asks for one, and puts each renewal there. The store's
 * entry outlives the cluster. The secret has no annotation of an issuer: cert-manager takes it as its own where key
 * and names are right (v1.21.1, internal/controller/certificates/policies).
 */
export function carryOver(context: PrimingContext, certificate: IngressCertificate, namespace: string): Values[] {
  const remoteKey = `${secretPrefix(context)}-${certificate.secret}`;
  const keys = ["tls.crt", "tls.key"];
  return [
    {
      apiVersion: "external-secrets.io/v1",
      kind: "ExternalSecret",
      metadata: { name: certificate.secret, namespace },
      spec: {
        refreshPolicy: "CreatedOnce",
        secretStoreRef: { kind: "ClusterSecretStore", name: STORE },
        target: {
          name: certificate.secret,
          creationPolicy: "Orphan",
          deletionPolicy: "Retain",
          template: { type: "kubernetes.io/tls", mergePolicy: "Merge" },
        },
        data: keys.map((key) => ({ secretKey: key, remoteRef: { key: remoteKey, property: key } })),
      },
    },
    {
      apiVersion: "external-secrets.io/v1alpha1",
      kind: "PushSecret",
      metadata: { name: certificate.secret, namespace },
      spec: {
        refreshInterval: "1h",
        updatePolicy: "Replace",
        deletionPolicy: "None",
        secretStoreRefs: [{ kind: "ClusterSecretStore", name: STORE }],
        selector: { secret: { name: certificate.secret } },
        data: keys.map((key) => ({ match: { secretKey: key, remoteRef: { remoteKey, property: key } } })),
      },
    },
  ];
}
