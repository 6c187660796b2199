import { kubectlJob } from "../helm/kubectl-job";
import type { Values } from "../helm/values";
import type { IngressCertificate } from "./certificates";
import type { AddOnHost } from "./host";

/** The ClusterSecretStore of the cluster's own cloud. */
export const STORE = "cloud";

/** What the names of all secrets start with that the cluster may use. */
export function secretsPrefix({ addons, secretPrefix }: AddOnHost): string {
  return addons.externalSecrets.prefix ?? secretPrefix;
}

/** A secret of the cluster that is kept in the cloud's store under `<prefix>-<name>`, a JSON object with the same keys. */
export function secretFromStore(host: AddOnHost, name: string, namespace: string): Values {
  return {
    apiVersion: "external-secrets.io/v1",
    kind: "ExternalSecret",
    metadata: { name, namespace },
    spec: {
      refreshInterval: "1h",
      secretStoreRef: { kind: "ClusterSecretStore", name: STORE },
      target: { name, creationPolicy: "Owner" },
      dataFrom: [{ extract: { key: `${secretsPrefix(host)}-${name}` } }],
    },
  };
}

/**
 * Brings a certificate from the store. One cluster of those that share the store keeps it: it takes it once, before
 * cert-manager is asked, and puts each renewal there. The others take what is there, again and again.
 *
 * The store's entry, a JSON object of both keys, outlives the cluster. The secret has no annotation of an issuer:
 * cert-manager takes it as its own where key and names are right (v1.21.1, internal/controller/certificates/policies).
 * @param own namespace of external-secrets
 */
export function carryOver(host: AddOnHost, certificate: IngressCertificate, namespace: string, own: string): Values[] {
  const { secret: name } = certificate;
  const remoteKey = `${secretsPrefix(host)}-${name}`;
  const keeper = host.certificates.asksForPublic;
  const taken = {
    apiVersion: "external-secrets.io/v1",
    kind: "ExternalSecret",
    metadata: { name, namespace },
    spec: {
      ...(keeper ? { refreshPolicy: "CreatedOnce" } : { refreshPolicy: "Periodic", refreshInterval: "5m" }),
      secretStoreRef: { kind: "ClusterSecretStore", name: STORE },
      target: {
        name,
        creationPolicy: "Orphan",
        deletionPolicy: "Retain",
        template: { type: "kubernetes.io/tls" },
      },
      dataFrom: [{ extract: { key: remoteKey } }],
    },
  };
  const put = {
    apiVersion: "external-secrets.io/v1alpha1",
    kind: "PushSecret",
    metadata: { name, namespace },
    spec: {
      refreshInterval: "1h",
      updatePolicy: "Replace",
      deletionPolicy: "None",
      secretStoreRefs: [{ kind: "ClusterSecretStore", name: STORE }],
      selector: { secret: { name } },
      // no key: the whole secret as one entry. Key Vault would overwrite one key with the other.
      data: [{ match: { remoteRef: { remoteKey } } }],
    },
  };
  return [taken, ...(keeper ? [put] : []), ...waitForAnswer(name, namespace, own)];
}

/**
 * Helm is done with a custom resource when it is stored. This job makes the release wait until the store has said
 * whether it has the certificate, so that cert-manager is not asked before.
 */
const waitForAnswer = (externalSecret: string, namespace: string, own: string): Values[] =>
  kubectlJob({
    name: `wait-for-${externalSecret}`,
    namespace: own,
    hook: "post-install,post-upgrade",
    reads: { apiGroups: ["external-secrets.io"], resources: ["externalsecrets", "clustersecretstores"] },
    retries: 2,
    steps: {
      store: ["wait", "--timeout=120s", "--for=condition=Ready", `clustersecretstore/${STORE}`],
      // true or false: either is an answer
      answer: [
        "wait",
        "--timeout=120s",
        "--for=jsonpath={.status.conditions[0].type}=Ready",
        `--namespace=${namespace}`,
        `externalsecret/${externalSecret}`,
      ],
    },
  });
