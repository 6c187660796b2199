import type { Block, Json, StackJson } from "../support/synth";

/**
 * What is there while Terraform applies a change of one stack: every set of done steps that its graph allows. Written
 * from Terraform 1.11's own graph (internal/terraform/transform_destroy_edge.go, transform_destroy_cbd.go): what is made
 * or changed comes after all that its configuration leads to; what is destroyed comes after everything that its state
 * leads from has been destroyed, changed or made again, since all that a name stands on is "new one first".
 */
export interface Partial {
  /** The stack's resources at that moment, as JSON of their own. */
  readonly stack: StackJson;
  readonly done: readonly string[];
}

interface Step {
  readonly id: string;
  readonly kind: "write" | "destroy";
  readonly address: string;
  readonly after: number[];
}

type Resources = ReadonlyMap<string, Block>;

/** Arguments of resources of names that no cloud changes in place. */
const FORCED: Readonly<Record<string, readonly string[]>> = {
  azurerm_traffic_manager_profile: ["name", "dns_config", "traffic_routing_method"],
  azurerm_traffic_manager_external_endpoint: ["name", "profile_id"],
  azurerm_traffic_manager_nested_endpoint: ["name", "profile_id"],
  aws_route53_record: ["name", "type", "set_identifier"],
  aws_route53_health_check: ["type", "port"],
};

/** @param most sets at most; more are sampled by the seed */
export function partials(
  before: StackJson,
  after: StackJson,
  most = 10_000,
  seed = 1,
): { readonly sets: readonly Partial[]; readonly sampled: boolean } {
  const [was, is] = [resourcesOf(before), resourcesOf(after)];
  const replaced = replacedOf(was, is);
  const steps = stepsOf(was, is, replaced);
  const { sets, sampled } = downSets(steps, most, seed);
  return {
    sampled,
    sets: sets.map((done) => ({
      done: steps.flatMap(({ id }, index) => (done.has(index) ? [id] : [])),
      stack: at(was, is, replaced, steps, done),
    })),
  };
}

function resourcesOf(stack: StackJson): Resources {
  return new Map(
    Object.entries(stack.resource ?? {}).flatMap(([type, blocks]) =>
      Object.entries(blocks).map(([name, block]) => [`${type}.${name}`, block] as const),
    ),
  );
}

const REFERENCE = /\b((?:aws|azurerm)_[a-z0-9_]+\.[\w-]+)/g;
const leadsTo = (block: Block, all: Resources): readonly string[] => [
  ...new Set([...JSON.stringify(block).matchAll(REFERENCE)].map(([, address]) => address!).filter((address) => all.has(address))),
];

/** All that a resource leads to, at any distance. */
function closure(all: Resources): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, ReadonlySet<string>>();
  const of = (address: string): ReadonlySet<string> => {
    const known = found.get(address);
    if (known) return known;
    const direct = leadsTo(all.get(address)!, all);
    const set = new Set(direct.flatMap((other) => [other, ...of(other)]));
    found.set(address, set);
    return set;
  };
  for (const address of all.keys()) of(address);
  return found;
}

/** Changed in a way that makes it anew; who leads to what is made anew by its profile is made anew too. */
function replacedOf(was: Resources, is: Resources): ReadonlySet<string> {
  const replaced = new Set<string>();
  for (let again = true; again; ) {
    again = false;
    for (const [address, block] of is) {
      const old = was.get(address);
      if (!old || replaced.has(address)) continue;
      const forced = (FORCED[address.split(".")[0]!] ?? []).some(
        (name) =>
          JSON.stringify(old[name]) !== JSON.stringify(block[name]) ||
          (name === "profile_id" && leadsTo({ [name]: block[name]! }, is).some((other) => replaced.has(other))),
      );
      if (forced) {
        replaced.add(address);
        again = true;
      }
    }
  }
  return replaced;
}

