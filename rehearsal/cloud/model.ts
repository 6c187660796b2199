/**
 * The clouds of one rehearsal, in memory: what exists, whoever made it. All stacks of a fleet share it, so that a service can
 * refuse what a provider alone could not know. It can be written down and read again, for commands that run one after another.
 */
import type { Value, ValueObject } from "../protocol/values";

/** Something that exists. */
export interface CloudResource {
  /** Id of the stack that made it. */
  readonly stack: string;
  /** Account, subscription or project in which it was made; of what is inside a cluster, that cluster. */
  readonly account: string;
  readonly type: string;
  readonly attributes: ValueObject;
  /** What was sent by write-only arguments: the service has it, no state does. @default - nothing */
  readonly hidden?: ValueObject;
}

/** Everything that exists. */
export interface Cloud {
  /** All resources of a type, or of any type. */
  all(type?: string): readonly CloudResource[];
  put(resource: CloudResource): void;
  /** What was made by this stack and is known by the same identity. */
  find(resource: CloudResource): CloudResource | undefined;
  remove(resource: CloudResource): void;
  /** 0 for the first resource of these words, 1 for the second: what tells two equal resources apart. */
  serial(words: string): number;
  /** A plain form for a file; `createCloud` takes it back. */
  snapshot(): CloudSnapshot;
}

/** A cloud as plain data. */
export interface CloudSnapshot {
  readonly resources: readonly CloudResource[];
  readonly serials: Readonly<Record<string, number>>;
}

/** @param from what an earlier command left */
export function createCloud(from?: CloudSnapshot): Cloud {
  const resources = new Map<string, CloudResource>((from?.resources ?? []).map((resource) => [keyOf(resource), resource]));
  const serials = new Map<string, number>(Object.entries(from?.serials ?? {}));
  return {
    all: (type) => [...resources.values()].filter((resource) => type === undefined || resource.type === type),
    put: (resource) => {
      resources.set(keyOf(resource), resource);
    },
    find: (resource) => resources.get(keyOf(resource)),
    remove: (resource) => {
      resources.delete(keyOf(resource));
    },
    serial: (words) => {
      const next = serials.get(words) ?? 0;
      serials.set(words, next + 1);
      return next;
    },
    snapshot: () => ({ resources: [...resources.values()], serials: Object.fromEntries(serials) }),
  };
}

/** One stack may work in several clusters, where the same names are other things. */
function keyOf({ stack, account, type, attributes }: CloudResource): string {
  return [stack, isInCluster(type) ? account : "", type, identity(attributes)].join(" ");
}

/** What a service knows a resource by. */
export function identity(attributes: ValueObject): string {
  const id: Value | undefined = attributes.id ?? attributes.arn ?? attributes.name;
  return typeof id === "string" ? id : JSON.stringify(attributes.metadata ?? attributes);
}

/** By what `terraform import` finds it: a release by namespace and name (helm 3.1.1, resource_helm_release.go, parseImportIdentifier). */
export const importId = ({ type, attributes }: CloudResource): string =>
  type === "helm_release" ? `${attributes.namespace}/${attributes.name}` : String(attributes.id);

/** Whether resources of a type are made by a cluster's API rather than by a cloud's. */
export const isInCluster = (type: string): boolean => /^(kubernetes|helm)_/.test(type);
