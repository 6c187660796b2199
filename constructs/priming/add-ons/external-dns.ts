import type { TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import type { Values } from "../../helm/values";
import { WebIdentityRole } from "../../identity/aws-roles";
import { AzureIdentity } from "../../identity/azure-identity";
import { externalDnsPolicy } from "../../identity/records-policies";
import { AzureClusterZone } from "../azure-zones";
import { type AddOnHost, type AzureReach, ownDomain, type Route53Reach } from "../host";
import type { Install } from "../install";

const ACCOUNT = { namespace: "external-dns", name: "external-dns" };

/**
 * Records for what runs in the cluster, below `<cluster>.<zone>` alone and without `ingress.` and `*.`, which are
 * Terraform's: by filters, and where the cloud can, by right too.
 */
export const externalDns: Install<"external-dns"> = {
  namespace: { name: ACCOUNT.namespace, podSecurity: "restricted", open: [{ port: "http", from: "cluster" }] },
  install(scope, host, installer) {
    const { externalDns: settings, ingress } = host.addons;
    const own = ownDomain(host);
    const reach = host.zone.reach();
    const { values, ready } = reach.engine === "route53" ? route53(scope, host, reach) : azure(scope, host, reach);
    installer.chart(scope, "release", {
      phase: "services",
      chart: "external-dns",
      definitions: "external-dns",
      namespace: ACCOUNT.namespace,
      after: ready,
      values: {
        policy: settings.policy,
        registry: "txt",
        // one owner for each cluster: two with one owner would delete each other's records
        txtOwnerId: host.name,
        txtPrefix: "edns-",
        domainFilters: [own],
        excludeDomains: [`ingress.${own}`],
        sources: ["service", "ingress", ...(ingress.controller === "envoy-gateway" ? ["gateway-httproute"] : [])],
        managedRecordTypes: ["A", "CNAME"],
        interval: "1m",
        logFormat: "json",
        resources: { requests: { cpu: "20m", memory: "64Mi" }, limits: { memory: "256Mi" } },
        ...values,
      },
    });
  },
};

interface Access {
  readonly values: Values;
  readonly ready: readonly TerraformResource[];
}

function route53(scope: Construct, host: AddOnHost, reach: Route53Reach): Access {
  const { zone, provider, oidcProviderArn, partition, permissionsBoundaryArn } = reach;
  if (oidcProviderArn === undefined)
    throw new Error(`external-dns on ${host.face.name}: the cluster has no issuer that the zone's account trusts`);
  const own = ownDomain(host);
  const role = new WebIdentityRole(scope, "role", {
    provider,
    name: `${host.name}-external-dns`,
    account: ACCOUNT,
    oidcProviderArn,
    policy: externalDnsPolicy({
      partition,
      zoneId: zone.zoneId,
      names: [`*.${own}`],
      except: [`ingress.${own}`, `\\052.${own}`],
    }),
    permissionsBoundaryArn,
    tags: host.tags,
  });
  const tokens = "/var/run/secrets/aws";
  return {
    ready: role.ready,
    values: {
      provider: { name: "aws" },
      serviceAccount: { create: true, name: ACCOUNT.name },
      env: [
        { name: "AWS_REGION", value: "us-east-1" },
        { name: "AWS_ROLE_ARN", value: role.arn },
        { name: "AWS_WEB_IDENTITY_TOKEN_FILE", value: `${tokens}/token` },
      ],
      extraVolumes: [
        {
          name: "aws-token",
          projected: {
            sources: [{ serviceAccountToken: { audience: "sts.amazonaws.com", expirationSeconds: 3600, path: "token" } }],
          },
        },
      ],
      extraVolumeMounts: [{ name: "aws-token", mountPath: tokens, readOnly: true }],
      // without match-parent the domain filter leaves out the zone itself, whose name is shorter
      extraArgs: ["--aws-zone-type=public", "--aws-zone-match-parent", `--zone-id-filter=${zone.zoneId}`],
    },
  };
}

/** AKS alone: rights on the cluster's own child zone, and to see which zones there are in its resource group. */
function azure(scope: Construct, host: AddOnHost, reach: AzureReach): Access {
  const { own } = host;
  if (own.cloud !== "azure") throw new Error(`external-dns on ${host.face.name}: only AKS reaches an Azure zone`);
  const {
    subscriptionId,
    tenantId,
    zone: { resourceGroup },
  } = reach;
  const child = AzureClusterZone.of(scope, host);
  const identity = new AzureIdentity(scope, "identity", {
    provider: host.ownProvider(),
    name: `${host.name}-external-dns`,
    resourceGroup: own.foundation.resourceGroup,
    location: own.foundation.location,
    issuer: host.face.oidcIssuer ?? "",
    account: ACCOUNT,
    grants: [
      { id: "own-zone", scope: child.zoneId, role: "DNS Zone Contributor", provider: reach.provider },
      {
        id: "zones",
        scope: `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`,
        role: "Reader",
        provider: reach.provider,
      },
    ],
    tags: host.tags,
  });
  return {
    ready: identity.ready,
    values: {
      provider: { name: "azure" },
      serviceAccount: {
        create: true,
        name: ACCOUNT.name,
        labels: { "azure.workload.identity/use": "true" },
        annotations: { "azure.workload.identity/client-id": identity.clientId },
      },
      podLabels: { "azure.workload.identity/use": "true" },
      // nothing in it is secret: external-dns takes its settings for Azure from a secret alone
      secretConfiguration: {
        enabled: true,
        mountPath: "/etc/kubernetes",
        data: {
          "azure.json": JSON.stringify({
            tenantId,
            subscriptionId,
            resourceGroup,
            useWorkloadIdentityExtension: true,
          }),
        },
      },
    },
  };
}
