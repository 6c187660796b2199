import type { Fleet } from "../../model/schema/fleet";
import type { Stack } from "../../output/folder";
import { inWaves } from "../../output/order";
import { resourcesOf } from "../../output/stack";
import { type Finding, judge } from "../judge";
import type { Lock } from "../lock/lock";
import { compareStacks, type ResourceChange } from "./compare";
import { loginsOf } from "./logins";
import { type TrafficChange, trafficChanges } from "./traffic";

/** One side of a change: what was synthesized, with what is known of it. */
export interface Side {
  readonly stacks: readonly Stack[];
  /** @default - a folder alone: traffic is not compared */
  readonly fleet?: Fleet;
  readonly lock: Lock;
}

/** What becomes of one stack. */
export interface StackChange {
  readonly stack: string;
  /** created and destroyed: the whole stack. */
  readonly action: "created" | "changed" | "destroyed";
  readonly resources: readonly ResourceChange[];
  /** Number of the wave in which it is applied; a destroyed one has none. */
  readonly wave?: number;
  /** The fleet file says that it was destroyed before. @default false */
  readonly already?: boolean;
  readonly logins: readonly string[];
}

export interface FleetDiff {
  readonly stacks: readonly StackChange[];
  readonly traffic: readonly TrafficChange[];
  readonly findings: readonly Finding[];
}

/** What a change does, without Terraform. */
export function diffSides(before: Side, after: Side): FleetDiff {
  const { fleet } = after;
  const { stacks } = after;
  const change = {
    before: before.lock,
    after: after.lock,
    made: madeBy(stacks),
    namespaces: namespacesBy(stacks),
    destroyed: fleet?.destroyedStacks ?? [],
    declined: fleet?.declined,
  };
  return {
    stacks: [...changed(before, after), ...destroyed(before, after)],
    traffic: before.fleet && fleet ? trafficChanges(before.fleet, fleet) : [],
    findings: judge(change, fleet?.acceptChanges),
  };
}

function changed(before: Side, after: Side): readonly StackChange[] {
  const old = new Map(before.stacks.map((stack) => [stack.id, stack]));
  return inWaves(after.stacks).flatMap((wave, index) =>
    wave.flatMap(({ id, config }): StackChange[] => {
      const was = old.get(id);
      const resources = compareStacks(was?.config ?? {}, config);
      if (was !== undefined && resources.length === 0) return [];
      return [{ stack: id, action: was ? "changed" : "created", resources, wave: index + 1, logins: loginsOf(config) }];
    }),
  );
}

function destroyed(before: Side, after: Side): readonly StackChange[] {
  const kept = new Set(after.stacks.map(({ id }) => id));
  return before.stacks
    .filter(({ id }) => !kept.has(id))
    .map(
      ({ id, config }) =>
        ({
          stack: id,
          action: "destroyed",
          resources: compareStacks(config, {}),
          logins: loginsOf(config),
          ...(after.fleet?.destroyedStacks.includes(id) && { already: true }),
        }) as const,
    );
}

/** Addresses of what each stack makes. */
export function madeBy(stacks: readonly Pick<Stack, "id" | "config">[]): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(stacks.map(({ id, config }) => [id, resourcesOf(config).map(({ address }) => address)]));
}

/** Namespaces of the Helm releases of each stack, by address, where they are texts. */
export function namespacesBy(
  stacks: readonly Pick<Stack, "id" | "config">[],
): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const releases = (config: Stack["config"]) => resourcesOf(config).filter(({ type }) => type === "helm_release");
  return Object.fromEntries(
    stacks.map(({ id, config }) => [
      id,
      Object.fromEntries(
        releases(config).flatMap(({ address, block: { namespace } }) =>
          typeof namespace === "string" ? [[address, namespace] as const] : [],
        ),
      ),
    ]),
  );
}
