import { ProjectIamCustomRole } from "@cdktf/provider-google/lib/project-iam-custom-role";
import { ProjectService } from "@cdktf/provider-google/lib/project-service";
import type { TerraformProvider, TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { externalSecrets as externalSecretsData } from "../../../model/add-ons/external-secrets";
import { shortHash } from "../../../model/derived/names";
import { partitionOf } from "../../clusters/eks/partition";
import type { Values } from "../../helm/values";
import { PodIdentityRole } from "../../identity/aws-roles";
import { AzureIdentity } from "../../identity/azure-identity";
import { GoogleIdentity } from "../../identity/google-identity";
import { secretsPolicy } from "../../identity/policies";
import { publicCertificate } from "../certificates";
import { type AddOnHost, hasAddOn } from "../host";
import { ingressNamespace } from "../ingress";
import type { Install } from "../install";
import { carryOver, STORE, secretsPrefix } from "../secret-store";

const ACCOUNT = { namespace: "external-secrets", name: "external-secrets" };

interface Access {
  /** Provider of the ClusterSecretStore. @default - none: only namespaces have stores */
  readonly store?: Values;
  /** Values of the chart. */
  readonly values: Values;
  readonly ready: readonly TerraformResource[];
}

/** Secrets from the cluster's own cloud, and certificates into it. */
export const externalSecrets: Install<"external-secrets"> = {
  namespace: {
    name: ACCOUNT.namespace,
    podSecurity: "restricted",
    open: [
      { port: "webhook", from: "anywhere" },
      { port: "metrics", from: "cluster" },
    ],
  },
  install(scope, host, installer) {
    const certificate = host.addons.certManager.carryOver ? publicCertificate(host) : undefined;
    const { store, values, ready } = accessOf(scope, host, certificate !== undefined && host.certificates.asksForPublic);
    const watched = hasAddOn(host, "monitoring");
    const resources = { requests: { cpu: "20m", memory: "96Mi" }, limits: { memory: "512Mi" } };
    installer.chart(scope, "release", {
      phase: "operators",
      chart: "external-secrets",
      namespace: ACCOUNT.namespace,
      after: ready,
      values: {
        installCRDs: true,
        // with them every ExternalSecret of every application would go, and the secrets that these own
        crds: { annotations: { "helm.sh/resource-policy": "keep" } },
        replicaCount: 2,
        leaderElect: true,
        resources,
        podDisruptionBudget: { enabled: true, minAvailable: 1 },
        webhook: { replicaCount: 2, resources, podDisruptionBudget: { enabled: true, minAvailable: 1 } },
        certController: { resources },
        ...(watched && { serviceMonitor: { enabled: true, renderMode: "alwaysRender" } }),
        // who may edit a namespace would get every secret that its stores give
        rbac: { aggregateToEdit: false },
        ...values,
      },
    });
    if (!store) return;
    const stored = installer.objects(scope, "external-secrets-store", {
      phase: "resources",
      namespace: ACCOUNT.namespace,
      objects: [
        {
          apiVersion: "external-secrets.io/v1",
          kind: "ClusterSecretStore",
          metadata: { name: STORE },
          // for add-ons alone: whoever may make an ExternalSecret in another namespace gets nothing by it
          spec: { provider: store, conditions: [{ namespaces: [...installer.namespaceNames] }] },
        },
        ...(watched ? [alerts()] : []),
      ],
    });
    if (certificate)
      installer.objects(scope, "carried-certificates", {
        phase: "resources",
        namespace: ACCOUNT.namespace,
        objects: carryOver(host, certificate, ingressNamespace(host), ACCOUNT.namespace),
        after: [stored],
      });
  },
};

/** A push that fails shows nowhere else: what was stored before goes on being served until it runs out. */
function alerts(): Values {
  const alert = (name: string, subsystem: string, summary: string) => ({
    alert: name,
    expr: `max by (namespace, name) (${subsystem}_status_condition{condition="Ready",status="False"}) == 1`,
    for: "2h",
    labels: { severity: "warning" },
    annotations: { summary },
  });
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PrometheusRule",
    metadata: { name: "external-secrets", namespace: ACCOUNT.namespace },
    spec: {
      groups: [
        {
          name: "external-secrets",
          rules: [
            alert("SecretNotPushed", "pushsecret", "A secret has not been written to the cloud's store for two hours."),
            alert("SecretNotRead", "externalsecret", "A secret has not been read from the cloud's store for two hours."),
          ],
        },
      ],
    },
  };
}

