/**
 * What the lock file of a fleet holds: what was last synthesized that later synths must know. Small enough to read in a
 * review, and a fact a line, so that changes of different clusters merge.
 */

/** The only format so far. A reader refuses a newer one. */
export const FORMAT = 1;

/** A value of a line. */
export type Fact = string | number | boolean | readonly string[];
export type Facts = Readonly<Record<string, Fact>>;

export interface Lock {
  readonly format: typeof FORMAT;
  readonly fleet: string;
  /** Version of Meridian that wrote it: to read, never to decide by. */
  readonly meridian: string;
  /** The last synth was without deletion protection: what `protected` lists was protected before. @default false */
  readonly unprotected?: boolean;
  readonly zone: Facts;
  readonly state: Facts;
  readonly clusters: Readonly<Record<string, ClusterFacts>>;
  readonly names: Readonly<Record<string, Facts>>;
  /** Registries that are made here, by key. @default - none */
  readonly registries?: Readonly<Record<string, Facts>>;
  /** Managed databases by name. @default - none */
  readonly databases?: Readonly<Record<string, Facts>>;
  /** Stores of backups by name. @default - none */
  readonly backups?: Readonly<Record<string, Facts>>;
  readonly stacks: Readonly<Record<string, StackFacts>>;
  /**
   * How much its writer knew of what replaces a resource (output/replaces/learned.ts). @default - of a lock that doesn't
   * say, only what it has is compared
   */
  readonly knows?: number;
}

/** A cluster. Every field but `cloud` is absent where its cloud has no such thing. */
export interface ClusterFacts {
  readonly cloud: string;
  /** AWS account, Azure subscription or Google project. */
  readonly account?: string;
  /** Entra tenant of the subscription. */
  readonly tenant?: string;
  readonly region?: string;
  readonly retired?: boolean;
  /** Minor version of the control plane. */
  readonly kubernetes?: string;
  /** Who moves the minor version: a release channel of GKE, an upgrade channel of AKS. */
  readonly channel?: string;
  /** `made`, or the key that encrypts Kubernetes secrets. */
  readonly secretsKey?: string;
  /** `made`, `kept` when the cluster goes, `none`, or the workspace that takes the control plane's logs. */
  readonly logs?: string;
  /** Where the VPC's connections are logged: `made`, or `kept` when the cluster goes. */
  readonly flowLogs?: string;
  readonly zones?: readonly string[];
  readonly certificate?: string;
  readonly certificateNames?: readonly string[];
  readonly ranges?: Facts;
  /** Node pools by name; AKS's own is `system`. */
  readonly pools?: Readonly<Record<string, Facts>>;
  /** Servers by name: what their disks are. */
  readonly servers?: Readonly<Record<string, Facts>>;
  /** Add-ons without a chart that were installed on a cluster that something else made. @default - of made clusters, and of an older lock, nothing is known */
  readonly objects?: readonly string[];
  /** Chart versions by chart. */
  readonly charts?: Readonly<Record<string, string>>;
  /** Which stack holds an application: `together` with others, its `own`, or those of its `colours`. */
  readonly apps?: Readonly<Record<string, string>>;
  /** Addresses of one's own that the cluster is left by, or `single` for one NAT gateway; absent where each zone has one that was made for it. */
  readonly egress?: readonly string[];
  /** Fields with a value that the provider never takes away again (docs/sent-on-update.md). */
  readonly given?: readonly string[];
  /** The namespace of each application. */
  readonly namespaces?: Readonly<Record<string, string>>;
  /** Versions of EKS's own add-ons, where the fleet file pins them. */
  readonly eksAddons?: Readonly<Record<string, string>>;
}

export interface StackFacts {
  /** The first 16 hexadecimal digits of the SHA-256 of its JSON. */
  readonly digest: string;
  /** Addresses of the resources that Terraform refuses to destroy. */
  readonly protected: readonly string[];
  /** Addresses of the resources that keep data and are not protected. @default - none */
  readonly data?: readonly string[];
  /**
   * Of resources with a name of their own, which can't be replaced by a second of the same name, and of node pools: the
   * arguments by which they would be replaced.
   */
  readonly fixed: Readonly<Record<string, Facts>>;
  /** Of stacks that declare a cloud's provider only where they use it: addresses by provider, `azurerm` or `aws.parent`. @default - none */
  readonly providers?: Readonly<Record<string, readonly string[]>>;
}

/** The text of a lock file: keys in order, a fact a line, the same bytes everywhere. */
export function lockText(lock: Lock): string {
  const { format, fleet, meridian, ...rest } = lock;
  return `${render({ format, fleet, meridian, ...sorted(rest) }, "")}\n`;
}

function sorted(record: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record)
      .filter(([, value]) => value !== undefined)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, value]) => [key, isMap(value) ? sorted(value) : value]),
  );
}

const isMap = (value: unknown): value is object => typeof value === "object" && value !== null && !Array.isArray(value);

/** JSON with two spaces; a list has a line for each element, so that two changes of it can merge. */
function render(value: unknown, indent: string): string {
  const inner = `${indent}  `;
  if (Array.isArray(value))
    return value.length === 0 ? "[]" : `[\n${value.map((item) => inner + JSON.stringify(item)).join(",\n")}\n${indent}]`;
  if (!isMap(value)) return JSON.stringify(value);
  const lines = Object.entries(value).map(([key, item]) => `${inner}${JSON.stringify(key)}: ${render(item, inner)}`);
  return lines.length === 0 ? "{}" : `{\n${lines.join(",\n")}\n${indent}}`;
}

/** What is set, without what it is not. */
export function flat(settings: Readonly<Record<string, unknown>>): Facts {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined && value !== "")) as Facts;
}
