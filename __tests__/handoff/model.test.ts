import { withoutDeletionProtection } from "../../changes/unprotected";
import { guardedTypes, MEMBERS } from "../../handoff/guarded";
import { handoffOf, type SynthesizedStack } from "../../handoff/model";
import { orderOf } from "../../handoff/order";
import { SECRET_IN_STATE } from "../../handoff/secrets";
import { providerSchemas } from "../../rehearsal/schema/store";
import type { Block } from "../../rehearsal/schema/types";
import { committedFleet, coveringFleets } from "../support/fleet";
import { handedOver, patched, synthesized } from "./committed";
import { MADE_AGAIN } from "./made-again";

const fleets = coveringFleets.map((file) => ({ file, fleet: committedFleet(file) }));

describe.each(fleets)("$file", ({ fleet }) => {
  const stacks = synthesized(fleet);
  const handoff = handoffOf(stacks);

  test("every stack stands once, after all that it needs", () => {
    const ids = handoff.stacks.map(({ id }) => id);
    expect([...ids].sort()).toEqual(stacks.map(({ id }) => id).sort());
    expect(handoff.levels.flat()).toEqual(ids);
    for (const { id, closure, level } of handoff.stacks)
      for (const other of closure) {
        expect(ids.indexOf(other)).toBeLessThan(ids.indexOf(id));
        expect(handoff.stacks.find((stack) => stack.id === other)!.level).toBeLessThan(level);
      }
  });

  test("leaving out what others need anyway doesn't change the order, and nothing more can be left out", () => {
    const after = Object.fromEntries(handoff.stacks.map((stack) => [stack.id, stack.after]));
    expect(orderOf(after).closure).toEqual(
      orderOf(Object.fromEntries(stacks.map((stack) => [stack.id, stack.dependencies]))).closure,
    );
    for (const [id, needed] of Object.entries(after))
      for (const other of needed) {
        const without = { ...after, [id]: needed.filter((one) => one !== other) };
        expect(orderOf(without).closure[id]).not.toContain(other);
      }
  });

  test("a stack reads only states of stacks before it, each reader found", () => {
    for (const { id, reads, closure } of handoff.stacks) {
      const readers = Object.keys(
        (stacks.find((stack) => stack.id === id)!.config.data as Record<string, object> | undefined)?.terraform_remote_state ??
          {},
      );
      expect(reads).toHaveLength(readers.length);
      expect(closure).toEqual(expect.arrayContaining([...reads]));
    }
  });

  test("override files that drain every cluster and lift the protection give what synth gives for that", () => {
    const drain = Object.keys(handoff.drains);
    const wanted = synthesized(withoutDeletionProtection({ ...fleet, drain }));
    const patches = [...handoff.unprotected, ...Object.values(handoff.drains).flat()];
    for (const stack of stacks) {
      const { resource = {} } = wanted.find(({ id }) => id === stack.id)!.config;
      expect(withoutFalse(patched(stack, patches))).toEqual(withoutFalse(resource));
    }
    expect(handoff.unprotected.length).toBeGreaterThan(0);
    expect(drain.length).toBe(Object.values(fleet.names).some(({ policy }) => policy !== "simple") ? fleet.clusters.length : 0);
  });

  test("whatever is protected from deletion is guarded by its type", () => {
    const unguarded = handoff.stacks
      .flatMap((stack) => stack.protected)
      .filter((address) => handoff.guard.types[address.split(".")[0]!] === "a protected resource");
    expect(unguarded).toEqual([]);
  });
});

test("the stacks of the fleet in three clouds want the logins and programs that their providers use", () => {
  const { stacks } = handedOver(committedFleet("fleets/arctiq.yaml"));
  const of = (id: string) => stacks.find((stack) => stack.id === id)!;
  expect(of("arctiq-toronto-priming")).toMatchObject({
    programs: ["kubelogin"],
    reads: ["arctiq-global", "arctiq-toronto-cluster"],
  });
  expect(of("arctiq-toronto-priming").logins).toEqual([
    { cloud: "aws", accounts: ["111122223333"], roles: [], regions: ["us-east-1"] },
    {
      cloud: "azure",
      tenants: ["00000000-0000-0000-0000-000000000002"],
      subscriptions: ["00000000-0000-0000-0000-000000000001"],
    },
  ]);
  // only Helm and Kubernetes, whose token a program of the cloud fetches as whoever is logged in
  for (const [cluster, cloud] of [
    ["sydney", "google"],
    ["saopaulo", "aws"],
    ["toronto", "azure"],
  ])
    expect(of(`arctiq-${cluster}-app-guestbook`).logins.map((login) => login.cloud)).toEqual([cloud]);
  expect(of("arctiq-sydney-cluster").logins.map(({ cloud }) => cloud)).toEqual(["aws", "google"]);
  expect(of("arctiq-route53")).toMatchObject({ programs: [], level: 5 });
  expect(of("arctiq-route53").after).toEqual([
    "arctiq-saopaulo-app-guestbook",
    "arctiq-sydney-app-guestbook",
    "arctiq-toronto-app-guestbook",
    "arctiq-toronto-apps",
  ]);
});