/** @param writes whether the cluster keeps the certificate of the public names in the store, so that it must write there */
function accessOf(scope: Construct, host: AddOnHost, writes: boolean): Access {
  const { own, tags } = host;
  const name = `${host.name}-external-secrets`;
  const prefix = secretsPrefix(host);
  switch (own.cloud) {
    case "aws": {
      const { region, accountId, permissionsBoundaryArn } = own;
      const role = new PodIdentityRole(scope, "role", {
        provider: host.ownProvider(),
        name,
        clusterName: own.foundation.clusterName,
        account: ACCOUNT,
        policy: secretsPolicy({
          partition: partitionOf(region),
          region,
          accountId,
          prefix,
          except: host.foreignSecrets,
          writes,
        }),
        permissionsBoundaryArn,
        tags,
      });
      return {
        store: { aws: { service: "SecretsManager", region } },
        values: { extraEnv: [{ name: "AWS_REGION", value: region }] },
        ready: role.ready,
      };
    }
    case "azure": {
      const { keyVaultId } = host.addons.externalSecrets;
      if (keyVaultId === undefined) return { values: {}, ready: [] };
      const identity = new AzureIdentity(scope, "identity", {
        provider: host.ownProvider(),
        name,
        resourceGroup: own.foundation.resourceGroup,
        location: own.foundation.location,
        issuer: host.face.oidcIssuer ?? "",
        account: ACCOUNT,
        // A vault has no rights by name: give the fleet one of its own. Reading is GetSecret, writing SetSecret
        // (external-secrets v2.9.0, providers/v1/azure/keyvault/keyvault.go:1499 and 616).
        grants: [{ id: "vault", scope: keyVaultId, role: writes ? "Key Vault Secrets Officer" : "Key Vault Secrets User" }],
        tags,
      });
      return {
        store: {
          azurekv: {
            authType: "WorkloadIdentity",
            tenantId: own.tenantId,
            vaultUrl: `https://${keyVaultId.split("/").at(-1)}.vault.azure.net`,
            serviceAccountRef: ACCOUNT,
          },
        },
        values: {
          serviceAccount: {
            annotations: {
              "azure.workload.identity/client-id": identity.clientId,
              "azure.workload.identity/tenant-id": own.tenantId,
            },
          },
        },
        ready: identity.ready,
      };
    }
    case "google":
      return google(scope, {
        projectId: own.projectId,
        name,
        prefix,
        writes,
        foreign: host.foreignSecrets,
        provider: host.ownProvider(),
      });
    case "existing":
      throw new Error(`external-secrets on ${host.face.name}: an existing cluster has no cloud of its own`);
  }
}

interface GoogleAccessProps {
  readonly projectId: string;
  readonly name: string;
  readonly prefix: string;
  readonly writes: boolean;
  /** Starts of names that are others'. */
  readonly foreign?: readonly string[];
  readonly provider: TerraformProvider | undefined;
}

/** Creating a secret can't be limited by name; reading and writing one is. */
function google(scope: Construct, { projectId, name, prefix, writes, foreign = [], provider }: GoogleAccessProps): Access {
  const { googleRead, googleCreate, googleWrite } = externalSecretsData.calls.actions;
  const start = 'resource.name.extract("/secrets/{rest}").startsWith';
  const others = foreign.map((other) => ` && !${start}("${other}")`).join("");
  const suffix = shortHash(name);
  // stays on: other clusters of the project use it too
  const api = new ProjectService(scope, "api", {
    provider,
    project: projectId,
    service: "secretmanager.googleapis.com",
    disableOnDestroy: false,
  });
  const roleOf = (id: string, roleId: string, title: string, permissions: readonly string[]) => {
    const role = new ProjectIamCustomRole(scope, id, {
      provider,
      project: projectId,
      roleId: `${roleId}_${suffix}`,
      title: `${name}: ${title}`,
      permissions: [...permissions],
    });
    return `projects/${projectId}/roles/${role.roleId}`;
  };
  const use = roleOf(
    "user",
    "secretUser",
    writes ? "read and write secrets" : "read secrets",
    Object.keys({ ...googleRead, ...(writes ? googleWrite : {}) }),
  );
  const identity = new GoogleIdentity(scope, "identity", {
    provider,
    name,
    projectId,
    account: ACCOUNT,
    grants: [
      ...(writes
        ? [{ id: "create", role: roleOf("creator", "secretCreator", "create secrets", Object.keys(googleCreate)) }]
        : []),
      {
        id: "use",
        role: use,
        condition: { title: `${prefix}-*`, expression: `${start}("${prefix}-")${others}` },
      },
    ],
  });
  return {
    store: { gcpsm: { projectID: projectId } },
    values: { serviceAccount: { annotations: { "iam.gke.io/gcp-service-account": identity.email } } },
    ready: [...identity.ready, api],
  };
}
