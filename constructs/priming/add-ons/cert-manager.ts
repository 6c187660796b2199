import type { TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { kubectlJob } from "../../helm/kubectl-job";
import type { Values } from "../../helm/values";
import { WebIdentityRole } from "../../identity/aws-roles";
import { AzureIdentity } from "../../identity/azure-identity";
import { challengePolicy } from "../../identity/records-policies";
import { AzureClusterZone, acmeZoneName, azureZoneId } from "../azure-zones";
import { certificateObject, challengeNames, clusterCertificate, publicCertificate } from "../certificates";
import { type AddOnHost, type AzureReach, ownDomain, type Route53Reach } from "../host";
import { ingressNamespace } from "../ingress";
import type { Install } from "../install";

const NAMESPACE = "cert-manager";
/** Service account that cert-manager asks tokens of, to reach Route53; nothing runs as it. */
const ROUTE53_ACCOUNT = { namespace: NAMESPACE, name: "cert-manager-route53" };
const AZURE_ACCOUNT = { namespace: NAMESPACE, name: "cert-manager" };

/** How names are proved: solvers of an ACME issuer, with what they need in the cluster and in the cloud. */
interface Proof {
  readonly solvers: readonly Values[];
  readonly objects: readonly Values[];
  /** Values of the chart. */
  readonly values: Values;
  readonly ready: readonly TerraformResource[];
}

/** Certificates, proved by DNS-01 alone: an HTTP challenge for a public name would land on whichever cluster is nearest. */
export const certManager: Install<"cert-manager"> = {
  namespace: {
    name: NAMESPACE,
    podSecurity: "restricted",
    open: [
      { port: "https", pods: { "app.kubernetes.io/component": "webhook" }, from: "anywhere" },
      { port: "http-metrics", from: "cluster" },
    ],
  },
  install(scope, host, installer) {
    const { certManager: settings } = host.addons;
    const proof = host.certificates.issuers === "letsencrypt" ? proofOf(scope, host) : undefined;
    installer.chart(scope, "release", {
      phase: "operators",
      chart: "cert-manager",
      namespace: NAMESPACE,
      after: proof?.ready,
      values: {
        crds: { enabled: true, keep: true },
        replicaCount: 2,
        podDisruptionBudget: { enabled: true, minAvailable: 1 },
        resources: requests("50m", "128Mi"),
        webhook: { replicaCount: 2, podDisruptionBudget: { enabled: true, minAvailable: 1 }, resources: requests("20m", "48Mi") },
        cainjector: { replicaCount: 1, resources: requests("20m", "128Mi") },
        startupapicheck: { resources: requests("10m", "32Mi") },
        // the zone's own servers may be hidden behind the cluster's resolver, which caches that a name is missing
        dns01RecursiveNameserversOnly: true,
        dns01RecursiveNameservers: "https://1.1.1.1/dns-query,https://8.8.8.8/dns-query",
        ...proof?.values,
      },
    });
    if (!proof) return;

    const email = settings.email === undefined ? {} : { email: settings.email };
    const issuers = Object.entries(ACME_DIRECTORIES).map(([stage, server]) => ({
      apiVersion: "cert-manager.io/v1",
      kind: "ClusterIssuer",
      metadata: { name: `letsencrypt-${stage}` },
      spec: {
        acme: { server, ...email, privateKeySecretRef: { name: `letsencrypt-${stage}-account` }, solvers: proof.solvers },
      },
    }));
    const issuer = `letsencrypt-${settings.ingressCertificate}`;
    const shared = host.certificates.asksForPublic ? publicCertificate(host) : undefined;
    const certificates = [clusterCertificate(host), shared].flatMap((certificate) =>
      certificate ? [certificateObject(certificate, ingressNamespace(host), issuer)] : [],
    );
    const made = installer.objects(scope, "cert-manager-issuers", {
      phase: "resources",
      namespace: NAMESPACE,
      objects: [...proof.objects, ...issuers, ...waitForChallenges()],
    });
    if (certificates.length > 0)
      installer.objects(scope, "cert-manager-certificates", {
        phase: "services",
        namespace: NAMESPACE,
        objects: certificates,
        after: [made],
      });
  },
};

/**
 * On the way out, before issuers and their rights go: cert-manager takes a challenge's record back, which needs both,
 * and asks Route53 for up to 120 s whether it is gone (v1.21.1, pkg/issuer/acme/dns/route53). A challenge that is
 * still open after that fails the destroy, with its record and cert-manager still there.
 */
const waitForChallenges = (): Values[] =>
  kubectlJob({
    name: "no-open-challenges",
    namespace: NAMESPACE,
    hook: "pre-delete",
    reads: { apiGroups: ["acme.cert-manager.io"], resources: ["challenges"] },
    retries: 0,
    steps: { gone: ["wait", "--for=delete", "--timeout=180s", "--all-namespaces", "--all", "challenges.acme.cert-manager.io"] },
  });

const ACME_DIRECTORIES = {
  staging: "https://acme-staging-v02.api.letsencrypt.org/directory",
  production: "https://acme-v02.api.letsencrypt.org/directory",
};

const requests = (cpu: string, memory: string) => ({ requests: { cpu, memory }, limits: { memory: "512Mi" } });

function proofOf(scope: Construct, host: AddOnHost): Proof {
  const reach = host.zone.reach();
  return reach.engine === "route53" ? route53Proof(scope, host, reach) : azureProof(scope, host, reach);
}

/** The same in every cloud: a role in the zone's account that trusts a token of the cluster. */
function route53Proof(scope: Construct, host: AddOnHost, reach: Route53Reach): Proof {
  const { zone, provider, oidcProviderArn, partition, permissionsBoundaryArn } = reach;
  if (oidcProviderArn === undefined)
    throw new Error(`cert-manager on ${host.face.name}: the cluster has no issuer that the zone's account trusts`);
  const own = ownDomain(host);
  const role = new WebIdentityRole(scope, "role", {
    provider,
    name: `${host.name}-cert-manager`,
    account: ROUTE53_ACCOUNT,
    oidcProviderArn,
    policy: challengePolicy({
      partition,
      zoneId: zone.zoneId,
      names: [`_acme-challenge.${own}`, `_acme-challenge.*.${own}`, ...challengeNames(host.certificates.publicNames)],
    }),
    permissionsBoundaryArn,
    tags: host.tags,
  });
  return {
    ready: role.ready,
    values: {},
    solvers: [
      {
        selector: { dnsZones: [host.zone.name] },
        dns01: {
          route53: {
            region: "us-east-1",
            hostedZoneID: zone.zoneId,
            role: role.arn,
            auth: { kubernetes: { serviceAccountRef: { name: ROUTE53_ACCOUNT.name } } },
          },
        },
      },
    ],
    objects: tokenRights(ROUTE53_ACCOUNT.name),
  };
}

/** The right to ask tokens of one service account, which cert-manager's chart doesn't give. */
function tokenRights(account: string): Values[] {
  const metadata = { name: account, namespace: NAMESPACE };
  return [
    { apiVersion: "v1", kind: "ServiceAccount", metadata },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "Role",
      metadata,
      rules: [{ apiGroups: [""], resources: ["serviceaccounts/token"], resourceNames: [account], verbs: ["create"] }],
    },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "RoleBinding",
      metadata,
      subjects: [{ kind: "ServiceAccount", name: "cert-manager", namespace: NAMESPACE }],
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: account },
    },
  ];
}