const stack = (id: string, dependencies: readonly string[] = [], config: object = {}): SynthesizedStack => ({
  id,
  folder: `stacks/${id}`,
  dependencies,
  config: {
    terraform: { backend: { local: { path: `../../../state/${id}.tfstate` } } },
    ...config,
  } as SynthesizedStack["config"],
});

test("no stack of the fleet in three clouds holds a secret: local accounts, client certificates and shared keys are off", () => {
  const { stacks } = handedOver(committedFleet("fleets/arctiq.yaml"));
  expect(stacks.flatMap(({ id, secrets }) => secrets.map((why) => `${id} ${why}`))).toEqual([]);
});

test("a variable is kept by an output of its name, and is named with what it is", () => {
  const [one] = handoffOf([
    stack("f-one", [], {
      variable: { image_tag: { description: "The image.", type: "string" }, other: { default: "x" } },
      output: { image_tag: { value: "${var.image_tag}" } },
    }),
  ]).stacks;
  expect(one!.variables).toEqual([
    { name: "image_tag", description: "The image.", sensitive: false, ephemeral: false, required: true, kept: true },
    { name: "other", sensitive: false, ephemeral: false, required: false, kept: false },
  ]);
});

test("whoever reads a state with secrets holds them too, and whoever reads nothing of it, or a state that never had them, doesn't", () => {
  const reader = (id: string) => ({
    data: { terraform_remote_state: { x: { backend: "local", config: { path: `../../../state/${id}.tfstate` } } } },
  });
  const { stacks } = handoffOf([
    stack("f-data", [], { resource: { random_password: { one: {} } } }),
    stack("f-app", ["f-data"], reader("f-data")),
    stack("f-other", ["f-data"]),
    stack("f-given", [], { variable: { token: { sensitive: true } } }),
    stack("f-open", [], {
      ephemeral: { azurerm_key_vault_secret: { one: {} } },
      variable: { key: { sensitive: true, ephemeral: true } },
    }),
    stack("f-reader", ["f-open"], reader("f-open")),
  ]);
  expect(Object.fromEntries(stacks.map(({ id, secrets }) => [id, secrets]))).toEqual({
    "f-app": ["reads the state of f-data"],
    "f-data": ["keeps the secrets of random_password in its state"],
    "f-given": ["is given token"],
    "f-open": ["is given key", "opens azurerm_key_vault_secret"],
    "f-other": [],
    "f-reader": [],
  });
});

test("a circle, a missing stack and two fleets are refused", () => {
  expect(() => handoffOf([stack("f-a", ["f-b"]), stack("f-b", ["f-a"])])).toThrow("in a circle: f-a → f-b → f-a");
  expect(() => handoffOf([stack("f-a", ["f-b"])])).toThrow("f-a is applied after f-b, which isn't there");
  expect(() => handoffOf([stack("f-a"), stack("g-a")])).toThrow("several fleets: f, g");
});

/** Every type of resource that the fleets have. */
const types = new Set(
  fleets.flatMap(({ fleet }) => synthesized(fleet).flatMap(({ config }) => Object.keys(config.resource ?? {}))),
);

test("every type in use is guarded, a member of a name, or known to come back the same by applying again", () => {
  const guarded = (type: string) => type in guardedTypes() || type in MEMBERS || type === "helm_release";
  expect([...types].filter((type) => !guarded(type) && !MADE_AGAIN.includes(type))).toEqual([]);
  expect(MADE_AGAIN.filter(guarded)).toEqual([]);
});

test("every type in use whose provider gives a secret back is judged by the table of secrets", () => {
  const unjudged = [...types].filter((type) => {
    const schema = providerSchemas(type.split("_")[0]!).resource(type);
    return schema && givesSecrets(schema.block) && !(type in SECRET_IN_STATE);
  });
  expect(unjudged).toEqual([]);
});

/** Whether a computed attribute is sensitive, at any depth: what is only written by us is in the file, where no secret is. */
function givesSecrets(block: Block): boolean {
  return (
    Object.values(block.attributes ?? {}).some(({ computed, sensitive }) => computed && sensitive) ||
    Object.values(block.block_types ?? {}).some((nested) => givesSecrets(nested.block))
  );
}

/**
 * What Terraform sees: a protection that is off and one that isn't written are the same, and an argument whose changes
 * are ignored is none.
 */
function withoutFalse(resources: unknown): unknown {
  return JSON.parse(
    JSON.stringify(resources, (key, value) => {
      if (/prevent_destroy|deletion_protection/.test(key) && value === false) return undefined;
      const ignored = (value as { lifecycle?: { ignore_changes?: unknown } } | null)?.lifecycle?.ignore_changes;
      if (Array.isArray(ignored))
        return Object.fromEntries(Object.entries(value).filter(([argument]) => !ignored.includes(argument)));
      return key === "lifecycle" && Object.keys(value).length === 0 ? undefined : value;
    }),
    (key, value) => (key === "lifecycle" && Object.keys(value).length === 0 ? undefined : value),
  );
}
