import { ProjectIamCustomRole } from "@cdktf/provider-google/lib/project-iam-custom-role";
import { ProjectService } from "@cdktf/provider-google/lib/project-service";
import type { TerraformProvider, TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { shortHash } from "../../../model/derived/names";
import { partitionOf } from "../../clusters/eks/partition";
import type { Values } from "../../helm/values";
import { PodIdentityRole } from "../../identity/aws-roles";
import { AzureIdentity } from "../../identity/azure-identity";
import { GoogleIdentity } from "../../identity/google-identity";
import { secretsPolicy } from "../../identity/policies";
import { publicCertificate } from "../certificates";
import type { AddOnHost } from "../host";
import { ingressNamespace } from "../ingress";
import type { Install } from "../install";
import { carryOver, STORE, secretsPrefix } from "../secret-store";

const ACCOUNT = { namespace: "external-secrets", name: "external-secrets" };

interface Access {
  /** Provider of the ClusterSecretStore. */
  readonly store: Values;
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
    const { store, values, ready } = accessOf(scope, host);
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
        webhook: { replicaCount: 2, resources },
        certController: { resources },
        ...values,
      },
    });
    const stored = installer.objects(scope, "external-secrets-store", {
      phase: "resources",
      namespace: ACCOUNT.namespace,
      objects: [
        {
          apiVersion: "external-secrets.io/v1",
          kind: "ClusterSecretStore",
          metadata: { name: STORE },
          spec: { provider: store },
        },
      ],
    });
    const certificate = publicCertificate(host);
    if (host.addons.certManager.carryOver && certificate)
      installer.objects(scope, "carried-certificates", {
        phase: "resources",
        namespace: ACCOUNT.namespace,
        objects: carryOver(host, certificate, ingressNamespace(host), ACCOUNT.namespace),
        after: [stored],
      });
  },
};

function accessOf(scope: Construct, host: AddOnHost): Access {
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
        policy: secretsPolicy(partitionOf(region), region, accountId, prefix),
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
      const { keyVaultId = "" } = host.addons.externalSecrets;
      const identity = new AzureIdentity(scope, "identity", {
        provider: host.ownProvider(),
        name,
        resourceGroup: own.foundation.resourceGroup,
        location: own.foundation.location,
        issuer: host.face.oidcIssuer ?? "",
        account: ACCOUNT,
        // a vault has no rights by name: give the fleet one of its own
        grants: [{ id: "vault", scope: keyVaultId, role: "Key Vault Secrets Officer" }],
        tags,
      });
      return {
        store: {
          azurekv: {
            authType: "WorkloadIdentity",
            tenantId: own.tenantId,
            vaultUrl: `https://${keyVaultId.split("/").at(-1) ?? ""}.vault.azure.net`,
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
      return google(scope, own.projectId, name, prefix, host.ownProvider());
    case "existing":
      throw new Error(`external-secrets on ${host.face.name}: an existing cluster has no cloud of its own`);
  }
}

/** Creating a secret can't be limited by name; reading and writing one is. */
function google(
  scope: Construct,
  projectId: string,
  name: string,
  prefix: string,
  provider: TerraformProvider | undefined,
): Access {
  const suffix = shortHash(name);
  // stays on: other clusters of the project use it too
  const api = new ProjectService(scope, "api", {
    provider,
    project: projectId,
    service: "secretmanager.googleapis.com",
    disableOnDestroy: false,
  });
  const create = new ProjectIamCustomRole(scope, "creator", {
    provider,
    project: projectId,
    roleId: `secretCreator_${suffix}`,
    title: `${name}: create secrets`,
    permissions: ["secretmanager.secrets.create"],
  });
  const use = new ProjectIamCustomRole(scope, "user", {
    provider,
    project: projectId,
    roleId: `secretUser_${suffix}`,
    title: `${name}: read and write secrets`,
    permissions: [
      "secretmanager.secrets.get",
      "secretmanager.secrets.update",
      "secretmanager.versions.access",
      "secretmanager.versions.add",
      "secretmanager.versions.get",
      "secretmanager.versions.list",
    ],
  });
  const identity = new GoogleIdentity(scope, "identity", {
    provider,
    name,
    projectId,
    account: ACCOUNT,
    grants: [
      { id: "create", role: `projects/${projectId}/roles/${create.roleId}` },
      {
        id: "use",
        role: `projects/${projectId}/roles/${use.roleId}`,
        condition: { title: `${prefix}-*`, expression: `resource.name.extract("/secrets/{rest}").startsWith("${prefix}-")` },
      },
    ],
  });
  return {
    store: { gcpsm: { projectID: projectId } },
    values: { serviceAccount: { annotations: { "iam.gke.io/gcp-service-account": identity.email } } },
    ready: [...identity.ready, api],
  };
}
