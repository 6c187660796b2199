import * as z from "zod";
import { addOn, onOff } from "./addons-common";
import { graylog, logging } from "./addons-logs";

const ingress = z
  .strictObject({
    controller: z
      .enum(["traefik", "envoy-gateway", "none"])
      .default("traefik")
      .describe(
        "traefik serves Ingress and its own routes; envoy-gateway serves Gateway API alone; none leaves the ingress address without anything behind it.",
      ),
    replicas: z.int().min(1).max(50).default(2).describe("Pods of the controller."),
    redirectToHttps: z
      .boolean()
      .default(true)
      .describe("Traefik: answer plain HTTP with a permanent redirect. A health probe over HTTP then sees the redirect."),
    nginxAnnotations: z
      .boolean()
      .default(false)
      .describe("Traefik: also serve Ingress objects of class nginx and read ingress-nginx's annotations, for a migration."),
    ...addOn,
  })
  .describe("Ingress controller, bound to the cluster's static address. It answers /ping on both ports for health probes.");

const certManager = z
  .strictObject({
    ...onOff(true),
    ...addOn,
    issuers: z
      .enum(["letsencrypt", "none"])
      .optional()
      .describe(
        "letsencrypt makes the ClusterIssuers letsencrypt-staging and letsencrypt-production, proving names by DNS-01 in the fleet's zone; none makes no issuer. @default letsencrypt where the cluster's tokens give access to the zone, otherwise none",
      ),
    email: z
      .string()
      .includes("@")
      .optional()
      .describe("Address that the certificate authority may write to. @default none: Let's Encrypt needs none"),
    ingressCertificate: z
      .enum(["staging", "production", "none"])
      .default("staging")
      .describe(
        "Certificates that the ingress controller serves for *.<cluster>.<zone> and for the public names that lead to the cluster, issued before any traffic comes. Change to production once staging works: it has narrow limits.",
      ),
    carryOver: z
      .boolean()
      .default(false)
      .describe(
        "Keep the certificate of the public names in the cloud's secret store and take it from there first, so that a new cluster asks for nothing. Needs externalSecrets.",
      ),
  })
  .describe("cert-manager: certificates.");

const externalDns = z
  .strictObject({
    ...onOff(false),
    ...addOn,
    policy: z
      .enum(["sync", "upsert-only", "create-only"])
      .default("sync")
      .describe("sync also deletes the records of what is gone."),
  })
  .describe(
    "external-dns: records below <cluster>.<zone> for services and routes. Seldom needed, since *.<cluster>.<zone> leads to the ingress.",
  );

const storage = z
  .strictObject({
    ...onOff(true),
    shared: z
      .boolean()
      .default(false)
      .describe(
        "Storage class `shared` for volumes that many pods write: an EFS file system on EKS, Azure Files on AKS, a Filestore instance on GKE (1 TiB at least).",
      ),
    nfs: z
      .strictObject({
        server: z.string().describe("Address or name of the NFS server."),
        share: z.string().startsWith("/").describe("Exported path."),
      })
      .optional()
      .describe("Storage class `nfs` on an NFS server of yours. @default none"),
    nfsProvisioner: z
      .strictObject({
        ...onOff(false),
        ...addOn,
        sizeGiB: z.int().min(1).max(16384).default(50).describe("Size of its disk in GiB."),
      })
      .prefault({})
      .describe(
        "An NFS server in the cluster and its storage class `nfs-provisioner`. One pod, dormant project: only for systems that were built on it.",
      ),
  })
  .describe("Storage classes. EKS gets the default class `gp3`; AKS and GKE have a default class of their own.");

const monitoring = z
  .strictObject({
    ...onOff(false),
    ...addOn,
    retentionDays: z.int().min(1).max(400).default(15).describe("How long metrics are kept, in days."),
    storageGiB: z.int().min(5).max(16384).default(50).describe("Size of Prometheus's disk in GiB."),
  })
  .describe("kube-prometheus-stack: Prometheus, Alertmanager, Grafana.");

const externalSecrets = z
  .strictObject({
    ...onOff(false),
    ...addOn,
    keyVaultId: z
      .string()
      .regex(/^\/subscriptions\/.+\/providers\/Microsoft\.KeyVault\/vaults\/[^/]+$/i, "the resource id of a key vault")
      .optional()
      .describe("AKS: resource id of the key vault, with RBAC. It outlives clusters, so none is made here."),
    prefix: z
      .string()
      .regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, "lower-case letters, digits and hyphens")
      .optional()
      .describe("The cluster may use the secrets whose names start with this and a hyphen. @default the fleet's name"),
  })
  .describe(
    "external-secrets and the ClusterSecretStore `cloud`: Secrets Manager on EKS, Key Vault on AKS, Secret Manager on GKE, without a key.",
  );

const headlamp = z
  .strictObject({
    ...onOff(false),
    ...addOn,
    host: z.string().optional().describe("Host of its Ingress. @default headlamp.<cluster>.<zone>"),
  })
  .describe("Headlamp, a dashboard. It has no rights of its own: everybody logs in with a token or by OIDC.");

const guards = z
  .strictObject({
    unplannedLoadBalancers: z
      .enum(["refuse", "allow"])
      .default("refuse")
      .describe(
        "Services of type LoadBalancer outside the ingress: a load balancer that Terraform does not know hangs the destruction of the network.",
      ),
    loadBalancerNamespaces: z
      .array(z.string())
      .default([])
      .describe("Namespaces whose services may be of type LoadBalancer. @default none but the ingress controller's"),
    networkPolicies: z
      .boolean()
      .default(true)
      .describe("Close the add-ons' namespaces to other namespaces, but for what each must offer."),
  })
  .describe("What the cluster refuses.");

/** What is installed on a cluster before applications. */
export const addons = z
  .strictObject({
    ingress: ingress.prefault({}),
    certManager: certManager.prefault({}),
    externalDns: externalDns.prefault({}),
    gatewayApi: z
      .strictObject({ ...onOff(false), ...addOn })
      .prefault({})
      .describe("Custom resource definitions of Gateway API, standard channel. envoy-gateway brings them anyway."),
    clusterAutoscaler: z
      .strictObject({ ...onOff(true), ...addOn })
      .prefault({})
      .describe("cluster-autoscaler. EKS only: AKS and GKE have their own."),
    metricsServer: z
      .strictObject({ ...onOff(true), ...addOn })
      .prefault({})
      .describe("metrics-server. EKS only: AKS and GKE have their own."),
    storage: storage.prefault({}),
    monitoring: monitoring.prefault({}),
    logging: logging.prefault({}),
    graylog: graylog.prefault({}),
    headlamp: headlamp.prefault({}),
    externalSecrets: externalSecrets.prefault({}),
    guards: guards.prefault({}),
    failedReleases: z
      .enum(["remove", "keep"])
      .default("remove")
      .describe(
        "remove takes a failed installation away and rolls a failed upgrade back; keep leaves it in the cluster to be looked at, and the next apply tries again.",
      ),
  })
  .describe("Add-ons of the cluster: what is installed before applications.");
export type Addons = z.output<typeof addons>;
