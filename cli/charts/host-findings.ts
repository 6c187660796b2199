import type { KubeObject } from "./render";

/** A release with what it was told and where. */
export interface Told {
  readonly name: string;
  readonly namespace: string;
  readonly values: unknown;
}

/** `http://name:port` of the same namespace, or `name.namespace.svc` with or without a port. */
const NEAR = /\b[a-z][a-z0-9+]*:\/\/(?:[^\s/@"]*@)?([a-z0-9-]+):(\d+)(?![\w.])/g;
const FAR = /\b([a-z0-9-]+)\.([a-z0-9-]+)\.svc\b(?:\.[a-z.]+)?(?::(\d+)|\s+Port (\d+))?/g;

/** Hosts in values that no chart's Service is: one chart's name that another chart was told wrongly. */
export function hostFindings(releases: readonly Told[], objects: readonly KubeObject[]): string[] {
  const services = objects.filter(({ kind }) => kind === "Service");
  return releases.flatMap(({ name: release, namespace, values }) =>
    hostsIn(values, namespace).flatMap((host) => {
      const service = services.find(({ metadata }) => metadata.name === host.name && metadata.namespace === host.namespace);
      if (!service) return [`release ${release} is told ${host.text}, and no Service ${host.namespace}/${host.name} is made`];
      const { ports = [] } = service.spec as { ports?: readonly { readonly port: number }[] };
      return host.port === undefined || ports.some(({ port }) => port === host.port)
        ? []
        : [`release ${release} is told ${host.text}, and Service ${host.namespace}/${host.name} has no port ${host.port}`];
    }),
  );
}

interface Host {
  readonly name: string;
  readonly namespace: string;
  readonly port?: number;
  readonly text: string;
}

export function hostsIn(values: unknown, namespace: string): readonly Host[] {
  const port = (text: string | undefined) => (text === undefined ? undefined : Number(text));
  return strings(values).flatMap((text) => [
    ...[...text.matchAll(NEAR)].map(([whole, name, at]) => ({ name: name!, namespace, port: port(at), text: whole })),
    ...[...text.matchAll(FAR)].map(([whole, name, of, at, there]) => ({
      name: name!,
      namespace: of!,
      port: port(at ?? there),
      text: whole.replace(/\s+/g, " "),
    })),
  ]);
}

function strings(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (value === null || typeof value !== "object") return [];
  return Object.values(value).flatMap(strings);
}
