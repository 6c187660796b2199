import { type JsonObject, member } from "../../output/json";
import { isKnown, recomputed, replacedBy, replacesAt, replacingArguments } from "../../output/replaces";
import { inOneOrder } from "../../output/replaces/sets";
import { ignoredBy } from "../../output/stack";

type Block = JsonObject;

/**
 * changed: in place. unknown: changed, and Terraform will say whether in place. created and destroyed: of one address
 * alone. replaced: destroyed and made again.
 */
export type Action = "created" | "changed" | "replaced" | "destroyed" | "unknown";

/** What becomes of one resource. */
export interface ResourceChange {
  readonly address: string;
  readonly action: Action;
  /** The arguments that are not the same; of a replacement those that force it. */
  readonly arguments: readonly string[];
  /** Whether Terraform refuses it: the resource is protected. @default false */
  readonly protected?: boolean;
}

/** Arguments that only Terraform reads: a change of them changes nothing in a cloud. */
const META = new Set(["depends_on", "lifecycle", "provider", "provisioner", "connection", "//"]);

/**
 * Whether a change of an argument is no change of the resource: only Terraform reads it, or it is write-only, which no
 * state has and of which its version alone decides ("Use write-only arguments" of Terraform's documentation).
 */
const isUnseen = (name: string): boolean => META.has(name) || name.endsWith("_wo");

/**
 * What an apply of one stack does, told from its JSON before and after, without Terraform. What is known only after
 * apply spreads: who reads the id of what is replaced changes too, and is replaced where that argument forces it.
 */
export function compareStacks(before: JsonObject, after: JsonObject): readonly ResourceChange[] {
  const [was, is] = [moved(blocksOf(before, "resource"), after), blocksOf(after, "resource")];
  const takenOver = new Set(entriesOf(after, "import").map(({ to }) => String(to)));
  const changes = new Map<string, ResourceChange>();
  for (const [address, block] of is) {
    const old = was.get(address);
    const change: ResourceChange | undefined =
      old !== undefined
        ? compare(address, old, block)
        : takenOver.has(address)
          ? // what is there is as somebody else made it
            { address, action: "unknown", arguments: ["import"] }
          : { address, action: "created", arguments: [] };
    if (change) changes.set(address, change);
  }
  for (const [address, block] of was)
    if (!is.has(address)) changes.set(address, { address, action: "destroyed", arguments: [], ...guard(block) });
  spread(is, blocksOf(after, "data"), blocksOf(before, "data"), changes);
  return [...changes.keys()].sort().map((address) => changes.get(address)!);
}

/** The blocks `import` or `moved` of a stack. */
function entriesOf(config: JsonObject, kind: "import" | "moved"): readonly Readonly<Record<string, unknown>>[] {
  return [config[kind] ?? []].flat() as unknown as readonly Readonly<Record<string, unknown>>[];
}

/** What was there, under the addresses that Terraform moves it to. */
function moved(was: ReadonlyMap<string, Block>, after: JsonObject): ReadonlyMap<string, Block> {
  const places = new Map(entriesOf(after, "moved").map(({ from, to }) => [String(from), String(to)]));
  return new Map([...was].map(([address, block]) => [places.get(address) ?? address, block]));
}

/** Optional and computed arguments that a plan keeps as they are when they are taken out (docs/sent-on-update.md). */
const KEPT: Readonly<Record<string, string>> = { aws_route53_zone: "enable_accelerated_recovery" };

function compare(address: string, before: Block, after: Block): ResourceChange | undefined {
  const type = typeOf(address);
  const ignored = ignoredBy(after);
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter(
      (name) =>
        !isUnseen(name) && !ignored(name) && !(KEPT[type] === name && !(name in after)) && !same(before[name], after[name]),
    )
    .sort();
  if (names.length === 0) return undefined;
  const forced = replacedBy(type, before, after).filter((path) => !ignored(path.split(".")[0]!));
  if (forced.length > 0) return { address, action: "replaced", arguments: forced, ...guard(after) };
  return { address, action: isKnown(type) ? "changed" : "unknown", arguments: names };
}