function stepsOf(was: Resources, is: Resources, replaced: ReadonlySet<string>): readonly Step[] {
  const changes = (address: string): boolean => {
    const [old, now] = [was.get(address), is.get(address)!];
    return (
      !old ||
      replaced.has(address) ||
      JSON.stringify(old) !== JSON.stringify(now) ||
      leadsTo(now, is).some((other) => replaced.has(other))
    );
  };
  const writes = [...is.keys()].filter(changes);
  const destroys = [...was.keys()].filter((address) => !is.has(address) || replaced.has(address));
  const [from, to] = [closure(was), closure(is)];
  const steps: Step[] = [
    ...writes.map((address) => ({ id: `write ${address}`, kind: "write" as const, address, after: [] as number[] })),
    ...destroys.map((address) => ({ id: `destroy ${address}`, kind: "destroy" as const, address, after: [] as number[] })),
  ];
  steps.forEach((step) => {
    steps.forEach((other, index) => {
      if (other === step) return;
      const after =
        step.kind === "write"
          ? other.kind === "write" && to.get(step.address)!.has(other.address)
          : (from.get(other.address)?.has(step.address) ?? false) || (other.kind === "write" && other.address === step.address);
      if (after) step.after.push(index);
    });
  });
  return steps;
}

/** Sets of steps that are closed under "comes after". */
function downSets(
  steps: readonly Step[],
  most: number,
  seed: number,
): { readonly sets: readonly ReadonlySet<number>[]; readonly sampled: boolean } {
  const seen = new Map<string, ReadonlySet<number>>();
  const key = (set: ReadonlySet<number>) => [...set].sort((a, b) => a - b).join();
  const ready = (set: ReadonlySet<number>) =>
    steps.flatMap(({ after }, index) => (!set.has(index) && after.every((other) => set.has(other)) ? [index] : []));
  const queue: ReadonlySet<number>[] = [new Set()];
  seen.set("", queue[0]!);
  for (let next = queue.pop(); next && seen.size <= most; next = queue.pop())
    for (const index of ready(next)) {
      const more = new Set([...next, index]);
      if (seen.has(key(more))) continue;
      seen.set(key(more), more);
      queue.push(more);
    }
  if (seen.size <= most) return { sets: [...seen.values()], sampled: false };
  const random = generator(seed);
  const sampled = new Map<string, ReadonlySet<number>>();
  while (sampled.size < most / 10) {
    let set: ReadonlySet<number> = new Set();
    for (let choices = ready(set); choices.length > 0; choices = ready(set)) {
      set = new Set([...set, choices[Math.floor(random() * choices.length)]!]);
      sampled.set(key(set), set);
    }
  }
  return { sets: [...sampled.values()], sampled: true };
}

/** mulberry32 */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** The resources when some steps are done. Of what is replaced the old one has another id, to which old references lead. */
function at(
  was: Resources,
  is: Resources,
  replaced: ReadonlySet<string>,
  steps: readonly Step[],
  done: ReadonlySet<number>,
): StackJson {
  const finished = (id: string) => {
    const index = steps.findIndex((step) => step.id === id);
    return index >= 0 && done.has(index);
  };
  const rename = (block: Block): Block => {
    let text = JSON.stringify(block);
    for (const address of replaced) text = text.replaceAll(new RegExp(`\\b${address}(?=[.}"])`, "g"), `${address}__old`);
    return JSON.parse(text) as Block;
  };
  const resource: Record<string, Record<string, Block>> = {};
  const put = (address: string, block: Json) => {
    const [type = "", name = ""] = address.split(".");
    resource[type] = { ...resource[type], [name]: block as Block };
  };
  for (const [address, block] of was) {
    if (finished(`destroy ${address}`)) continue;
    if (replaced.has(address)) put(`${address}__old`, rename(block));
    else if (!finished(`write ${address}`)) put(address, rename(block));
  }
  for (const [address, block] of is) {
    const isWritten = !steps.some(({ id }) => id === `write ${address}`) || finished(`write ${address}`);
    if (isWritten) put(address, block);
  }
  return { resource } as StackJson;
}
