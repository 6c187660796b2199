import { clusterOfStack } from "./of-cluster";
import { clusterOf, isMoved } from "./replaced";
import type { Change, ChangeRule, Finding } from "./rule";

/**
 * Stacks that were there and are no longer made, though nobody said that they are destroyed. What they made in the
 * clouds would be left without anything to change or destroy it with. That a cluster was retired says that its stacks
 * may be destroyed, not that they are.
 */
export const stacksDropped: ChangeRule = (change) => {
  const { before, after, destroyed = [] } = change;
  const kept = new Set([...Object.keys(after.stacks), ...destroyed]);
  const lost = Object.keys(before.stacks).filter((id) => !kept.has(id));
  const clusterBefore = (id: string) => clusterOfStack(before.fleet, id, (name) => Object.hasOwn(before.clusters, name));
  const retired = (id: string) => {
    const cluster = clusterBefore(id);
    return cluster !== undefined && before.clusters[cluster]!.retired && !(cluster in after.clusters) ? cluster : undefined;
  };
  const leaving = [...new Set(lost.flatMap((id) => retired(id) ?? []))];
  return [
    ...leaving.map(
      (cluster): Finding => ({
        id: "cluster-not-destroyed",
        severity: "refused",
        path: [],
        ...notDestroyed(
          cluster,
          lost.filter((id) => retired(id) === cluster),
        ),
      }),
    ),
    ...lost.filter((id) => retired(id) === undefined).map((id) => lostStack(id, clusterBefore(id), change)),
  ];
};

function lostStack(id: string, cluster: string | undefined, { before, after }: Change): Finding {
  const gone = cluster !== undefined && !(cluster in after.clusters);
  const isProtected = before.stacks[id]!.protected.length > 0 && !before.unprotected;
  const lift = isProtected ? "synthesize the file as it was --without-deletion-protection, apply this stack, then " : "";
  return {
    id: gone ? "cluster-dropped" : "stack-dropped",
    severity: "refused",
    path: [],
    message: gone
      ? `stack ${id} was made before and its cluster '${cluster}' is no longer in the fleet file, though it was never retired: put it back with \`retired: true\`, synthesize and commit, destroy its stacks, and only then remove it`
      : `stack ${id} was made before and the fleet file leaves nothing in it: ${lift}destroy it with ${isProtected ? "that" : "the last"} output (terraform -chdir=cdktf.out/stacks/${id} destroy; what is to live on is forgotten before: state rm '<address>'), then list '${id}' under \`destroyedStacks\` and synthesize again`,
  };
}

/**
 * What shows that a cluster's stacks are destroyed, and how to say it.
 * @param first what is to be done before. @default - it is out of the file, and has to be put back
 */
export function notDestroyed(
  cluster: string,
  stacks: readonly string[],
  first = "Put it back as it was; ",
): Pick<Finding, "message" | "commands"> {
  return {
    message: `nothing says that the stacks of '${cluster}' are destroyed: ${stacks.join(", ")}. ${first}npm run teardown -- FLEET --cluster ${cluster} destroys them and says so in the file. Or see that their states hold nothing, and list them under \`destroyedStacks\``,
    commands: stacks.map((id) => `terraform -chdir=cdktf.out/stacks/${id} state list`),
  };
}

/** Stacks of the list that nobody knows any more. */
export const destroyedPast: ChangeRule = ({ before, after, destroyed = [] }) =>
  destroyed.flatMap((id, index): Finding[] =>
    id in before.stacks || id in after.stacks
      ? []
      : [{ id: "destroyed-past", severity: "note", path: ["destroyedStacks", index], message: `'${id}' is past: take it out` }],
  );

/**
 * Stacks under `destroyedStacks` that are made: left there, they could later go without a word. A retired cluster's are
 * made until it is out of the file.
 */
export const destroyedAndMade: ChangeRule = ({ after, destroyed = [] }) =>
  destroyed.flatMap((id, index): Finding[] =>
    id in after.stacks && !after.clusters[clusterOf({ after }, id) ?? ""]?.retired
      ? [
          {
            id: "destroyed-stack-made",
            severity: "refused",
            path: ["destroyedStacks", index],
            message: `'${id}' is a stack that this file makes; take it off the list`,
          },
        ]
      : [],
  );

/**
 * Protected resources that the next output hasn't, in stacks that are in both. Terraform would destroy them: its
 * protection is a part of the block and goes with it.
 */
export const protectedDropped: ChangeRule = (change) => {
  const { before, after } = change;
  if (before.unprotected) return [];
  return Object.entries(before.stacks).flatMap(([id, { protected: addresses }]): Finding[] => {
    if (!(id in after.stacks) || isMoved(change, id)) return [];
    const kept = new Set(change.made[id]);
    const lost = addresses.filter((address) => !kept.has(address));
    return lost.length === 0 ? [] : [lossOf(id, lost)];
  });
};

function lossOf(stack: string, addresses: readonly string[]): Finding {
  const [one, all] = [addresses.length === 1, addresses.join(", ")];
  const what = one
    ? `${all} is protected from deletion, and the fleet file no longer makes it`
    : `${addresses.length} resources are protected from deletion, and the fleet file no longer makes them (${all})`;
  return {
    id: "protected-dropped",
    severity: "refused",
    path: [],
    transition: `stacks.${stack}: destroys ${all}`,
    message: `stack ${stack}: ${what}: Terraform would destroy ${one ? "it" : "them"} with all that is inside. Put back what you took out. If it is to go, accept this change (a protection flag of the cloud's own is lifted first, by the file as it was --without-deletion-protection); if it is to live on without Terraform, forget it before (terraform -chdir=cdktf.out/stacks/${stack} state rm '<address>'), then accept this change`,
  };
}

/** What keeps data and was not protected: it goes with its entry, which is at least said. */
export const dataDropped: ChangeRule = ({ before, after, made }) =>
  Object.entries(before.stacks).flatMap(([id, { data = [] }]): Finding[] => {
    if (!(id in after.stacks) || isMoved({ before, after }, id)) return [];
    const kept = new Set(made[id]);
    // what a synth without protection lists is on the list of what is protected too
    const lost = data.filter(
      (address) => !kept.has(address) && (before.unprotected || !before.stacks[id]!.protected.includes(address)),
    );
    if (lost.length === 0) return [];
    return [
      {
        id: "data-dropped",
        severity: "warning",
        path: [],
        transition: `stacks.${id}: destroys ${lost.join(", ")}`,
        message: `stack ${id} destroys ${lost.join(", ")} with all that is inside: nothing protects it (deletionProtection: false). Save its data first`,
      },
    ];
  });
