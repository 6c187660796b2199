import { App } from "cdktf";
import { stringify } from "yaml";
import { FleetError, StackProblems } from "../../model/problems/fleet-error";
import { parseFleet } from "../../model/reading/load";
import { buildFleet } from "../../stacks/build-fleet";
import type { FleetStack } from "../../stacks/fleet-stack";
import type { Setting } from "../support/schema-walk";
import { INSTEAD, WITHOUT_EFFECT } from "./unusual/effects";
import { UNUSUAL, type UnusualFleet } from "./unusual/fleets";

type Data = Readonly<Record<string, unknown>>;
type Path = Setting["path"];

/** The stacks of a fleet, each synthesized when it is looked at. */
interface Built {
  readonly ids: readonly string[];
  json(id: string): string | undefined;
}

/** @throws FleetError, StackProblems where a rule refuses the fleet */
function built(data: Data): Built {
  const app = new App({ stackTraces: false });
  buildFleet(app, parseFleet(stringify(data, { aliasDuplicateObjects: false }), "unusual.yaml"));
  const stacks = new Map(app.node.children.map((stack) => [stack.node.id, stack as FleetStack]));
  const texts = new Map<string, string>();
  return {
    ids: [...stacks.keys()],
    json: (id) => {
      if (!texts.has(id) && stacks.has(id)) texts.set(id, JSON.stringify(stacks.get(id)!.toTerraform()));
      return texts.get(id);
    },
  };
}

function builtOrRefused(data: Data): Built | undefined {
  try {
    return built(data);
  } catch (error) {
    if (error instanceof FleetError || error instanceof StackProblems) return undefined;
    throw error;
  }
}

const QUIET = { ingress: { controller: "none" }, certManager: { enabled: false }, storage: { enabled: false } };

/** What is left of a fleet when one cluster is of interest, and of its add-ons one or none: less to build. */
function alone(data: Data, name: string, addOn?: string): Data {
  const { names: _names, apps: _apps, drain: _drain, ...rest } = data;
  const cluster = (data.clusters as Data)[name] as Data;
  const addons = addOn === undefined ? QUIET : { [addOn]: (cluster.addons as Data)[addOn] };
  return { ...rest, clusters: { [name]: { ...cluster, addons } } };
}

/** The same data with another value at a path; undefined takes it away. */
function put(data: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  if (data === undefined) return undefined;
  if (Array.isArray(data)) {
    const changed = put(data[Number(key)], rest, value);
    return data.flatMap((item, index) => (index !== key ? [item] : changed === undefined ? [] : [changed]));
  }
  const { [key]: old, ...others } = data as Data;
  const changed = put(old, rest, value);
  return changed === undefined ? others : { ...(data as Data), [key]: changed };
}

/** What can be put in place of a setting: its default, other values of an enum, and each text or number in it a little changed. */
function* variantsOf({ field, id, path, value, others }: Setting, data: Data): Generator<Data> {
  for (const other of [undefined, ...others]) yield put(data, path, other) as Data;
  const whole = path[0] === "clusters" ? path.slice(0, 2) : [];
  const [, together = []] = Object.entries(INSTEAD).find(([end]) => field.endsWith(end) || id.endsWith(end)) ?? [];
  if (together.length > 0)
    yield together.reduce<unknown>((changed, [below, other]) => put(changed, [...whole, ...below], other), data) as Data;
  for (const leaf of leavesOf(value).slice(0, 6)) yield put(data, [...path, ...leaf.path], nudged(leaf.value)) as Data;
}

function leavesOf(value: unknown, path: Path = []): readonly { readonly path: Path; readonly value: string | number }[] {
  if (typeof value === "string" || typeof value === "number") return [{ path, value }];
  if (Array.isArray(value)) return value.flatMap((item, index) => leavesOf(item, [...path, index]));
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, item]) => leavesOf(item, [...path, key]));
}

/** One more, or the last letter or digit of a text another one: 10.1.0.0/17, eu-west-2, vpc-0a1b2c3e. */
function nudged(value: string | number): string | number {
  if (typeof value === "number") return value + 1;
  return value.replace(/[a-z0-9](?=[^a-z0-9]*$)/i, (last) =>
    last === "9" ? "8" : last === "z" ? "y" : String.fromCharCode(last.charCodeAt(0) + 1),
  );
}

type Effect = "changes" | "nothing" | "refused";

function effectOf(setting: Setting, data: Data, baseline: Built, firsts: readonly string[]): Effect {
  let effect: Effect = "refused";
  for (const changed of variantsOf(setting, data)) {
    const variant = builtOrRefused(changed);
    if (!variant) continue;
    const ids = [...firsts, ...baseline.ids, ...variant.ids];
    if (ids.some((id) => baseline.json(id) !== variant.json(id))) return "changes";
    effect = "nothing";
  }
  return effect;
}

/** Fields of a cluster, and the cluster as such, that are for the public names: there must be some. */
const NAMES_ONLY: readonly unknown[] = [undefined, "location", "retired", "region"];

/** How a setting's effect is found, of one fleet. */
function effects({ data }: UnusualFleet): (setting: Setting) => Effect {
  const whole = built(data);
  const parts = new Map<string, Built | undefined>();
  const byPath = new Map<string, Effect>();
  const find = (setting: Setting): Effect => {
    const [where, cluster, field, addOn] = setting.path;
    if (where === "clusters" && typeof cluster === "string" && !NAMES_ONLY.includes(field)) {
      const isAddOn = field === "addons";
      const part = alone(data, cluster, isAddOn ? String(addOn) : undefined);
      const key = isAddOn ? `${cluster} ${addOn}` : cluster;
      if (!parts.has(key)) parts.set(key, builtOrRefused(part));
      const baseline = parts.get(key);
      const first = `${data.fleet}-${cluster}-${isAddOn ? "priming" : "cluster"}`;
      if (baseline && effectOf(setting, part, baseline, [first]) === "changes") return "changes";
    }
    return effectOf(setting, data, whole, []);
  };
  return (setting) => {
    const path = setting.path.join(".");
    const effect = byPath.get(path) ?? find(setting);
    byPath.set(path, effect);
    return effect;
  };
}

const isListed = (id: string) => Object.keys(WITHOUT_EFFECT).some((listed) => id === listed || id.startsWith(`${listed}.`));

/**
 * What isn't seen by tsc where data becomes props, nor by a snapshot of fleets that leave it out: that it arrives. Where
 * several unusual fleets set the same, one place is enough.
 */
test("each setting of the unusual fleets changes the output", () => {
  const found = new Map<string, Effect>();
  for (const fleet of UNUSUAL) {
    const effectIn = effects(fleet);
    for (const setting of fleet.settings)
      if (found.get(setting.id) !== "changes" && (setting.id === setting.field || !isListed(setting.field)))
        found.set(setting.id, effectIn(setting));
  }
  expect([...found].filter(([id, effect]) => effect !== "changes" && !isListed(id))).toEqual([]);
  expect([...found].filter(([id, effect]) => effect === "changes" && isListed(id))).toEqual([]);
}, 300_000);

test("what is listed as without effect is set by an unusual fleet", () => {
  const set = UNUSUAL.flatMap(({ settings }) => settings.map(({ id }) => id));
  expect(Object.keys(WITHOUT_EFFECT).filter((listed) => !set.some((id) => id === listed || id.startsWith(`${listed}.`)))).toEqual(
    [],
  );
});