/** Follows what is unknown until apply from resource to resource, until nothing more changes. */
function spread(
  resources: ReadonlyMap<string, Block>,
  data: ReadonlyMap<string, Block>,
  oldData: ReadonlyMap<string, Block>,
  changes: Map<string, ResourceChange>,
): void {
  const unknownData = new Set(
    [...data]
      // another stack's outputs are read in the plan, from wherever its state is now
      .filter(([address, block]) => oldData.has(address) && !same(oldData.get(address), block) && !isRemoteState(address))
      .map(([address]) => address),
  );
  for (let again = true; again; ) {
    again = false;
    const isUnknown = (reference: Reference): boolean => {
      if (reference.data) return unknownData.has(reference.address);
      const change = changes.get(reference.address);
      const block = resources.get(reference.address);
      if (!change || !block || change.action === "destroyed") return false;
      if (change.action === "created") return isComputed(block, reference.attribute);
      if (change.action === "replaced") return isComputed(block, reference.attribute) || changedTo(change, block, reference);
      return recomputed(typeOf(reference.address)).includes(reference.attribute) || changedTo(change, block, reference);
    };
    for (const [address, block] of data) {
      if (unknownData.has(address) || !(referencesIn(block).some(isUnknown) || waitsFor(block, changes))) continue;
      unknownData.add(address);
      again = true;
    }
    for (const [address, block] of resources) {
      const known = changes.get(address);
      if (known?.action === "created" || known?.action === "replaced") continue;
      const names = Object.keys(block).filter(
        (name) => !isUnseen(name) && !ignoredBy(block)(name) && referencesIn(block[name]).some(isUnknown),
      );
      if (names.length === 0) continue;
      const next = spreadTo(address, block, names, known, isUnknown);
      if (same(next, known)) continue;
      changes.set(address, next);
      again = true;
    }
  }
}

function spreadTo(
  address: string,
  block: Block,
  names: readonly string[],
  known: ResourceChange | undefined,
  isUnknown: (reference: Reference) => boolean,
): ResourceChange {
  const type = typeOf(address);
  const forced = Object.entries(replacingArguments(type, block)).flatMap(([path, value]) =>
    referencesIn(value).some(isUnknown) && replacesAt(type, path, value, undefined) ? [path] : [],
  );
  if (forced.length > 0) return { address, action: "replaced", arguments: forced, ...guard(block) };
  const all = [...new Set([...(known?.arguments ?? []), ...names])].sort();
  return { address, action: known?.action ?? (isKnown(type) ? "changed" : "unknown"), arguments: all };
}

/** A data source that depends on something that changes is read after it. */
function waitsFor(block: Block, changes: ReadonlyMap<string, ResourceChange>): boolean {
  const list = block.depends_on;
  return Array.isArray(list) && list.some((address) => changes.has(String(address)));
}

/** `${aws_vpc.network_1A2B.id}` */
interface Reference {
  readonly address: string;
  readonly attribute: string;
  /** What of the attribute: `[0].id`. */
  readonly inside: string;
  readonly data: boolean;
}

const REFERENCE = /(data\.)?\b([a-z][a-z0-9]*_[a-z0-9_]+)\.([\w-]+)(?:\[[^\]]*\])?\.(\w+)((?:\[\d+\]|\.\w+)*)/g;

function referencesIn(value: unknown): readonly Reference[] {
  const text = typeof value === "string" ? value : JSON.stringify(value ?? null);
  if (!text.includes("${")) return [];
  return [...text.matchAll(REFERENCE)].map(([, data, type, id, attribute, inside]) => ({
    address: `${data ?? ""}${type}.${id}`,
    attribute: attribute!,
    inside: inside!,
    data: data !== undefined,
  }));
}

/** Whether an attribute of a resource that is made is known only then: nothing in its configuration says it. */
function isComputed(block: Block, attribute: string): boolean {
  return !(attribute in block) || referencesIn(block[attribute]).length > 0;
}

/**
 * Whether an in-place change gives an attribute another value. What a cloud gave inside of a block, `vpc_config[0].vpc_id`,
 * stays as it was.
 */
function changedTo({ arguments: names }: ResourceChange, block: Block, { attribute, inside }: Reference): boolean {
  if (!names.includes(attribute)) return false;
  const steps = inside.match(/\w+/g) ?? [];
  let value: unknown = block[attribute];
  for (const step of steps) {
    if (typeof value === "string") return true;
    if (/^\d+$/.test(step) && !Array.isArray(value)) continue;
    value = typeof value === "object" && value !== null ? (value as Record<string, unknown>)[step] : undefined;
  }
  return value !== undefined && value !== null;
}

const isRemoteState = (address: string): boolean => address.startsWith("data.terraform_remote_state.");

function blocksOf(config: JsonObject, kind: "resource" | "data"): ReadonlyMap<string, Block> {
  const blocks = member(config, kind);
  const prefix = kind === "data" ? "data." : "";
  return new Map(
    Object.keys(blocks).flatMap((type) =>
      Object.keys(member(blocks, type)).map((id) => {
        const block = member(blocks, type, id);
        return [`${prefix}${type}.${id}`, kind === "data" ? block : inOneOrder(type, block)] as const;
      }),
    ),
  );
}

function guard(block: Block): { readonly protected?: true } {
  return member(block, "lifecycle").prevent_destroy === true ? { protected: true } : {};
}

const typeOf = (address: string): string => address.split(".")[0]!;
const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
