import type { Values } from "../../helm/values";

export interface DockerSecretProps {
  /** Of the ExternalSecret and of the Secret. */
  readonly name: string;
  readonly namespace: string;
  /** Hosts that the login is for. */
  readonly hosts: readonly string[];
  /** How often the login is fetched anew: well before it ends. */
  readonly refreshInterval: string;
  /** Where `username` and `password` come from, as external-secrets has it. */
  readonly from: Values;
}

/** A Secret by which the kubelet pulls images, made by external-secrets. The template is external-secrets' own. */
export function dockerSecret({ name, namespace, hosts, refreshInterval, from }: DockerSecretProps): Values {
  const login =
    '{"username":"{{ .username }}","password":"{{ .password }}","auth":"{{ printf "%s:%s" .username .password | b64enc }}"}';
  const auths = hosts.map((host) => `${JSON.stringify(host)}:${login}`).join(",");
  return {
    apiVersion: "external-secrets.io/v1",
    kind: "ExternalSecret",
    metadata: { name, namespace },
    spec: {
      refreshInterval,
      target: {
        name,
        creationPolicy: "Owner",
        template: { type: "kubernetes.io/dockerconfigjson", data: { ".dockerconfigjson": `{"auths":{${auths}}}` } },
      },
      ...from,
    },
  };
}
