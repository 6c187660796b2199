import { REMOVED_APIS } from "../../model/catalog/removed-apis";
import { podSpec } from "./objects";
import type { KubeObject } from "./render";

/** What an API server would refuse of an object by itself, and a render doesn't show. */
export function apiFindings(objects: readonly KubeObject[], kubernetes: string): string[] {
  return objects.flatMap((object) => [...repeatedPorts(object), ...removedApi(object, kubernetes), ...channel(object)]);
}

interface Port {
  readonly name?: string;
  readonly port?: number;
  readonly containerPort?: number;
  readonly protocol?: string;
}

/** Names of ports are unique in a container and in a service, and so is a port with its protocol in a service. */
function repeatedPorts(object: KubeObject): string[] {
  const where = `${object.kind} ${object.metadata.name}`;
  if (object.kind === "Service") {
    const { ports = [] } = object.spec as { ports?: readonly Port[] };
    const numbers = ports.map(({ port, protocol = "TCP" }) => `${port}/${protocol}`);
    return [...repeated(ports.map(({ name }) => name)), ...repeated(numbers)].map((port) => `${where}: port ${port} twice`);
  }
  const spec = podSpec(object);
  return [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])].flatMap(({ name, ports = [] }) =>
    repeated(ports.map((port) => port.name)).map((port) => `${where}, container ${name}: port ${port} twice`),
  );
}

const repeated = (names: readonly (string | undefined)[]) => [
  ...new Set(names.filter((name, index) => name !== undefined && names.indexOf(name) !== index)),
];

function removedApi({ apiVersion, kind, metadata }: KubeObject, kubernetes: string): string[] {
  const removed = REMOVED_APIS.find((one) => one.apiVersion === apiVersion && (one.kinds?.includes(kind) ?? true));
  return removed && minor(removed.removedIn) <= minor(kubernetes)
    ? [`${kind} ${metadata.name}: ${apiVersion} is gone since Kubernetes ${removed.removedIn}`]
    : [];
}

const minor = (version: string) => Number(version.split(".")[1]);

/** Fields and kinds of the experimental channel may change or go with any release of Gateway API. */
function channel({ kind, metadata }: KubeObject): string[] {
  if (kind !== "CustomResourceDefinition") return [];
  const experimental =
    metadata.annotations?.["gateway.networking.k8s.io/channel"] === "experimental" || metadata.name.endsWith(".x-k8s.io");
  return experimental ? [`${metadata.name}: a definition of Gateway API's experimental channel`] : [];
}
