import { createHash } from "node:crypto";
import { join } from "node:path";
import { podSpec } from "./objects";
import type { FleetRelease } from "./releases";
import type { KubeObject } from "./render";

/** What a chart made of its values, with what it is true of. */
export interface ReleaseFacts {
  readonly stack: string;
  readonly name: string;
  readonly chart: string;
  readonly version: string;
  /** SHA-256 of the values. */
  readonly values: string;
  readonly record: number;
  readonly objects: readonly KubeObject[];
}

export const factsFile = (root: string) => join(root, "model", "catalog", "data", "chart-facts.json");

/** A line for each release and each object, so that a change is seen. */
export const factsText = (facts: readonly ReleaseFacts[]) =>
  `[\n${facts.map(({ objects, ...rest }) => `${JSON.stringify(rest).slice(0, -1)},"objects":[\n${objects.map((object) => ` ${JSON.stringify(object)}`).join(",\n")}\n]}`).join(",\n")}\n]\n`;

export const valuesDigest = ({ values }: Pick<FleetRelease, "values">) =>
  createHash("sha256").update(JSON.stringify(values)).digest("hex");

/** Whether facts are of a release as it is now. */
export const isCurrent = (facts: ReleaseFacts | undefined, release: FleetRelease): facts is ReleaseFacts =>
  facts !== undefined &&
  facts.chart === release.chart &&
  facts.version === release.version &&
  facts.values === valuesDigest(release);

/** Of objects what is judged; those of which only kind and place are judged stand there once. */
export function trimmed(objects: readonly KubeObject[]): KubeObject[] {
  const texts = objects.map((object) => JSON.stringify(trimmedObject(object)));
  return [...new Set(texts)].sort().map((text) => JSON.parse(text) as KubeObject);
}

/** What an object is, the ports and labels of pods, the ports of services. */
function trimmedObject(object: KubeObject): KubeObject {
  const { apiVersion, kind, metadata } = object;
  const { name, namespace, annotations } = metadata;
  const channel = annotations?.["gateway.networking.k8s.io/channel"];
  const annotated = channel !== undefined && { annotations: { "gateway.networking.k8s.io/channel": channel } };
  const bare = { apiVersion, kind, metadata: { name, namespace, ...annotated } };
  if (kind === "Service") {
    const { type, ports } = object.spec as { type?: string; ports?: readonly Port[] };
    return { ...bare, spec: { type, ports: ports?.map(onlyPort) } };
  }
  const pods = podSpec(object);
  if (kind === "CustomResourceDefinition") return bare;
  if (!pods || kind === "CronJob" || kind === "Pod") return { apiVersion, kind, metadata: { name: "*", namespace } };
  const { template } = object.spec as { template: { metadata?: { labels?: object } } };
  const containers = (some: typeof pods.containers | undefined) =>
    some?.flatMap(({ name: container, ports = [] }) =>
      ports.length === 0 ? [] : [{ name: container, ports: (ports as readonly Port[]).map(onlyPort) }],
    );
  return {
    ...bare,
    spec: {
      template: {
        metadata: { labels: template.metadata?.labels },
        spec: { containers: containers(pods.containers) ?? [], initContainers: containers(pods.initContainers) },
      },
    },
  };
}

interface Port {
  readonly name?: string;
  readonly port?: number;
  readonly containerPort?: number;
  readonly protocol?: string;
}
const onlyPort = ({ name, port, containerPort, protocol }: Port): Port => ({ name, port, containerPort, protocol });

/** Objects of local charts, which need no Helm: they are in the values, or in the chart. */
export const isLocal = ({ chart }: Pick<FleetRelease, "chart">) => chart.startsWith("./assets/");
