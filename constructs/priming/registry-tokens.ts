import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { dockerSecret } from "../backing/registries/docker-secret";
import type { Values } from "../helm/values";
import type { HostPull } from "./host";
import { BASE_NAMESPACE } from "./install";
import type { Installer } from "./installer";

/** What a generator of external-secrets makes a login with. Group `generators.external-secrets.io/v1alpha1` of v2.9.0. */
const GENERATORS = "generators.external-secrets.io/v1alpha1";

/**
 * How often a login is fetched anew. Tokens live 12 hours (ECR), 3 hours (ACR), one hour (Artifact Registry): one that
 * can't be fetched for a while must not be missed at once.
 */
const REFRESH = { aws: "6h", azure: "1h", google: "20m" } as const;

/**
 * By what the namespaces of applications pull from registries of other clouds: a service account that the registry's
 * cloud trusts, a generator that fetches logins with its token, and the Secret that they are kept in.
 */
export class RegistryTokens extends Construct {
  constructor(
    scope: Construct,
    id: string,
    pulls: readonly HostPull[],
    made: readonly ITerraformDependable[],
    installer: Installer,
  ) {
    super(scope, id);
    installer.objects(this, "registry-tokens", {
      phase: "resources",
      namespace: BASE_NAMESPACE,
      objects: pulls.flatMap((pull) => pull.namespaces.flatMap((namespace) => objectsOf(pull, namespace))),
      after: made,
    });
  }
}

function objectsOf(pull: HostPull, namespace: string): Values[] {
  const { name, hosts } = pull;
  const { kind, spec, annotations } = generatorOf(pull, namespace);
  const generatorRef = { apiVersion: GENERATORS, kind, name };
  return [
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { name, namespace, annotations } },
    { apiVersion: GENERATORS, kind, metadata: { name, namespace }, spec },
    dockerSecret({
      name,
      namespace,
      hosts,
      refreshInterval: REFRESH[pull.by.cloud],
      from: { dataFrom: [{ sourceRef: { generatorRef } }] },
    }),
  ];
}

function generatorOf({ name, hosts, by }: HostPull, namespace: string) {
  const serviceAccountRef = { name };
  switch (by.cloud) {
    case "aws":
      return {
        kind: "ECRAuthorizationToken",
        spec: { region: by.region, auth: { jwt: { serviceAccountRef } } },
        annotations: { "eks.amazonaws.com/role-arn": by.roleArn(namespace) },
      };
    case "azure":
      return {
        kind: "ACRAccessToken",
        spec: { registry: hosts[0]!, environmentType: "PublicCloud", auth: { workloadIdentity: { serviceAccountRef } } },
        // both are asked for
        annotations: {
          "azure.workload.identity/client-id": by.clientId(namespace),
          "azure.workload.identity/tenant-id": by.tenantId,
        },
      };
    case "google":
      return {
        kind: "GCRAccessToken",
        spec: {
          projectID: by.projectId,
          auth: {
            workloadIdentityFederation: {
              audience: by.audience,
              // otherwise the token has the API server's own audience, which Google refuses
              serviceAccountRef: { ...serviceAccountRef, audiences: [by.audience] },
              gcpServiceAccountEmail: by.email,
            },
          },
        },
        annotations: {},
      };
  }
}