/**
 * AKS alone. Azure can't limit rights by name, so the cluster may write two small zones and not the fleet's: its own
 * child zone, and the zone that the public names' challenges are sent to by CNAME.
 */
function azureProof(scope: Construct, host: AddOnHost, reach: AzureReach): Proof {
  const { own } = host;
  if (own.cloud !== "azure") throw new Error(`cert-manager on ${host.face.name}: only AKS reaches an Azure zone`);
  const {
    subscriptionId,
    zone: { resourceGroup },
  } = reach;
  const child = AzureClusterZone.of(scope, host);
  const acme = acmeZoneName(host.zone.name);
  const publicOnes = host.certificates.publicNames.length > 0;
  const identity = new AzureIdentity(scope, "identity", {
    provider: host.ownProvider(),
    name: `${host.name}-cert-manager`,
    resourceGroup: own.foundation.resourceGroup,
    location: own.foundation.location,
    issuer: host.face.oidcIssuer ?? "",
    account: AZURE_ACCOUNT,
    grants: [
      { id: "own-zone", scope: child.zoneId, role: "DNS Zone Contributor", provider: reach.provider },
      ...(publicOnes
        ? [
            {
              id: "acme-zone",
              scope: azureZoneId(subscriptionId, resourceGroup, acme),
              role: "DNS Zone Contributor",
              provider: reach.provider,
            },
          ]
        : []),
    ],
    tags: host.tags,
  });
  const solver = (selector: string, hostedZoneName: string, more: Values = {}) => ({
    selector: { dnsZones: [selector] },
    dns01: {
      ...more,
      azureDNS: {
        subscriptionID: subscriptionId,
        resourceGroupName: resourceGroup,
        hostedZoneName,
        environment: "AzurePublicCloud",
        managedIdentity: { clientID: identity.clientId },
      },
    },
  });
  return {
    ready: identity.ready,
    values: {
      podLabels: { "azure.workload.identity/use": "true" },
      serviceAccount: { labels: { "azure.workload.identity/use": "true" } },
    },
    solvers: [solver(child.name, child.name), ...(publicOnes ? [solver(host.zone.name, acme, { cnameStrategy: "Follow" })] : [])],
    objects: [],
  };
}
