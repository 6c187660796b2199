import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { Fn } from "cdktf";
import type { Construct } from "constructs";
import type { Api } from "../../model/schema/network";
import type { ClusterFace } from "../clusters/face";

/** The only version that all three credential plugins print (gke-gcloud-auth-plugin knows no other). */
const EXEC_API_VERSION = "client.authentication.k8s.io/v1beta1";

/**
 * Helm's and Kubernetes' providers for one cluster, from its common face.
 *
 * The empty strings are needed: without them the operator's KUBE_TOKEN, KUBE_CONFIG_PATH or client certificate would
 * take the place of the credential plugin, or send everything to another cluster (helm 3.1.1, kubernetes 2.38.0). Of
 * KUBE_CONFIG_PATHS nothing here can keep them, since `config_paths` and `config_path` exclude each other.
 */
export function clusterProviders(scope: Construct, face: ClusterFace, api: Pick<Api, "proxyUrl" | "tlsServerName">): void {
  const connection = {
    host: face.endpoint,
    clusterCaCertificate: face.certificateAuthority === undefined ? "" : Fn.base64decode(face.certificateAuthority),
    proxyUrl: api.proxyUrl,
    tlsServerName: api.tlsServerName,
    configPath: "",
    token: "",
    clientCertificate: "",
    clientKey: "",
  };
  const exec = { apiVersion: EXEC_API_VERSION, command: face.auth.command, args: [...face.auth.args] };
  const helm = new HelmProvider(scope, "helm", { kubernetes: { ...connection, exec } });
  const kubernetes = new KubernetesProvider(scope, "kubernetes", { ...connection, exec: [exec] });
  if (face.auth.env && Object.keys(face.auth.env).length > 0) {
    // as a property its keys would come out in snake_case
    helm.addOverride("kubernetes.exec.env", face.auth.env);
    kubernetes.addOverride("exec.0.env", face.auth.env);
  }
}
