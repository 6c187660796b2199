import type { ApiObject } from "./api";

/** Ports that network policies open and no pod has. */
export function closedPorts(policies: readonly ApiObject[], pods: readonly ApiObject[]): readonly string[] {
  return policies.flatMap(({ metadata, spec }) => {
    const selected = pods.filter(
      (pod) => pod.metadata.namespace === metadata.namespace && matches(pod, spec.podSelector.matchLabels ?? {}),
    );
    const ports = selected.flatMap((pod) =>
      [...pod.spec.containers, ...(pod.spec.initContainers ?? [])].flatMap((container: ApiObject) => container.ports ?? []),
    );
    const wanted = (spec.ingress ?? []).flatMap((rule: ApiObject) => rule.ports ?? []) as {
      port: string | number;
      protocol: string;
    }[];
    return wanted
      .filter(
        ({ port, protocol }) =>
          !ports.some((one) => (one.name === port || one.containerPort === port) && (one.protocol ?? "TCP") === protocol),
      )
      .map(({ port, protocol }) => `${metadata.namespace}/${metadata.name}: no pod has ${port}/${protocol}`);
  });
}

const matches = ({ metadata }: ApiObject, labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).every(([key, value]) => metadata.labels?.[key] === value);
