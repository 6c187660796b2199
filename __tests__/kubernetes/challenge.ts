/** A challenge of ACME as cert-manager makes it, in a zone that nobody has delegated: with the finalizer that it serves. */
export const openChallenge = (ownerReferences: readonly object[] = []) => ({
  apiVersion: "acme.cert-manager.io/v1",
  kind: "Challenge",
  metadata: { name: "open", finalizers: ["acme.cert-manager.io/finalizer"], ownerReferences },
  spec: {
    type: "DNS-01",
    authorizationURL: "https://acme.example/a",
    url: "https://acme.example/c",
    dnsName: "www.e2e.example",
    key: "k",
    token: "t",
    solver: {},
    issuerRef: { group: "cert-manager.io", kind: "ClusterIssuer", name: "letsencrypt-production" },
  },
});
