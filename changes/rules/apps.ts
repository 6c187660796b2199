import { stackIds } from "../../model/derived/names";
import { type ChangeRule, type Finding, keptClusters } from "./rule";

/** A release's address in a stack of applications; captured is the release. */
const RELEASE = /^helm_release\.apps_(.+)_[0-9A-F]{8}$/;

/**
 * An application whose release would be in another state. The state that it leaves uninstalls it, before or after the
 * other one has installed or adopted it, and with it every volume that its chart doesn't keep.
 */
export const appsMoved: ChangeRule = (change) => {
  const { fleet } = change.after;
  return keptClusters(change).flatMap(({ name: cluster, before, after }) =>
    Object.entries(after.apps ?? {}).flatMap(([app, kind]): Finding[] => {
      const old = before.apps?.[app];
      if (old === undefined || old === kind) return [];
      const [from, to] = [old, kind].map((one) => stackOf(fleet, cluster, app, String(one)));
      // destroyed, so that there is nothing to move
      if (old !== "together" && !(from! in change.after.stacks) && change.destroyed?.includes(from!)) return [];
      const moved = old === "colours" || kind === "colours" ? [] : releases(app, change.made[to!] ?? []);
      return [
        {
          id: "app-moved",
          severity: "refused",
          path: ["apps", app],
          transition: `apps.${app} on ${cluster}: ${from} → ${to}`,
          message: `application '${app}' on ${cluster} would move from stack ${from} to ${to}: the one uninstalls it, whenever the other installs it. ${way(from!, to!, moved.length > 0, !(from! in change.after.stacks))}`,
          commands: commands(from!, to!, moved, change.namespaces?.[to!] ?? {}, kind === "own"),
        },
      ];
    }),
  );
};

/** Applications that leave a cluster, or go to another namespace: what goes with them. */
export const appsGone: ChangeRule = (change) =>
  keptClusters(change).flatMap(({ name: cluster, before, after }) => {
    if (after.retired) return [];
    const inUse = new Set(Object.values(after.namespaces ?? {}));
    return Object.keys(before.apps ?? {}).flatMap((app): Finding[] => {
      const [was, is] = [before.namespaces?.[app], after.namespaces?.[app]];
      const emptied =
        was === undefined || inUse.has(was)
          ? ""
          : `, and namespace '${was}' is deleted with everything in it: volumes too, and what others put there`;
      const path = ["apps", app];
      if (!(app in (after.apps ?? {})))
        return [
          {
            id: "app-removed",
            severity: "warning",
            path,
            transition: `apps.${app} on ${cluster}: there → gone`,
            message: `application '${app}' is uninstalled from ${cluster}${emptied}. See first that no public name leads to it there, and save its data`,
          },
        ];
      if (was === undefined || was === is) return [];
      return [
        {
          id: "app-namespace",
          severity: "refused",
          path: [...path, "namespace"],
          transition: `apps.${app}.namespace on ${cluster}: ${was} → ${is}`,
          message: `application '${app}' on ${cluster} would be uninstalled from namespace '${was}' and installed anew in '${is}'${emptied}. Make an application of another name there beside it, move its data and the names, then take this one out; or accept this change, and the time without it`,
        },
      ];
    });
  });

function stackOf(fleet: string, cluster: string, app: string, kind: string): string {
  if (kind === "together") return stackIds.apps(fleet, cluster);
  return stackIds.app(fleet, cluster, kind === "colours" ? `${app}-routes` : app);
}

/** The releases of an application in a stack, by address. */
function releases(app: string, made: readonly string[]): readonly (readonly [address: string, release: string])[] {
  return made.flatMap((address) => {
    const release = RELEASE.exec(address)?.[1];
    return release !== undefined && [app, `${app}-secrets`, `${app}-smoke`].includes(release)
      ? [[address, release] as const]
      : [];
  });
}

function way(from: string, to: string, possible: boolean, emptied: boolean): string {
  if (!possible)
    return "Colours are for an application of another name: install that beside it, lead its public names there, then take this one out";
  return `Its releases are moved by hand, and nothing of them is touched: type the lines about ${from} below with the output that is there now, and let nobody apply it any more${emptied ? `; list '${from}' under \`destroyedStacks\`, since nothing is left in it` : ""}. Then accept it, synthesize, type the lines about ${to}, and apply that: its plan changes the releases in place and destroys nothing`;
}

/** Forgets releases in one stack and takes them into another. */
function commands(
  from: string,
  to: string,
  moved: readonly (readonly [address: string, release: string])[],
  namespaces: Readonly<Record<string, string>>,
  tagged: boolean,
): readonly string[] {
  if (moved.length === 0) return [];
  const [old, now] = [from, to].map((id) => `terraform -chdir=cdktf.out/stacks/${id}`);
  const tag = tagged ? `-var image_tag="${"${TAG:?the tag that runs}"}" ` : "";
  return [
    `${old} init`,
    ...moved.map(([address]) => `${old} state rm '${address}'`),
    `${now} init`,
    ...moved.map(([address, release]) => `${now} import ${tag}'${address}' ${namespaces[address] ?? "NAMESPACE"}/${release}`),
  ];
}
